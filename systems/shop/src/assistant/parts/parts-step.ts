import { cardOf } from '../cards.ts'
import { emptySearch } from '../facts.ts'
import type { Facts } from '../facts.ts'
import type { Step } from '../plan/plan.ts'
import { addSubjects, load } from '../step-reads.ts'
import type { StepSources } from '../step-sources.ts'
import { findParts } from './find-parts.ts'

/** Looks for the parts or companions that a message asks for: those that say that they go with the thing, else those of the kind; none that denies it. */
export async function runParts(
  { asked, inSight, search, limit }: Extract<Step, { kind: 'parts' }>,
  facts: Facts,
  sources: StepSources,
): Promise<unknown> {
  const found = await findParts(asked, await load(inSight, facts, sources), sources)
  if (found === null) return { hits: [] }
  const { thing, parts, denied } = found
  for (const product of [thing, ...[...parts, ...denied].map((one) => one.product)])
    facts.products.set(product.id, product)
  const cards = parts.slice(0, limit).map(({ product }) => cardOf(product, null, [], facts.phrases))
  for (const card of cards) facts.cards.set(card.productId, card)
  facts.searched = search
  facts.search = { ...emptySearch, cards, parts: found, alike: cards.map(({ productId }) => productId) }
  const hits = cards.map(({ productId }) => productId)
  addSubjects(facts, hits)
  return { hits, thing: thing.id, denied: denied.map(({ product }) => product.id) }
}
