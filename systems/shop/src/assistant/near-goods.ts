import type { Constraint } from '../domain/constraints.ts'
import { cardOf } from './cards.ts'
import type { Facts } from './facts.ts'
import { forbidding } from './forbids.ts'
import { exactFirst } from './lead.ts'
import { load } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'
import { measureAllowed, measuresOfUser } from './whose-measure.ts'
import { contentStems } from './words.ts'

/** So many are shown with what is near. */
const mostShown = 6
/** Fewer words of content name the goods and little else. */
const leastOfStory = 5

/**
 * What a plain search for all words of a conversation's first message finds beside what is shown, up to as many as are shown at most, as near: what keeps
 * its limits and is not forbidden. Few words name the goods: a desk is no lamp for one.
 */
export async function addNear(
  said: string,
  constraints: readonly Constraint[],
  facts: Facts,
  sources: StepSources,
): Promise<void> {
  const shown = new Set(facts.cards.keys())
  const stems = contentStems(said, sources.lexicon).filter((stem) => /\p{L}/u.test(stem))
  if (shown.size >= mostShown || new Set(stems).size < leastOfStory) return
  const musts = constraints.filter(
    (one) => one.kind !== 'facet' || one.negated || one.strength === 'insisted',
  )
  const { hits, relaxed } = await sources.search.search({
    text: said,
    constraints: musts,
    sort: 'relevance',
    limit: mostShown * 2,
    offset: 0,
  })
  if (relaxed.length > 0) return
  const users = measuresOfUser(said, sources.lexicon)
  const others = hits.filter(({ productId }) => !shown.has(productId))
  const products = new Map(
    (
      await load(
        others.map(({ productId }) => productId),
        facts,
        sources,
      )
    ).map((product) => [product.id, product]),
  )
  const usable = others.filter(({ productId }) => {
    const product = products.get(productId)
    return (
      product !== undefined &&
      forbidding(said, product, sources.lexicon) === null &&
      users.every((one) => measureAllowed(product, one, sources.lexicon)?.isKept !== false)
    )
  })
  facts.near = usable.slice(0, mostShown - shown.size).flatMap(({ productId, variantIds }) => {
    const product = products.get(productId)
    return product ? cardOf(product, exactFirst(product, variantIds, musts), musts, facts.phrases) : []
  })
}
