import type { Understanding } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import {
  asksIfAny,
  asksOfIt,
  asksWhat,
  asksWhich,
  isAsking,
  opensWithThe,
  saysIt,
} from '../language/asking.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { clausesOf } from '../understand/clauses.ts'
import { askedIn } from './asked.ts'
import { answerFromListing } from './compose/extract.ts'
import { Citations } from './compose/writer.ts'
import type { Facts } from './facts.ts'
import type { EffectiveSearch, Plan } from './plan/plan.ts'
import { asksOfRisk, warnedOf } from './warns.ts'
import { wishesIn } from './wishes.ts'
import { contentStems } from './words.ts'

/** What a message was taken for, and what was found for that. */
export interface Attempt {
  plan: Plan
  facts: Facts
}

/** So many of those that a question is asked of are told of. */
const mostTold = 3

const subjectsOf = ({ subjectIds, products }: Facts): Product[] =>
  subjectIds.slice(0, mostTold).flatMap((id) => products.get(id) ?? [])

const isTold = (message: string, { plan, facts }: Attempt): boolean =>
  subjectsOf(facts).some(
    (product) =>
      answerFromListing(message, product, facts, new Citations(), plan.understanding.topic) !== null ||
      (facts.digests.get(product.id)?.read ?? 0) > 0 ||
      // What it warns of is told, where a risk is asked of.
      (asksOfRisk(message, facts.lexicon.language) &&
        warnedOf(message, product, facts.lexicon, false).lines.length > 0) ||
      facts.brandPages.has(product.id),
  )

/** Whether all that came of it is that nothing is known: no goods called so, no line that answers, no product that is meant. */
export function saysNothing(message: string, attempt: Attempt): boolean {
  const { plan, facts } = attempt
  const { search } = facts
  if (plan.kind === 'clarify') return plan.clarify === 'which-product'
  if (search !== null)
    return search.cards.length === 0 && search.leftOut === 0 && !search.isBeyondPrice && facts.anchor === null
  return (
    plan.kind === 'product-answer' &&
    facts.candidates === null &&
    plan.understanding.intent === 'product-question' &&
    !isTold(message, attempt)
  )
}

/**
 * What else a message may be, of which only its first reading came to nothing: a search that finds nothing may ask something of what is in
 * sight ("wird die warm?"), a question that no listing answers may say how it should be ("max 78 wide").
 */
export function otherReadings(
  message: string,
  understanding: Understanding,
  plan: Plan,
  { isInSight, hasSearched, lexicon }: { isInSight: boolean; hasSearched: boolean; lexicon: Lexicon },
): Understanding[] {
  const { code } = lexicon.language
  const base = { ...understanding, topic: null }
  if (plan.kind === 'results')
    return isInSight && isAsking(message, code)
      ? [{ ...base, intent: 'product-question', productType: null, constraints: [] }]
      : []
  // What the second says nothing of is no wish for another that does.
  if (understanding.reference?.kind === 'ordinal') return []
  const isOfIt = saysIt(message, code) || asksOfIt(message, code)
  // "Does it come with a memory card?" is no wish for one, whatever values the catalog has of such a name.
  if ((isOfIt || opensWithThe(message, code)) && askedIn(message, lexicon).includes('package')) return []
  const isOfWhat = asksWhat(message, code) && !asksWhich(message, code)
  // "Mag maar 78 breed zijn" states a limit, though it is put like a question.
  const statesLimit = understanding.constraints.length > 0 || /(?<![\p{L}\d])\d/u.test(message)
  if ((isOfIt || isOfWhat) && !statesLimit) return []
  return [
    ...(hasSearched ? [{ ...base, intent: 'narrow' as const, reference: null }] : []),
    { ...base, intent: 'search', reference: null },
  ]
}

/** So many words of content beside "it", or what the store lists nothing of, say too little to look for. */
const mostOfIt = 3
/** So many are shown of what comes near by words. */
const mostNear = 6

/**
 * How a conversation's first message is looked for by all its words, where as it was read it came to nothing: it asks for the nearest goods, and is no question
 * about one. Null where it points at something that is not there ("does it have a lid?").
 */
export function nearestPlan(
  message: string,
  { plan, facts }: Attempt,
  { lexicon }: { lexicon: Lexicon },
): Plan | null {
  const { code } = lexicon.language
  const { understanding } = plan
  const saysMuch = contentStems(message, lexicon).length > mostOfIt
  const isOfNothing =
    (saysNothing(message, { plan, facts }) && (facts.search?.notListed == null || saysMuch)) ||
    (plan.kind === 'clarify' && plan.clarify === 'too-few') ||
    (plan.kind === 'allergy' && understanding.keptFrom.length === 0) ||
    // "Is there a lock with keys?" asks for any of the locks.
    (facts.candidates !== null &&
      facts.subjectIds.length === 0 &&
      (facts.candidates.length === 0 || asksIfAny(message, code) || !isAsking(message, code)))
  const pointsAtIt =
    (asksOfIt(message, code) || (saysIt(message, code) && !saysMuch)) &&
    !asksIfAny(message, code) &&
    clausesOf(message).length === 1
  if (!isOfNothing || pointsAtIt) return null
  const search: EffectiveSearch = {
    text: message,
    productType: null,
    constraints: understanding.constraints.filter((one) => one.kind !== 'facet' || one.negated),
    sort: 'relevance',
  }
  return {
    understanding: { ...understanding, intent: 'search', topic: 'unsure', reference: null },
    kind: 'results',
    steps: [{ kind: 'nearest', said: message, search, limit: mostNear }],
    search,
    isRefinement: false,
    clarify: null,
  }
}

/** Whether another reading found what all of the message says: a line that answers it, or goods whose listing holds each of its wishes. */
export function isMet(message: string, attempt: Attempt): boolean {
  const { plan, facts } = attempt
  const { search } = facts
  if (search === null) return plan.kind === 'product-answer' && isTold(message, attempt)
  const best = facts.products.get(search.cards[0]?.productId ?? '')
  if (
    best === undefined ||
    search.notListed != null ||
    search.notSold !== null ||
    search.isUnrelated ||
    search.isBeyondPrice ||
    search.unmeasured !== null ||
    search.relaxed.length > 0
  )
    return false
  const covered = search.constraints.map(({ text }) => text)
  const wishes = wishesIn(message, covered, [best], facts)
  return (
    wishes.length + plan.understanding.constraints.length > 0 &&
    wishes.every(({ isHeldBy }) => isHeldBy(best))
  )
}
