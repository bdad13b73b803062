import { isDeepStrictEqual } from 'node:util'
import { clippedText, keyBytes, meaningKey, Nearness } from '@heavylift/models/meaning'
import type { MeaningRows } from '@heavylift/models/meaning'
import type { Described } from './card.ts'
import { Terms } from './terms.ts'
import { wordsOf } from './words.ts'

export const agentStates = ['live', 'draft', 'paused', 'deprecated', 'retired'] as const
export type AgentState = (typeof agentStates)[number]

export interface IndexedAgent extends Described {
  state: AgentState
}

/** By what a search is narrowed: a kind with its value, all of them true at once. */
export const facetKinds = ['state', 'team', 'owner', 'tool', 'data', 'model', 'credential', 'agent'] as const
export type FacetKind = (typeof facetKinds)[number]
export type Narrowing = Partial<Record<FacetKind, string | undefined>>

export interface CatalogueQuery {
  text: string
  narrow?: Narrowing
  limit: number
  offset?: number
}

/** Of each row of `meaningRows` the cosine with what is asked for, 0 where it is not known. */
export type Cosines = Float32Array

export interface CatalogueHits {
  total: number
  hits: { name: string; score: number }[]
  /** The most frequent values among all that was found. */
  facets: Record<FacetKind, { value: string; count: number }[]>
}

export interface Near {
  name: string
  /** 1: it says the same and reaches the same. */
  likeness: number
  /** The tools, data, agents, credentials and models that both reach. */
  shared: string[]
}

interface Doc {
  name: string
  /** Terms of it by number, and how much each stands in it. */
  terms: Int32Array
  weights: Float32Array
  length: number
  facets: Int32Array
  meaningKey: Buffer
}

/** How much a word counts, by where it stands. */
const fieldWeights = { name: 2, title: 3, tags: 2, summary: 2, jobs: 0.5, edges: 1, team: 1, owner: 1 }
/** BM25 over weighted fields taken as one (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", 2004). */
const saturation = 2
const lengthShare = 0.6
/** Of whole descriptions held against each other, where a word that is repeated says more than in a search. */
const saturationOfNearest = 10
/** What a standard deviation of nearness in meaning is worth, as a share of the best score by words, and from how many on it says something: as in the shop (decision 0047). */
const meaningShare = 0.15
const leastNear = 2
/** The same where no word is known, so that nothing but meaning speaks. */
const leastNearAlone = 5
/** What an agent that is no longer to be used is worth against one that is. */
const stateFactors: Record<AgentState, number> = {
  live: 1,
  draft: 0.95,
  paused: 0.9,
  deprecated: 0.7,
  retired: 0.5,
}
const mostFacets = 12
const mostTermsOfNearest = 40

/**
 * The agents of a tenant by words and facets, in memory. 21,000 agents take some tens of MiB and a few milliseconds a search; what is changed is put again.
 */
export class CatalogueIndex {
  readonly #terms = new Terms()
  readonly #facetIds = new Map<string, number>()
  readonly #facetNames: { kind: FacetKind; value: string }[] = []
  /** Words of the values of facets, and the documents that have each value or had it. */
  readonly #facetWords: string[][] = []
  readonly #facetsByWord = new Map<string, number[]>()
  readonly #facetDocs: number[][] = []
  readonly #docs: (Doc | null)[] = []
  readonly #ids = new Map<string, number>()
  readonly #factors: number[] = []
  #lengths = 0
  #layout = 0
  #changes = 0

  get size(): number {
    return this.#ids.size
  }

