import type { Evidence } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { parseNumber } from '../language/numbers.ts'
import type { Dimension } from '../language/units.ts'
import { typedForms } from '../understand/forms.ts'
import { keepsLimit } from '../understand/measure-limits.ts'
import { tokenize } from '../understand/text.ts'
import type { Token } from '../understand/text.ts'
import { dimensionNamed } from './dimensions.ts'
import { listingEvidence, titleEvidence } from './evidence.ts'

/** What somebody or something measures that goods are wanted for, and not the goods: "my labrador weighs 30 kg", "a pump for a pond of 3000 l". */
export interface UserMeasure {
  dimension: Dimension
  /** In the dimension's own unit. */
  amount: number
  /** Stems of what is so heavy, tall or large, as far as it is named. */
  whose: readonly string[]
  /** The number as it was written. */
  number: string
}

/** Measures that goods may be told to be for. */
const measured: ReadonlySet<Dimension> = new Set(['mass', 'length', 'volume'])

/** The measures of a message that are of whom or what the goods are for; none that limits ("up to 30 kg"). */
export function measuresOfUser(message: string, lexicon: Lexicon): UserMeasure[] {
  const grammar = grammarOf(lexicon.language.code)
  const setOf = (words: readonly string[]) => new Set(words.map((word) => fold(word)))
  const [own, who, and] = [setOf(grammar.own), setOf(grammar.who), setOf(grammar.and)]
  const known = setOf([...grammar.the, ...grammar.this, ...grammar.own])
  const fillers = setOf([...grammar.filler, ...grammar.article, ...grammar.around])
  const weighs = dimensionNamed('weight', lexicon)?.asks ?? new Set<string>()
  const sized = dimensionNamed('size', lexicon)?.asks ?? new Set<string>()
  // "1m80" is 1.80 m.
  const tokens = tokenize(message.replace(/(\d)\s?m\s?(\d\d)(?!\d)/giu, '$1.$2 m'), lexicon)
  const forms = typedForms(tokens, lexicon)
  const isMeasureWord = ({ word }: Token) => weighs.has(lexicon.stem(word)) || sized.has(lexicon.stem(word))
  return amountsOf(tokens).flatMap(({ dimension, amount, from, to }) => {
    // "She is 5 and 112 cm tall" gives no range.
    const isAdded = and.has(tokens[from - 1]?.word ?? '')
    const isLimit = forms.some(
      ({ form, ...one }) =>
        (isAdded ? /^(?:least|most|above|below):/ : /^(?:least|most|above|below):|-/).test(form) &&
        one.from < to &&
        one.to > from &&
        // "Ein Hund von 24 kg" is as heavy as that.
        tokens[one.from]?.lead == null,
    )
    if (isLimit) return []
    const [start, end] = clauseAt(tokens, from)
    const before = tokens.slice(start, from)
    const after = tokens.slice(to, end)
    const owner = before.findLastIndex(({ word }) => own.has(word))
    const purpose = before.findLastIndex(({ lead }) => lead === 'for')
    const phrase = before.slice(Math.max(owner, purpose) + 1)
    const isOwned = owner !== -1 && before.length - owner <= farthestOwner
    // "For a dog of 30 kg", "for a 30 kg dog"; "for 5 kg" is what it carries.
    const next = after[0]
    const isNamedBehind = next !== undefined && next.isContent && !isMeasureWord(next)
    const isNamed = phrase.some(({ word }) => !fillers.has(word))
    // "For the 800 l" is for what is known to hold so much.
    const isKnown = before.slice(purpose + 1).some(({ word }) => known.has(word))
    const isPurpose = purpose !== -1 && (isNamed || isNamedBehind || isKnown)
    // "I weigh 90 kg", "and she is 112 cm tall".
    const first = before.findIndex(({ word }) => !and.has(word))
    const isOfPerson =
      who.has(bare(before[first]?.word)) &&
      (before.length > first + 1 || bare(before[first]?.word) !== before[first]?.word) &&
      before
        .slice(first + 1)
        .every((token) => !token.isContent || token.kind === 'number' || isMeasureWord(token))
    // "Pesa 30 kilos", "mide 1,12 m": where verbs need no pronoun.
    const isBareVerb =
      pronounless.has(lexicon.language.code) &&
      before[first] !== undefined &&
      isMeasureWord(before[first]) &&
      before.slice(first + 1).every(({ isContent }) => !isContent)
    const says = (words: ReadonlySet<string>) =>
      tokens.slice(start, end).some(({ word }) => words.has(lexicon.stem(word)))
    // "Since my son, as he weighs 20 kilos …": the verb alone says whose it is.
    const isWeighed =
      dimension === 'mass' &&
      says(weighs) &&
      tokens.slice(start, end).some(({ word }) => own.has(word) || who.has(bare(word)))
    if (!isOwned && !isPurpose && !isOfPerson && !isBareVerb && !isWeighed) return []
    const named = [...(isOwned || isPurpose ? phrase : []), ...(isNamedBehind ? [next] : [])]
    const whose = named.flatMap((token) =>
      token.kind === 'word' && token.isContent && !isMeasureWord(token) ? token.stem : [],
    )
    return [{ dimension, amount, whose, number: tokens[from]?.word ?? '' }]
  })
}

