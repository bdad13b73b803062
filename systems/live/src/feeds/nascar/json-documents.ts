import { InvalidInputError } from '@heavylift/core'
import type { FeedReject } from '../feed-format.ts'
import { leadingJson, noteOnRest } from '../read-source.ts'

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
  let mode = 'before' as 'before' | 'lines' | 'whole'
  let preamble = ''
  const whole: string[] = []
  let wholeCharacters = 0
  let wholeRow = 1
  let row = 0

  function* take(line: string): Generator<JsonDocument | { reject: FeedReject }> {
    row++
    const trimmed = line.trim()
    if (mode === 'whole') {
      whole.push(line)
      wholeCharacters += line.length + 1
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
      whole.push(line)
      wholeRow = row
    } else {
      yield {
        reject: { where: `row ${row}`, reason: 'This line is no JSON.', raw: line.slice(0, rawCharacters) },
      }
    }
  }

  // Parts of a line that is not over: joined once, since a document in one line comes in many chunks.
  let parts: string[] = []
  let held = 0
  const tooLarge = () =>
    new InvalidInputError({
      code: 'feed-json-too-large',
      message: 'The feed is one JSON document of more than 256 MiB; send it as one document a line.',
    })
  for await (const chunk of source) {
    signal.throwIfAborted()
    const lines = decoder.decode(chunk, { stream: true }).split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      parts.push(line)
      yield* take(parts.join(''))
      parts = []
      held = 0
    }
    parts.push(last)
    held += last.length
    if (held > mostCharacters || wholeCharacters > mostCharacters) throw tooLarge()
  }
  parts.push(decoder.decode())
  if (parts.some((part) => part !== '')) yield* take(parts.join(''))
  if (mode === 'lines') return
  const text = whole.join('\n')
  const parsed = parses(text)
  const document = parsed === null ? leadingJson(text) : { ...parsed, rest: null }
  if (mode === 'before' || document === null)
    throw new InvalidInputError({
      code: 'feed-json-invalid',
      message: `The feed holds no whole JSON document${mode === 'whole' ? `: it begins in row ${wholeRow} and is broken or cut off` : ''}.`,
    })
  yield { value: document.value, row: wholeRow, preamble }
  if (document.rest !== null) yield noteOnRest(document.rest)
}
