import { fieldOfPlace } from '../analyze/document.ts'
import { fields } from '../index/fields.ts'
import type { CategoryPaths } from '../index/category-paths.ts'
import type { KindNames } from '../index/kind-names.ts'
import type { Language } from '../../language/language.ts'
import type { Segment } from '../index/segment.ts'
import type { RankParameters } from './parameters.ts'
import { defaultParameters } from './parameters.ts'
import { findPosting, phraseImpact, phraseMatches, placesOf, postingCount, smallestGap } from './postings.ts'
import type { Alternative, Group, QueryPlan } from './query-plan.ts'
import type { ScoreBoard } from './score-board.ts'

/** The part of a score that one query word gave. */
export interface GroupScore {
  group: Group
  alternative: Alternative
  score: number
  /** Posting of the alternative's first term in the document. */
  posting: number
}

export interface DetailedScore {
  score: number
  /** One for each query word that the document holds. */
  groups: GroupScore[]
  /** What words standing side by side as in the query added. */
  order: number
  /** Factor for where the head of the query stands. */
  head: number
  /** Share of the query's weight that the document holds, 0 to 1. */
  coverage: number
}

/** The kind of each document, what the products of a kind are called, and the categories that the store puts them in. */
export interface RankedKinds {
  of: Uint32Array
  names: KindNames
  categories: CategoryPaths
}

interface ScoredAlternative {
  alternative: Alternative
  ids: number[]
  factor: number
}

interface Scored {
  group: Group
  /** What the word is worth: weight times rarity. */
  worth: number
  alternatives: ScoredAlternative[]
}

/** Fields that say what a product is. */
const titleField = fields.indexOf('title')
const namingFields = new Set([titleField, fields.indexOf('category')])

/** Scores documents for one query: field-weighted BM25 by query word, then order of words and coverage. */
export class TextRanker {
  readonly #segment: Segment
  readonly #parameters: RankParameters
  readonly #groups: Scored[]
  readonly #asked: number
  readonly #kinds: RankedKinds
  readonly #askedTerms: ReadonlySet<number>
  /** By path of categories: 1 where its products are what the head of the query names, -1 where they go with it, 0 where it does not say. */
  readonly #verdicts: Int8Array

