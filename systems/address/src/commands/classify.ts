import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import type { CsvValue } from '@heavylift/core/rows'
import { decide } from '../decide/decide.ts'
import { expectedRight } from '../decide/expected.ts'
import type { Decision } from '../decide/decide.ts'
import type { AddressColumns } from '../evidence/address-columns.ts'
import { committedModel } from '../kind/model.ts'
import { inTown } from '../learn/town.ts'
import { readUsual, withUsual } from '../learn/usual.ts'
import { columnsOf, observeRowOf, readRow } from './asked-rows.ts'
import { eachRow } from './each-row.ts'
import { ResumableCsv } from './resumable-csv.ts'
import { Questions } from './questions.ts'
import { townOfFile } from './town-of-file.ts'

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
      message: `There is no file "${file}". Give a CSV file with addresses.`,
    })
  const outFile = resolve(text(input, 'out') ?? `${file}.kinds.csv`)
  const rejectFile = resolve(text(input, 'rejects') ?? `${file}.rejects.csv`)
  const isFresh = input.options['fresh'] === true
  const out = await ResumableCsv.open(outFile, columns, isFresh)
  const rejects = await ResumableCsv.open(rejectFile, rejectColumns, isFresh)
  const documents = text(input, 'documents')
  const answers = text(input, 'answers')
  const told = text(input, 'usual')
  const usual = told === null ? committedModel() : withUsual(committedModel(), readUsual(told))
  const town = answers === null ? null : await townOfFile(file, answers, documents, input, usual)
  const model = inTown(usual, town)
  const counts = { decided: 0, asked: 0, rejected: 0, skipped: 0 }
  const confidence = { sum: 0, count: 0 }
  const startedMs = performance.now()
  const questions = new Questions()
  let found: AddressColumns | null = null
  try {
    await eachRow(file, input, 'deciding', async (rows) => {
      found ??= columnsOf(rows)
      const decided: CsvValue[][] = []
      const refused: CsvValue[][] = []
      for (const row of rows) {
        const asked = 'reason' in row ? row : readRow(row, found)
        const isRefused = 'reason' in asked
        if (!isRefused) questions.offer(asked.id, asked.address)
        // Each file says by itself what it has: a kill between the two writes leaves one behind the other.
        if (row.line <= (isRefused ? rejects : out).lastLine) counts.skipped++
        else if (isRefused) {
          counts.rejected++
          refused.push([row.line, asked.code, asked.reason, row.raw.trimEnd()])
        } else {
          const decision = decide(model, await observeRowOf(asked, documents))
          counts[decision.action === 'decide' ? 'decided' : 'asked']++
          confidence.sum += decision.confidence
          confidence.count++
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
  if (answers === null) await questions.write(`${file}.ask.csv`, expectedRight(model, confidence), input)
  if (counts.rejected > 0) input.print(`Rows that could not be read, with reasons: ${rejectFile}`)
  return { ...counts, out: outFile, rejects: rejectFile, seconds }
}

function text(input: CommandInput, option: string): string | null {
  const value = input.options[option]
  return typeof value === 'string' ? value : null
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
