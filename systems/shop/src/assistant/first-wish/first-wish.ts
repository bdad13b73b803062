import { logistic } from '@heavylift/core/math'
import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { exclusionsOf } from '../../understand/exclusions.ts'
import { readQuery } from '../../understand/reading.ts'
import type { Plan, PlanContext } from '../plan/plan.ts'
import type { Attempt } from '../second-reading.ts'
import type { StepSources } from '../step-sources.ts'
import { firstFeatures } from './first-features.ts'
import { firstWishWeights, surelyWish } from './first-weights.ts'

/** What the rules may take a wish for, and may be mistaken in: no danger, no allergy, no talk, nothing that is asked of the store or is none of its business. */
export const mistakable: ReadonlySet<Plan['kind']> = new Set([
  'product-answer',
  'review-answer',
  'comparison',
  'clarify',
])

/** So many that a plain search finds are looked at. */
const mostLookedAt = 6

/** Whether a conversation's first message, which the rules take for something else, wishes for goods, as learned weights tell. */
export async function isFirstWish(
  message: string,
  { plan, facts }: Attempt,
  context: PlanContext,
  { search, catalog, seeFirst }: Pick<StepSources, 'search' | 'catalog' | 'seeFirst'>,
): Promise<boolean> {
  const isOpen =
    mistakable.has(plan.kind) && plan.understanding.topic !== 'price' && facts.comparison === null
  if (!isOpen && seeFirst === undefined) return false
  const { hits } = await search.search({
    text: message,
    constraints: [],
    sort: 'relevance',
    limit: mostLookedAt,
    offset: 0,
  })
  const products = new Map<string, Product>(
    (await catalog.products(hits.map(({ productId }) => productId))).map((one) => [one.id, one]),
  )
  const plain = hits.flatMap(({ productId, score }) => {
    const product = products.get(productId)
    return product ? { product, score } : []
  })
  const features = firstFeatures(message, plan, context, plain)
  seeFirst?.(features, plan.kind)
  const { bias, weights } = firstWishWeights
  const sum = Object.entries(features).reduce(
    (total, [name, value]: [string, number]) => total + weights[name as keyof typeof weights] * value,
    bias,
  )
  // What is called by its name is asked about, but where others hold more of what is said.
  const isOfBest = context.named !== null && context.named.id === plain[0]?.product.id
  return isOpen && !isOfBest && logistic(sum) > surelyWish
}

/** A message taken for a wish: what it rules out is kept from it, which of a question says nothing. */
export const wishedIn = (
  message: string,
  understanding: Understanding,
  { currency, lexicon, isNoun }: PlanContext,
): Understanding => ({
  ...understanding,
  intent: 'search',
  topic: null,
  reference: null,
  constraints: [
    ...understanding.constraints.filter(({ kind }) => kind !== 'unnamed'),
    ...exclusionsOf(readQuery(message, currency, lexicon), understanding.productType, isNoun),
  ],
})
