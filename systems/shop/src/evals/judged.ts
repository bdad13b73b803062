import { createRandom, mean } from '@heavylift/core/math'
import type { Measure, MeasureInput } from '@heavylift/core'
import { readMeanings } from '@heavylift/models/testing/meaning'
import type { ReadMeanings } from '@heavylift/models/testing/meaning'
import { openVocabulary, VocabularyCounter } from '../catalog/vocabulary.ts'
import type { FacetVocabulary } from '../domain/constraints.ts'
import type { SearchRequest } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import { english } from '../language/lexicon.ts'
import { IndexBuilder } from '../search/index/index-data.ts'
import { meaningText } from '../search/meaning-text.ts'
import { OpenIndex } from '../search/open-index.ts'
import { compileVocabulary } from '../understand/vocabulary.ts'
import { understand } from '../understand/understand.ts'
import { generateSample } from '../../samples/generate.ts'
import type { JudgedQuery, JudgedSet } from './judged/judged-data.ts'
import { readJudgedSet } from './judged/judged-data.ts'
import { leastThirdDifference, pairedInterval, queryFigures, worstThird } from './judged/judged-metrics.ts'
import type { QueryFigures } from './judged/judged-metrics.ts'
import { judgedPeers } from './judged/judged-peers.ts'

/** Of more queries, this many are drawn, the same each time. */
const mostQueries = 1_500

/**
 * `shop.judged`: how well a list answers queries, by people's grades. With `--data DIR`: a folder as `readJudgedSet` reads it.
 * Without: the sample catalog, whose products are right for the name of their category.
 *
 * - `ndcgAt10`, `ndcgCondensedAt10`, `recallAt100`: the assistant's path, with the query understood (`queryFigures` says what they count).
 * - `plainNdcgAt10`, …: the list that the words alone find.
 * - `meaningNdcgAt10`, … (with `--meaning`): the assistant's path with the model for embeddings; `meaningOverWords…` is the 95 % interval of
 *   its difference to the path without, in `ndcgAt10`.
 * - `worstThirdNdcgAt10`: mean of the third of the queries that did worst.
 * - `…OverFts5Low`, `…OverFts5High`: 95 % interval of the difference to SQLite FTS5 in `ndcgAt10`, query by query;
 *   `…OverBm25…` and `…OverPlain…` to BM25 over all text and to the plain list.
 * - `leastThirdOverFts5`: the queries in thirds by length; the least of the thirds' differences to FTS5.
 */
export async function runJudgedEval(input: MeasureInput): ReturnType<Measure['run']> {
  const set = input.dataDir === null ? sampleSet() : await readJudgedSet(input.dataDir)
  const graded = set.queries.filter(({ grades }) => [...grades.values()].some((grade) => grade >= 1))
  const queries = createRandom(7).sample(graded, mostQueries)
  const byMeaning =
    input.options?.['meaning'] === true ? await readMeanings(set.products.map(meaningText), input) : null
  const ours = searchers(set.products, byMeaning?.cosines ?? null)
  const engines: Record<string, (query: string) => string[] | Promise<string[]>> = {
    understood: ours.understood,
    plain: ours.plain,
    ...(byMeaning ? { meaning: ours.meaning } : {}),
    ...judgedPeers(set.products),
  }
  const figures: Record<string, QueryFigures[]> = {}
  for (const [name, find] of Object.entries(engines)) {
    const own: QueryFigures[] = []
    for (const { text, grades } of queries) {
      input.signal.throwIfAborted()
      own.push(queryFigures(await find(text), grades))
      if (own.length % 50 === 0)
        input.report({
          stage: `searching with ${name}`,
          done: own.length,
          total: queries.length,
          unit: 'queries',
        })
    }
    figures[name] = own
  }
  await byMeaning?.close()
  const { understood = [], plain = [], meaning = [], ...peers } = figures
  return {
    n: queries.length,
    metrics: {
      ...meansOf(understood),
      plainNdcgAt10: meansOf(plain).ndcgAt10,
      plainNdcgCondensedAt10: meansOf(plain).ndcgCondensedAt10,
      plainRecallAt100: meansOf(plain).recallAt100,
      ...(byMeaning ? meaningFigures(meaning, understood) : {}),
      ...comparison(understood, plain, 'Plain'),
      ...comparison(understood, peers['fts5'] ?? [], 'Fts5'),
      ...comparison(understood, peers['bm25'] ?? [], 'Bm25'),
      leastThirdOverFts5: round(
        leastThirdDifference(
          ndcg(understood),
          ndcg(peers['fts5'] ?? []),
          queries.map(({ text }) => text.length),
        ),
      ),
      corpusSize: set.products.length,
    },
    peers: Object.fromEntries(Object.entries(peers).map(([name, own]) => [name, meansOf(own)])),
  }
}

