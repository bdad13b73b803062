import type { Constraint } from '../domain/constraints.ts'
import { minorDigits } from '../domain/money.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { tokenize } from '../understand/text.ts'
import { cardOf, shownVariant } from './cards.ts'
import { emptySearch } from './facts.ts'
import type { Facts } from './facts.ts'
import type { NotListed } from './not-listed.ts'
import type { EffectiveSearch } from './plan/plan.ts'
import { addSubjects } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'
import { listingStems } from './wishes.ts'
import type { Wish } from './wishes.ts'
import { contentStems } from './words.ts'

export interface Found {
  product: Product
  variantId: string | null
  /** The search says that goods like it are called by the noun that was looked for. */
  isOfKind: boolean
}

/** Whether a product lies where one of some others does; of those that lie nowhere nothing is known. */
export function sharesShelf({ categories }: Product, others: readonly Product[]): boolean {
  const shelves = new Set(others.flatMap((other) => other.categories.at(-1) ?? []))
  return shelves.size === 0 || shelves.has(categories.at(-1) ?? '')
}

/** What comes near what the store does not list, if anything, without a word on how well it fits. */
export function tellNotListed(
  { what, isUnknown, kinds, near }: NotListed,
  search: EffectiveSearch,
  limit: number,
  facts: Facts,
  byMeaning = false,
) {
  const cards = near.slice(0, limit).map((product) => cardOf(product, null, [], facts.phrases))
  facts.searched = search
  facts.search = {
    ...emptySearch,
    cards,
    notListed: { what, isUnknown, kinds, isNear: near.length > 0 && byMeaning ? 'meaning' : near.length > 0 },
  }
  for (const card of cards) facts.cards.set(card.productId, card)
  const hits = cards.map(({ productId }) => productId)
  addSubjects(facts, hits)
  return { hits, notListed: what, kinds }
}

/** Whether a type only says what something else is for: `mom` of "a gift for mom". */
export const isWhatFor = (said: string, type: string, sources: StepSources): boolean =>
  purposeOf(said, type, sources) === 'of goods'

/** Whether a type only says what something is for, and nothing says what that is: "something for acne". */
export const isForAlone = (said: string, type: string, sources: StepSources): boolean =>
  purposeOf(said, type, sources) === 'alone'

/** Whether anything is asked for that is for what a type names: "anything for cats?". */
export function isAnythingFor(said: string, type: string, sources: StepSources): boolean {
  const { code } = sources.lexicon.language
  const words = lexemesOf(said, code).map(({ word }) => fold(word))
  const isAny = grammarOf(code).something.some((phrase) => {
    const parts = fold(phrase).split(' ')
    return words.some((_, at) => parts.every((part, index) => words[at + index] === part))
  })
  return isAny && purposeOf(said, type, sources) !== null
}

function purposeOf(said: string, type: string, { lexicon }: StepSources): 'of goods' | 'alone' | null {
  const tokens = tokenize(said, lexicon)
  const named = contentStems(type, lexicon)
  const first = tokens.findIndex(({ stem }) => named.includes(stem))
  const lead = tokens.slice(0, Math.max(0, first)).findLastIndex(({ isContent }) => isContent)
  if (!tokens.slice(lead + 1, Math.max(0, first)).some((token) => token.lead === 'for')) return null
  return lead === -1 ? 'alone' : 'of goods'
}

/** Whether all that is lacking is part of the name that was asked for, and not what it is for ("a cover for my kettle"). */
export function isOfKindAlone(
  lacking: readonly Wish[],
  { productType }: EffectiveSearch,
  { lexicon }: StepSources,
): boolean {
  const named = contentStems(productType ?? '', lexicon)
  return (
    lacking.length > 0 &&
    lacking.every(({ said }) => contentStems(said, lexicon).every((stem) => named.includes(stem)))
  )
}

/** Whether a message begins with a definite article, and so with one of what was shown. */
export function isOfThose(said: string, { lexicon }: StepSources): boolean {
  const [first] = lexemesOf(fold(said))
  return grammarOf(lexicon.language.code).the.some((word) => fold(word) === first?.word)
}

/** How many of some words a listing holds. */
export function heldOf(asked: ReadonlySet<string>, product: Product, { lexicon }: StepSources): number {
  const held = listingStems(product, lexicon)
  return [...asked].filter((stem) => held.has(stem)).length
}

/** How many of the words of what was spoken of before a product is called by, of those that some of what was found are and others are not. */
export function akinTo(
  about: string,
  found: readonly Found[],
  { lexicon }: StepSources,
): (product: Product) => number {
  const stems = [...new Set(contentStems(about, lexicon))]
  const named = new Map(
    found.map(({ product }) => {
      const options = product.variants.flatMap((variant) => Object.values(variant.options))
      return [product.id, new Set(contentStems(`${product.title} ${options.join(' ')}`, lexicon))]
    }),
  )
  const telling = stems.filter((stem) => ![...named.values()].every((held) => held.has(stem)))
  return ({ id }) => telling.filter((stem) => named.get(id)?.has(stem)).length
}

/** Whether a product holds every word that was looked for. */
export function holdsAll({ text }: EffectiveSearch, { lexicon }: StepSources): (found: Found) => boolean {
  const asked = new Set(contentStems(text, lexicon))
  return ({ product }) => {
    const held = listingStems(product, lexicon)
    return [...asked].every((word) => held.has(word))
  }
}

/** Whether a product holds what names the goods of a request, or more than a third of its words. */
export function bears(
  { text, productType }: EffectiveSearch,
  product: Product | undefined,
  { lexicon }: StepSources,
): boolean {
  const asked = [...new Set(contentStems(text, lexicon))]
  if (product === undefined || asked.length === 0) return true
  const held = listingStems(product, lexicon)
  const named = contentStems(productType ?? '', lexicon)
  if (named.length > 0 && named.every((word) => held.has(word))) return true
  // "Aloevera" is aloe vera.
  const glued = product.title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
  const isHeld = (word: string) => held.has(word) || (word.length >= shortestGlued && glued.includes(word))
  return asked.filter(isHeld).length * 3 > asked.length
}

/** Shorter words stand within others by chance. */
const shortestGlued = 6

/** A word of a message as the message writes it. */
export function asWritten(message: string, word: string): string {
  const found = lexemesOf(message).find((lexeme) => lexeme.word === fold(word))
  return found === undefined ? word : message.slice(found.start, found.end)
}

/** Whether what is shown of a product costs what a limit allows. */
export function keepsPrice(
  item: Found,
  { min, max, minInclusive, maxInclusive }: Extract<Constraint, { kind: 'price' }>,
  { currency }: Facts,
): boolean {
  const major = priceOf(item) / 10 ** minorDigits(currency)
  const isAbove = min === null || major > min || (minInclusive && major === min)
  return isAbove && (max === null || major < max || (maxInclusive && major === max))
}

export const priceOf = ({ product, variantId }: Found): number => shownVariant(product, variantId).price.minor
