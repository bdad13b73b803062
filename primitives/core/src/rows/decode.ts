type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Whether the bytes are UTF-8, a cut sequence at the end included. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
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

/** Decodes a stream whose first bytes are `head` (which is not consumed). Never throws; bad bytes become U+FFFD. */
export function createDecoder(head: Uint8Array): Decoder {
  const encoding = detectEncoding(head)
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
    push: (bytes) => clean(decoder.decode(bytes, { stream: true })),
    end: () => clean(decoder.decode()),
    notes() {
      const notes: string[] = []
      if (encoding !== 'utf-8') notes.push(`The file is ${encoding}, not UTF-8; it was converted.`)
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
