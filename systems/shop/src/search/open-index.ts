import { HeavyliftError } from '@heavylift/core'
import type { Constraint } from '../domain/constraints.ts'
import type { ProductSearch, SearchHit, SearchRequest, SearchResult } from '../domain/ports.ts'
import type { CompiledConstraints } from './constraints/compiled.ts'
import { compileConstraints, mostConstraints } from './constraints/compiled.ts'
import { leastRelaxed } from './constraints/relax.ts'
import { satisfies } from './constraints/satisfies.ts'
import { factsOf } from './index/facts.ts'
import type { IndexData } from './index/index-data.ts'
import type { Segment } from './index/segment.ts'
import { invert } from './index/segment.ts'
import { explain } from './rank/explain.ts'
import type { RankParameters } from './rank/parameters.ts'
import { defaultParameters } from './rank/parameters.ts'
import { documentFrequency } from './rank/postings.ts'
import { priorOf } from './rank/prior.ts'
import type { Dictionary, QueryPlan } from './rank/query-plan.ts'
import { planQuery } from './rank/query-plan.ts'
import { SimilarTerms } from './rank/similar-terms.ts'
import { compareRows } from './rank/sort.ts'
import { TextRanker } from './rank/text-ranker.ts'

/** A row that matches, with its score. */
interface Candidate {
  row: number
  score: number
}

const mostHits = 1_000

/**
 * Search over one index in memory. A search first scores every product by words, keeps those that match well enough,
 * drops what violates a constraint (before ranking, over columns), ranks the rest, and checks each hit of the page
 * once more against the stored facts.
 */
export class OpenIndex implements ProductSearch, Dictionary {
  readonly data: IndexData
  readonly segment: Segment
  readonly #parameters: RankParameters
  #similar: SimilarTerms | null = null

  constructor(data: IndexData, parameters: RankParameters = defaultParameters) {
    this.data = data
    this.segment = invert(data.text)
    this.#parameters = parameters
  }

  frequency(term: string): number {
    return documentFrequency(this.segment, term)
  }

  similar(term: string): { term: string; similarity: number }[] {
    this.#similar ??= new SimilarTerms(this.segment.terms.keys())
    return this.#similar.find(term)
  }

