import type { Reference, Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { shownVariant } from '../cards.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { findDescribed } from '../../understand/intent.ts'
import { asksSum } from '../../understand/sum.ts'
import { namingText } from '../naming-text.ts'
import { measuredOneIn, mostOrLeast } from '../by-measure.ts'
import { asksWhich, saysIt } from '../../language/asking.ts'
import { contentStems, words } from '../words.ts'
import { placesIn } from './places.ts'
import type { PlanContext } from './plan.ts'

/** The products that a reference points to in this conversation, best first; empty when it points nowhere. */
export function referredProducts(reference: Reference, context: PlanContext): Product[] {
  const { page, shown } = context
  const focus = shown.find((product) => product.id === context.focusId) ?? null
  switch (reference.kind) {
    case 'ordinal': {
      // Positions count from 1; -1 is the last.
      const among = listOf(context)
      const product = reference.position < 0 ? among.at(reference.position) : among[reference.position - 1]
      return product ? [product] : []
    }
    case 'described':
      return describedProducts(
        reference,
        page ? [page, ...shown.filter((product) => product.id !== page.id)] : shown,
        context.lexicon,
      )
    case 'shown': {
      const inSight = [...(page ? [page] : []), ...shown, ...context.list]
      return reference.ids.flatMap((id) => inSight.find((product) => product.id === id) ?? [])
    }
    case 'this': {
      const product = focus ?? page ?? shown[0]
      return page && !focus ? [page] : product ? [product] : []
    }
    case 'those':
      return shown.length ? shown : page ? [page] : []
    case 'relative':
    case 'earlier':
      return []
  }
}

/** What places count in: the list that the shopper still has in sight above the one product that was looked at since. */
export const listOf = ({ list, shown }: PlanContext): Product[] => (list.length > shown.length ? list : shown)

function describedProducts(
  reference: Extract<Reference, { kind: 'described' }>,
  candidates: Product[],
  lexicon: Lexicon,
): Product[] {
  const byFacet = candidates.filter(
    (product) => reference.facets.length > 0 && reference.facets.every((facet) => holdsFacet(product, facet)),
  )
  if (byFacet.length) return byFacet
  const asked = contentStems(reference.text, lexicon)
  if (!asked.length) return []
  return candidates.filter((product) => {
    const title = new Set(contentStems(`${product.title} ${product.brand ?? ''}`, lexicon))
    return (
      asked.some((word) => title.has(word)) &&
      asked.filter((word) => title.has(word)).length * 2 >= asked.length
    )
  })
}

export function holdsFacet(product: Product, facet: { name: string; value: string }): boolean {
  const value = facet.value.toLowerCase()
  const name = facet.name.toLowerCase()
  if (name === 'brand') return product.brand?.toLowerCase() === value
  if (name === 'category') return product.categories.some((category) => category.toLowerCase() === value)
  if (product.attributes[facet.name]?.some((held) => held.toLowerCase() === value)) return true
  return product.variants.some((variant) =>
    Object.entries(variant.options).some(
      ([option, held]) => option.toLowerCase() === name && held.toLowerCase() === value,
    ),
  )
}

/**
 * The product that a question is about when no reference says so: one named by its title among those in sight, the one
 * talked about last, the page, or the first one shown.
 */
export function impliedProducts(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): Product[] {
  const inSight = context.page ? [context.page, ...context.shown] : context.shown
  const sum = asksSum(message, context.lexicon.language)
  if (sum !== null) {
    const called = calledProducts(message, inSight, context.lexicon).map(({ product }) => product)
    if (sum === 'both' ? called.length === 2 : called.length > 1) return called
    // "How much for the first and the last together?"
    const list = listOf(context)
    const placed = placesIn(message, list.length, context.lexicon).flatMap((place) => list[place] ?? [])
    if (placed.length > 1) return placed
    // "The pot and the trowel, how much is that together?", in sight or not.
    const mentioned = [...new Map(context.mentions.map(({ product }) => [product.id, product])).values()]
    if (mentioned.length > 1) return mentioned.slice(0, 2)
    // "How much is it together with the kettle?"
    const seen = context.page ?? context.shown.find(({ id }) => id === context.focusId)
    const [other] = mentioned
    if (seen && other && other.id !== seen.id && saysIt(message, context.lexicon.language.code))
      return [seen, other]
    // "Both together, how much?"
    if (called.length === 0 && context.page === null && list.length === 2) return list
  }
  if (understanding.reference) {
    const referred = referredProducts(understanding.reference, context)
    if (referred.length) return referred
  }
  const described = describedIn(message, context)
  if (described.length) return described
  const named = namedProducts(message, inSight, context.lexicon)
  if (named.length) return named
  if (context.page) return [context.page]
  const focus = context.shown.find((product) => product.id === context.focusId)
  return focus ? [focus] : context.shown.slice(0, 1)
}

/** "The plastic one": those of a list whose titles, choices and fields hold all that it says, where not all do. */
function describedIn(message: string, context: PlanContext): Product[] {
  const { lexicon } = context
  const list = listOf(context)
  const asked = contentStems(findDescribed(message)?.words ?? '', lexicon)
  const held = list.filter((product) => {
    const own = new Set(contentStems(namingText(product), lexicon))
    return asked.length > 0 && asked.every((stem) => own.has(stem))
  })
  return held.length < list.length ? held : []
}

/** At most so many of a list are asked at once. */
const mostAsked = 6

/** Those in sight that a question may be about: the page, what was looked at last, else the whole list that is shown. */
export function productsAsked(message: string, context: PlanContext): Product[] {
  if (context.page) return [context.page]
  const named = namedProducts(message, context.shown, context.lexicon)
  if (named.length > 0) return named
  // The first of a list is in focus only because it stands there.
  const focus = context.shown.find(({ id }, at) => id === context.focusId && at > 0)
  return focus ? [focus] : context.shown.slice(0, mostAsked)
}

/**
 * "The cheaper one", "den billigeren", "la más cara de estas": one of those in sight, by its price, and what else is said; null where a
 * message says none. "The cheapest one" is an order of all there are.
 */
export function chosenByPrice(
  message: string,
  { shown, variantIds, lexicon }: PlanContext,
): { product: Product; rest: string } | null {
  if (shown.length < 2) return null
  const grammar = grammarOf(lexicon.language.code)
  const saidBy = (role: 'cheaper-of' | 'dearer-of') =>
    new RegExp(anyOf(grammar[role]), 'iu').exec(message)?.[0]
  const cheaper = saidBy('cheaper-of')
  const said = cheaper ?? saidBy('dearer-of')
  if (said === undefined) return null
  const priceOf = (product: Product): number => shownVariant(product, variantIds.get(product.id)).price.minor
  const byPrice = shown.toSorted((a, b) => priceOf(a) - priceOf(b))
  const product = cheaper === undefined ? byPrice.at(-1) : byPrice[0]
  return product ? { product, rest: message.replace(said, ' ') } : null
}

/**
 * "The lighter one", "das kleine", "il più leggero dei due", "the smaller flask": one of those in sight, by a measure, and what else is said; null where a
 * message says none, asks which it is, or holds it against something.
 */
export function chosenByMeasure(
  message: string,
  context: PlanContext,
): { product: Product; rest: string } | null {
  const { lexicon } = context
  const { code } = lexicon.language
  const list = listOf(context)
  if (list.length < 2 || asksWhich(message, code)) return null
  if (new RegExp(anyOf(grammarOf(code).against), 'iu').test(message)) return null
  const measured = measuredOneIn(message, lexicon)
  const product = measured === null ? null : mostOrLeast(list, measured, lexicon)
  if (measured === null || product === null) return null
  const own = new Set(
    list.flatMap(({ title, categories }) => contentStems(`${title} ${categories.join(' ')}`, lexicon)),
  )
  const rest = message.replace(measured.said, ' ')
  const isOfOthers = contentStems(rest, lexicon).some((stem) => context.isNoun(stem) && !own.has(stem))
  return isOfOthers ? null : { product, rest: withoutWords(rest, own, lexicon) }
}

/** A text without the words that what is in sight is called by. */
const withoutWords = (text: string, own: ReadonlySet<string>, lexicon: Lexicon): string =>
  words(text).reduceRight(
    (rest, { text: word, start, end }) =>
      contentStems(word, lexicon).every((stem) => own.has(stem)) && contentStems(word, lexicon).length > 0
        ? `${rest.slice(0, start)}${rest.slice(end)}`
        : rest,
    text,
  )

/** Products whose distinctive title words stand in the message, in order of appearance. */
export function namedProducts(message: string, candidates: readonly Product[], lexicon: Lexicon): Product[] {
  const called = calledProducts(message, candidates, lexicon)
  // "The cherry ones", of several socks: a single word tells them where it tells no other.
  const whole = called.filter(({ isWhole }) => isWhole)
  return (whole.length > 0 || called.length > 1 ? whole : called).map(({ product }) => product)
}

/** Products of whose titles a message says a word that no other has; `isWhole` where it says much of the title. */
function calledProducts(
  message: string,
  candidates: readonly Product[],
  lexicon: Lexicon,
): { product: Product; isWhole: boolean }[] {
  const asked = new Set(contentStems(message, lexicon))
  const unique = [...new Map(candidates.map((product) => [product.id, product])).values()]
  const telling = tellingStems(unique, lexicon)
  return unique.flatMap((product) => {
    const title = titleStems(product, lexicon)
    const hits = title.filter((word) => asked.has(word))
    // A word that all candidates share ("boots") names none of them.
    return hits.some((word) => telling.get(product.id)?.has(word))
      ? [{ product, isWhole: hits.length * 2 >= Math.min(4, title.length) }]
      : []
  })
}

/** Stems of a title, "39871" of "Rieker 39871-25" among them. */
const titleStems = ({ title }: Product, lexicon: Lexicon): string[] => [
  ...new Set(contentStems(title, lexicon).flatMap((stem) => [stem, ...stem.split('-')])),
]

/** By product, the stems of its title that no other of them has. */
export function tellingStems(
  products: readonly Product[],
  lexicon: Lexicon,
): Map<string, ReadonlySet<string>> {
  const titles = products.map((product) => titleStems(product, lexicon))
  const counts = new Map<string, number>()
  for (const word of titles.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return new Map(
    products.map(({ id }, at) => [id, new Set(titles[at]?.filter((word) => counts.get(word) === 1))]),
  )
}
