import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import {
  addressesStore,
  asksOfIt,
  asksWhich,
  isAsking,
  opensWith,
  opensWithThe,
  saysIt,
} from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { LanguageCode } from '../../language/languages.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { saidBeforeCosts } from '../../understand/lower.ts'
import { findOrder } from '../../understand/order.ts'
import { askedIn } from '../asked.ts'
import { shownVariant } from '../cards.ts'
import { packingAsked, weightPacked } from '../compose/net-or-gross.ts'
import { asksIfFrom, originField } from '../compose/origin-answer.ts'
import { listOf } from './subjects.ts'
import type { PlanContext } from './plan.ts'

/** Intents that no such question is heard instead of: somebody is in need, or is kept from something. */
const kept: ReadonlySet<Understanding['intent']> = new Set(['care', 'allergy', 'order-status', 'returns'])

/**
 * What a message asks of what is in sight by how it is put, whatever it sounds like: whether it costs less than something else, whether it is from a country, what it
 * weighs as it is packed, or to have both. Null where it asks none of these.
 */
export function askedDirectly(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): Understanding | null {
  if (kept.has(understanding.intent)) return null
  const { lexicon, page, shown, focusId } = context
  const spoken = understanding.spokenLanguage ?? lexicon.language.code
  const first = page ?? shown.find(({ id }) => id === focusId) ?? shown[0]
  if (first === undefined) return null
  if (holdsCostAgainst(message, spoken, first, context))
    return {
      ...understanding,
      intent: 'compare',
      topic: null,
      reference: null,
      productType: null,
      constraints: [],
    }
  const taken = takenByPrice(message, spoken, context)
  if (taken !== null)
    return {
      ...understanding,
      intent: 'add-to-cart',
      topic: null,
      reference: { kind: 'shown', ids: [taken.id] },
      productType: null,
      constraints: [],
      sort: 'relevance',
    }
  if (asksIfIncluded(message, understanding, context))
    return {
      ...understanding,
      intent: 'product-question',
      topic: null,
      reference: null,
      productType: null,
      constraints: [],
    }
  const one = page ?? shown.find(({ id }) => id === focusId) ?? (shown.length === 1 ? shown[0] : undefined)
  const { code } = lexicon.language
  if (one !== undefined && context.mentions.every(({ product }) => product.id === one.id)) {
    const isOfIt = asksOfIt(message, code) || saysIt(message, code)
    const packing =
      isAsking(message, code) && !asksWhichOfThem(message, code) ? packingAsked(message, lexicon) : null
    if (
      (packing !== null && weightPacked(one, packing, lexicon) !== null) ||
      (isOfIt && asksIfFrom(message, lexicon) && originField(one, lexicon) !== null)
    )
      return {
        ...understanding,
        intent: 'product-question',
        topic: null,
        reference: { kind: 'this' },
        productType: null,
        constraints: [],
      }
  }
  return saysOnlyBoth(message, context)
    ? { ...understanding, intent: 'add-to-cart', topic: null, reference: { kind: 'those' } }
    : null
}

/** Whether a message asks if what is in sight costs more or less than something that it names, and not for what does. */
function holdsCostAgainst(
  message: string,
  code: LanguageCode,
  { id }: Product,
  { mentions, isRead }: PlanContext,
): boolean {
  const { some, something } = grammarOf(code)
  const before = saidBeforeCosts(message, code)
  return (
    !isRead &&
    before !== null &&
    isAsking(message, code) &&
    !addressesStore(message, code) &&
    !new RegExp(anyOf([...some, ...something]), 'iu').test(before) &&
    mentions.some(({ product }) => product.id !== id)
  )
}

/** Intents that a question for what comes with a thing may sound like. */
const mayBeIncluded: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'compare',
  'advice',
  'not-ours',
  'chat',
])

/** "Gli anelli sono inclusi?", "is the cover included?": whether something that is spoken of comes with what is in sight. */
function asksIfIncluded(
  message: string,
  { intent }: Understanding,
  { lexicon, named }: PlanContext,
): boolean {
  const { code } = lexicon.language
  return (
    mayBeIncluded.has(intent) &&
    named === null &&
    isAsking(message, code) &&
    !addressesStore(message, code) &&
    !asksWhich(message, code) &&
    (opensWithThe(message, code) || asksOfIt(message, code)) &&
    askedIn(message, lexicon).includes('package')
  )
}

/** "Prendo la più economica", "ich nehme das günstigste": the one of those in sight that costs the least or the most. Null where a message takes none so. */
function takenByPrice(message: string, code: LanguageCode, context: PlanContext): Product | null {
  const { lexicon, variantIds } = context
  const list = listOf(context)
  const taking = new RegExp(
    `^\\W*(?:${anyOf(grammarOf(code).opener)}\\W+)*${anyOf(grammarOf(code).takes)}`,
    'iu',
  )
  const rest = message.replace(taking, ' ')
  if (list.length < 2 || rest === message) return null
  const order = findOrder(message, code)?.sort ?? costOrder(rest, code)
  if (order !== 'price-ascending' && order !== 'price-descending') return null
  const isOther = lexemesOf(rest, code).some(
    ({ word, kind }) => kind === 'word' && context.isNoun(lexicon.meaning(word)),
  )
  const priceOf = (product: Product): number => shownVariant(product, variantIds.get(product.id)).price.minor
  const byPrice = list.toSorted((a, b) => priceOf(a) - priceOf(b))
  return isOther ? null : ((order === 'price-ascending' ? byPrice[0] : byPrice.at(-1)) ?? null)
}

/** "La più economica", which says cheaper as well as cheapest, behind an article. */
function costOrder(text: string, code: LanguageCode): 'price-ascending' | 'price-descending' | null {
  const { the, cheaper, 'cheaper-of': cheaperOf, 'dearer-of': dearerOf } = grammarOf(code)
  if (new RegExp(anyOf(dearerOf), 'iu').test(text)) return 'price-descending'
  return new RegExp(`${anyOf(the)}\\s+${anyOf(cheaper)}|${anyOf(cheaperOf)}`, 'iu').test(text)
    ? 'price-ascending'
    : null
}

/** "Les deux", "both please", where two are in sight. */
function saysOnlyBoth(message: string, context: PlanContext): boolean {
  const { language } = context.lexicon
  const list = listOf(context)
  if (list.length !== 2 && context.shown.length !== 2) return false
  const both = new RegExp(anyOf(grammarOf(language.code).both), 'iu')
  if (!both.test(message) || isAsking(message, language.code)) return false
  const rest = lexemesOf(message.replace(both, ' '), language.code)
  const opened = opensWith(
    rest.map(({ word }) => word),
    [['opener'], ['and']],
    language.code,
  )
  return rest
    .slice(opened)
    .every(
      ({ word, kind }) => kind === 'sign' || language.isFunctionWord(word) || language.isRequestWord(word),
    )
}

/** Romance languages ask what something is by the word for which: "qual o peso?". */
const saysWhichForWhat: ReadonlySet<LanguageCode> = new Set(['fr', 'es', 'it', 'pt'])

const asksWhichOfThem = (message: string, code: LanguageCode): boolean =>
  asksWhich(message, code) && !saysIt(message, code) && !saysWhichForWhat.has(code)
