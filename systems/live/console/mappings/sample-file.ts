/** First rows of a feed as the server tries them. */
export interface Sample {
  name: string
  text: string
  /** The whole file, where there is one to play. */
  file: File | null
}

const mostTableCharacters = 200_000
const mostDocumentBytes = 7_000_000

/** Reads what is needed of a file: of a table its beginning up to a whole row, of a JSON document all of it. */
export async function readSample(file: File): Promise<Sample> {
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isZipped = magic[0] === 0x1f && magic[1] === 0x8b
  const stream = isZipped ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const text = await beginningOf(stream)
  return { name: file.name, text, file }
}

async function beginningOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    const isDocument = /^\uFEFF?\s*[[{]/.test(text) && !isRows(text)
    if (isDocument && text.length > mostDocumentBytes)
      throw new Error(
        'The document is larger than 7 MB. Try a part of it that is a whole JSON document, or JSONL.',
      )
    if (isDocument || text.length < mostTableCharacters) continue
    await reader.cancel()
    return text.slice(0, text.lastIndexOf('\n', mostTableCharacters) + 1)
  }
}

/** Whether each line is an object by itself. */
function isRows(text: string): boolean {
  const end = text.indexOf('\n')
  if (end === -1 || !text.trimStart().startsWith('{')) return false
  try {
    JSON.parse(text.slice(0, end))
    return true
  } catch {
    return false
  }
}
