import { asksWhat, asksWhich, isAsking, isAskingWord } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { Language } from '../language/language.ts'
import { english } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { contentStems, words } from './words.ts'

/** Something that is asked for and answered as a number with a unit. */
export interface Dimension {
  name: string
  /** Stems of words that ask for it. */
  asks: ReadonlySet<string>
  /** The same, and in English: stores call their fields in it, too. */
  told: ReadonlySet<string>
  units: ReadonlySet<string>
}

const limits = /\b(?:how|what|which|limit|max(?:imum)?|min(?:imum)?|much|many)\b/i

const read = new WeakMap<Language, readonly Dimension[]>()

function dimensionsOf(lexicon: Lexicon): readonly Dimension[] {
  const known = read.get(lexicon.language)
  if (known) return known
  const stemsOf = (text: string) => words(text).map(({ text: word }) => lexicon.stem(fold(word)))
  const inEnglish = new Map(
    english.language.dimensionLines.map((line) => {
      const [name = '', rest = ''] = line.split('=')
      return [name.trim(), rest.split('|')[0] ?? '']
    }),
  )
  const dimensions = lexicon.language.dimensionLines.map((line): Dimension => {
    const [name = '', rest = ''] = line.split('=')
    const [asks = '', units = ''] = rest.split('|')
    return {
      name: name.trim(),
      asks: new Set(stemsOf(asks)),
      told: new Set([...stemsOf(asks), ...stemsOf(inEnglish.get(name.trim()) ?? '')]),
      units: new Set(fold(units).trim().split(/\s+/)),
    }
  })
  read.set(lexicon.language, dimensions)
  return dimensions
}

