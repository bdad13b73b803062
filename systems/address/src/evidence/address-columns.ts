import { stateNames } from '../gazetteer/states.ts'
import { streetSuffixes } from '../gazetteer/street-suffixes.ts'
import { fieldWords } from './field-words.ts'

/** Columns of a table by what they tell of an address. `address` has more than one where number and street stand apart. */
export interface AddressColumns {
  address: readonly string[]
  id: string | null
  unit: string | null
  name: string | null
  city: string | null
  state: string | null
  zip: string | null
  latitude: string | null
  longitude: string | null
}

type Role = keyof AddressColumns

const usualNames: Readonly<Record<Role, readonly string[]>> = {
  address: ['address', 'full address', 'street address', 'address 1', 'address line 1', 'street'],
  id: ['id', 'address id', 'order', 'order id', 'order number', 'reference', 'parcel id', 'account number'],
  unit: [
    'unit',
    'apt',
    'apartment',
    'address 2',
    'address line 2',
    'suite',
    'apartment number',
    'unit number',
  ],
  name: [
    'name',
    'recipient',
    'customer',
    'business',
    'company',
    'business name',
    'company name',
    'customer name',
  ],
  city: ['city', 'town', 'municipality', 'city name'],
  // `ST` is read as a street; only where states stand in it is it one.
  state: ['state', 'state code', 'street'],
  zip: ['zip', 'zip code', 'zipcode', 'postal code', 'postcode', 'zip 5'],
  latitude: ['lat', 'latitude'],
  longitude: ['lon', 'lng', 'long', 'longitude'],
}

/** Words beside a usual name that say which of several it is: the place's own, not its owner's. */
const ofPlace = new Set([
  'site',
  'situs',
  'property',
  'physical',
  'location',
  'service',
  'delivery',
  'ship',
  'shipping',
  'premise',
])
const ofOwner = new Set([
  'owner',
  'mail',
  'mailing',
  'billing',
  'bill',
  'taxpayer',
  'sender',
  'return',
  'previous',
  'former',
])

type Cells = readonly (readonly string[])[]

const numberWords = new Set(['number', 'house', 'low', 'from'])
const streetWords = new Set([
  'street',
  'road',
  'direction',
  'suffix',
  'prefix',
  'type',
  'name',
  'predir',
  'postdir',
  'sfx',
  'dir',
])

/**
 * Finds the columns of an address in a table with any names: by the usual names first, among other words too (`Situs Zip`), then by
 * what stands in the column: numbers and streets, states, ZIP codes. `rows` are some rows as they were read. Null where nothing is an address.
 */
export function findAddressColumns(
  rows: readonly Readonly<Record<string, unknown>>[],
): AddressColumns | null {
  const header = [...new Set(rows.slice(0, mostRows).flatMap((row) => Object.keys(row)))]
  const words = new Map(header.map((column) => [column, fieldWords(column)]))
  const cells: Cells = header.map((column) =>
    rows.slice(0, mostRows).flatMap((row) => {
      const text = textOf(row[column])
      return text === '' ? [] : [text]
    }),
  )
  const valuesOf = (column: string) => cells[header.indexOf(column)]!
  const taken = new Set<string>()
  const named = (role: Role, fits: (values: readonly string[]) => boolean = () => true): string | null => {
    let best: string | null = null
    let most = -Infinity
    for (const column of header) {
      if (taken.has(column)) continue
      const own = words.get(column)!
      const rank = rankOf(own, usualNames[role])
      if (rank === null || own.some((word) => ofOwner.has(word)) || !fits(valuesOf(column))) continue
      if (rank <= most) continue
      most = rank
      best = column
    }
    if (best !== null) taken.add(best)
    return best
  }
  const address = addressOf(header, words, valuesOf)
  if (address === null) return null
  for (const column of address) taken.add(column)
  const zip = named('zip', (values) => values.length === 0 || shareOf(values, isZip) >= 0.5)
  const state =
    named('state', (values) => values.length === 0 || shareOf(values, isState) >= 0.5) ??
    stateByCells(header, taken, valuesOf)
  if (state !== null) taken.add(state)
  return {
    address,
    zip,
    state,
    city: named('city', (values) => shareOf(values, (text) => /^\d+$/.test(text)) < 0.5),
    id: named('id'),
    unit: named('unit'),
    name: named('name'),
    latitude: named('latitude'),
    longitude: named('longitude'),
  }
}

