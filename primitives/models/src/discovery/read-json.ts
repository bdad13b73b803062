const MOST_BYTES = 8 * 1024 * 1024

/** The whole of an answer as text. Rejects beyond `mostBytes`. */
export async function readText(body: AsyncIterable<Buffer>, mostBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > mostBytes) throw new Error(`The answer has more than ${mostBytes / 1024} KiB.`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The whole of an answer as JSON. Rejects beyond 8 MiB. */
export async function readJson(body: AsyncIterable<Buffer>): Promise<unknown> {
  return JSON.parse(await readText(body, MOST_BYTES))
}

/** A value for each line, as it comes. Rejects on a line beyond 8 MiB. */
export async function* jsonLines(body: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let parts: Buffer[] = []
  let bytes = 0
  for await (const part of body) {
    let from = 0
    for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, from)) {
      const line = Buffer.concat([...parts, part.subarray(from, end)]).toString('utf8')
      parts = []
      bytes = 0
      from = end + 1
      if (line.trim() !== '') yield JSON.parse(line)
    }
    const rest = part.subarray(from)
    bytes += rest.length
    if (bytes > MOST_BYTES) throw new Error('A line of the answer has more than 8 MiB.')
    if (rest.length > 0) parts.push(rest)
  }
}
