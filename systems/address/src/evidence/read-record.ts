import type { Observation, Source, Statement } from '../domain/evidence.ts'
import { readHours } from '../hours/read-hours.ts'
import { nameFeatures, numberFeatures, proseFeatures } from '../kind/features.ts'
import { bucketsOf } from '../kind/hashed-features.ts'
import { readInstructions, readUnit } from './instructions.ts'
import { isOrder } from './orders.ts'
import { readDate } from './read-text.ts'
import { roleOf } from './record-roles.ts'
import type { RecordRole } from './record-roles.ts'
import { readStatements } from './statements.ts'

const numeric: ReadonlySet<RecordRole> = new Set([
  'units',
  'residentialUnits',
  'commercialUnits',
  'landArea',
  'buildingArea',
  'yearBuilt',
  'stories',
  'rooms',
  'buildingValue',
  'landValue',
])

export interface RecordOptions {
  source?: Source
  /** Role by field name, before the known names. */
  mapping?: Partial<Record<string, RecordRole>>
}

/**
 * What a row of a table or a JSON object says, nested ones included: numbers by their role and size, names, descriptions, as an
 * observation each, since each is believed by itself. Fields that no role fits are read as `field: value`; ids, codes and
 * coordinates say nothing.
 */
export function observeRecord(
  document: string,
  record: Readonly<Record<string, unknown>>,
  options: RecordOptions = {},
): Observation[] {
  const statements: Statement[] = []
  const figures: Statement[] = []
  const names: Statement[] = []
  const owners: Statement[] = []
  const orders: string[] = []
  const sentences: string[] = []
  const numbers: Partial<Record<RecordRole, number>> = {}
  let dateMs: number | null = null
  let hours: string | null = null
  let unit: string | null = null
  const say = (quote: string, features: string[], to = statements) =>
    to.push({ quote, features: bucketsOf(features) })
  for (const [field, value] of flatten(record)) {
    const text = value.trim()
    if (text === '' || text === 'NA' || text.length > 20_000) continue
    const role = roleOf(field.slice(field.lastIndexOf('.') + 1), options.mapping)
    if (role !== null && numeric.has(role)) {
      const number = Number(text.replaceAll(/[$,\s]/g, ''))
      if (!Number.isNaN(number)) {
        numbers[role] = number
        say(`${field}: ${text}`, numberFeatures(role, number), figures)
      }
      continue
    }
    if (role === 'date') dateMs = latest(dateMs, readDate(text))
    else if (role === 'hours') hours = readHours(`open ${text}`)
    else if (role === 'unit') unit = text
    else if (role === 'name' || role === 'owner') {
      if (isOrder(text)) orders.push(text)
      else if (role === 'name') say(`${field}: ${text}`, nameFeatures(text), names)
      else say(`${field}: ${text}`, nameFeatures(text, 'o'), owners)
    } else if (role !== null || isProse(text)) {
      const read = readStatements(text)
      orders.push(...read.orders)
      sentences.push(...read.statements.map(({ quote }) => quote))
      for (const { quote } of read.statements)
        say(`${field}: ${quote}`, [
          ...proseFeatures(quote),
          ...(role === 'zone' || role === 'style' ? [`${role} ${quote.toLowerCase()}`] : []),
        ])
    }
  }
  const { residentialUnits, commercialUnits, buildingValue, landValue, buildingArea } = numbers
  if (residentialUnits !== undefined || commercialUnits !== undefined)
    say(
      `units: ${residentialUnits ?? '–'} residential, ${commercialUnits ?? '–'} commercial`,
      [`r res com ${Math.min(residentialUnits ?? -1, 5)} ${Math.min(commercialUnits ?? -1, 3)}`],
      figures,
    )
  if (buildingValue !== undefined && landValue !== undefined)
    say(
      `building ${buildingValue}, land ${landValue}`,
      [
        `r built ${buildingValue === 0 ? 'no' : landValue === 0 ? 'only' : Math.round(Math.log2(buildingValue / landValue))}`,
      ],
      figures,
    )
  if (buildingArea !== undefined)
    say(
      `building area ${buildingArea}`,
      [`r area ${buildingArea === 0 ? 'none' : 'some'} ${numbers.units ?? '-'}`],
      figures,
    )
  const about = { document, dateMs, orders: [], hours: null, instructions: [], unit: null }
  const said: Observation = {
    ...about,
    source: options.source ?? 'record',
    statements,
    orders,
    hours: hours ?? readHours(sentences.join('\n')),
    instructions: readInstructions(sentences),
    unit: unit ?? readUnit(sentences),
  }
  const others: Observation[] = []
  if (figures.length > 0) others.push({ ...about, source: 'figures', statements: figures })
  if (names.length > 0) others.push({ ...about, source: 'name', statements: names })
  if (owners.length > 0) others.push({ ...about, source: 'owner', statements: owners })
  return [said, ...others]
}

/** Letters and at least a word of them: not an id, a code, a link or a pair of coordinates. */
function isProse(text: string): boolean {
  return /[a-z]{3,}/i.test(text) && !/^\S*\d\S*$/.test(text) && !/^(?:https?:|POINT\s*\()/i.test(text)
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

const deepest = 4
const mostFields = 500

/** Fields with their paths (`owner.name`), those of lists too. */
function flatten(record: Readonly<Record<string, unknown>>): [string, string][] {
  const fields: [string, string][] = []
  const visit = (path: string, value: unknown, depth: number): void => {
    if (fields.length >= mostFields || value === null || value === undefined) return
    if (typeof value === 'object') {
      if (depth >= deepest) return
      for (const [key, inner] of Object.entries(value))
        visit(Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`, inner, depth + 1)
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      fields.push([path, String(value)])
  }
  visit('', record, 0)
  return fields
}
