import type { Product } from '../domain/product.ts'
import { asksStore } from '../language/asking.ts'
import type { Facts } from './facts.ts'
import type { EffectiveSearch } from './plan/plan.ts'
import { load } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'

/** Standard deviations that the nearest may lie apart, and that one has to be nearer than usual at all. */
const alike = 0.5
const leastNear = 1
/** More are not near to the same. */
const mostAlike = 3
/** "Do you have socks?" is answered by what comes near only where that stands out from all else by so much. */
const standingOut = 1.5

/**
 * What comes nearest to a message in meaning, whatever its words, the nearest first: one, or a few that are about as near. Empty where no
 * model embeds, where something is to be left out, and where a question after goods finds none that stand out.
 */
export async function nearestByMeaning(
  said: string,
  { constraints }: EffectiveSearch,
  facts: Facts,
  sources: StepSources,
): Promise<Product[]> {
  if (constraints.some(({ kind }) => kind === 'unnamed')) return []
  const { nearest = [] } = await sources.search.search({
    text: said,
    constraints,
    sort: 'relevance',
    limit: 1,
    offset: 0,
  })
  const [first] = nearest
  if (first === undefined || first.deviations < leastNear) return []
  const near = nearest.filter(({ deviations }) => deviations >= first.deviations - alike)
  const next = nearest[near.length]?.deviations ?? 0
  if (near.length > mostAlike) near.length = mostAlike
  const isOut = first.deviations - next >= standingOut
  if (asksStore(said, sources.lexicon.language.code) && !isOut) return []
  return load(
    near.map(({ productId }) => productId),
    facts,
    sources,
  )
}
