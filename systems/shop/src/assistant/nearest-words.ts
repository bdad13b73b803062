import { compileVocabulary } from '../understand/vocabulary.ts'
import { cardOf } from './cards.ts'
import { emptySearch } from './facts.ts'
import type { Facts } from './facts.ts'
import { forbidding } from './forbids.ts'
import { heldOf } from './found.ts'
import type { Step } from './plan/plan.ts'
import { addSubjects } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'
import { rankWish } from './wish-rank.ts'
import { contentStems } from './words.ts'

/** A single word that nothing is called by is told as such. */
const leastSaid = 2

/**
 * What comes nearest by all words of a message of which nothing else was understood, none of it said to be what is wanted. What holds
 * fewer than a fifth of them is not near.
 */
export async function runNearest(
  { said, search, limit }: Extract<Step, { kind: 'nearest' }>,
  facts: Facts,
  sources: StepSources,
): Promise<unknown> {
  const asked = new Set(contentStems(said, sources.lexicon))
  const ranked = await rankWish(
    {
      said,
      search,
      wishes: [],
      ofKind: [],
      isUsable: (product) => forbidding(said, product, sources.lexicon) === null,
    },
    compileVocabulary(await sources.catalog.vocabulary(), sources.lexicon),
    facts,
    sources,
  )
  const isNear = (held: number) => asked.size >= leastSaid && held > 0 && held * 5 >= asked.size
  const near = (ranked?.items ?? [])
    .filter(({ product }) => isNear(heldOf(asked, product, sources)))
    .slice(0, limit)
  const cards = near.map(({ product, variantId }) =>
    cardOf(product, variantId, search.constraints, facts.phrases),
  )
  facts.searched = search
  facts.search = { ...emptySearch, cards, constraints: [...search.constraints], isDoubtful: true }
  for (const card of cards) facts.cards.set(card.productId, card)
  const hits = cards.map(({ productId }) => productId)
  addSubjects(facts, hits)
  return { hits }
}
