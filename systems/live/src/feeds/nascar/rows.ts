import { InvalidInputError } from '@heavylift/core'
import type { FeedReject } from '../feed-format.ts'
import { jsonDocuments } from './json-documents.ts'

/** A part of a document with its place in it. */
export interface JsonRow {
  where: string
  value: unknown
}

/**
 * The rows of a feed that is a JSON array (of each of its documents). Throws an `InvalidInputError` (`feed-json-shape`)
 * when a document is something else.
 */
export async function* arrayRows(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<JsonRow | { reject: FeedReject }> {
  for await (const document of jsonDocuments(source, signal)) {
    if ('reject' in document) yield document
    else if (Array.isArray(document.value))
      for (const [index, value] of document.value.entries())
        yield { where: `$[${index}]`, value: value as unknown }
    else
      throw new InvalidInputError({
        code: 'feed-json-shape',
        message: `The document in row ${document.row} is not an array of rows.`,
      })
  }
}
