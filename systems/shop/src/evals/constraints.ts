import type { Measure, MeasureInput } from '@heavylift/core'
import type { Constraint } from '../domain/constraints.ts'
import { lexiconOf } from '../language/lexicon.ts'
import { facetName, facetValue } from '../search/constraints/facets.ts'
import { satisfies, type ProductFacts } from '../search/constraints/satisfies.ts'
import { understand } from '../understand/understand.ts'
import { emptyTally, intervalsOf, metricsOf, score, violates, type Tally } from './constraint-score.ts'
import { readSources, sampleSource, type ConstraintSource } from './constraint-sources.ts'
import { literalParser } from './literal-parse.ts'
import type { StatedProduct } from './shoppingbench.ts'

/**
 * `shop.constraints`: how well the constraints that a query states are understood.
 *
 * With `--data DIR`: queries and rewards of ShoppingBench (`product.jsonl`, `shop.jsonl`, `voucher.jsonl`, the latter two with several
 * products a query; the vocabulary is every attribute and option value that the three state), and each `NAME.statements.jsonl` (first
 * line: language, currency, facets, brands, categories with counts; then a query a line with `facets`, `excluded`, `price`). Without:
 * queries written from templates for the sample catalog's products.
 *
 * `metrics` are those of ShoppingBench's product queries where they are there, else of the first source; `sources` has each by itself,
 * `mean` among them (every source counts the same), and `worst` the one that does worst.
 *
 * - `priceExactRate`: queries whose parse has exactly the stated bounds, and no price where none is stated.
 * - `serviceRecall`: stated terms of sale (free shipping, flash sale, cash on delivery, official store) that the parse requires.
 * - `verbatimRecall`, `paraphraseRecall`, `valueRecall`: stated values for which the parse has a facet constraint that holds the value
 *   under the stated facet name, of those that stand in the query word for word, of the others, and of both.
 * - `inventedRate`: facet constraints that are not stated, of all facet constraints. What a query says but its author leaves out counts
 *   as invented.
 * - `violated`: results that break a constraint, when the corpus is filtered by the parse, by a check written apart from the filter.
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
  const sources = dataDir === null ? [sampleSource()] : await readSources(dataDir)
  const total = sources.reduce((sum, { queries }) => sum + queries.length, 0)
  let done = 0
  const results = sources.map((source) =>
    scoreSource(source, () => {
      signal.throwIfAborted()
      report({ stage: 'understanding', done: ++done, total, unit: 'queries' })
    }),
  )
  const [first] = results
  if (first === undefined) throw new Error('No source was read.')
  const result = {
    n: first.tally.queries,
    metrics: first.metrics,
    baseline: metricsOf(first.baseline),
    intervals: intervalsOf(first.tally),
  }
  if (results.length === 1) return result
  const names = Object.keys(first.metrics)
  const mean = names.map((name) => {
    const sum = results.reduce((so, { metrics }) => so + (metrics[name] ?? 0), 0)
    return [name, Number((sum / results.length).toFixed(4))]
  })
  return {
    ...result,
    sources: {
      ...Object.fromEntries(
        results.map(({ name, tally, metrics }) => [name, { n: tally.queries, ...metrics }]),
      ),
      mean: Object.fromEntries(mean),
    },
    worst: worstOf(results),
  }
}

interface SourceResult {
  name: string
  tally: Tally
  baseline: Tally
  metrics: Record<string, number>
}

function scoreSource(source: ConstraintSource, step: () => void): SourceResult {
  const { vocabulary } = source
  const lexicon = lexiconOf(source.language)
  const tally = emptyTally()
  const baseline = emptyTally()
  const literalParse = literalParser(vocabulary)
  const corpus = source.corpus.map((stated) => ({ stated, facts: factsOf(stated) }))
  let violated = 0
  for (const { query, products, excluded = [] } of source.queries) {
    step()
    const { constraints } = understand(query, { vocabulary, lexicon, context: { shown: false } })
    // A query for several products states the facts of all of them.
    const stated = {
      facets: products.flatMap(({ facets }) => facets),
      services: [...new Set(products.flatMap(({ services }) => services))],
      price: products.length === 1 ? products[0]?.price : undefined,
      excluded,
    }
    score(tally, query, constraints, stated)
    score(baseline, query, literalParse(query), stated)
    if (products.length === 1) violated += violationsIn(corpus, constraints, vocabulary.currency)
  }
  const facets = Math.max(1, tally.invented.of)
  return {
    name: source.name,
    tally,
    baseline,
    metrics: {
      ...metricsOf(tally),
      violated,
      valuesPerConstraint: Number((tally.facetValues / facets).toFixed(2)),
      namesPerConstraint: Number((tally.facetNames / facets).toFixed(2)),
    },
  }
}

/** By each rate of which more than nothing was counted, the source with the least recall or the most inventions. */
function worstOf(results: readonly SourceResult[]): Record<string, { source: string; value: number }> {
  const worst: Record<string, { source: string; value: number }> = {}
  for (const { name, tally, metrics } of results)
    for (const rate of Object.keys(intervalsOf(tally))) {
      const value = metrics[rate] ?? 0
      const known = worst[rate]?.value ?? (rate === 'inventedRate' ? -1 : Infinity)
      if (rate === 'inventedRate' ? value > known : value < known) worst[rate] = { source: name, value }
    }
  return worst
}

function factsOf(stated: StatedProduct): ProductFacts {
  const facets = new Map<string, Set<string>>()
  for (const { name, value } of stated.facets) {
    const values = facets.get(facetName(name)) ?? new Set<string>()
    facets.set(facetName(name), values.add(facetValue(value)))
  }
  const variants = [{ id: stated.productId, facets: new Map<string, Set<string>>(), priceMinor: null }]
  return { facets, services: new Set(stated.services), ratingAverage: null, ratingCount: 0, variants }
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