  constructor(
    segment: Segment,
    kinds: RankedKinds,
    plan: QueryPlan,
    language: Language,
    parameters: RankParameters = defaultParameters,
  ) {
    this.#segment = segment
    this.#kinds = kinds
    this.#parameters = parameters
    this.#groups = plan.groups.map((group) => this.#withRarity(group))
    this.#askedTerms = new Set(
      this.#groups.flatMap(({ alternatives }) => alternatives.flatMap(({ ids }) => ids)),
    )
    const heads = plan.groups
      .filter(({ role }) => role === 'head')
      .flatMap(({ alternatives }) => alternatives)
    this.#verdicts = kinds.categories.verdicts(
      new Set(heads.flatMap(({ terms }) => terms.slice(-1))),
      language,
    )
    this.#asked = this.#groups.reduce((sum, { worth }) => sum + worth, 0)
  }

  /** Scores every document by words alone: fast, for choosing what to look at closely. */
  scoreAll(board: ScoreBoard): void {
    const { postingStart, postingDocument, postingImpact } = this.#segment
    board.clear()
    for (const { alternatives, worth } of this.#groups) {
      for (const { alternative, ids, factor } of alternatives) {
        const share = (worth * alternative.weight) / this.#asked
        const [id = 0] = ids
        if (ids.length === 1) {
          const end = postingStart[id + 1] as number
          for (let posting = postingStart[id] as number; posting < end; posting += 1)
            board.offer(
              postingDocument[posting] as number,
              factor * this.#saturated(postingImpact[posting] as number),
              share,
            )
        } else {
          const { documents, impacts } = phraseMatches(this.#segment, ids)
          documents.forEach((document, at) =>
            board.offer(document, factor * this.#saturated(impacts[at] as number), share),
          )
        }
      }
      board.settle()
    }
  }

  /** The full score of one document and how it comes about. */
  detail(document: number): DetailedScore {
    const { adjacency, nearness, coverage, headElsewhere } = this.#parameters
    const groups: GroupScore[] = []
    let words = 0
    let held = 0
    let order = 0
    let head = 1
    let before: GroupScore | null = null
    let worthBefore = 0
    for (const scored of this.#groups) {
      const entry = this.#best(scored, document)
      if (entry === null) {
        before = null
        continue
      }
      const worth = scored.worth * entry.alternative.weight
      groups.push(entry)
      words += entry.score
      held += worth
      if (entry.group.role === 'head') {
        const naming = this.#naming(scored, entry, document)
        head = naming === null ? headElsewhere : this.#byKind(document, naming)
      }
      if (before !== null && entry.group.position - before.group.position <= 2) {
        const gap = smallestGap(this.#segment, before.posting, entry.posting)
        order += (gap === 1 ? adjacency : gap <= 4 ? nearness : 0) * Math.min(worth, worthBefore)
      }
      before = entry
      worthBefore = worth
    }
    const share = this.#asked === 0 ? 0 : held / this.#asked
    return { score: (words + order) * head * share ** coverage, groups, order, head, coverage: share }
  }

  /**
   * What an order by price or the like is of: only what the head of the query names where `fewest` documents are that and most of those
   * that may be, else all but what merely goes with it. The cheapest mouse is no mouse pad, and the cheapest retro jersey is a retro one.
   */
  sortable(documents: readonly number[], fewest: number): readonly number[] {
    const details = new Map(documents.map((document) => [document, this.detail(document)]))
    const headOf = (document: number): number => details.get(document)?.head ?? 0
    const { namesKind, categoryNames } = this.#parameters
    const things = documents.filter((document) => [namesKind, categoryNames].includes(headOf(document)))
    const others = documents.filter((document) => headOf(document) >= 1)
    // A shelf of that name holds some of them; others that are called so lie elsewhere.
    const isMost = things.length >= fewest && things.length * 2 >= others.length
    const kind = isMost ? things : others.length >= fewest ? others : documents
    const isNaming = ({ group }: { group: Group }): boolean =>
      group.role === 'head' || group.role === 'modifier'
    const asked = this.#groups.filter(isNaming).length
    const holding = (isHeld: (entry: GroupScore) => boolean): number[] =>
      kind.filter(
        (document) =>
          details.get(document)?.groups.filter((entry) => isNaming(entry) && isHeld(entry)).length === asked,
      )
    const called = holding(({ posting }) => this.#namesTheProduct(posting))
    if (called.length >= fewest) return called
    const whole = holding(() => true)
    return whole.length >= fewest ? whole : kind
  }

  /** Whether a document is what the head of the query names, or goes with it: by what its kind is called. */
  #byKind(document: number, { alternative, posting }: Pick<GroupScore, 'alternative' | 'posting'>): number {
    const { namesKind, namesAnother } = this.#parameters
    const byCategory = this.byCategory(document)
    if (byCategory !== 1) return byCategory
    const names = this.#kinds.names[this.#kinds.of[document] as number]
    if (names === undefined || names.size === 0) return 1
    if (alternative.terms.some((term) => names.has(this.#segment.terms.get(term) ?? -1))) return namesKind
    const after = placesOf(this.#segment, posting)
      .filter((place) => fieldOfPlace(place) === titleField)
      .map((place) => place + alternative.terms.length)
    for (const name of after.length === 0 ? [] : names) {
      if (this.#askedTerms.has(name)) continue
      const named = findPosting(this.#segment, name, document)
      if (named !== -1 && placesOf(this.#segment, named).some((place) => after.includes(place)))
        return namesAnother
    }
    return 1
  }

  /** Whether its category or, where that does not say, most titles of its kind are called what the head of the query names. */
  isOfKind(document: number): boolean {
    const verdict = this.#verdicts[this.#kinds.categories.of[document] as number]
    if (verdict !== 0) return verdict === 1
    const names = this.#kinds.names[this.#kinds.of[document] as number]
    const head = this.detail(document).groups.find(({ group }) => group.role === 'head')
    return (
      names !== undefined &&
      head !== undefined &&
      this.#namesTheProduct(head.posting) &&
      head.alternative.terms.some((term) => names.has(this.#segment.terms.get(term) ?? -1))
    )
  }

  /** Factor for what the store's own category says: that a document is what the head of the query names, or goes with it. */
  byCategory(document: number): number {
    const { categoryNames, categoryNamesAnother } = this.#parameters
    const verdict = this.#verdicts[this.#kinds.categories.of[document] as number]
    return verdict === 1 ? categoryNames : verdict === -1 ? categoryNamesAnother : 1
  }

  #namesTheProduct(posting: number): boolean {
    return placesOf(this.#segment, posting).some((place) => namingFields.has(fieldOfPlace(place)))
  }

  /** What stands for the head of the query where the product is named: "solid state drive" of a title, beside "SSD" in the small print. Null where nothing does. */
  #naming(
    { alternatives }: Scored,
    best: GroupScore,
    document: number,
  ): Pick<GroupScore, 'alternative' | 'posting'> | null {
    if (this.#namesTheProduct(best.posting)) return best
    for (const { alternative, ids } of alternatives) {
      if (alternative === best.alternative || phraseImpact(this.#segment, ids, document) === 0) continue
      const posting = findPosting(this.#segment, ids[0] as number, document)
      if (this.#namesTheProduct(posting)) return { alternative, posting }
    }
    return null
  }

  #best({ group, alternatives }: Scored, document: number): GroupScore | null {
    let best: ScoredAlternative | null = null
    let score = 0
    // Alternatives are by falling factor, and no impact lifts one past its factor times the saturation's limit.
    const most = this.#parameters.saturation + 1
    for (const candidate of alternatives) {
      if (candidate.factor * most <= score) break
      const impact = phraseImpact(this.#segment, candidate.ids, document)
      if (impact === 0) continue
      const own = candidate.factor * this.#saturated(impact)
      if (own <= score) continue
      best = candidate
      score = own
    }
    if (best === null) return null
    const posting = findPosting(this.#segment, best.ids[0] as number, document)
    return { group, alternative: best.alternative, score, posting }
  }

  #saturated(impact: number): number {
    const { saturation } = this.#parameters
    return (impact * (saturation + 1)) / (impact + saturation)
  }

  /** BM25's inverse document frequency; a stand-in for a word is never rarer than the word itself. */
  #withRarity(group: Group): Scored {
    const known = group.alternatives.flatMap((alternative) => {
      const ids = alternative.terms.map((term) => this.#segment.terms.get(term))
      if (!ids.every((id) => id !== undefined)) return []
      const rarity = Math.max(...ids.map((id) => this.#idf(postingCount(this.#segment, id))))
      return [{ alternative, ids, rarity }]
    })
    const own = known.filter(({ alternative }) => alternative.via === 'word').map(({ rarity }) => rarity)
    const cap = own.length > 0 ? Math.max(...own) : Infinity
    return {
      group,
      worth: group.weight * Math.max(0, ...known.map(({ rarity }) => Math.min(rarity, cap))),
      alternatives: known
        .map(({ alternative, ids, rarity }) => ({
          alternative,
          ids,
          factor: group.weight * alternative.weight * Math.min(rarity, cap),
        }))
        .toSorted((a, b) => b.factor - a.factor),
    }
  }

  #idf(frequency: number): number {
    return Math.log(1 + (this.#segment.documentCount - frequency + 0.5) / (frequency + 0.5))
  }
}
