import type { Observation, Source, Statement } from '../domain/evidence.ts'
import { readHours } from '../hours/read-hours.ts'
import { nameFeatures, numberFeatures, proseFeatures } from '../kind/features.ts'
import { bucketsOf } from '../kind/hashed-features.ts'
import { readInstructions, readUnit } from './instructions.ts'
import { isOrder } from './orders.ts'
import { readDate } from './read-text.ts'
import { fieldWords } from './field-words.ts'
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
  /** The address that the record is about, so that it can be told whether its owner has mail sent there. */
  address?: string
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
  const missing = new Set<RecordRole>()
  let dateMs: number | null = null
  let hours: string | null = null
  let unit: string | null = null
  const say = (quote: string, features: string[], to = statements) =>
    to.push({ quote, features: bucketsOf(features) })
  for (const [field, value] of flatten(record)) {
    const text = value.trim()
    if (text.length > 20_000) continue
    const role = roleOf(field.slice(field.lastIndexOf('.') + 1), options.mapping)
    if (text === '' || text === 'NA') {
      if (role !== null && numeric.has(role)) missing.add(role)
      continue
    }
    if (role !== null && numeric.has(role)) {
      const written = Number(text.replaceAll(/[$,\s]/g, ''))
      if (!Number.isNaN(written)) {
        const number = role === 'landArea' ? squareFeet(field, written) : written
        numbers[role] = number
        say(`${field}: ${text}`, numberFeatures(role, number), figures)
      }
      continue
    }
    const mail = role === null ? mailSaid(field, text, options.address) : null
    if (mail !== null) {
      if (mail !== '') say(`${field}: ${text}`, [mail], owners)
    } else if (role === 'date') dateMs = latest(dateMs, readDate(text))
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
  for (const role of missing)
    if (numbers[role] === undefined) say(`${role}: not told`, numberFeatures(role, null), figures)
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

/** Lots are measured in acres where the field says so, or where they could not be told in square feet: nobody lists a lot of 99. */
function squareFeet(field: string, size: number): number {
  return /acre/i.test(field) || size < 100 ? size * 43_560 : size
}

/**
 * Of a field that says where an owner's mail goes: whether it is this address, a box or elsewhere; '' where it says nothing of that (a city, a state), null for other fields.
 */
function mailSaid(field: string, text: string, address: string | undefined): string | null {
  const words = new Set(fieldWords(field))
  const isOfOwner = ['owner', 'mail', 'mailing', 'taxpayer'].some((word) => words.has(word))
  if (!isOfOwner && !words.has('address')) return null
  if (/^\W*p\.?\s*o\.?\s*box\b/i.test(text)) return 'o mail box'
  const line = numberAndStreet(text)
  if (line === null || address === undefined) return isOfOwner && !words.has('name') ? '' : null
  return line === numberAndStreet(address) ? 'o mail here' : 'o mail elsewhere'
}

/** The number and the first word of the street that is no direction: enough to tell two addresses apart. */
function numberAndStreet(text: string): string | null {
  const [, number, rest = ''] = /^\s*(\d+)\S*\s+(.*)/.exec(text) ?? []
  if (number === undefined) return null
  const words = rest.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const street =
    words.find((word) => !/^(?:[nsew]|[ns][ew]|north|south|east|west|\d)$/.test(word)) ?? words[0]
  return street === undefined ? null : `${number} ${street}`
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
