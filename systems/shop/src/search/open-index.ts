import { HeavyliftError } from '@heavylift/core'
import type { Constraint } from '../domain/constraints.ts'
import type { ProductSearch, SearchHit, SearchRequest, SearchResult } from '../domain/ports.ts'
import { english } from '../language/lexicon.ts'
import { joinedNouns } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { CompiledConstraints } from './constraints/compiled.ts'
import { compileConstraints, mostConstraints } from './constraints/compiled.ts'
import { isInsisted, namedFilters } from './constraints/named.ts'
import { leastRelaxed } from './constraints/relax.ts'
import { satisfies } from './constraints/satisfies.ts'
import { CategoryPaths } from './index/category-paths.ts'
import { factsOf } from './index/facts.ts'
import { kindNames } from './index/kind-names.ts'
import type { IndexData } from './index/index-data.ts'
import type { Segment } from './index/segment.ts'
import { invert } from './index/segment.ts'
import { explain } from './rank/explain.ts'
import type { RankParameters } from './rank/parameters.ts'
import { defaultParameters } from './rank/parameters.ts'
import { Nearness } from '@heavylift/models/meaning'
import { documentFrequency } from './rank/postings.ts'
import { priorOf } from './rank/prior.ts'
import type { Dictionary, QueryPlan } from './rank/query-plan.ts'
import { namesTheProduct, planQuery } from './rank/query-plan.ts'
import { CompoundTerms } from './rank/compound-terms.ts'
import { SimilarTerms } from './rank/similar-terms.ts'
import { ScoreBoard } from './rank/score-board.ts'
import { compareRows } from './rank/sort.ts'
import { TextRanker } from './rank/text-ranker.ts'
import type { RankedKinds } from './rank/text-ranker.ts'

/** A row that matches, with its score. */
interface Candidate {
  row: number
  score: number
}

/** One search under way. */
interface Asked {
  request: SearchRequest
  lexicon: Lexicon
  plan: QueryPlan
  ranker: TextRanker
  compiled: CompiledConstraints
  /** Constraints that every hit satisfies, as bits. */
  mask: number
  /** Named constraints that rank, as bits; those that only repeat what is asked for are none. */
  preferred: number
  /** What rows gain by meaning; null where only words count. */
  meaning: Meaning | null
  /** The best score by words among the rows that were looked at closely. */
  mostByWords: number
}

/** How near rows are to the query in meaning. */
interface Meaning {
  nearness: Nearness
  /** Standard deviations that are no nearness. */
  least: number
}

/** Where fewer rows match well, weaker ones may be asked for. */
interface Matching {
  well: number[]
  weakly(): number[]
}

const mostHits = 1_000
/** So many of the nearest in meaning are told apart from the hits. */
const nearestTold = 6
/** Shorter words stand at the end of too many others by chance. */
const shortestKind = 3
/** Share of a query's weight from which a row holds all of it: shares are summed as floats. */
const wholeQuery = 0.99
/** How many of the best matches say whether a named facet filters. */
const judgedForNamed = 30

/**
 * Search over one index in memory. A search first scores every product by words, keeps those that match well enough,
 * drops what violates a constraint (before ranking, over columns), ranks the rest, and checks each hit of the page
 * once more against the stored facts.
 */
export class OpenIndex implements ProductSearch, Dictionary {
  readonly data: IndexData
  readonly segment: Segment
  readonly #parameters: RankParameters
  readonly #kinds: RankedKinds
  readonly #board: ScoreBoard
  #similar: SimilarTerms | null = null
  #compounds: CompoundTerms | null = null

