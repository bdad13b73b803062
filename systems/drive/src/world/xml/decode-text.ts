import { InvalidInputError } from '@heavylift/core'

/** The encoding that the first bytes of an XML file tell (XML 1.0, appendix F): by its mark, its zeros or its declaration. */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0x3c && second === 0) return 'utf-16le'
  if (first === 0 && second === 0x3c) return 'utf-16be'
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  const declared = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8'
  // Bytes in which a declaration can be read are not of two bytes each, whatever it says.
  return /^utf-?16/i.test(declared) ? 'utf-8' : declared
}

function decoderOf(bytes: Uint8Array, file: string): TextDecoder {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding)
  } catch (error) {
    throw new InvalidInputError({
      code: 'drive-file-invalid',
      message: `${file}:1: is in the encoding ${encoding}, which is not known. Save it as UTF-8.`,
      cause: error,
    })
  }
}

/** The text of an XML file in UTF-8, UTF-16 or the encoding that it declares, as its bytes come in. `file` is only for messages. */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  for await (const bytes of chunks) {
    decoder ??= decoderOf(bytes, file)
    yield decoder.decode(bytes, { stream: true })
  }
  if (decoder) yield decoder.decode()
}
