type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Bytes of the UTF-8 sequence that begins at `at`: 0 where none does, null where the bytes end within it. */
function sequenceAt(bytes: Uint8Array, at: number): number | null {
  const first = bytes[at] ?? 0
  const length =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next]
    if (byte === undefined) return null
    if (byte < 0x80 || byte > 0xbf) return 0
  }
  return length
}

/** Whether the bytes are UTF-8, a cut sequence at the end included, or mostly: a header written by hand may be in another encoding than the rows. */
function isUtf8(bytes: Uint8Array): boolean {
  let good = 0
  let bad = 0
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at)
    if (length === null) break
    if (length === 0) bad++
    else if (length > 1) good++
    at += Math.max(1, length)
  }
  return bad === 0 || good > bad
}

const latin = new TextDecoder('windows-1252')

/** Decodes UTF-8 in pieces; a byte that belongs to no sequence is read as windows-1252. */
function createUtf8Decoder() {
  const decoder = new TextDecoder('utf-8')
  let rest = new Uint8Array()
  let strangers = 0
  const decode = (bytes: Uint8Array, isEnd: boolean): string => {
    let text = ''
    let from = 0
    let at = 0
    while (at < bytes.length) {
      const length = sequenceAt(bytes, at)
      if (length === null && !isEnd) break
      if (length !== null && length > 0) {
        at += length
        continue
      }
      text +=
        decoder.decode(bytes.subarray(from, at), { stream: true }) + latin.decode(bytes.subarray(at, at + 1))
      strangers++
      at++
      from = at
    }
    rest = bytes.slice(at)
    return text + decoder.decode(bytes.subarray(from, at), { stream: true })
  }
  return {
    push: (bytes: Uint8Array) => decode(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]), false),
    end: () => decode(rest, true) + decoder.decode(),
    strangers: () => strangers,
  }
}

/** Guesses the encoding from the first bytes: byte order mark, the pattern of NULs, validity as UTF-8. */
function detectEncoding(head: Uint8Array): TextEncodingName {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  let even = 0
  let odd = 0
  const length = Math.min(head.length, 4096)
  for (let i = 0; i < length; i++) {
    if (head[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  // Latin text in UTF-16 has a NUL in every second byte.
  if (odd > length / 4 && even < length / 16) return 'utf-16le'
  if (even > length / 4 && odd < length / 16) return 'utf-16be'
  return isUtf8(head) ? 'utf-8' : 'windows-1252'
}

export interface Decoder {
  encoding: TextEncodingName
  push(bytes: Uint8Array): string
  end(): string
  /** Notes on what was mended so far. */
  notes(): string[]
}

/** Decodes a stream whose first bytes are `head` (which is not consumed). Never throws; bytes that are nothing in their encoding become U+FFFD, in UTF-8 they are read as windows-1252. */
export function createDecoder(head: Uint8Array): Decoder {
  const encoding = detectEncoding(head)
  const utf8 = encoding === 'utf-8' ? createUtf8Decoder() : null
  const decoder = new TextDecoder(encoding)
  let replaced = 0
  let nuls = 0
  const clean = (text: string) => {
    for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) replaced++
    if (!text.includes('\0')) return text
    const kept = text.replaceAll('\0', '')
    nuls += text.length - kept.length
    return kept
  }
  return {
    encoding,
    push: (bytes) => clean(utf8 ? utf8.push(bytes) : decoder.decode(bytes, { stream: true })),
    end: () => clean(utf8 ? utf8.end() : decoder.decode()),
    notes() {
      const notes: string[] = []
      if (encoding !== 'utf-8') notes.push(`The file is ${encoding}, not UTF-8; it was converted.`)
      const strangers = utf8?.strangers() ?? 0
      if (strangers > 0)
        notes.push(
          `${strangers} bytes were not UTF-8 and were read as windows-1252. Export the file as UTF-8.`,
        )
      if (replaced > 0) {
        notes.push(
          `${replaced} characters were not valid ${encoding} and show as �. Export the file as UTF-8.`,
        )
      }
      if (nuls > 0) notes.push(`${nuls} NUL characters were dropped.`)
      return notes
    },
  }
}
