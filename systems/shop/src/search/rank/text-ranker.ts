import { fieldOfPlace } from '../analyze/document.ts'
import { fields } from '../index/fields.ts'
import type { Segment } from '../index/segment.ts'
import type { RankParameters } from './parameters.ts'
import { defaultParameters } from './parameters.ts'
import {
  documentFrequency,
  eachMatch,
  findPosting,
  placesOf,
  smallestGap,
  standTogether,
} from './postings.ts'
import type { Alternative, Group, QueryPlan } from './query-plan.ts'

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

/** Word scores of all documents; `coverage` is 0 where nothing matches. */
export interface WordScores {
  scores: Float32Array
  coverage: Float32Array
}

interface Scored {
  group: Group
  /** What the word is worth: weight times rarity. */
  worth: number
  alternatives: { alternative: Alternative; factor: number }[]
}

/** Fields that say what a product is. */
const namingFields = new Set([fields.indexOf('title'), fields.indexOf('category')])

/** Scores documents for one query: field-weighted BM25 by query word, then order of words and coverage. */
export class TextRanker {
  readonly #segment: Segment
  readonly #parameters: RankParameters
  readonly #groups: Scored[]
  readonly #asked: number

  constructor(segment: Segment, plan: QueryPlan, parameters: RankParameters = defaultParameters) {
    this.#segment = segment
    this.#parameters = parameters
    this.#groups = plan.groups.map((group) => this.#withRarity(group))
    this.#asked = this.#groups.reduce((sum, { worth }) => sum + worth, 0)
  }

  /** A score by words alone for every document: fast, for choosing what to look at closely. */
  scoreAll(): WordScores {
    const { documentCount } = this.#segment
    const scores = new Float32Array(documentCount)
    const coverage = new Float32Array(documentCount)
    const best = new Float32Array(documentCount)
    const held = new Float32Array(documentCount)
    const touched: number[] = []
    for (const { alternatives, worth } of this.#groups) {
      touched.length = 0
      for (const { alternative, factor } of alternatives) {
        eachMatch(this.#segment, alternative.terms, (document, impact) => {
          const score = factor * this.#saturated(impact)
          const known = best[document] as number
          if (known === 0) touched.push(document)
          if (score <= known) return
          best[document] = score
          held[document] = alternative.weight
        })
      }
      for (const document of touched) {
        scores[document] = (scores[document] as number) + (best[document] as number)
        coverage[document] =
          (coverage[document] as number) + (worth * (held[document] as number)) / this.#asked
        best[document] = 0
      }
    }
    return { scores, coverage }
  }

  /** The full score of one document and how it comes about. */
  detail(document: number): DetailedScore {
    const { adjacency, nearness, coverage, headElsewhere } = this.#parameters
    const matched = this.#groups.map((scored) => this.#best(scored, document))
    let words = 0
    let held = 0
    let order = 0
    let head = 1
    matched.forEach((entry, index) => {
      if (entry === null) return
      const worth = (this.#groups[index] as Scored).worth * entry.alternative.weight
      words += entry.score
      held += worth
      if (entry.group.role === 'head' && !this.#namesTheProduct(entry.posting)) head = headElsewhere
      const next = matched[index + 1] ?? null
      if (next === null || next.group.position - entry.group.position > 2) return
      const nextWorth = (this.#groups[index + 1] as Scored).worth * next.alternative.weight
      const gap = smallestGap(placesOf(this.#segment, entry.posting), placesOf(this.#segment, next.posting))
      order += (gap === 1 ? adjacency : gap <= 4 ? nearness : 0) * Math.min(worth, nextWorth)
    })
    const share = this.#asked === 0 ? 0 : held / this.#asked
    return {
      score: (words + order) * head * share ** coverage,
      groups: matched.filter((entry) => entry !== null),
      order,
      head,
      coverage: share,
    }
  }

  #namesTheProduct(posting: number): boolean {
    return placesOf(this.#segment, posting).some((place) => namingFields.has(fieldOfPlace(place)))
  }

  #best(scored: Scored, document: number): GroupScore | null {
    let best: GroupScore | null = null
    for (const { alternative, factor } of scored.alternatives) {
      const postings = alternative.terms.map((term) => findPosting(this.#segment, term, document))
      if (postings.includes(-1) || (postings.length > 1 && !standTogether(this.#segment, postings))) continue
      const impact = Math.min(...postings.map((posting) => this.#segment.postingImpact[posting] as number))
      const score = factor * this.#saturated(impact)
      if (best === null || score > best.score)
        best = { group: scored.group, alternative, score, posting: postings[0] as number }
    }
    return best
  }

  #saturated(impact: number): number {
    const { saturation } = this.#parameters
    return (impact * (saturation + 1)) / (impact + saturation)
  }

  /** BM25's inverse document frequency; a stand-in for a word is never rarer than the word itself. */
  #withRarity(group: Group): Scored {
    const rarity = ({ terms }: Alternative): number =>
      Math.max(...terms.map((term) => this.#idf(documentFrequency(this.#segment, term))))
    const own = group.alternatives.filter(({ via }) => via === 'word').map(rarity)
    const cap = own.length > 0 ? Math.max(...own) : Infinity
    const rarities = group.alternatives.map((alternative) => Math.min(rarity(alternative), cap))
    return {
      group,
      worth: group.weight * Math.max(0, ...rarities),
      alternatives: group.alternatives.map((alternative, at) => ({
        alternative,
        factor: group.weight * alternative.weight * (rarities[at] as number),
      })),
    }
  }

  #idf(frequency: number): number {
    return Math.log(1 + (this.#segment.documentCount - frequency + 0.5) / (frequency + 0.5))
  }
}
