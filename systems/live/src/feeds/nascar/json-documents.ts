import { InvalidInputError } from '@heavylift/core'
import type { FeedReject } from '../feed-format.ts'

/** A JSON document of a feed. */
export interface JsonDocument {
  value: unknown
  /** Row that it begins in, from 1. */
  row: number
  /** Lines before the first document that are no JSON, e.g. the address that it was saved from. */
  preamble: string
}

/** A larger document is no race. */
const mostCharacters = 256 * 1024 * 1024
const rawCharacters = 500

function parses(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

/**
 * The JSON documents of a feed: one that comes whole, or one a line (a live feed that was recorded). Byte order mark and
 * lines before the first `{` or `[` are passed over. Holds a document at a time. A line that is broken among others is
 * rejected with its row; a feed without any document throws an `InvalidInputError` (`feed-json-invalid`).
 */
export async function* jsonDocuments(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<JsonDocument | { reject: FeedReject }> {
  const decoder = new TextDecoder()
  let mode: 'before' | 'lines' | 'whole' = 'before'
  let preamble = ''
  let whole = ''
  let wholeRow = 1
  let row = 0
  let pending = ''

  function* take(line: string): Generator<JsonDocument | { reject: FeedReject }> {
    row++
    const trimmed = line.trim()
    if (mode === 'whole') {
      whole += `${line}\n`
      if (whole.length > mostCharacters)
        throw new InvalidInputError({
          code: 'feed-json-too-large',
          message: 'The feed is one JSON document of more than 256 MiB; send it as one document a line.',
        })
      return
    }
    if (trimmed === '') return
    if (mode === 'before' && !/^[[{]/.test(trimmed)) {
      preamble += preamble.length < 2000 ? `${trimmed}\n` : ''
      return
    }
    const document = parses(trimmed)
    if (document !== null) {
      mode = 'lines'
      yield { ...document, row, preamble }
    } else if (mode === 'before') {
      mode = 'whole'
      whole = `${line}\n`
      wholeRow = row
    } else {
      yield { reject: { where: `row ${row}`, reason: 'This line is no JSON.', raw: line.slice(0, rawCharacters) } }
    }
  }

  for await (const chunk of source) {
    signal.throwIfAborted()
    pending += decoder.decode(chunk, { stream: true })
    if (pending.length > mostCharacters) break
    const lines = pending.split('\n')
    pending = lines.pop() ?? ''
    for (const line of lines) yield* take(line)
  }
  pending += decoder.decode()
  if (pending !== '') yield* take(pending)
  if (mode === 'lines') return
  const document = parses(whole)
  if (mode === 'before' || document === null)
    throw new InvalidInputError({
      code: 'feed-json-invalid',
      message: `The feed holds no whole JSON document${mode === 'whole' ? `: it begins in row ${wholeRow} and is broken or cut off` : ''}.`,
    })
  yield { ...document, row: wholeRow, preamble }
}