  /** Rejects with `search-request-invalid` when limit, offset or the number of constraints is out of range. */
  search(request: SearchRequest): Promise<SearchResult> {
    return new Promise((resolve) => {
      resolve(this.#search(request))
    })
  }

  #search(request: SearchRequest): SearchResult {
    validate(request)
    const startedMs = performance.now()
    const plan = planQuery(request.text, this)
    const ranker = new TextRanker(this.segment, plan, this.#parameters)
    const { well, weakly } = this.#matching(plan, ranker)
    const compiled = compileConstraints(request.constraints, this.data.facts)
    // Weak matches have no say in what is relaxed, and none in an order by price or the like.
    const { rows, mask } = this.#constrained(well, compiled, request.constraints)
    const ordered = this.#ordered(rows, request, plan, ranker, compiled, mask)
    if (request.sort === 'relevance' && ordered.length < this.#parameters.fewestMatches) {
      const more = weakly.filter(({ row }) => this.#holds(row, compiled, mask))
      ordered.push(...this.#ordered(more, request, plan, ranker, compiled, mask))
    }
    const kept = request.constraints.filter((_, bit) => (mask & (1 << bit)) !== 0)
    const hits = ordered
      .slice(request.offset, request.offset + request.limit)
      .map((candidate) => this.#hit(candidate, request, kept, plan, ranker))
    return {
      hits,
      total: ordered.length,
      relaxed: request.constraints.filter((_, bit) => (mask & (1 << bit)) === 0),
      tookMs: performance.now() - startedMs,
    }
  }

  /** Rows that hold enough of the query, with their word scores, and the weaker ones; every row without words. */
  #matching(plan: QueryPlan, ranker: TextRanker): { well: Candidate[]; weakly: Candidate[] } {
    const { documentCount } = this.segment
    const well: Candidate[] = []
    const weakly: Candidate[] = []
    if (plan.groups.length === 0) {
      if (!plan.asked) for (let row = 0; row < documentCount; row += 1) well.push({ row, score: 1 })
      return { well, weakly }
    }
    const { scores, coverage } = ranker.scoreAll()
    let most = 0
    for (const share of coverage) most = Math.max(most, share)
    const least = most * this.#parameters.leastCoverage
    for (let row = 0; row < documentCount; row += 1) {
      const score = scores[row] as number
      if (score > 0) ((coverage[row] as number) >= least ? well : weakly).push({ row, score })
    }
    return { well, weakly }
  }

  /** Rows with a variant that satisfies every constraint or, where there is none, all but the fewest. */
  #constrained(
    matching: Candidate[],
    compiled: CompiledConstraints,
    constraints: readonly Constraint[],
  ): { rows: Candidate[]; mask: number } {
    if (constraints.length === 0) return { rows: matching, mask: 0 }
    const { variantStart } = this.data.facts
    const seen = new Map<number, number>()
    const rowMasks = matching.map(({ row }) => {
      const masks: number[] = []
      for (let v = variantStart[row] as number; v < (variantStart[row + 1] as number); v += 1) {
        const mask = compiled.mask(row, v)
        if (!masks.includes(mask)) masks.push(mask)
      }
      for (const mask of masks) seen.set(mask, (seen.get(mask) ?? 0) + 1)
      return masks
    })
    if (seen.size === 0) return { rows: [], mask: compiled.all }
    const target = seen.has(compiled.all) ? compiled.all : leastRelaxed(seen, constraints)
    const rows = matching.filter((_, at) => rowMasks[at]?.some((mask) => (mask & target) === target))
    return { rows, mask: target }
  }

  #holds(row: number, compiled: CompiledConstraints, mask: number): boolean {
    const { variantStart } = this.data.facts
    for (let v = variantStart[row] as number; v < (variantStart[row + 1] as number); v += 1)
      if ((compiled.mask(row, v) & mask) === mask) return true
    return false
  }

  #ordered(
    rows: Candidate[],
    request: SearchRequest,
    plan: QueryPlan,
    ranker: TextRanker,
    compiled: CompiledConstraints,
    mask: number,
  ): Candidate[] {
    const { facts } = this.data
    if (request.sort !== 'relevance') return rows.toSorted(compareRows(request.sort, facts, compiled, mask))
    const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || a.row - b.row
    if (plan.groups.length === 0)
      return rows.map(({ row }) => ({ row, score: priorOf(facts, row).factor })).toSorted(byScore)
    rows.sort(byScore)
    const again = rows
      .slice(0, this.#parameters.rescored)
      .map(({ row }) => ({ row, score: ranker.detail(row).score * priorOf(facts, row).factor }))
      .toSorted(byScore)
    return [...again, ...rows.slice(this.#parameters.rescored)]
  }

  #hit(
    { row, score }: Candidate,
    request: SearchRequest,
    kept: readonly Constraint[],
    plan: QueryPlan,
    ranker: TextRanker,
  ): SearchHit {
    const { facts } = this.data
    const product = factsOf(facts, row)
    const fitting = product.variants.filter((variant) =>
      kept.every((constraint) => satisfies(product, variant, constraint, facts.currency)),
    )
    const productId = facts.productIds[row] as string
    if (fitting.length === 0)
      throw new HeavyliftError({
        code: 'search-index-inconsistent',
        message: `The index of product ${productId} disagrees with its facts. Import the catalog again to rebuild it.`,
        status: 500,
      })
    const dearestFirst = request.sort === 'price-descending'
    const price = (minor: number | null): number => minor ?? (dearestFirst ? -Infinity : Infinity)
    const inStock = (variant: (typeof fitting)[number]): number =>
      variant.facets.get('availability')?.has('in stock') === true ? 0 : 1
    fitting.sort((a, b) => {
      const order = price(a.priceMinor) - price(b.priceMinor)
      // Two unknown prices give NaN, which compares as equal.
      return inStock(a) - inStock(b) || (dearestFirst ? -order : order) || 0
    })
    return {
      productId,
      score,
      variantIds: fitting.map(({ id }) => id),
      ...(request.explain === true && plan.groups.length > 0
        ? { explanation: explain(ranker.detail(row), this.segment, priorOf(facts, row)) }
        : {}),
    }
  }
}

function validate(request: SearchRequest): void {
  const problem = !(Number.isInteger(request.limit) && request.limit >= 0 && request.limit <= mostHits)
    ? `limit must be a whole number from 0 to ${mostHits}; got ${request.limit}`
    : !(Number.isInteger(request.offset) && request.offset >= 0)
      ? `offset must be a whole number of at least 0; got ${request.offset}`
      : request.constraints.length > mostConstraints
        ? `a search takes at most ${mostConstraints} constraints; got ${request.constraints.length}`
        : null
  if (problem !== null)
    throw new HeavyliftError({ code: 'search-request-invalid', message: `${problem}.`, status: 400 })
}
