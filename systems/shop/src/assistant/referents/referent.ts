import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { asksWhich } from '../../language/asking.ts'
import type { Plan, PlanContext } from '../plan/plan.ts'
import { chosenByMeasure, chosenByPrice } from '../plan/subjects.ts'
import type { Attempt } from '../second-reading.ts'
import type { StepSources } from '../step-sources.ts'
import { contentStems } from '../words.ts'
import { referentFeatures } from './referent-features.ts'
import type { Referent } from './referent-features.ts'
import { leastSure, referentWeights } from './referent-weights.ts'

/** Answers that are about products. */
const ofProducts: ReadonlySet<Plan['kind']> = new Set([
  'product-answer',
  'review-answer',
  'how-to',
  'comparison',
  'allergy',
])

/** Answers that may be about another product than is meant. */
const mistakable: ReadonlySet<Plan['kind']> = new Set(['product-answer', 'review-answer', 'how-to'])

/** So many that a search for a message finds may be what it names. */
const mostFound = 6

/** What a message is about, and how it is to be read. */
export interface OtherReferent {
  product: Product
  understanding: Understanding
}

/**
 * The product that a message in the middle of a talk is about, as learned weights tell, where its answer by rules is about another. Null
 * where none is surely another, and where the message asks which, points at one by its place, its price, its measure or as a near twin, or asks of several.
 */
export async function otherReferent(
  message: string,
  found: Attempt,
  context: PlanContext,
  sources: Pick<StepSources, 'search' | 'catalog' | 'seeReferents'>,
): Promise<OtherReferent | null> {
  const { plan, facts } = found
  const isOpen = mayBeOther(message, found, context)
  if (!isOpen && sources.seeReferents === undefined) return null
  const referents = await referentsOf(message, found, context, sources)
  sources.seeReferents?.(referents, found, isOpen)
  const best = likeliest(referents)
  if (!isOpen || best === null || best.product === null || best.probability < leastSure) return null
  if (facts.subjectIds.includes(best.product.id)) return null
  return {
    product: best.product,
    understanding: { ...plan.understanding, reference: null, productType: null, constraints: [] },
  }
}

/** Whether an answer may be about another product than is meant: rules do not resolve what the message points at. */
const mayBeOther = (message: string, { plan, facts }: Attempt, context: PlanContext): boolean =>
  mistakable.has(plan.kind) &&
  facts.subjectIds.length === 1 &&
  plan.isOfTwin !== true &&
  plan.asked === undefined &&
  plan.understanding.reference?.kind !== 'ordinal' &&
  plan.understanding.reference?.kind !== 'described' &&
  !asksWhich(message, context.lexicon.language.code) &&
  chosenByPrice(message, context) === null &&
  chosenByMeasure(message, context) === null

/** The likeliest of some, and how likely it is. */
function likeliest(referents: readonly Referent[]): (Referent & { probability: number }) | null {
  const scored = referents.map((referent) => ({
    referent,
    weight: Math.exp(
      Object.entries(referent.features).reduce(
        (sum, [name, value]) => sum + (referentWeights[name] ?? 0) * value,
        0,
      ),
    ),
  }))
  const [best] = scored.toSorted((a, b) => b.weight - a.weight)
  if (best === undefined) return null
  const whole = scored.reduce((sum, { weight }) => sum + weight, 0)
  return { ...best.referent, probability: best.weight / whole }
}

/** The products that a message may be about, and none, with what speaks for each. */
async function referentsOf(
  message: string,
  { plan, facts }: Attempt,
  context: PlanContext,
  { search, catalog }: Pick<StepSources, 'search' | 'catalog'>,
): Promise<Referent[]> {
  const { page, shown, list, lookedAt, mentions, lexicon } = context
  const { hits, words = [] } = await search.search({
    text: message,
    constraints: [],
    sort: 'relevance',
    limit: mostFound,
    offset: 0,
  })
  const found = await catalog.products(hits.map(({ productId }) => productId))
  const byRules = ofProducts.has(plan.kind)
    ? facts.subjectIds.flatMap((id) => facts.products.get(id) ?? [])
    : []
  const all = [
    ...(page ? [page] : []),
    ...shown,
    ...list,
    ...lookedAt,
    ...mentions.map(({ product }) => product),
    ...byRules,
    ...found,
  ]
  const { products: size } = await catalog.size()
  const holders = new Map(
    words.flatMap(({ said, documents }) =>
      contentStems(said, lexicon).map((stem) => [stem, documents] as const),
    ),
  )
  const products = [...new Map(all.map((one) => [one.id, one])).values()]
  return referentFeatures(message, plan, context, { products, byRules, holders, size })
}