/** The dimensions that a question asks for, most of its words first; empty when it asks for no number. */
export function dimensionsAsked(question: string, lexicon: Lexicon): Dimension[] {
  const asked = new Set(words(question).map(({ text }) => lexicon.stem(fold(text))))
  const { code } = lexicon.language
  // "The vase, what size is it?" asks in its second clause.
  const clauses = question.split(/[,;]\s+/)
  const asks = [isAsking, asksWhich, asksWhat].some((each) => clauses.some((clause) => each(clause, code)))
  if (!asks && !limits.test(question)) return []
  const unitsNamed = words(question).flatMap(({ text }, at, all) => {
    const unit = fold(text)
    const isCounted = /\d$/.test(all[at - 1]?.text ?? '')
    return unit.length < 2 || isCounted || lexicon.isFunctionWord(unit) ? [] : unit
  })
  const found = dimensionsOf(lexicon)
    .map((dimension) => ({
      dimension,
      hits:
        [...dimension.asks].filter((word) => asked.has(word)).length +
        // "Which has the most ml?"
        +(!timed.has(dimension.name) && unitsNamed.some((unit) => dimension.units.has(unit))),
    }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .map(({ dimension }) => dimension)
  // "How long does the battery last?" asks for no length.
  const size = found.find(({ name }) => name === 'size')
  const time = found.find(({ name }) => name === 'time')
  const isOfTime = size && time && [...time.asks].some((word) => asked.has(word) && !size.asks.has(word))
  // Nor is "how much weight can it hold?" asked of what it weighs.
  const isOfLoad = found.some(({ name }) => name === 'load')
  return found.filter((each) => !(isOfTime && each === size) && !(isOfLoad && each.name === 'weight'))
}

/** The dimensions that words of a text ask for, however it is put. */
export function dimensionsNamed(text: string, lexicon: Lexicon): Dimension[] {
  const said = new Set(words(text).map(({ text: word }) => lexicon.stem(fold(word))))
  return dimensionsOf(lexicon).filter(({ asks }) => [...asks].some((word) => said.has(word)))
}

/** The names of the dimensions that a text gives a number with a unit of. */
export const dimensionsGiven = (text: string, lexicon: Lexicon): string[] =>
  dimensionsOf(lexicon).flatMap((dimension) => (isGivenIn(text, dimension) ? dimension.name : []))

/** Units of time are said of much else: "how many days does delivery take". */
const timed: ReadonlySet<string> = new Set(['time', 'age'])

/** A dimension by its name in the language's data. */
export const dimensionNamed = (name: string, lexicon: Lexicon): Dimension | undefined =>
  dimensionsOf(lexicon).find((one) => one.name === name)

/** Whether a word asks for what a unit measures: "ram" of gigabytes. */
export const asksInUnit = (word: string, unit: string, lexicon: Lexicon): boolean =>
  dimensionsOf(lexicon).some(({ asks, units }) => units.has(fold(unit)) && asks.has(lexicon.stem(fold(word))))

/** Whether a passage gives the dimension: a number with its unit, and a word that speaks of it, be it the English name of its column. */
export function givesDimension(text: string, dimension: Dimension, lexicon: Lexicon): boolean {
  return isGivenIn(text, dimension) && contentStems(text, lexicon).some((word) => dimension.told.has(word))
}

/**
 * Whether a text gives a number that may be the dimension's: with its unit, and not as what shares it ("carries up to 40 kg" is no weight). An age
 * says from or up to which: "2 years" may be the warranty's.
 */
export function isGivenAs(text: string, dimension: Dimension, lexicon: Lexicon): boolean {
  if (!isGivenIn(text, dimension)) return false
  const stems = contentStems(text, lexicon)
  // "2 ans" says a unit, and not of what.
  if (stems.some((word) => dimension.told.has(word) && !dimension.units.has(word))) return true
  if (dimension.name === 'age') return boundOf(lexicon).test(text)
  return !dimensionsOf(lexicon).some(
    (other) =>
      other !== dimension &&
      [...other.units].some((unit) => dimension.units.has(unit)) &&
      stems.some((word) => other.told.has(word)),
  )
}

/** "From 4", "up to 12", "for 3", "3+". */
function boundOf(lexicon: Lexicon): RegExp {
  const {
    'at-least': least,
    'at-most': most,
    from,
    between,
    for: forWords,
  } = grammarOf(lexicon.language.code)
  return new RegExp(`${anyOf([...least, ...most, ...from, ...between, ...forWords])}\\s*\\d|\\d\\s*\\+`, 'iu')
}

/** Whether a text holds a number with a unit of the dimension; degrees are written `°C`, `deg.` or `° F`, speeds `km/h` or `km/u`. */
export const isGivenIn = (text: string, { units }: Dimension): boolean =>
  Array.from(fold(text).matchAll(/\d\s?-?(°\s?[cf]?|deg\b|km\/[hut]|[a-z"″]+)/g)).some(([, unit = '']) =>
    units.has(/^(?:°|deg)/.test(unit) ? 'c' : unit.startsWith('km/') ? 'kmh' : unit),
  )

/** To one unit of each kind of measure; units that are not named stand for themselves. */
const factors: Record<string, [unit: string, factor: number]> = {
  mm: ['cm', 0.1],
  m: ['cm', 100],
  in: ['cm', 2.54],
  inch: ['cm', 2.54],
  inches: ['cm', 2.54],
  '"': ['cm', 2.54],
  '″': ['cm', 2.54],
  ft: ['cm', 30.48],
  g: ['kg', 0.001],
  lb: ['kg', 0.4536],
  lbs: ['kg', 0.4536],
  oz: ['kg', 0.02835],
  ml: ['l', 0.001],
  cl: ['l', 0.01],
  gb: ['mb', 1024],
  tb: ['mb', 1048576],
  kw: ['w', 1000],
}

/** The first number with a unit of the dimension in a text, in one unit for all; null without one. */
export function quantityIn(
  text: string,
  dimension: Dimension,
): { value: number; unit: string; said: string } | null {
  for (const match of text.toLowerCase().matchAll(/(\d+(?:[.,]\d+)*)\s?-?([a-z]+|["″])/g)) {
    const [said = '', number = '', written = ''] = match
    if (!dimension.units.has(written) && !(written === '"' && dimension.units.has('inch'))) continue
    const [unit, factor] = factors[written] ?? [written, 1]
    return { value: valueOf(number, written) * factor, unit, said }
  }
  return null
}

/** Three digits after a sign are thousands where there are several of them, or of what is never measured in thousandths: `10.000 mAh`. */
function valueOf(number: string, unit: string): number {
  const isGrouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(number)
  const areThousands = isGrouped && (neverInThousandths.has(unit) || number.split(/[.,]/).length > 2)
  return Number(areThousands ? number.replaceAll(/[.,]/g, '') : number.replace(',', '.'))
}

const neverInThousandths: ReadonlySet<string> = new Set(['mah', 'mm', 'ml', 'g', 'lm', 'rpm', 'w'])

/** Whether a message asks for a measure by the verb that it asks with: "cuánto mide", "pèse-t-il". */
export const asksByMeasuring = (message: string, lexicon: Lexicon): boolean =>
  lexemesOf(message, lexicon.language.code).some(
    ({ word, kind }) =>
      kind === 'word' &&
      isAskingWord(word, lexicon.language.code) &&
      dimensionsAsked(word, lexicon).length > 0,
  )
