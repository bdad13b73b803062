import type { Product } from '../domain/product.ts'
import { asksStore } from '../language/asking.ts'
import { clausesOf } from '../understand/clauses.ts'
import { isNoun } from '../understand/nouns.ts'
import type { CompiledVocabulary } from '../understand/vocabulary.ts'
import type { SearchResult } from '../domain/ports.ts'
import { meaningPieces } from '../search/meaning-text.ts'
import type { Facts } from './facts.ts'
import type { EffectiveSearch } from './plan/plan.ts'
import { load } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'
import { contentStems } from './words.ts'

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
  /** It says what something is for, which may stand anywhere in a listing. */
  { isUse = false }: { isUse?: boolean } = {},
): Promise<Product[]> {
  if (constraints.some(({ kind }) => kind === 'unnamed')) return []
  const { nearest: found = [] } = await sources.search.search({
    text: said,
    constraints,
    sort: 'relevance',
    limit: 1,
    offset: 0,
  })
  const nearest = isUse ? await byPieces(said, found, facts, sources) : found
  const [first] = nearest
  if (first === undefined || first.deviations < leastNear) return []
  const near = nearest.filter(({ deviations }) => deviations >= first.deviations - alike)
  const next = nearest[near.length]?.deviations ?? 0
  if (near.length > mostAlike) near.length = mostAlike
  const isOut = first.deviations - next >= standingOut
  if (asksStore(said, sources.lexicon.language.code) && !isOut && !isUse) return []
  return load(
    near.map(({ productId }) => productId),
    facts,
    sources,
  )
}

type Nearest = NonNullable<SearchResult['nearest']>

/** The nearest in the order of how near each is as a whole and in the piece of its listing that is nearest. */
async function byPieces(
  said: string,
  nearest: Nearest,
  facts: Facts,
  sources: StepSources,
): Promise<Nearest> {
  if (sources.nearLines === undefined || nearest.length < 2) return nearest
  const products = await load(
    nearest.map(({ productId }) => productId),
    facts,
    sources,
  )
  const pieces = new Map(products.map((product) => [product.id, meaningPieces(product)]))
  const cosines = await sources.nearLines(said, [...pieces.values()].flat())
  if (cosines === null) return nearest
  const near = ({ productId }: Nearest[number]): number => {
    const own = (pieces.get(productId) ?? []).map((piece) => cosines.get(piece) ?? 0)
    return (own[0] ?? 0) + Math.max(0, ...own)
  }
  return nearest.toSorted((a, b) => near(b) - near(a))
}

/** So many words of content tell what something is for. */
const leastTold = 3

/**
 * Whether a wish says what something is for, and calls it by no noun of the catalog ("to keep herons off my pond"): what it means tells more than
 * which of its words a listing holds. "Do you have winter tyres?" asks for goods; "something eats my fish. What do you have?" tells first.
 */
export function tellsUse(
  said: string,
  vocabulary: CompiledVocabulary,
  { lexicon }: Pick<StepSources, 'lexicon'>,
): boolean {
  const isTold = (text: string) => contentStems(text, lexicon).length >= leastTold
  const asks = (text: string) => asksStore(text, lexicon.language.code)
  if (!isTold(said) || contentStems(said, lexicon).some((stem) => isNoun(stem, vocabulary))) return false
  return !asks(said) || clausesOf(said).some(({ text }) => !asks(text) && isTold(text))
}
