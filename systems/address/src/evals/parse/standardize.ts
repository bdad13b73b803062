import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { wilsonInterval } from '@heavylift/core/math'
import { createCsvReader, createDecoder } from '@heavylift/core/rows'
import { parseAddress } from '../../parse/parse-address.ts'
import { directionals } from '../../gazetteer/directionals.ts'
import { streetSuffixes } from '../../gazetteer/street-suffixes.ts'
import { directional, suffix } from '../../standardize/standard-words.ts'
import { standardize } from '../../standardize/standardize.ts'

interface Row {
  input: string
  number: string
  street: string
}

const sampleFile = join(import.meta.dirname, '..', '..', '..', 'samples', 'standard-addresses.csv')
const shownFailures = 20

/** `heavylift eval address.standardize`: number and street of standardised addresses against CSV (input, number, street), file by file. */
export async function runStandardizeEval({ dataDir, report, signal }: MeasureInput) {
  const { sources, notes } =
    dataDir === null
      ? { sources: [{ name: 'sample', rows: await readRows(sampleFile) }], notes: [] }
      : await readSources(dataDir)
  const failures: string[] = []
  const counts = sources.map(({ name, rows }) => {
    let [numbers, streets, verbatim] = [0, 0, 0]
    for (const [at, { input, number, street }] of (rows ?? []).entries()) {
      if (at % 500 === 0) {
        signal.throwIfAborted()
        report({ stage: name, done: at, total: rows?.length ?? 0, unit: 'addresses' })
      }
      const { fields } = standardize(parseAddress(input))
      const isNumber = (fields.number ?? '') === written(number)
      const isStreet = (fields.street ?? '') === standardTruth(street)
      if (isNumber) numbers++
      if (isStreet) streets++
      if ((fields.street ?? '') === written(street)) verbatim++
      if (!(isNumber && isStreet) && failures.length < shownFailures)
        failures.push(
          `${name}: ${input} → ${fields.number ?? ''} | ${fields.street ?? ''}, not ${number} | ${street}`,
        )
    }
    return { name, n: rows?.length ?? 0, numbers, streets, verbatim }
  })
  const total = (of: 'n' | 'numbers' | 'streets' | 'verbatim') =>
    counts.reduce((sum, one) => sum + one[of], 0)
  const n = total('n')
  const rates = (numbers: number, streets: number, all: number) => ({
    numberExact: all === 0 ? 0 : numbers / all,
    streetExact: all === 0 ? 0 : streets / all,
  })
  const interval = (count: number): [number, number] => {
    const { low, high } = wilsonInterval(count, n)
    return [low, high]
  }
  const bySource = counts
    .filter((one) => one.n > 0)
    .map((one) => ({ source: one.name, n: one.n, ...rates(one.numbers, one.streets, one.n) }))
  const worst = (of: 'numberExact' | 'streetExact') => {
    const [least] = bySource.toSorted((a, b) => a[of] - b[of])
    return least ? { [of]: { source: least.source, value: least[of] } } : {}
  }
  return {
    n,
    metrics: {
      ...rates(total('numbers'), total('streets'), n),
      streetVerbatim: n === 0 ? 0 : total('verbatim') / n,
    },
    intervals: { numberExact: interval(total('numbers')), streetExact: interval(total('streets')) },
    sources: Object.fromEntries(bySource.map(({ source, ...figures }) => [source, figures])),
    worst: { ...worst('numberExact'), ...worst('streetExact') },
    failures,
    notes,
  }
}

/** As the truth has it, in capitals; what is written of it is not changed otherwise. */
const written = (text: string) => text.toUpperCase().replaceAll(/\s+/g, ' ').trim()

/** The street of the truth with its first and last direction and its suffix as the standard abbreviates them; nothing else of it is changed. */
function standardTruth(street: string): string {
  const words = written(street).split(' ')
  let last = words.length - 1
  const shorten = (at: number, write: (text: string) => { text: string }) => {
    words[at] = write(words[at] ?? '').text
  }
  if (last > 0 && directionals.has(words[last] ?? '')) shorten(last--, directional)
  if (last > 0 && streetSuffixes.has(words[last] ?? '')) shorten(last--, suffix)
  // A direction alone is the name: South Boulevard.
  if (last > 0 && directionals.has(words[0] ?? '')) shorten(0, directional)
  return words.join(' ')
}

async function readSources(dataDir: string) {
  const names = (await readdir(dataDir, { recursive: true }))
    .filter((name) => name.endsWith('.csv'))
    .toSorted()
  const sources: { name: string; rows: Row[] }[] = []
  const notes: string[] = []
  for (const name of names) {
    const rows = await readRows(join(dataDir, name))
    if (rows === null) notes.push(`${name} is left out: it has no columns input, number and street.`)
    else sources.push({ name, rows })
  }
  if (sources.length === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: `No .csv file below ${dataDir} has the columns input, number and street.`,
    })
  return { sources, notes }
}

async function readRows(file: string): Promise<Row[] | null> {
  const bytes = await readFile(file)
  const decoder = createDecoder(bytes.subarray(0, 4096))
  const reader = createCsvReader()
  const raw = [...reader.push(decoder.push(bytes) + decoder.end()), ...reader.end()]
  const columnOf = (wanted: string) => reader.header()?.find((name) => name.toLowerCase() === wanted)
  const [input, number, street] = [columnOf('input'), columnOf('number'), columnOf('street')]
  if (input === undefined || number === undefined || street === undefined) return null
  return raw.flatMap((row) =>
    'fields' in row
      ? [
          {
            input: String(row.fields[input]),
            number: String(row.fields[number]),
            street: String(row.fields[street]),
          },
        ]
      : [],
  )
}
