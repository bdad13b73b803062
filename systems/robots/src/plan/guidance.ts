import { createRandom } from '@heavylift/core'
import { mostStepCost } from './distances.ts'
import { stepCost } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'

export interface GuidanceOptions {
  /** Rounds of laying ways; each forgets a part of what was before. */
  rounds: number
  /** What a step against all traffic costs more, in steps. */
  against: number
  /** What a step into the busiest cells costs more, in steps. */
  crowd: number
  seed: string
  /** Cells that tasks begin and end at: most ways are laid between these. Without it between any two. */
  ends?: TrafficEnds
}

export interface TrafficEnds {
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** Share of the ways that are laid between the ends of tasks; the others, between any two places, are the ways around. Chosen on made floors: .3 and 1 do a fifth less. */
const shareBetweenEnds = 0.7

/** Units of a step while ways are laid; finer than those that are planned with, so that the traffic settles slowly. */
const unit = 8
const ring = 256
/** Ways laid a round, from one place each to several. */
const sourcesARound = { small: 24, large: 6 }

/**
 * Learns which way round traffic should go before anything runs: ways between cells taken at random (mostly ends of tasks, where they are known) are laid, each dearer where others come the
 * opposite way and where many pass; a round later older ones count less. What begins as chance becomes lanes and loops. Writes `graph.aheadCost`.
 *
 * After the costs of Chen, Harabor, Li and Stuckey 2024, "Traffic flow optimisation for lifelong multi-agent path finding" (contraflow and vertex
 * congestion), put on the floor once instead of on the ways of the moment, as a guidance graph (Zhang, Jiang, Bhatt, Nikolaidis and Li 2024) is.
 */
export function guide(graph: PlanGraph, options: GuidanceOptions): void {
  const { vertices, vertexOf, ahead, aheadCost } = graph
  const { ends } = options
  const states = vertices * 4
  const random = createRandom(options.seed)
  const flow = new Float64Array(states)
  const through = new Float64Array(vertices)
  const cost = new Int32Array(states)
  const opposite = oppositeSteps(graph)
  const tree = new WayTree(graph, cost)
  const keep = 1 - 3 / options.rounds
  const sources = vertices > 10_000 ? sourcesARound.large : sourcesARound.small
  const targets = Math.max(8, Math.round(vertices / 100))
  const price = (state: number, mean: number): number => {
    const back = opposite[state]!
    const [own, against] = [flow[state]!, back < 0 ? 0 : flow[back]!]
    const share = against / (own + against + mean)
    return (
      1 + options.against * share * share + options.crowd * Math.min(1, through[ahead[state]!]! / (mean * 12))
    )
  }
  /** A place at either end of tasks, or anywhere. */
  const place = (end: keyof TrafficEnds): number =>
    ends !== undefined && random.chance(shareBetweenEnds)
      ? vertexOf[random.pick(ends[end])]!
      : random.int(0, vertices - 1)
  for (let round = 0; round <= options.rounds; round++) {
    let total = 0
    let edges = 0
    for (let state = 0; state < states; state++)
      if (ahead[state]! >= 0) {
        total += flow[state]!
        edges++
      }
    const mean = total / Math.max(1, edges) + 1e-9
    if (round === options.rounds) {
      for (let state = 0; state < states; state++)
        if (ahead[state]! >= 0)
          aheadCost[state] = Math.min(
            mostStepCost,
            Math.max(stepCost, Math.round(stepCost * price(state, mean))),
          )
      return
    }
    for (let state = 0; state < states; state++) {
      if (ahead[state]! >= 0) cost[state] = Math.min(ring - 1, Math.round(unit * price(state, mean)))
      flow[state]! *= keep
    }
    for (let vertex = 0; vertex < vertices; vertex++) through[vertex]! *= keep
    for (let source = 0; source < sources; source++) {
      const isForth = ends === undefined || random.chance(0.5)
      tree.grow(place(isForth ? 'from' : 'to'))
      for (let target = 0; target < targets; target++) tree.lay(place(isForth ? 'to' : 'from'), flow, through)
    }
  }
}

/** The step back of each step, or -1 where there is none (one-way). */
function oppositeSteps({ vertices, ahead }: PlanGraph): Int32Array {
  const opposite = new Int32Array(vertices * 4).fill(-1)
  for (let state = 0; state < vertices * 4; state++) {
    const to = ahead[state]!
    const back = to * 4 + ((state + 2) & 3)
    if (to >= 0 && ahead[back] === state >> 2) opposite[state] = back
  }
  return opposite
}

/** Cheapest ways from one vertex to all, turns counted. */
class WayTree {
  readonly #graph: PlanGraph
  readonly #cost: Int32Array
  readonly #least: Int32Array
  readonly #cameFrom: Int32Array
  readonly #buckets: number[][] = Array.from({ length: ring }, () => [])

  constructor(graph: PlanGraph, cost: Int32Array) {
    this.#graph = graph
    this.#cost = cost
    this.#least = new Int32Array(graph.vertices * 4)
    this.#cameFrom = new Int32Array(graph.vertices * 4)
  }

  grow(from: number): void {
    const [least, cameFrom, buckets] = [this.#least, this.#cameFrom, this.#buckets]
    const { ahead } = this.#graph
    least.fill(0x7fffffff)
    cameFrom.fill(-1)
    let waiting = 0
    const reach = (state: number, cost: number, by: number): void => {
      if (cost >= least[state]!) return
      least[state] = cost
      cameFrom[state] = by
      buckets[cost & (ring - 1)]!.push(state)
      waiting++
    }
    for (let direction = 0; direction < 4; direction++) reach(from * 4 + direction, 0, -1)
    for (let cost = 0; waiting > 0; cost++) {
      const bucket = buckets[cost & (ring - 1)]!
      for (const state of bucket) {
        waiting--
        if (least[state] !== cost) continue
        const to = ahead[state]!
        if (to >= 0) reach(to * 4 + (state & 3), cost + this.#cost[state]!, state)
        reach((state & ~3) | ((state + 1) & 3), cost + unit, state)
        reach((state & ~3) | ((state + 3) & 3), cost + unit, state)
      }
      bucket.length = 0
    }
  }

  /** Counts the way to a vertex on the steps and cells that it leads over. */
  lay(to: number, flow: Float64Array, through: Float64Array): void {
    let state = to * 4
    for (let direction = 1; direction < 4; direction++)
      if (this.#least[to * 4 + direction]! < this.#least[state]!) state = to * 4 + direction
    for (let by = this.#cameFrom[state]!; by >= 0; state = by, by = this.#cameFrom[state]!)
      if (by >> 2 !== state >> 2) {
        flow[by]!++
        through[state >> 2]!++
      }
  }
}
