import type { Catalog, ProductSearch } from '../domain/ports.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'

/** Titles that are looked at: a name that is said in full is among the first. */
const lookedAt = 5

/**
 * Words of a message, two or more, that stand side by side in a title as they do there: they name goods, whatever else they are said for. "BBQ
 * parcel for 4" asks for no parcel that is on its way.
 */
export async function titleWords(
  message: string,
  { catalog, search, lexicon }: { catalog: Catalog; search: ProductSearch; lexicon: Lexicon },
): Promise<ReadonlySet<string>> {
  const pairs = pairsOf(message, lexicon)
  if (pairs.size === 0) return new Set()
  const { hits } = await search.search({
    text: message,
    constraints: [],
    sort: 'relevance',
    limit: lookedAt,
    offset: 0,
  })
  const products = await catalog.products(hits.map(({ productId }) => productId))
  const titled = new Set(products.flatMap(({ title }) => [...pairsOf(title, lexicon).keys()]))
  return new Set([...pairs].flatMap(([pair, words]) => (titled.has(pair) ? words : [])))
}

/** Neighbours that both say something, by their meanings. */
function pairsOf(text: string, lexicon: Lexicon): ReadonlyMap<string, string[]> {
  const said = lexemesOf(text, lexicon.language.code)
  const says = (at: number): boolean => said[at]?.kind === 'word' && !lexicon.isFunctionWord(said[at].word)
  return new Map(
    said.flatMap(({ word }, at) => {
      const next = said[at + 1]
      if (!says(at) || !says(at + 1) || next === undefined || next.breakBefore) return []
      return [[`${lexicon.meaning(word)} ${lexicon.meaning(next.word)}`, [word, next.word]] as const]
    }),
  )
}
