import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import { csvLine } from '@heavylift/core/rows'
import type { CsvValue } from '@heavylift/core/rows'

const quote = 0x22
const lineFeed = 0x0a

/**
 * A CSV file that grows row by row and can be gone on with after a stop or a kill: the first cell of each row is the line of the input
 * that it is about, in order, and a half-written row at the end is cut off when it is opened again.
 */
export class ResumableCsv {
  readonly #handle: FileHandle
  #at: number
  /** The line of the input that the last whole row is about; 0 for none. */
  readonly lastLine: number

  private constructor(handle: FileHandle, at: number, lastLine: number) {
    this.#handle = handle
    this.#at = at
    this.lastLine = lastLine
  }

  /** Throws `output-differs` where the file has other columns than `columns`. */
  static async open(path: string, columns: readonly string[], isFresh: boolean): Promise<ResumableCsv> {
    // `a` makes the file where there is none and keeps it where there is one.
    await (await open(path, isFresh ? 'w' : 'a')).close()
    const { header, end, lastRow } = await wholeRows(path)
    const expected = csvLine(columns)
    if (header !== '' && header !== expected)
      throw new InvalidInputError({
        code: 'output-differs',
        message: `${path} has other columns. Name another file with --out, or write it anew with --fresh.`,
      })
    const handle = await open(path, 'r+')
    await handle.truncate(end)
    const file = new ResumableCsv(handle, end, Number.parseInt(lastRow, 10) || 0)
    if (end === 0) await file.write([columns])
    return file
  }

  async write(rows: readonly (readonly CsvValue[])[]): Promise<void> {
    if (rows.length === 0) return
    const bytes = Buffer.from(rows.map((row) => csvLine(row)).join(''))
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, this.#at)
      done += bytesWritten
      this.#at += bytesWritten
    }
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

/** The first row, where the last whole row ends, and its text. Quoted cells may hold ends of line. */
async function wholeRows(path: string): Promise<{ header: string; end: number; lastRow: string }> {
  let [header, lastRow, at, end] = ['', '', 0, 0]
  let isQuoted = false
  let row: Buffer[] = []
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer
    let from = 0
    for (const [index, byte] of bytes.entries()) {
      if (byte === quote) isQuoted = !isQuoted
      else if (byte === lineFeed && !isQuoted) {
        row.push(bytes.subarray(from, index + 1))
        lastRow = Buffer.concat(row).toString()
        if (header === '') header = lastRow
        row = []
        from = index + 1
        end = at + from
      }
    }
    row.push(bytes.subarray(from))
    at += bytes.length
  }
  return { header, end, lastRow }
}
