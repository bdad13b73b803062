import { createReadStream, existsSync } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { createCsvReader, createDecoder, csvLine } from '@heavylift/core/rows'
import type { CsvValue, Decoder, RawRow } from '@heavylift/core/rows'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decide.ts'
import { addressFileOf } from '../evidence/address-row.ts'
import { observeCase } from '../evidence/observe-case.ts'
import { committedModel } from '../kind/model.ts'

const columns = [
  'line',
  'id',
  'address',
  'kind',
  'confidence',
  'action',
  'question',
  'unit_needed',
  'unit_missing',
  'unit',
  'hours',
  'instructions',
  'evidence',
  'orders_ignored',
  'version',
]
const rejectColumns = ['line', 'code', 'reason', 'row']

/**
 * `heavylift address classify FILE`: a decision a row. Each row of both outputs names its line in the input, so a run that was stopped, or
 * killed in the middle of a row, goes on after the last whole one. Holds one chunk of the file in memory.
 */
export async function runClassify(input: CommandInput) {
  const file = resolve(input.args['file'] ?? '')
  const stats = await stat(file).catch(() => null)
  if (!stats?.isFile())
    throw new InvalidInputError({
      code: 'file-not-found',
      message: `There is no file "${file}". Give a CSV file with a column "address".`,
    })
  const outFile = resolve(text(input, 'out') ?? `${file}.kinds.csv`)
  const rejectFile = resolve(text(input, 'rejects') ?? `${file}.rejects.csv`)
  const isFresh = input.options['fresh'] === true
  const out = await openRows(outFile, columns, isFresh)
  const rejects = await openRows(rejectFile, rejectColumns, isFresh)
  const doneLine = Math.max(out.lastLine, rejects.lastLine)
  const documents = text(input, 'documents')
  const counts = { decided: 0, asked: 0, rejected: 0, skipped: 0 }
  const startedMs = performance.now()
  try {
    await eachRow(file, input, async (rows) => {
      const decided: string[] = []
      const refused: string[] = []
      for (const row of rows) {
        if (row.line <= doneLine) {
          counts.skipped++
          continue
        }
        const answer = 'reason' in row ? row : await decideRow(row, documents)
        if ('reason' in answer) {
          counts.rejected++
          refused.push(csvLine([row.line, answer.code, answer.reason, row.raw.trimEnd()]))
        } else {
          counts[answer.decision.action === 'decide' ? 'decided' : 'asked']++
          decided.push(csvLine([row.line, answer.id, answer.address, ...cellsOf(answer.decision)]))
        }
      }
      // Decisions first: of a line that is in neither file the next run decides again.
      await out.write(decided)
      await rejects.write(refused)
    })
  } finally {
    await out.close()
    await rejects.close()
  }
  const seconds = (performance.now() - startedMs) / 1000
  const done = counts.decided + counts.asked
  input.print(
    `${done} addresses decided in ${seconds.toFixed(1)} s: ${counts.decided} sure, ${counts.asked} to ask about. ${counts.rejected} rows could not be read${counts.skipped > 0 ? `; ${counts.skipped} were done before` : ''}.`,
  )
  input.print(`Decisions: ${outFile}`)
  if (counts.rejected > 0) input.print(`Rows that could not be read, with reasons: ${rejectFile}`)
  return { ...counts, out: outFile, rejects: rejectFile, seconds }
}

function text(input: CommandInput, option: string): string | null {
  const value = input.options[option]
  return typeof value === 'string' ? value : null
}

async function eachRow(
  file: string,
  input: CommandInput,
  take: (rows: RawRow[]) => Promise<void>,
): Promise<void> {
  const total = (await stat(file)).size
  const reader = createCsvReader()
  let decoder: Decoder | null = null
  let read = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18, signal: input.signal })) {
    const bytes = chunk as Buffer
    read += bytes.length
    decoder ??= createDecoder(bytes)
    await take(reader.push(decoder.push(bytes)))
    input.report({ stage: 'deciding', done: read, total, unit: 'bytes' })
  }
  await take([...reader.push(decoder?.end() ?? ''), ...reader.end()])
}

type RowDecision = { id: string; address: string; decision: Decision } | { code: string; reason: string }

async function decideRow(
  { fields, line }: Extract<RawRow, { fields: unknown }>,
  documents: string | null,
): Promise<RowDecision> {
  const row = addressFileOf(fields)
  if (row === null)
    return { code: 'address-missing', reason: 'The row has no address. Fill the column "address".' }
  const id = row.id ?? String(line)
  const observations = await observeCase({
    ...row,
    documents: documents === null ? [] : await readDocuments(documents, id),
  })
  return { id, address: row.address, decision: decide(committedModel(), observations) }
}

/** An id that is no plain name can't lead out of the folder: it has no documents. */
async function readDocuments(dir: string, id: string): Promise<{ name: string; content: string }[]> {
  const folder = join(dir, id)
  if (!/^[\w.-]+$/.test(id) || /^\.+$/.test(id) || !existsSync(folder)) return []
  const names = (await readdir(folder)).filter((name) => /\.(?:eml|html?|txt|json)$/i.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ name, content: await readFile(join(folder, name), 'utf8') })),
  )
}

function cellsOf(decision: Decision): CsvValue[] {
  const evidence = decision.evidence
    .slice(0, 3)
    .map(
      ({ document, quote, weight }) => `${weight >= 0 ? '+' : ''}${weight.toFixed(1)} ${document}: ${quote}`,
    )
  return [
    decision.kind,
    decision.confidence.toFixed(4),
    decision.action,
    decision.question,
    decision.unit.needed,
    decision.unit.missing,
    decision.unit.value,
    decision.hours,
    decision.instructions.join(' | '),
    evidence.join(' | '),
    decision.ordersIgnored.length,
    decision.version,
  ]
}

interface Rows {
  /** Of the input, that the last whole row is about; 0 for none. */
  lastLine: number
  write(rows: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** A file of rows to go on writing. A half-written last row is cut off. */
async function openRows(path: string, header: readonly string[], isFresh: boolean): Promise<Rows> {
  const handle = await open(path, isFresh || !existsSync(path) ? 'w+' : 'r+')
  const { length, lastLine } = await wholeRows(handle)
  await handle.truncate(length)
  let at = length
  const write = async (rows: readonly string[]): Promise<void> => {
    if (rows.length === 0) return
    const bytes = Buffer.from(rows.join(''))
    await handle.write(bytes, 0, bytes.length, at)
    at += bytes.length
  }
  if (length === 0) await write([csvLine(header)])
  return { lastLine, write, close: () => handle.close() }
}

/** How many bytes of the file are whole rows, and the first cell of the last. Quoted cells may hold line ends. */
async function wholeRows(handle: FileHandle): Promise<{ length: number; lastLine: number }> {
  const buffer = Buffer.alloc(1 << 18)
  let length = 0
  let lastLine = 0
  let isQuoted = false
  let first = ''
  let isFirstCell = true
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) return { length, lastLine }
    for (let index = 0; index < bytesRead; index++) {
      const byte = buffer[index]!
      if (byte === 0x22) isQuoted = !isQuoted
      else if (byte === 0x0a && !isQuoted) {
        length = at + index + 1
        const line = Number(first)
        if (Number.isInteger(line)) lastLine = Math.max(lastLine, line)
        first = ''
        isFirstCell = true
      } else if (byte === 0x2c && !isQuoted) isFirstCell = false
      else if (isFirstCell) first += String.fromCharCode(byte)
    }
    at += bytesRead
  }
}
