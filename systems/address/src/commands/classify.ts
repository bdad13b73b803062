import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { createCsvReader, createDecoder } from '@heavylift/core/rows'
import type { CsvValue, Decoder, RawRow } from '@heavylift/core/rows'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decide.ts'
import { addressFileOf } from '../evidence/address-row.ts'
import { observeCase } from '../evidence/observe-case.ts'
import { committedModel } from '../kind/model.ts'
import { ResumableCsv } from './resumable-csv.ts'

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
  const out = await ResumableCsv.open(outFile, columns, isFresh)
  const rejects = await ResumableCsv.open(rejectFile, rejectColumns, isFresh)
  const documents = text(input, 'documents')
  const counts = { decided: 0, asked: 0, rejected: 0, skipped: 0 }
  const startedMs = performance.now()
  try {
    await eachRow(file, input, async (rows) => {
      const decided: CsvValue[][] = []
      const refused: CsvValue[][] = []
      for (const row of rows) {
        const asked = 'reason' in row ? row : readRow(row)
        const isRefused = 'reason' in asked
        // Each file says by itself what it has: a kill between the two writes leaves one behind the other.
        if (row.line <= (isRefused ? rejects : out).lastLine) counts.skipped++
        else if (isRefused) {
          counts.rejected++
          refused.push([row.line, asked.code, asked.reason, row.raw.trimEnd()])
        } else {
          const decision = await decideRow(asked, documents)
          counts[decision.action === 'decide' ? 'decided' : 'asked']++
          decided.push([row.line, asked.id, asked.address, ...cellsOf(decision)])
        }
      }
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

type AskedRow = NonNullable<ReturnType<typeof addressFileOf>> & { id: string }

function readRow({
  fields,
  line,
}: Extract<RawRow, { fields: unknown }>): AskedRow | { code: string; reason: string } {
  const row = addressFileOf(fields)
  if (row === null)
    return { code: 'address-missing', reason: 'The row has no address. Fill the column "address".' }
  return { ...row, id: row.id ?? String(line) }
}

async function decideRow(row: AskedRow, documents: string | null): Promise<Decision> {
  const observations = await observeCase({
    ...row,
    documents: documents === null ? [] : await readDocuments(documents, row.id),
  })
  return decide(committedModel(), observations)
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