/** Words farther from whose it is than these are of something else. */
const farthestOwner = 5

const pronounless: ReadonlySet<LanguageCode> = new Set(['es', 'it', 'pt'])

/** What a thing in sight measures by its title, that something is looked for to go with: "heater Basin 60 l". */
export const measuresOfThing = (text: string, lexicon: Lexicon): UserMeasure[] => {
  const tokens = tokenize(text, lexicon)
  const whose = tokens.flatMap(({ kind, isContent, stem }) => (kind === 'word' && isContent ? stem : []))
  return amountsOf(tokens).map(({ dimension, amount, from }) => ({
    dimension,
    amount,
    whose,
    number: tokens[from]?.word ?? '',
  }))
}

/** "He's" is he. */
const bare = (word: string | undefined): string => word?.replace(/['’].*/, '') ?? ''

/** The amounts that a text gives with their units. */
function amountsOf(
  tokens: readonly Token[],
): { dimension: Dimension; amount: number; from: number; to: number }[] {
  return tokens.flatMap(({ unit, joined }, at) => {
    const number = tokens[at - 1]
    if (unit === null || !measured.has(unit.dimension) || number?.kind !== 'number') return []
    // "In" and "a" are words unless they touch the number.
    if (/^(?:in|a)$/.test(tokens[at]?.word ?? '') && !joined) return []
    const amount = parseNumber(number.word) * unit.times
    return Number.isFinite(amount) ? [{ dimension: unit.dimension, amount, from: at - 1, to: at + 1 }] : []
  })
}

/** Whether a text says such a measure. */
export const saysMeasure = (text: string, { dimension, amount }: UserMeasure, lexicon: Lexicon): boolean =>
  amountsOf(tokenize(text, lexicon)).some((one) => one.dimension === dimension && one.amount === amount)

/** The places of the clause that a place stands in, `end` exclusive. */
function clauseAt(tokens: readonly Token[], at: number): [start: number, end: number] {
  const start = Math.max(
    0,
    tokens.findLastIndex(({ breakBefore }, place) => breakBefore && place <= at),
  )
  const end = tokens.findIndex(({ breakBefore }, place) => breakBefore && place > at)
  return [start, end === -1 ? tokens.length : end]
}

/** What is far less or more is another thing's: "180 to 230 g a day", "up to 10 cm". */
const farthest: Partial<Record<Dimension, number>> = { mass: 20, length: 3, volume: 20 }

/** What listings call their own measures of a dimension by. */
const ownName: Partial<Record<Dimension, string>> = { mass: 'weight', volume: 'volume' }

interface Bound {
  side: 'least' | 'most' | 'above' | 'below'
  value: number
}

/** The bounds of a dimension that some tokens state: "up to 30 kg", "85 bis 100 cm". */
function boundsIn(tokens: readonly Token[], dimension: Dimension, lexicon: Lexicon): Bound[] {
  const grammar = grammarOf(lexicon.language.code)
  const to = new Set(grammar.to.map((word) => fold(word)))
  const and = new Set(grammar.and.map((word) => fold(word)))
  const limit = new RegExp(`^(least|most|above|below):${dimension}:([\\d.]+)$`)
  const range = new RegExp(`^${dimension}:([\\d.]+)-([\\d.]+)$`)
  const between = (least: number, most: number): Bound[] => [
    { side: 'least', value: least },
    { side: 'most', value: most },
  ]
  const told = typedForms(tokens, lexicon).flatMap(({ form }): Bound[] => {
    const [, side, value] = limit.exec(form) ?? []
    const [, least, most] = range.exec(form) ?? []
    return [
      ...(side === undefined ? [] : [{ side: side as Bound['side'], value: Number(value) }]),
      ...(least === undefined ? [] : between(Number(least), Number(most))),
    ]
  })
  const ranged = tokens.flatMap(({ kind }, at): Bound[] => {
    const unit = tokens[at + 1]?.unit ?? null
    const isLinked = to.has(tokens[at - 1]?.word ?? '')
    if (kind !== 'number' || unit?.dimension !== dimension || !isLinked) return []
    const first = tokens[at - 2]?.unit?.dimension === dimension ? tokens[at - 3] : tokens[at - 2]
    const times = (tokens[at - 2]?.unit ?? unit).times
    // "Dogs to 45 kg".
    if (first?.kind !== 'number')
      return and.has(tokens[at - 1]?.word ?? '')
        ? []
        : [{ side: 'most', value: parseNumber(tokens[at]?.word ?? '') * unit.times }]
    const [least, most] = [parseNumber(first.word) * times, parseNumber(tokens[at]?.word ?? '') * unit.times]
    return least < most ? between(least, most) : []
  })
  return ranged.length > 0 ? ranged : told
}

/**
 * The line of a listing that says for what weight or height the product is, or how much it carries ("for dogs up to 15 kg"), and whether a
 * measure keeps that. Null where no line does.
 */
export function measureAllowed(
  product: Product,
  measure: UserMeasure,
  lexicon: Lexicon,
): { line: Evidence; isKept: boolean } | null {
  const { dimension, amount, whose } = measure
  const { for: purposes, users, child } = grammarOf(lexicon.language.code)
  const forWhom = new RegExp(anyOf([...purposes, ...users, ...child]), 'iu')
  const carries = dimensionNamed('load', lexicon)?.told ?? new Set<string>()
  const own = dimensionNamed(ownName[dimension] ?? 'size', lexicon)?.told ?? new Set<string>()
  const far = farthest[dimension] ?? 1
  const ofUsers = new RegExp(anyOf(users), 'iu')
  const says = (words: ReadonlySet<string>, among: readonly Token[]) =>
    among.some(({ word, unit }) => unit === null && words.has(lexicon.stem(word)))
  const isCarried = (tokens: readonly Token[], text: string) => ofUsers.test(text) || says(carries, tokens)
  for (const line of [...listingEvidence(product, lexicon), titleEvidence(product, lexicon)]) {
    const all = tokenize(line.text, lexicon)
    for (let start = 0; start < all.length;) {
      const [, end] = clauseAt(all, start)
      const tokens = all.slice(start, end)
      start = end
      const text = line.text.slice(tokens[0]?.start, tokens.at(-1)?.end)
      const isOfUser =
        forWhom.test(text) ||
        (dimension === 'mass' && says(carries, all)) ||
        tokens.some(({ stem }) => whose.includes(stem)) ||
        (line.kind === 'attribute' && !says(own, all))
      const bounds = boundsIn(tokens, dimension, lexicon)
      // "Size S: dogs to 10 kg", "from 80 to 130 litres": goods themselves weigh and hold one amount.
      const isBounded = bounds.length > 0 && dimension !== 'length' && !says(own, tokens)
      if (!isOfUser && !isBounded) continue
      // "Carries 100 kg" is up to that.
      const [amountSaid, ...more] = amountsOf(tokens).filter((one) => one.dimension === dimension)
      if (
        bounds.length === 0 &&
        amountSaid !== undefined &&
        more.length === 0 &&
        dimension === 'mass' &&
        isCarried(tokens, text)
      )
        bounds.push({ side: 'most', value: amountSaid.amount })
      const near = bounds.filter(({ value }) => value * far >= amount && value <= amount * far)
      if (near.length > 0) return { line, isKept: near.every((bound) => keepsLimit(amount, bound)) }
    }
  }
  return null
}

/** Whether a listing says that it is for what measures so much ("33 to 55 lb"), whosever that is. */
export const isForMeasure = (
  product: Product,
  measure: Pick<UserMeasure, 'dimension' | 'amount'>,
  lexicon: Lexicon,
): boolean =>
  measured.has(measure.dimension) &&
  measureAllowed(product, { ...measure, whose: [], number: '' }, lexicon)?.isKept === true
