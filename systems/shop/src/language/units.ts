import { fold } from './fold.ts'
import type { LanguageCode } from './languages.ts'

export type Dimension =
  | 'length'
  | 'mass'
  | 'volume'
  | 'power'
  | 'energy'
  | 'voltage'
  | 'charge'
  | 'current'
  | 'storage'
  | 'frequency'
  | 'pixels'
  | 'rate'
  | 'light'
  | 'sound'
  | 'time'

/** A unit of measure: `times` of the dimension's own unit (millimetre, gram, millilitre, watt, volt, …, day). */
export interface Unit {
  /** `inch`, `kilogram`: CLDR's name of it, or its symbol. */
  id: string
  dimension: Dimension
  times: number
}

/** Units that CLDR names in every language (ECMA-402 table 2), by their exact size (NIST handbook 44, appendix C). */
const named: readonly Unit[] = (
  [
    ['length', { millimeter: 1, centimeter: 10, meter: 1000, kilometer: 1e6 }],
    ['length', { inch: 25.4, foot: 304.8, yard: 914.4, mile: 1_609_344 }],
    ['mass', { gram: 1, kilogram: 1000, ounce: 28.349523125, pound: 453.59237 }],
    ['volume', { milliliter: 1, liter: 1000, 'fluid-ounce': 29.5735295625, gallon: 3785.411784 }],
    ['storage', { kilobyte: 1 / 1024, megabyte: 1, gigabyte: 1024, terabyte: 1024 ** 2 }],
    ['time', { second: 1 / 86_400, minute: 1 / 1440, hour: 1 / 24, day: 1, week: 7 }],
    ['time', { month: 30.436875, year: 365.2425 }],
  ] satisfies [Dimension, Record<string, number>][]
).flatMap(([dimension, sizes]) => Object.entries(sizes).map(([id, times]) => ({ id, dimension, times })))

/** What ECMA-402 has no names for, as it is written in every language. */
const written: readonly [Dimension, Record<string, number>][] = [
  [
    'length',
    {
      mm: 1,
      cm: 10,
      cms: 10,
      m: 1000,
      mtr: 1000,
      km: 1e6,
      in: 25.4,
      inche: 25.4,
      '"': 25.4,
      ft: 304.8,
      yd: 914.4,
    },
  ],
  [
    'mass',
    {
      mcg: 1e-6,
      mg: 0.001,
      hg: 100,
      g: 1,
      gr: 1,
      gm: 1,
      gms: 1,
      kg: 1000,
      kgs: 1000,
      kilo: 1000,
      kilos: 1000,
      oz: 28.349523125,
      lb: 453.59237,
      lbs: 453.59237,
    },
  ],
  ['volume', { ml: 1, mls: 1, cc: 1, cl: 10, dl: 100, l: 1000, ltr: 1000, gal: 3785.411784 }],
  ['power', { w: 1, watt: 1, watts: 1, vatio: 1, vatios: 1, kw: 1000, kilowatt: 1000, kilowatts: 1000 }],
  ['energy', { wh: 1, kwh: 1000 }],
  ['voltage', { v: 1, volt: 1, volts: 1, voltio: 1, voltios: 1, kv: 1000 }],
  ['charge', { mah: 1, ah: 1000 }],
  [
    'current',
    { ma: 1, a: 1000, amp: 1000, amps: 1000, ampere: 1000, amperes: 1000, amperio: 1000, amperios: 1000 },
  ],
  ['storage', { kb: 1 / 1024, mb: 1, gb: 1024, go: 1024, tb: 1024 ** 2, to: 1024 ** 2 }],
  ['frequency', { hz: 1, hertz: 1, khz: 1000, mhz: 1e6, ghz: 1e9 }],
  ['pixels', { mp: 1, mpx: 1, megapixel: 1, megapixels: 1 }],
  ['rate', { mbps: 1, gbps: 1000 }],
  ['light', { lm: 1, lumen: 1, lumens: 1, lumenes: 1 }],
  ['sound', { db: 1, dba: 1, decibel: 1, decibels: 1, dezibel: 1, decibelios: 1, decibeis: 1 }],
]

/** What people say at a counter, in grams; a word of one language may be another thing in the next. */
const spoken: Partial<Record<LanguageCode, Record<string, number>>> = {
  de: { pfund: 500 },
  it: { etto: 100, etti: 100, chilo: 1000, chili: 1000 },
  nl: { pond: 500 },
  pt: { quilo: 1000, quilos: 1000 },
  sv: { hekto: 100 },
}

const known = new Map<LanguageCode, ReadonlyMap<string, Unit>>()

/**
 * Units by every form of their names in a language (from CLDR, by `Intl`), their English names and their symbols, folded. Symbols come
 * first: `m` is a metre and no month.
 */
export function unitsOf(code: LanguageCode): ReadonlyMap<string, Unit> {
  const found = known.get(code) ?? readUnits(code)
  known.set(code, found)
  return found
}

function readUnits(code: LanguageCode): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>()
  for (const [dimension, symbols] of written)
    for (const [word, times] of Object.entries(symbols)) {
      // French writes gigabytes with the o of octet; elsewhere `to` and `go` are words.
      if ((word === 'go' || word === 'to') && code !== 'fr') continue
      units.set(word, { id: idOf(dimension, times) ?? word, dimension, times })
    }
  for (const [word, times] of Object.entries(spoken[code] ?? {}))
    units.set(word, { id: idOf('mass', times) ?? word, dimension: 'mass', times })
  // "Metres" and "litres" are British.
  for (const language of new Set([code, 'en', 'en-GB']))
    for (const unit of named)
      for (const word of namesOf(unit.id, language)) if (!units.has(word)) units.set(word, unit)
  return units
}

const idOf = (dimension: Dimension, times: number): string | undefined =>
  named.find((unit) => unit.dimension === dimension && unit.times === times)?.id

/** All plural forms of a unit's long and short names. */
function namesOf(unit: string, language: string): string[] {
  const names = new Set<string>()
  for (const unitDisplay of ['long', 'short'] as const) {
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay })
    for (const count of [0, 1, 2, 1.5, 1_000_000])
      for (const part of format.formatToParts(count))
        if (part.type === 'unit' && part.value.trim() !== '')
          names.add(fold(part.value.trim()).replace(/\.$/, ''))
  }
  // Single letters are sizes and words as often; the symbols that count are in the table above.
  return [...names].filter((name) => name.length > 1 && !/[\s.]/.test(name))
}
