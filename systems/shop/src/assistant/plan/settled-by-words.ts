import type { Topic, Understanding } from '../../domain/constraints.ts'
import type { Service } from '../../domain/product.ts'
import { addressesStore, asksWhich, isAsking } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { asksForBrandsAlone } from '../brands-asked.ts'
import { measureOrderIn } from '../measure-order.ts'
import { contentStems } from '../words.ts'
import { leadsOn, namesOtherNoun } from './effective-search.ts'
import type { PlanContext } from './plan.ts'

/** Intents that give way to an order by a measure. */
const mayOrder: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'advice',
  'not-ours',
  'chat',
  'product-question',
])
/** What a question for the store's brands may sound like. */
const mayBeAssortment: ReadonlySet<Understanding['intent']> = new Set([...mayOrder, 'compare', 'service'])
/** Allergies and intolerances begin so in all eight languages. */
const allergies = /all?erg|intoler|unvertr|onverdr/iu
/** The store's rules that are asked for by a term of sale alone. */
const serviceTopics: Partial<Record<Service, Topic>> = {
  'free-shipping': 'shipping',
  'cash-on-delivery': 'payment',
}

/** What a message asks for by what it says, whatever it sounds like: an order by a measure, which of those it wants, a rule of the store. Null where it says no such thing. */
export function settledByWords(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): Understanding | null {
  const { intent, reference, constraints } = understanding
  const { lexicon, previous } = context
  const { code } = lexicon.language
  const isNarrowing: Understanding = { ...understanding, intent: 'narrow', topic: null, reference: null }
  // "What is the biggest one that you have?", "the smallest bottle please" are of what was looked for last.
  const order = measureOrderIn(message, lexicon)
  // "And what does the biggest cost?" compares no prices.
  const isPriced = new RegExp(anyOf(grammarOf(code).price), 'iu').test(message)
  if (
    (mayOrder.has(intent) || (intent === 'compare' && isPriced)) &&
    previous !== null &&
    context.named === null &&
    reference?.kind !== 'ordinal' &&
    reference?.kind !== 'this' &&
    !asksWhich(message, code) &&
    order !== null &&
    !namesOtherNoun(understanding, previous, context)
  )
    return {
      ...isNarrowing,
      productType: null,
      ...(isPriced ? { searchText: [...order.said].join(' ') } : {}),
    }
  // "For sensitive skin" says which, and speaks of no allergy.
  if (
    intent === 'allergy' &&
    understanding.keptFrom.length === 0 &&
    previous !== null &&
    !allergies.test(message) &&
    leadsOn(message, context) &&
    !isAsking(message, code)
  )
    return isNarrowing
  // "Which brands do you have?"
  if (mayBeAssortment.has(intent) && addressesStore(message, code) && asksForBrandsAlone(message, lexicon))
    return { ...understanding, intent: 'assortment', topic: null, reference: null }
  // "Free shipping?" asks for the store's rule.
  const [term, ...others] = constraints
  const topic = term?.kind === 'service' ? serviceTopics[term.service] : undefined
  const isTermAlone = others.length === 0 && contentStems(understanding.searchText, lexicon).length === 0
  if (
    topic !== undefined &&
    isTermAlone &&
    (intent === 'search' || intent === 'narrow') &&
    /\?\s*$/.test(message)
  )
    return { ...understanding, intent: 'service', topic, reference: null, constraints: [] }
  return null
}
