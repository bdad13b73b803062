import type { Observation, Source } from '../domain/evidence.ts'
import type { ParsedAddress } from '../domain/parsed-address.ts'
import { formFeatures, nameFeatures, streetFeatures } from '../kind/features.ts'
import { bucketsOf } from '../kind/hashed-features.ts'

/**
 * What the form of the address (with its unit), its street, and the name on it say: each by itself, since each is believed by
 * itself. `unit` is one that stands in a field of its own.
 */
export function observeAddress(
  parsed: ParsedAddress,
  name: string | null,
  unit: string | null,
): Observation[] {
  const own = unit ?? unitOf(parsed)
  const line = deliveryLine(parsed)
  const seen = (source: Source, quote: string, features: string[]): Observation => ({
    document: 'address',
    source,
    dateMs: null,
    statements: [{ quote, features: bucketsOf(features) }],
    orders: [],
    hours: null,
    instructions: [],
    unit: source === 'form' || source === 'unit' ? own : null,
  })
  // A box or a route is told by its form for certain; a street is only a hint, with its unit and by its name.
  const isStreet =
    parsed.form === 'street' ||
    parsed.form === 'intersection' ||
    parsed.form === 'unknown' ||
    parsed.form === 'place'
  const observations = [
    seen(
      isStreet ? 'unit' : 'form',
      `${parsed.form}${own === null ? ', no unit' : `, ${own}`}`,
      formFeatures(line, own, parsed.form),
    ),
  ]
  if (isStreet) observations.push(seen('street', line, streetFeatures(line)))
  if (name !== null && name.trim() !== '') observations.push(seen('name', name.trim(), nameFeatures(name)))
  return observations
}

/** The unit that the address names, with its designator. */
export function unitOf(parsed: ParsedAddress): string | null {
  const { OccupancyType: type, OccupancyIdentifier: identifier, SubaddressIdentifier: sub } = parsed.parts
  const text = [type, identifier ?? sub].filter(Boolean).join(' ')
  return text === '' ? null : text
}

const lastLine: ReadonlySet<string> = new Set([
  'PlaceName',
  'StateName',
  'ZipCode',
  'ZipPlus4',
  'CountryName',
])
const occupancy: ReadonlySet<string> = new Set([
  'OccupancyType',
  'OccupancyIdentifier',
  'SubaddressType',
  'SubaddressIdentifier',
])

/** The words of the delivery line, without unit, city, state and ZIP code. */
function deliveryLine(parsed: ParsedAddress): string {
  const words = parsed.tokens
    .filter(({ label }) => !lastLine.has(label) && !occupancy.has(label))
    .map(({ text }) => text)
  return (words.length === 0 ? parsed.input : words.join(' ')).slice(0, 200)
}