const round = (value: number): number => Number(value.toFixed(4))
const ndcg = (figures: readonly QueryFigures[]): number[] => figures.map(({ ndcgAt10 }) => ndcgAt10)

function meansOf(figures: readonly QueryFigures[]) {
  return {
    ndcgAt10: round(mean(ndcg(figures))),
    ndcgCondensedAt10: round(mean(figures, ({ ndcgCondensedAt10 }) => ndcgCondensedAt10)),
    recallAt100: round(mean(figures, ({ recallAt100 }) => recallAt100)),
    worstThirdNdcgAt10: round(worstThird(ndcg(figures))),
  }
}

function comparison(ours: readonly QueryFigures[], theirs: readonly QueryFigures[], name: string) {
  const { low, high } = pairedInterval(ndcg(ours), ndcg(theirs))
  return { [`ndcgAt10Over${name}Low`]: round(low), [`ndcgAt10Over${name}High`]: round(high) }
}

function meaningFigures(meaning: readonly QueryFigures[], words: readonly QueryFigures[]) {
  const { ndcgAt10, ndcgCondensedAt10, recallAt100 } = meansOf(meaning)
  const { low, high } = pairedInterval(ndcg(meaning), ndcg(words))
  return {
    meaningNdcgAt10: ndcgAt10,
    meaningNdcgCondensedAt10: ndcgCondensedAt10,
    meaningRecallAt100: recallAt100,
    meaningOverWordsLow: round(low),
    meaningOverWordsHigh: round(high),
  }
}

/** What the store itself finds: the assistant's way without and with meaning, and by the words as they were typed. */
function searchers(
  products: readonly Product[],
  cosines: ReadMeanings['cosines'] | null,
): Record<'understood' | 'plain' | 'meaning', (query: string) => Promise<string[]>> {
  const builder = new IndexBuilder(english.language)
  for (const product of products) builder.add(product)
  const index = new OpenIndex(builder.finish())
  const vocabulary = vocabularyOf(products)
  compileVocabulary(vocabulary)
  const find = async (
    request: Pick<SearchRequest, 'text' | 'constraints'>,
    near: Float32Array | null = null,
  ): Promise<string[]> => {
    // As the store's list asks.
    const list = { sort: 'relevance', limit: 100, offset: 0, fewest: 100 } as const
    const { hits } = await index.search({ ...request, ...list }, english, near)
    return hits.map(({ productId }) => productId)
  }
  const read = (query: string): Pick<SearchRequest, 'text' | 'constraints'> => {
    const { searchText, constraints } = understand(query, { vocabulary, context: { shown: false } })
    return { text: searchText, constraints }
  }
  return {
    understood: (query) => find(read(query)),
    meaning: async (query) => {
      const request = read(query)
      return find(request, (await cosines?.(index.data, request.text)) ?? null)
    },
    plain: (query) => find({ text: query, constraints: [] }),
  }
}

function vocabularyOf(products: readonly Product[]): FacetVocabulary {
  const counter = new VocabularyCounter(null, english.language)
  for (const product of products) counter.add(product)
  return openVocabulary(counter.stored())
}

/** Titles, attributes and descriptions of the sample without its categories, each asked for by the name of its last category. */
function sampleSet(): JudgedSet {
  const products: Product[] = []
  const queries = new Map<string, JudgedQuery>()
  for (const { product } of generateSample({ seed: 7, products: 5_000, asOfMs: 0 })) {
    const text = product.categories.at(-1)
    if (text !== undefined) {
      const query = queries.get(text) ?? { text, grades: new Map<string, number>() }
      queries.set(text, query)
      query.grades.set(product.id, 3)
    }
    products.push({ ...product, categories: [] })
  }
  return { products, queries: [...queries.values()] }
}