  constructor(data: IndexData, parameters: RankParameters = defaultParameters) {
    this.data = data
    this.segment = invert(data.text)
    this.#kinds = {
      of: data.kinds,
      names: kindNames(data.text, data.kinds),
      categories: new CategoryPaths(data.facts),
    }
    this.#parameters = parameters
    this.#board = new ScoreBoard(this.segment.documentCount)
  }

  frequency(term: string): number {
    return documentFrequency(this.segment, term)
  }

  similar(term: string): { term: string; similarity: number }[] {
    this.#similar ??= new SimilarTerms(this.segment.terms.keys())
    return this.#similar.find(term)
  }

  kindsOf(term: string, { language, stem }: Lexicon): string[] {
    const links = joinedNouns[language.code]
    if (links === undefined || term.length < shortestKind) return []
    this.#compounds ??= new CompoundTerms(this.segment.terms.keys())
    return this.#compounds.endingIn(term, links, stem)
  }

  /**
   * Rejects with `search-request-invalid` when limit, offset or the number of constraints is out of range.
   *
   * @param cosines of what the rows mean with what the text means (0: not known); null to rank by words alone
   */
  search(
    request: SearchRequest,
    lexicon: Lexicon = english,
    cosines: Float32Array | null = null,
  ): Promise<SearchResult> {
    return new Promise((resolve) => {
      resolve(this.#search(request, lexicon, cosines))
    })
  }

  #search(request: SearchRequest, lexicon: Lexicon, cosines: Float32Array | null): SearchResult {
    validate(request)
    const startedMs = performance.now()
    const plan = planQuery(request.text, this, lexicon)
    const ranker = new TextRanker(this.segment, this.#kinds, plan, lexicon.language, this.#parameters)
    const matching = this.#matching(plan, ranker)
    const compiled = compileConstraints(request.constraints, this.data.facts)
    // Weak matches have no say in what is relaxed, and none in an order by price or the like.
    const allowed = this.#constrained(matching.well, compiled, request.constraints)
    const { mask } = allowed
    const ask: Asked = {
      request,
      lexicon,
      plan,
      ranker,
      compiled,
      mask,
      preferred: 0,
      meaning: null,
      mostByWords: 0,
    }
    const named = this.#decideNamed(allowed.rows, ask)
    ask.meaning = cosines === null ? null : this.#meaningOf(cosines, ask)
    const isOrdered = request.sort !== 'relevance' && plan.groups.length > 0
    const rows = isOrdered ? ranker.sortable(named, this.#parameters.fewestMatches) : named
    const needed = request.offset + request.limit
    const fewest = request.fewest ?? this.#parameters.fewestMatches
    const near = this.#near(fewest, ask)
    const joined = near.length === 0 ? rows : [...new Set([...rows, ...near])]
    const ordered = this.#ordered(joined, needed, ask, near)
    let total = joined.length
    if (request.sort === 'relevance' && total < fewest) {
      const shown = new Set(near)
      const more = matching.weakly().filter((row) => !shown.has(row) && this.#holds(row, compiled, ask.mask))
      ordered.push(...this.#ordered(more, needed, ask))
      total += more.length
    }
    const left = request.constraints.filter((_, bit) => (ask.mask & (1 << bit)) === 0)
    const { meaning } = ask
    return {
      hits: ordered.slice(request.offset, needed).map((candidate) => this.#hit(candidate, ask)),
      total,
      relaxed: left.filter(isInsisted),
      preferred: left.filter((constraint) => !isInsisted(constraint)),
      ...(meaning === null
        ? {}
        : {
            nearest: meaning.nearness
              .nearest(request.nearest ?? nearestTold, 0)
              .filter((row) => this.#holds(row, compiled, ask.mask))
              .map((row) => ({
                productId: this.data.facts.productIds[row] as string,
                deviations: meaning.nearness.beyond(row, 0),
              })),
          }),
      words: plan.groups.map(({ text, alternatives: [surest] }) => ({
        said: text,
        documents: Math.min(...(surest?.terms ?? []).map((term) => this.frequency(term))),
      })),
      tookMs: performance.now() - startedMs,
    }
  }

  /** What nearness in meaning is worth for a query; null where it has no say: in an order by price or the like, or without words. */
  #meaningOf(cosines: Float32Array, { request, plan }: Asked): Meaning | null {
    if (request.sort !== 'relevance' || !plan.asked) return null
    const { leastNear, leastNearAlone } = this.#parameters
    return {
      nearness: new Nearness(cosines),
      least: plan.groups.length === 0 ? leastNearAlone : leastNear,
    }
  }

  /** The rows nearest in meaning that satisfy the constraints, whatever their words; up to `most`. */
  #near(most: number, { meaning, compiled, mask }: Asked): number[] {
    if (meaning === null) return []
    return meaning.nearness.nearest(most, meaning.least).filter((row) => this.#holds(row, compiled, mask))
  }

  /** Rows that hold enough of the query, and the weaker ones; every row where it has no words. */
  #matching(plan: QueryPlan, ranker: TextRanker): Matching {
    if (plan.groups.length === 0) {
      const all = plan.asked ? [] : Array.from({ length: this.segment.documentCount }, (_, row) => row)
      return { well: all, weakly: () => [] }
    }
    ranker.scoreAll(this.#board)
    const { coverage, touched, touchedCount } = this.#board
    let most = 0
    for (let at = 0; at < touchedCount; at += 1)
      most = Math.max(most, coverage[touched[at] as number] as number)
    const least = most * this.#parameters.leastCoverage
    const rows = (wanted: boolean): number[] => {
      const found: number[] = []
      for (let at = 0; at < touchedCount; at += 1) {
        const row = touched[at] as number
        if ((coverage[row] as number) >= least === wanted) found.push(row)
      }
      return found
    }
    return { well: rows(true), weakly: () => rows(false) }
  }

  /** Rows with a variant that satisfies every insisted constraint or, where there is none, all but the fewest. */
  #constrained(
    matching: number[],
    compiled: CompiledConstraints,
    constraints: readonly Constraint[],
  ): { rows: number[]; mask: number } {
    const insisted = bitsOf(constraints, isInsisted)
    if (insisted === 0) return { rows: matching, mask: 0 }
    const seen = new Map<number, number>()
    const rowMasks = matching.map((row) => {
      const masks = new Set(this.#variantMasks(row, compiled).map((mask) => mask & insisted))
      for (const mask of masks) seen.set(mask, (seen.get(mask) ?? 0) + 1)
      return [...masks]
    })
    if (seen.size === 0) return { rows: [], mask: insisted }
    const target = seen.has(insisted) ? insisted : leastRelaxed(seen, constraints)
    const rows = matching.filter((_, at) => rowMasks[at]?.some((mask) => (mask & target) === target))
    return { rows, mask: target }
  }

  /** Adds to `ask.mask` the named facets that filter, to `ask.preferred` those that rank; returns the rows that are left. */
  #decideNamed(rows: number[], ask: Asked): number[] {
    const { compiled, plan, lexicon } = ask
    const named = bitsOf(
      ask.request.constraints,
      (constraint) => !isInsisted(constraint) && !namesTheProduct(constraint, plan, lexicon),
    )
    if (named === 0) return rows
    ask.preferred = named
    const best = this.#byRelevance(rows, judgedForNamed, ask).slice(0, judgedForNamed)
    const evidence = best.map(({ row }) => ({
      coverage: this.#board.coverage[row] as number,
      stated: compiled.stated(row),
      holds: this.#variantMasks(row, compiled),
    }))
    const mask = namedFilters(evidence, named, ask.mask)
    if (mask === ask.mask) return rows
    ask.mask = mask
    ask.preferred = named & ~mask
    return rows.filter((row) => this.#holds(row, compiled, mask))
  }

  #variantMasks(row: number, compiled: CompiledConstraints): number[] {
    const { variantStart } = this.data.facts
    const masks: number[] = []
    for (let v = variantStart[row] as number; v < (variantStart[row + 1] as number); v += 1)
      masks.push(compiled.mask(row, v))
    return masks
  }

  #holds(row: number, compiled: CompiledConstraints, mask: number): boolean {
    const { variantStart } = this.data.facts
    for (let v = variantStart[row] as number; v < (variantStart[row + 1] as number); v += 1)
      if ((compiled.mask(row, v) & mask) === mask) return true
    return false
  }

  /** The first `needed` rows in the order that is asked for; `near` are those of them to look at whatever their words. */
  #ordered(rows: readonly number[], needed: number, ask: Asked, near: readonly number[] = []): Candidate[] {
    const { facts } = this.data
    const { sort } = ask.request
    if (sort === 'relevance') return this.#byRelevance(rows, needed, ask, near)
    const { scores } = this.#board
    const score = (row: number): number =>
      ask.plan.groups.length === 0 ? priorOf(facts, row).factor : (scores[row] as number)
    return rows
      .map((row) => ({ row, score: score(row) }))
      .toSorted(compareRows(sort, facts, ask.compiled, ask.mask))
  }

  #byRelevance(
    rows: readonly number[],
    needed: number,
    ask: Asked,
    near: readonly number[] = [],
  ): Candidate[] {
    const { facts } = this.data
    const { scores } = this.#board
    const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || a.row - b.row
    const full = (row: number, words: number): number =>
      words * priorOf(facts, row).factor * this.#preference(row, ask)
    if (ask.plan.groups.length === 0)
      return rows.map((row) => ({ row, score: full(row, 1 + this.#gain(row, ask)) })).toSorted(byScore)
    const { rescored } = this.#parameters
    // Sorting thousands of rows to look at some hundreds would take longer than all the rest.
    const likely = Float32Array.from(rows, (row) => (scores[row] as number) * ask.ranker.byCategory(row))
    const worthwhile = needed > rescored ? rows : best(rows, likely, rescored)
    const candidates = worthwhile
      .map((row) => ({ row, score: (scores[row] as number) * ask.ranker.byCategory(row) }))
      .toSorted(byScore)
    const looked = new Set([...candidates.slice(0, rescored).map(({ row }) => row), ...near])
    const byWords = Array.from(looked, (row) => ({ row, words: ask.ranker.detail(row).score }))
    ask.mostByWords = byWords.reduce((most, { words }) => Math.max(most, words), ask.mostByWords)
    const again = byWords
      .map(({ row, words }) => ({ row, score: full(row, words + ask.mostByWords * this.#gain(row, ask)) }))
      .toSorted(byScore)
    const rest = candidates.slice(rescored).filter(({ row }) => !looked.has(row))
    if (ask.meaning === null) return [...again, ...rest]
    const leading = this.#leading(
      byWords.map(({ row, words }) => ({ row, score: full(row, words) })).toSorted(byScore),
    )
    const leads = again
      .filter(({ row }) => leading.has(row))
      .toSorted((a, b) => (leading.get(a.row) ?? 0) - (leading.get(b.row) ?? 0))
    return [...leads, ...again.filter(({ row }) => !leading.has(row)), ...rest]
  }

  /** The best by words that hold all of the query, and their places: meaning orders what comes after them. */
  #leading(byWords: readonly Candidate[]): ReadonlyMap<number, number> {
    const { coverage } = this.#board
    const whole = byWords.filter(({ row }) => (coverage[row] as number) >= wholeQuery)
    return new Map(whole.slice(0, this.#parameters.leadingByWords).map(({ row }, place) => [row, place]))
  }

  /** What a row gains by meaning, as a share of the best score by words. */
  #gain(row: number, { meaning }: Asked): number {
    return meaning === null ? 0 : this.#parameters.meaning * meaning.nearness.beyond(row, meaning.least)
  }

  /** Factor for the named facets that the best variant of a row holds. */
  #preference(row: number, { compiled, preferred }: Asked): number {
    if (preferred === 0) return 1
    const most = Math.max(...this.#variantMasks(row, compiled).map((mask) => countBits(mask & preferred)))
    return (1 + this.#parameters.preferred) ** most
  }

  #hit({ row, score }: Candidate, ask: Asked): SearchHit {
    const { request, plan, ranker, mask, preferred } = ask
    const kept = request.constraints.filter((_, bit) => (mask & (1 << bit)) !== 0)
    const wished = request.constraints.filter((_, bit) => (preferred & (1 << bit)) !== 0)
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
    const wishes = (variant: (typeof fitting)[number]): number =>
      wished.filter((constraint) => satisfies(product, variant, constraint, facts.currency)).length
    fitting.sort((a, b) => {
      const order = price(a.priceMinor) - price(b.priceMinor)
      // Two unknown prices give NaN, which compares as equal.
      return wishes(b) - wishes(a) || inStock(a) - inStock(b) || (dearestFirst ? -order : order) || 0
    })
    return {
      productId,
      score,
      variantIds: fitting.map(({ id }) => id),
      ...(plan.groups.length > 0 && ranker.isOfKind(row) ? { isOfKind: true as const } : {}),
      ...(request.explain === true && plan.groups.length > 0
        ? {
            explanation: explain(
              ranker.detail(row),
              this.segment,
              priorOf(facts, row),
              this.#preference(row, ask),
              ask.mostByWords * this.#gain(row, ask),
            ),
          }
        : {}),
    }
  }
}

function bitsOf(constraints: readonly Constraint[], wanted: (constraint: Constraint) => boolean): number {
  return constraints.reduce((bits, constraint, at) => (wanted(constraint) ? bits | (1 << at) : bits), 0)
}

function countBits(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** Rows whose score is at least that of the `count`-th best; `scores` are by place in `rows`. */
function best(rows: readonly number[], scores: Float32Array, count: number): readonly number[] {
  if (rows.length <= count) return rows
  const least = scores.toSorted()[rows.length - count] as number
  return rows.filter((_, at) => (scores[at] as number) >= least)
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
