import { HeavyliftError, type Measure, type MeasureInput } from '@heavylift/core'
import type { Constraint, FacetVocabulary } from '../domain/constraints.ts'
import { generateSample } from '../../samples/generate.ts'
import { facetName, facetValue } from '../search/constraints/facets.ts'
import { satisfies, type ProductFacts } from '../search/constraints/satisfies.ts'
import { understand } from '../understand/understand.ts'
import { emptyTally, metricsOf, score, violates } from './constraint-score.ts'
import { literalParser } from './literal-parse.ts'
import { vocabularyOfCatalog, writeQueries } from './sample-queries.ts'
import { readShoppingBench, vocabularyOf, type StatedProduct, type StatedQuery } from './shoppingbench.ts'

interface Task {
  queries: StatedQuery[]
  corpus: StatedProduct[]
  vocabulary: FacetVocabulary
}

/**
 * `shop.constraints`: how well the constraints that a query states are understood.
 *
 * With `--data DIR`: queries and rewards of ShoppingBench `product.jsonl`; the vocabulary is every attribute and option
 * value that the products of `product.jsonl`, `shop.jsonl` and `voucher.jsonl` state. Without: queries written from
 * templates for the sample catalog's products. Metrics, of all queries together:
 *
 * - `priceExactRate`: queries whose parse has exactly the stated bounds, and no price where none is stated.
 * - `serviceRecall`: stated terms of sale (free shipping, flash sale, cash on delivery, official store) that the parse
 *   requires, of all stated.
 * - `valueRecall`: stated attribute and option values for which the parse has a positive facet constraint that holds
 *   the value under the stated facet name, of all stated.
 * - `inventedRate`: constraints of the parse that the reward does not state, of all constraints of the parse. A facet
 *   constraint is stated when the reward has one of its values under one of its names; a price when both bounds are
 *   equal; a rating or a negation never. What a query says but its reward leaves out counts as invented.
 * - `violated`: results that break a constraint, when the corpus is filtered by the parse, by a check written apart
 *   from the filter.
 * - `valuesPerConstraint`, `namesPerConstraint`: how wide a facet constraint is; 1 is the narrowest.
 *
 * The baseline takes every vocabulary value that stands word for word in the query (longest first), plain
 * "under/above/between" prices and the terms' own names.
 */
export async function runConstraintsEval({
  dataDir,
  report,
  signal,
}: MeasureInput): ReturnType<Measure['run']> {
  const task = dataDir === null ? sampleTask() : await shoppingBenchTask(dataDir)
  const tally = emptyTally()
  const baseline = emptyTally()
  const literalParse = literalParser(task.vocabulary)
  const corpus = task.corpus.map((stated) => ({ stated, facts: factsOf(stated) }))
  let violated = 0
  for (const [index, { query, products }] of task.queries.entries()) {
    signal.throwIfAborted()
    const { constraints } = understand(query, { vocabulary: task.vocabulary, context: { shown: false } })
    const literal = literalParse(query)
    for (const stated of products) {
      score(tally, constraints, stated)
      score(baseline, literal, stated)
    }
    violated += violationsIn(corpus, constraints, task.vocabulary.currency)
    report({ stage: 'understanding', done: index + 1, total: task.queries.length, unit: 'queries' })
  }
  const facets = Math.max(1, tally.facetConstraints)
  return {
    n: tally.queries,
    metrics: {
      ...metricsOf(tally),
      violated,
      valuesPerConstraint: Number((tally.facetValues / facets).toFixed(2)),
      namesPerConstraint: Number((tally.facetNames / facets).toFixed(2)),
    },
    baseline: metricsOf(baseline),
  }
}

const sampleSize = { products: 1000, queries: 300, seed: 7 }

function sampleTask(): Task {
  const items = [...generateSample({ seed: sampleSize.seed, products: sampleSize.products, asOfMs: 0 })]
  const products = items.map(({ product }) => product)
  const queries = writeQueries(products, sampleSize.queries, sampleSize.seed)
  return {
    queries,
    corpus: queries.flatMap((query) => query.products),
    vocabulary: vocabularyOfCatalog(products, 'USD'),
  }
}

async function shoppingBenchTask(dataDir: string): Promise<Task> {
  const [queries = [], ...others] = await Promise.all(
    ['product.jsonl', 'shop.jsonl', 'voucher.jsonl'].map((file) => readShoppingBench(dataDir, file)),
  )
  if (queries.length === 0) {
    throw new HeavyliftError({
      code: 'eval-without-queries',
      message: 'product.jsonl holds no tasks; give the folder with the ShoppingBench files as --data.',
      status: 400,
    })
  }
  const corpus = [queries, ...others].flat().flatMap(({ products }) => products)
  return { queries, corpus, vocabulary: vocabularyOf(corpus) }
}

function factsOf(stated: StatedProduct): ProductFacts {
  const facets = new Map<string, Set<string>>()
  for (const { name, value } of stated.facets) {
    const values = facets.get(facetName(name)) ?? new Set<string>()
    facets.set(facetName(name), values.add(facetValue(value)))
  }
  const variants = [{ id: stated.productId, facets: new Map<string, Set<string>>(), priceMinor: null }]
  return { facets, services: new Set(stated.services), ratingAverage: null, variants }
}

/** How many products pass the search filter although, by a check of its own, they break a constraint. */
function violationsIn(
  corpus: readonly { stated: StatedProduct; facts: ProductFacts }[],
  constraints: readonly Constraint[],
  currency: string,
): number {
  const filters = constraints.filter(({ kind }) => kind === 'facet' || kind === 'service')
  if (filters.length === 0) return 0
  const passing = corpus.filter(({ facts }) =>
    facts.variants.some((variant) =>
      filters.every((constraint) => satisfies(facts, variant, constraint, currency)),
    ),
  )
  return passing.filter(({ stated }) => filters.some((constraint) => violates(constraint, stated))).length
}
