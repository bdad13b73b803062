import type { LanguageCode } from '../../language/languages.ts'
import { unitsOf } from '../../language/units.ts'

/** A unit of measure as catalogs write it: the canonical unit, and how many of those one of it is. */
interface Unit {
  unit: string
  times: number
}

const table: [unit: string, times: number, written: string][] = [
  ['mm', 1, 'mm millimeter millimeters'],
  ['mm', 10, 'cm centimeter centimeters cms'],
  ['mm', 1000, 'm meter meters mtr mtrs'],
  ['inch', 1, 'in inch inches "'],
  ['foot', 1, 'ft foot feet'],
  ['yard', 1, 'yard yards yd yds'],
  ['g', 1, 'g gram grams gm gms gr'],
  ['g', 1000, 'kg kgs kilogram kilograms kilo kilos'],
  ['mg', 1, 'mg milligram milligrams'],
  ['mcg', 1, 'mcg microgram micrograms'],
  ['lb', 1, 'lb lbs pound pounds'],
  ['oz', 1, 'oz ounce ounces'],
  ['ml', 1, 'ml milliliter milliliters mls cc'],
  ['ml', 1000, 'l liter liters ltr ltrs'],
  ['gal', 1, 'gal gallon gallons'],
  ['w', 1, 'w watt watts'],
  ['w', 1000, 'kw kilowatt kilowatts'],
  ['v', 1, 'v volt volts'],
  ['a', 1, 'a amp amps ampere amperes'],
  ['mah', 1, 'mah'],
  ['ah', 1, 'ah'],
  ['hp', 1, 'hp horsepower'],
  ['hz', 1, 'hz hertz'],
  ['khz', 1, 'khz'],
  ['mhz', 1, 'mhz'],
  ['ghz', 1, 'ghz'],
  ['rpm', 1, 'rpm'],
  ['kb', 1, 'kb'],
  ['mb', 1, 'mb megabyte megabytes'],
  ['gb', 1, 'gb gigabyte gigabytes'],
  ['tb', 1, 'tb terabyte terabytes'],
  ['mp', 1, 'mp megapixel megapixels'],
  ['lm', 1, 'lm lumen lumens'],
  ['pcs', 1, 'pcs pc piece pieces pack packs count ct'],
  ['pair', 1, 'pair pairs'],
  ['percent', 1, '% percent'],
  ['tier', 1, 'tier tiers'],
  ['layer', 1, 'layer layers'],
  ['seater', 1, 'seater seaters'],
  ['sheet', 1, 'sheet sheets'],
  ['page', 1, 'page pages'],
  ['year', 1, 'year years yr yrs'],
  ['month', 1, 'month months'],
  ['ohm', 1, 'ohm ohms'],
  ['psi', 1, 'psi'],
  ['btu', 1, 'btu'],
  ['tone', 1, 'tone tones'],
  ['speed', 1, 'speed speeds'],
  ['port', 1, 'port ports'],
  ['way', 1, 'way ways'],
  ['hole', 1, 'hole holes'],
  ['key', 1, 'key keys'],
  ['channel', 1, 'ch channel channels'],
  ['karat', 1, 'karat karats carat carats'],
  ['ply', 1, 'ply'],
  ['denier', 1, 'denier'],
  ['degree', 1, 'degree degrees'],
]

const units = new Map<string, Unit>(
  table.flatMap(([unit, times, written]) =>
    written.split(' ').map((word): [string, Unit] => [word, { unit, times }]),
  ),
)

/** Units that are also common words or letters: taken as a unit only where written against the number or alone after it. */
const attachedOnly = new Set([
  'in',
  'a',
  'm',
  'l',
  'w',
  'v',
  'g',
  'gr',
  'c',
  'ch',
  'key',
  'keys',
  'way',
  'ways',
])

/** What a language calls a unit by its full name: `zoll`, `pouces`. Short words are as often something else. */
function namedIn(language: LanguageCode, word: string): Unit | undefined {
  const named = language === 'en' || word.length < 4 ? undefined : unitsOf(language).get(word)
  return named === undefined ? undefined : units.get(named.id)
}

/** The canonical form of a number with a unit (`25`, `cm` → `250mm`), or null when `word` is no unit. */
export function measure(
  number: string,
  word: string,
  attached: boolean,
  language: LanguageCode = 'en',
): string | null {
  const known = units.get(word) ?? namedIn(language, word)
  if (known === undefined || (!attached && attachedOnly.has(word))) return null
  const value = Number(number) * known.times
  if (!Number.isFinite(value)) return null
  return `${Number(value.toFixed(3))}${known.unit}`
}