const mostRows = 200

/** How well a column's words fit one of these names: the same beats one among other words, earlier names beat later ones; null for none. */
function rankOf(own: readonly string[], names: readonly string[]): number | null {
  const plain = own.join(' ')
  const exact = names.findIndex((name) => fieldWords(name).join(' ') === plain)
  if (exact !== -1) return 100 - exact
  const others = own.filter((word) => !ofPlace.has(word))
  if (others.length === own.length) return null
  const among = names.findIndex((name) => fieldWords(name).join(' ') === others.join(' '))
  return among === -1 ? null : 50 - among
}

function addressOf(
  header: readonly string[],
  words: ReadonlyMap<string, readonly string[]>,
  valuesOf: (column: string) => readonly string[],
): string[] | null {
  const isOwners = (column: string) => words.get(column)!.some((word) => ofOwner.has(word))
  const candidates = header
    .filter((column) => !isOwners(column))
    .map((column) => ({
      column,
      rank: rankOf(words.get(column)!, usualNames.address),
      share: shareOf(valuesOf(column), isAddress),
    }))
  // A column with a usual name is one where its cells do not say otherwise: `street` without numbers has them elsewhere.
  const usual = candidates.filter(({ rank }) => rank !== null).sort((a, b) => b.rank! - a.rank!)
  const whole = usual.find(({ share }) => share >= 0.3)
  if (whole !== undefined) return [whole.column]
  const told = candidates.filter(({ share }) => share >= 0.5).sort((a, b) => b.share - a.share)[0]
  if (told !== undefined) return [told.column]
  const number = header.find(
    (column) =>
      !isOwners(column) &&
      words.get(column)!.some((word) => numberWords.has(word)) &&
      !words.get(column)!.some((word) => word === 'unit' || word === 'apartment' || word === 'parcel') &&
      shareOf(valuesOf(column), (text) => /^\d+[a-z]?$/i.test(text)) >= 0.5,
  )
  const parts = header.filter(
    (column) =>
      column !== number &&
      !isOwners(column) &&
      words.get(column)!.some((word) => word === 'street' || word === 'road') &&
      words.get(column)!.every((word) => streetWords.has(word) || ofPlace.has(word)) &&
      shareOf(valuesOf(column), (text) => /[a-z]/i.test(text)) >= 0.5,
  )
  if (number !== undefined && parts.length > 0) return [number, ...parts]
  return usual[0] === undefined ? null : [usual[0].column]
}

/** The only column that has nothing but states. */
function stateByCells(
  header: readonly string[],
  taken: ReadonlySet<string>,
  valuesOf: (column: string) => readonly string[],
): string | null {
  const found = header.filter(
    (column) =>
      !taken.has(column) && valuesOf(column).length > 0 && shareOf(valuesOf(column), isState) >= 0.95,
  )
  return found.length === 1 && !fieldWords(found[0]!).some((word) => ofOwner.has(word)) ? found[0]! : null
}

const states = new Set([...stateNames].flat().map((name) => name.toUpperCase()))

const isState = (text: string) => states.has(text.toUpperCase())
const isZip = (text: string) => /^\d{3,5}(?:-?\d{4})?(?:\.0)?$/.test(text)

/** A number, then words of which one is a type of street of Publication 28; or a box. */
function isAddress(text: string): boolean {
  if (/^p\.?\s*o\.?\s*box\s*\w/i.test(text)) return true
  const words = text.toUpperCase().match(/[A-Z0-9'-]+/g) ?? []
  return words.length >= 3 && /^\d/.test(words[0]!) && words.slice(2).some((word) => streetSuffixes.has(word))
}

function shareOf(values: readonly string[], fits: (text: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(fits).length / values.length
}

/** What stands in a cell, as text. */
export const textOf = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : ''
