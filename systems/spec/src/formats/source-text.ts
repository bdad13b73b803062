/** A file as text that goes back to the same bytes, whatever they are. */
export interface SourceText {
  /** With its byte order mark, where it has one, as the first character; positions in the document count from here. */
  text: string
  /** `latin1` for a file that is not UTF-8: each byte is one character then, so that it goes back unharmed. */
  encoding: 'utf8' | 'latin1'
}

/** Decodes bytes so that `encodeSource` returns the very same bytes. */
export function decodeSource(bytes: Uint8Array): SourceText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  return Buffer.from(text, 'utf8').equals(buffer)
    ? { text, encoding: 'utf8' }
    : { text: buffer.toString('latin1'), encoding: 'latin1' }
}

export function encodeSource({ text, encoding }: SourceText): Buffer {
  return Buffer.from(text, encoding)
}

/** Half-open range of characters of a document. */
export interface Span {
  start: number
  end: number
}

/** What stands at `span` is replaced by `text`; an empty span inserts. */
export interface Splice extends Span {
  text: string
}

/**
 * The document with every splice made; all else stays as it is, character by character. Splices that insert at one place
 * keep their order.
 * @throws RangeError where two splices overlap, or one lies outside
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const parts: string[] = []
  let at = 0
  for (const splice of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (splice.start < at || splice.end < splice.start || splice.end > text.length)
      throw new RangeError(`Splices overlap or leave the document at ${splice.start}–${splice.end}.`)
    parts.push(text.slice(at, splice.start), splice.text)
    at = splice.end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/** How most lines of the document end; `\n` where it has one line. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const feeds = text.split('\n').length - 1
  const pairs = text.split('\r\n').length - 1
  return pairs * 2 > feeds ? '\r\n' : '\n'
}