  /** Adds an agent, or takes the place of the one of its name; one that is the same stays in its row, so that cosines of before still hold for it. */
  put(agent: IndexedAgent): void {
    const { weights, length } = weightsOf(agent)
    const numbers = [...weights.keys()].map((word) => this.#terms.numberOf(word))
    const doc: Doc = {
      name: agent.name,
      terms: Int32Array.from(numbers),
      weights: Float32Array.from(weights.values()),
      length,
      facets: Int32Array.from(facetsOf(agent), ({ kind, value }) => this.#facetId(kind, value)),
      meaningKey: meaningKey(meaningText(agent)),
    }
    const before = this.#ids.get(agent.name)
    if (before !== undefined && isDeepStrictEqual(this.#docs[before], doc)) return
    this.remove(agent.name)
    const id = this.#docs.push(doc) - 1
    this.#ids.set(agent.name, id)
    this.#factors[id] = stateFactors[agent.state]
    this.#changes++
    this.#lengths += length
    for (const facet of doc.facets) this.#facetDocs[facet]!.push(id)
    doc.terms.forEach((term, at) => this.#terms.add(term, id, doc.weights[at]!))
    if (this.#docs.length > 2 * this.size + 1_000) this.#compact()
  }

  remove(name: string): void {
    const id = this.#ids.get(name)
    if (id === undefined) return
    this.#changes++
    this.#lengths -= this.#docs[id]!.length
    this.#docs[id] = null
    this.#ids.delete(name)
  }

  /** How often something was put or removed. */
  get changes(): number {
    return this.#changes
  }

  /** Changes when rows have new numbers: cosines of before say nothing any more. */
  get layout(): number {
    return this.#layout
  }

  /** What is in the index now, row by row, for vectors of what it means. */
  meaningRows(): MeaningRows {
    const none = Buffer.alloc(keyBytes)
    return {
      meaningKeys: new Uint8Array(Buffer.concat(this.#docs.map((doc) => doc?.meaningKey ?? none))),
    }
  }

  search(
    { text, narrow = {}, limit, offset = 0 }: CatalogueQuery,
    cosines: Cosines | null = null,
  ): CatalogueHits {
    const words = [...new Set(wordsOf(text))]
    const wanted = facetKinds.flatMap((kind) => {
      const value = narrow[kind]
      return value === undefined ? [] : [this.#facetIds.get(facetKey(kind, value)) ?? -1]
    })

    const scores = words.length === 0 ? null : this.#score(words)
    if (scores !== null && cosines !== null) this.#addMeaning(scores, cosines, limit + offset)
    const found: number[] = []
    const counts = new Int32Array(this.#facetNames.length)
    for (let id = 0; id < this.#docs.length; id++) {
      const doc = this.#docs[id]!
      if (doc === null || (scores !== null && scores[id]! <= 0)) continue
      const { facets } = doc
      if (!wanted.every((facet) => facets.includes(facet))) continue
      found.push(id)
      for (let at = 0; at < facets.length; at++) counts[facets[at]!]!++
    }
    const scoreOf = (id: number): number => (scores === null ? 1 : scores[id]!) * this.#factors[id]!
    return {
      total: found.length,
      hits: largest(found, scoreOf, offset + limit)
        .slice(offset)
        .map((id) => ({ name: this.#docs[id]!.name, score: scoreOf(id) })),
      facets: this.#facetCounts(counts),
    }
  }

  /** The agents that are most like one, which need not be in the index itself; likest first. */
  nearest(agent: Described, limit: number, cosines: Cosines | null = null): Near[] {
    const { weights, length } = weightsOf(agent)
    const terms = [...weights].flatMap(([word, weight]) => {
      const postings = this.#terms.find(word)
      return postings === null
        ? []
        : [
            {
              postings,
              own: this.#part(weight, length, saturationOfNearest),
              rarity: this.#rarity(postings.ids.length),
            },
          ]
    })
    terms.sort((a, b) => b.own * b.rarity - a.own * a.rarity)
    const scores = new Float64Array(this.#docs.length)
    let self = 0
    for (const { postings, own, rarity } of terms.slice(0, mostTermsOfNearest)) {
      self += own * own * rarity
      for (let at = 0; at < postings.ids.length; at++) {
        const id = postings.ids[at]!
        const doc = this.#docs[id]
        if (doc)
          scores[id]! += own * rarity * this.#part(postings.weights[at]!, doc.length, saturationOfNearest)
      }
    }
    if (cosines !== null) this.#addMeaning(scores, cosines, limit)
    const own = new Map(
      agent.edges.map(({ kind, target }) => [this.#facetIds.get(facetKey(kind, target)) ?? -1, target]),
    )
    const others: number[] = []
    for (let id = 0; id < scores.length; id++)
      if (scores[id]! > 0 && this.#docs[id]?.name !== agent.name) others.push(id)
    return largest(others, (id) => scores[id]! * this.#factors[id]!, limit).map((id) => {
      const doc = this.#docs[id]!
      return {
        name: doc.name,
        likeness: Math.min(1, self === 0 ? 0 : scores[id]! / self),
        shared: [...doc.facets].flatMap((facet) => own.get(facet) ?? []),
      }
    })
  }

  /** What means the same gains over what only says the same; of what has no word in common the nearest join. */
  #addMeaning(scores: Float64Array, cosines: Cosines, most: number): void {
    let best = 0
    for (const score of scores) best = Math.max(best, score)
    const nearness = new Nearness(cosines)
    const least = best === 0 ? leastNearAlone : leastNear
    const joining = new Set(nearness.nearest(Math.min(most, this.#docs.length), least))
    const worth = best === 0 ? 1 : best * meaningShare
    for (let row = 0; row < Math.min(scores.length, cosines.length); row++)
      if (this.#docs[row] && (scores[row]! > 0 || joining.has(row)))
        scores[row]! += worth * nearness.beyond(row, least)
  }

  #score(words: readonly string[]): Float64Array {
    const scores = new Float64Array(this.#docs.length)
    for (const word of words) {
      const alternatives = this.#terms.alternatives(word)
      const rarity = this.#rarity(Math.max(0, ...alternatives.map(({ postings }) => postings.ids.length)))
      const best = new Float64Array(alternatives.length > 1 ? this.#docs.length : 0)
      for (const { postings, share } of alternatives)
        for (let at = 0; at < postings.ids.length; at++) {
          const id = postings.ids[at]!
          const doc = this.#docs[id]
          if (!doc) continue
          const gain = share * rarity * this.#part(postings.weights[at]!, doc.length)
          // Of several spellings of one word the best counts.
          if (alternatives.length === 1) scores[id]! += gain
          else if (gain > best[id]!) {
            scores[id]! += gain - best[id]!
            best[id] = gain
          }
        }
    }
    for (const facet of this.#namedFacets(words)) {
      const rarity = this.#rarity(this.#facetDocs[facet]!.length)
      for (const id of this.#facetDocs[facet]!) if (this.#docs[id]) scores[id]! += rarity
    }
    return scores
  }

  /** Values of facets that the words name whole; of those that lie in one another the longest. A word that no agent has may be a misspelt one. */
  #namedFacets(words: readonly string[]): number[] {
    const said = new Set(
      words.flatMap((word) =>
        this.#terms.find(word) === null ? this.#terms.alternatives(word).map((each) => each.word) : [word],
      ),
    )
    const counts = new Map<number, number>()
    for (const word of said)
      for (const facet of this.#facetsByWord.get(word) ?? []) counts.set(facet, (counts.get(facet) ?? 0) + 1)
    const whole = [...counts.keys()].filter(
      (facet) => counts.get(facet) === this.#facetWords[facet]!.length && this.#facetDocs[facet]!.length > 0,
    )
    return whole.filter(
      (facet) =>
        !whole.some(
          (other) =>
            this.#facetWords[other]!.length > this.#facetWords[facet]!.length &&
            this.#facetWords[facet]!.every((word) => this.#facetWords[other]!.includes(word)),
        ),
    )
  }

  /** What a word's weight in a text of a length comes to, below 1. */
  #part(weight: number, length: number, saturated = saturation): number {
    const usual = this.#lengths / Math.max(1, this.size)
    return weight / (weight + saturated * (1 - lengthShare + (lengthShare * length) / Math.max(1, usual)))
  }

  #rarity(count: number): number {
    return Math.log(1 + (this.#docs.length - count + 0.5) / (count + 0.5))
  }

  #facetId(kind: FacetKind, value: string): number {
    const key = facetKey(kind, value)
    let id = this.#facetIds.get(key)
    if (id === undefined) {
      id = this.#facetNames.push({ kind, value }) - 1
      this.#facetIds.set(key, id)
      const words = [...new Set(wordsOf(value.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')))]
      this.#facetWords.push(words)
      this.#facetDocs.push([])
      for (const word of words) this.#facetsByWord.set(word, [...(this.#facetsByWord.get(word) ?? []), id])
    }
    return id
  }

  #facetCounts(counts: Int32Array): CatalogueHits['facets'] {
    const ids = new Map(facetKinds.map((kind): [FacetKind, number[]] => [kind, []]))
    for (let id = 0; id < counts.length; id++)
      if (counts[id]! > 0) ids.get(this.#facetNames[id]!.kind)!.push(id)
    return Object.fromEntries(
      facetKinds.map((kind) => [
        kind,
        largest(ids.get(kind)!, (id) => counts[id]!, mostFacets).map((id) => ({
          value: this.#facetNames[id]!.value,
          count: counts[id]!,
        })),
      ]),
    ) as CatalogueHits['facets']
  }

  /** Leaves out what was replaced. */
  #compact(): void {
    this.#layout++
    const numbers = this.#docs.map(() => -1)
    const kept = this.#docs.flatMap((doc, id) => (doc === null ? [] : [{ doc, id }]))
    kept.forEach(({ id }, now) => (numbers[id] = now))
    const factors = kept.map(({ id }) => this.#factors[id]!)
    this.#docs.splice(0, this.#docs.length, ...kept.map(({ doc }) => doc))
    this.#factors.splice(0, this.#factors.length, ...factors)
    for (const [now, { doc }] of kept.entries()) this.#ids.set(doc.name, now)
    this.#terms.renumber(numbers)
    for (const [facet, ids] of this.#facetDocs.entries())
      this.#facetDocs[facet] = ids.flatMap((id) => (numbers[id] === -1 ? [] : [numbers[id]!]))
  }
}

/** What of an agent is held against what a search means. */
export function meaningText({ title, summary }: Pick<Described, 'title' | 'summary'>): string {
  return clippedText([title, summary].filter((text) => text !== '').join('. '))
}

/** The `count` numbers of the largest values, largest first; of equal ones the first. */
function largest(ids: readonly number[], valueOf: (id: number) => number, count: number): number[] {
  if (ids.length <= count) return ids.toSorted((a, b) => valueOf(b) - valueOf(a) || a - b)
  const kept: number[] = []
  const values: number[] = []
  for (const id of ids) {
    const value = valueOf(id)
    if (kept.length === count && value <= values[count - 1]!) continue
    let at = kept.length
    while (at > 0 && values[at - 1]! < value) at--
    kept.splice(at, 0, id)
    values.splice(at, 0, value)
    if (kept.length > count) {
      kept.pop()
      values.pop()
    }
  }
  return kept
}

const facetKey = (kind: FacetKind, value: string): string => `${kind}\n${value}`

function facetsOf(agent: IndexedAgent): { kind: FacetKind; value: string }[] {
  const { state, team, owner, edges } = agent
  return [
    { kind: 'state', value: state },
    ...(team === null ? [] : [{ kind: 'team' as const, value: team }]),
    ...(owner === null ? [] : [{ kind: 'owner' as const, value: owner }]),
    ...edges.map(({ kind, target }) => ({ kind, value: target })),
  ]
}

/** How much each word stands in what is said of an agent, and how long that is. */
function weightsOf(agent: Described): { weights: Map<string, number>; length: number } {
  const weights = new Map<string, number>()
  let length = 0
  const add = (text: string | null, field: keyof typeof fieldWeights): void => {
    if (text === null) return
    for (const word of wordsOf(text)) {
      weights.set(word, (weights.get(word) ?? 0) + fieldWeights[field])
      length += fieldWeights[field]
    }
  }
  add(agent.name, 'name')
  add(agent.title, 'title')
  add(agent.summary, 'summary')
  add(agent.tags.join(' . '), 'tags')
  add(agent.jobs.join(' . '), 'jobs')
  for (const { kind, target } of agent.edges) if (kind !== 'model') add(target, 'edges')
  add(agent.team, 'team')
  add(agent.owner, 'owner')
  return { weights, length }
}
