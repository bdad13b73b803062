import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import type { Constraint } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import { generateSample } from '../../samples/generate.ts'
import { english } from '../language/lexicon.ts'
import { IndexBuilder } from '../search/index/index-data.ts'
import { OpenIndex } from '../search/open-index.ts'
import { searchTextOf } from '../understand/search-text.ts'
import { understand } from '../understand/understand.ts'
import { knownItems } from './known-items.ts'
import { plainDocument, plainMiniSearch } from './peers.ts'
import { rankingMetrics, rankOf } from './ranking-metrics.ts'
import { readShoppingBench, vocabularyOf, withoutVoucher } from './shoppingbench.ts'
import type { StatedProduct } from './shoppingbench.ts'
import { titleOnly, withStatedFacts } from './stated-catalog.ts'

interface Query {
  text: string
  /** Id of the one product that answers it. */
  wanted: string
}

const files = ['product.jsonl', 'shop.jsonl', 'voucher.jsonl'] as const
const sampleProducts = 5_000
const sampleQueries = 400
const sampleSeed = 7

/**
 * Finds the one product that each query was written for. With `--data` (ShoppingBench): `recallAt1`, `recallAt10` and
 * `ndcgAt10` search the titles alone, as the baseline does. `statedFacts…` search products that also carry the
 * attributes, options and services that the tasks state, with constraints enforced; what is stated of a wanted product
 * are the query's own constraints, so those figures are an upper bound and compare with nothing else.
 */
export function runRetrievalEval(input: MeasureInput): ReturnType<Measure['run']> {
  return input.dataDir === null ? runSample(input) : runShoppingBench(input.dataDir, input)
}

async function runShoppingBench(dataDir: string, input: MeasureInput): ReturnType<Measure['run']> {
  const tasks = []
  for (const file of files) {
    await access(join(dataDir, file)).catch(() => {
      throw new HeavyliftError({
        code: 'eval-data-missing',
        message: `${dataDir} has no ${file}. Give a folder with ShoppingBench's ${files.join(', ')}.`,
        status: 400,
      })
    })
    tasks.push(await readShoppingBench(dataDir, file))
  }
  const [productTasks = []] = tasks
  const stated: StatedProduct[] = tasks.flat().flatMap(({ products }) => products)
  const queries = productTasks.flatMap(({ query, products: [wanted] }) =>
    wanted === undefined ? [] : [{ text: withoutVoucher(query), wanted: wanted.title }],
  )
  const titles = [...new Set(stated.map(({ title }) => title))].map(titleOnly)
  const byTitle = await ranks(
    titles,
    queries,
    (text) => ({ text: searchTextOf(text), constraints: [] }),
    input,
  )

  const vocabulary = vocabularyOf(stated)
  const byFacts = await ranks(
    withStatedFacts(stated),
    queries,
    (text) => {
      const { searchText, constraints } = understand(text, { vocabulary })
      // No task states what a product costs, only what may be paid.
      return { text: searchText, constraints: constraints.filter(({ kind }) => kind !== 'price') }
    },
    input,
  )
  const facts = rankingMetrics(byFacts)
  return {
    n: queries.length,
    metrics: {
      ...rankingMetrics(byTitle),
      corpusSize: titles.length,
      statedFactsRecallAt1: facts.recallAt1,
      statedFactsRecallAt10: facts.recallAt10,
      statedFactsNdcgAt10: facts.ndcgAt10,
    },
    baseline: rankingMetrics(baselineRanks(titles, queries)),
  }
}

async function runSample(input: MeasureInput): ReturnType<Measure['run']> {
  const products: Product[] = []
  for (const { product } of generateSample({ seed: sampleSeed, products: sampleProducts, asOfMs: 0 }))
    products.push(product)
  const queries = knownItems(products, sampleQueries, sampleSeed).map(({ query, productId }) => ({
    text: query,
    wanted: productId,
  }))
  const found = await ranks(
    products,
    queries,
    (text) => ({ text: searchTextOf(text), constraints: [] }),
    input,
  )
  return {
    n: queries.length,
    metrics: { ...rankingMetrics(found), corpusSize: products.length },
    baseline: rankingMetrics(baselineRanks(products, queries)),
  }
}

async function ranks(
  products: readonly Product[],
  queries: readonly Query[],
  read: (text: string) => { text: string; constraints: Constraint[] },
  { report, signal }: MeasureInput,
): Promise<(number | null)[]> {
  const builder = new IndexBuilder(english.language)
  for (const product of products) builder.add(product)
  const index = new OpenIndex(builder.finish())
  const found: (number | null)[] = []
  for (const { text, wanted } of queries) {
    signal.throwIfAborted()
    const { hits } = await index.search({ ...read(text), sort: 'relevance', limit: 10, offset: 0 })
    found.push(
      rankOf(
        wanted,
        hits.map(({ productId }) => productId),
      ),
    )
    report({ stage: 'searching', done: found.length, total: queries.length, unit: 'queries' })
  }
  return found
}

function baselineRanks(products: readonly Product[], queries: readonly Query[]): (number | null)[] {
  const index = plainMiniSearch(products.map(plainDocument))
  return queries.map(({ text, wanted }) =>
    rankOf(
      wanted,
      index.search(text).map(({ id }) => String(id)),
    ),
  )
}
