import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { parseNumber } from '../language/numbers.ts'
import type { Dimension } from '../language/units.ts'
import { amountsIn } from '../understand/measure-limits.ts'
import { tokenize } from '../understand/text.ts'
import { letterOf, measureOf } from './by-measure.ts'
import type { Comparative } from './by-measure.ts'

/** What near twins may be compared by: a measure, or which of them is the newer model. */
export type TwinOrder = Pick<Comparative, 'isMore'> & { by: Comparative['measure'] | 'model' }

/**
 * How far a twin lies beyond a product in an order: 0.5 for half as much again; null where it does not, or listings tell no difference. What is bigger is
 * told by sizes in letters in the titles, else by what the titles measure, else by the sides and the volume that fields of one name state, else by bare
 * numbers of the titles.
 */
export function beyond(
  twin: Product,
  than: Product,
  { by, isMore }: TwinOrder,
  lexicon: Lexicon,
): number | null {
  const step =
    by === 'model'
      ? newerBy(twin, than, lexicon)
      : by === 'length'
        ? biggerBy(twin, than, lexicon)
        : heldMore(twin, than, by, lexicon)
  return step !== 0 && step > 0 === isMore ? Math.abs(step) : null
}

function heldMore(twin: Product, than: Product, by: Dimension, lexicon: Lexicon): number {
  const [held, own] = [measureOf(twin, by, lexicon), measureOf(than, by, lexicon)]
  return held === null || own === null ? 0 : held / own - 1
}

function biggerBy(twin: Product, than: Product, lexicon: Lexicon): number {
  const letters = letterOf(twin, lexicon) - letterOf(than, lexicon) || sizeNamed(twin) - sizeNamed(than)
  if (letters !== 0) return letters
  const [held, own] = [twin, than].map(({ title }) => numbersOf(title, lexicon)) as [
    TitleNumber[],
    TitleNumber[],
  ]
  const by = (isWanted: (number: TitleNumber) => boolean) =>
    moreOf(held.filter(isWanted), own.filter(isWanted))
  return (
    by(({ isMeasure }) => isMeasure) ||
    fieldsBy(twin, than, lexicon) ||
    by(({ counts, isMeasure }) => counts !== null && !isMeasure) ||
    by(isLong)
  )
}

/** Sizes as they are named in all languages. */
const namedSizes: Readonly<Record<string, number>> = { mini: -1, midi: 0, max: 1, maxi: 1 }

const sizeNamed = ({ title }: Product): number =>
  lexemesOf(title).reduce((size, { word }) => size + (namedSizes[word] ?? 0), 0)

/** A number of one digit, of nothing, is of a model's name. */
const isLong = ({ value, counts }: TitleNumber): boolean => counts === null && value >= 10

interface TitleNumber {
  /** In the unit's base, where it has one. */
  value: number
  /** What it measures or counts; null for a bare number. */
  counts: string | null
  isMeasure: boolean
}

/** The numbers of a title, each with the unit or the word behind it. */
function numbersOf(title: string, lexicon: Lexicon): TitleNumber[] {
  const tokens = tokenize(title, lexicon)
  return tokens.flatMap(({ kind, word }, at) => {
    if (kind !== 'number') return []
    const next = tokens[at + 1]
    const unit = next?.unit ?? null
    const value = parseNumber(word) * (unit?.times ?? 1)
    if (!Number.isFinite(value)) return []
    const counted = next?.kind === 'word' && !next.breakBefore && next.word.length > 1 ? next.stem : null
    return [{ value, counts: unit?.dimension ?? counted, isMeasure: unit !== null }]
  })
}

/** By how much one of two rows of numbers of the same things is more than the other; 0 where they are not, or some are more and some less. */
function moreOf(held: readonly TitleNumber[], own: readonly TitleNumber[]): number {
  if (held.length !== own.length || held.some(({ counts }, at) => counts !== own[at]?.counts)) return 0
  return ratioOf(
    held.map(({ value }) => value),
    own.map(({ value }) => value),
  )
}

function ratioOf(held: readonly number[], own: readonly number[]): number {
  const ratios = held.map((value, at) => value / (own[at] ?? Number.NaN)).filter((ratio) => ratio !== 1)
  const isAlike = ratios.every((ratio) => ratio > 1) || ratios.every((ratio) => ratio < 1)
  return ratios.length > 0 && isAlike ? ratios.reduce((all, ratio) => all * ratio, 1) - 1 : 0
}

/** By how much fields of one name say that one is bigger; 0 where they do not, or do not agree. */
function fieldsBy(twin: Product, than: Product, lexicon: Lexicon): number {
  for (const dimension of ['length', 'volume'] as const) {
    const ofThan = fieldsOf(than)
    const steps = [...fieldsOf(twin)].flatMap(([name, values]) => {
      const [held, own] = [values, ofThan.get(name) ?? []].map((texts) =>
        texts.flatMap((text) => amountsIn(tokenize(text, lexicon), dimension)),
      ) as [number[], number[]]
      const step = held.length === own.length ? ratioOf(held, own) : 0
      return step === 0 ? [] : step
    })
    if (steps.length > 0) return steps.every((step) => step > 0 === (steps[0] ?? 0) > 0) ? (steps[0] ?? 0) : 0
  }
  return 0
}

/** What a product states, and what all its choices are alike, by name. */
function fieldsOf({ attributes, variants }: Product): Map<string, readonly string[]> {
  const [first] = variants
  const choices = Object.entries(first?.options ?? {}).filter(([name, value]) =>
    variants.every(({ options }) => options[name] === value),
  )
  return new Map([
    ...Object.entries(attributes),
    ...choices.map(([name, value]): [string, string[]] => [name, [value]]),
  ])
}

/** Whether one of two is the newer model (above 0) or the older one: as their titles or descriptions say, else by the numbers of their names; the first model may have none. */
function newerBy(twin: Product, than: Product, lexicon: Lexicon): number {
  const told = (of: (product: Product) => string) => ageSaid(of(twin), lexicon) - ageSaid(of(than), lexicon)
  return told(({ title }) => title) || told(({ description }) => description) || laterBy(twin, than, lexicon)
}

function laterBy(twin: Product, than: Product, lexicon: Lexicon): number {
  const [held, own] = [twin, than].map(({ title }) =>
    numbersOf(title, lexicon).flatMap(({ value, isMeasure }) => (isMeasure ? [] : value)),
  ) as [number[], number[]]
  const place = held.findIndex((value, at) => value !== own[at])
  if (held.length === own.length) return place === -1 ? 0 : (held[place] ?? 0) - (own[place] ?? 0)
  if (Math.abs(held.length - own.length) > 1) return 0
  const [more, fewer] = held.length > own.length ? [held, own] : [own, held]
  const added = more.find((value, at) => value !== fewer[at]) ?? 1
  return held.length > own.length ? added - 1 : 1 - added
}

/** What a text says of its product's age: 1 for a successor, -1 for an older model, 0 for neither or both. */
function ageSaid(text: string, { language }: Lexicon): number {
  const { successor, predecessor } = grammarOf(language.code)
  const words = lexemesOf(text, language.code).map(({ word }) => word)
  return Number(holds(words, successor)) - Number(holds(words, predecessor))
}

/** Whether some words hold one of some phrases; one that ends in "…" begins a word. */
const holds = (words: readonly string[], phrases: readonly string[]): boolean =>
  phrases.some((phrase) => {
    const said = fold(phrase).split(' ')
    return words.some((_, at) =>
      said.every((part, index) =>
        part.endsWith('…') ? words[at + index]?.startsWith(part.slice(0, -1)) : words[at + index] === part,
      ),
    )
  })
