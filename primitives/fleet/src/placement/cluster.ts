import type { GpuNode } from '../domain/gpu-cluster.ts'
import { NodeState } from './node-state.ts'
import type { PodKind } from './node-state.ts'
import type { Option, PlacementPolicy, PlacementView } from './placement-policies.ts'

/** Where a pod is. */
export interface Placed {
  node: number
  gpus: number[]
}

/** Ratings that are kept; a long run on a cluster of many forms begins anew with them. */
const mostRatings = 2_000_000

/** The best machine for one kind of pod, kept up as machines change: a tree of the highest score, the first on the left. */
class Ranking {
  /** How many changes of the cluster it knows. */
  known = 0
  readonly scores: Float64Array
  readonly #leaves: number

  constructor(nodes: number) {
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(2, nodes)))
    this.scores = new Float64Array(2 * this.#leaves).fill(-Infinity)
  }

  set(node: number, score: number): void {
    const { scores } = this
    let at = this.#leaves + node
    if (scores[at] === score) return
    scores[at] = score
    for (at >>= 1; at >= 1; at >>= 1) {
      const best = Math.max(scores[2 * at]!, scores[2 * at + 1]!)
      if (scores[at] === best) break
      scores[at] = best
    }
  }

  /** −1 when none has room. */
  best(): number {
    const { scores } = this
    const top = scores[1]!
    if (top === -Infinity) return -1
    let at = 1
    while (at < this.#leaves) at = scores[2 * at] === top ? 2 * at : 2 * at + 1
    return at - this.#leaves
  }
}

/**
 * Machines and what is left on them. A machine is rated anew for a kind of pod only after it changed, and not even then when one just like it
 * was rated before.
 */
export class Cluster {
  readonly states: NodeState[]
  readonly #policy: PlacementPolicy
  readonly #view: PlacementView
  readonly #rankings: (Ranking | undefined)[] = []
  /** Machines that changed, in order. */
  readonly #changes: number[] = []
  #ratings = new Map<string, number>()
  /** By the number of a form of machine, then of a kind. */
  #options: (Option | null | undefined)[][] = []
  #kept = 0

  constructor(nodes: readonly GpuNode[], policy: PlacementPolicy, view: PlacementView) {
    this.states = nodes.map((node) => new NodeState(node))
    this.#policy = policy
    this.#view = view
  }

  /** Puts a pod where the policy has it, or says null when nobody has room. */
  place(kind: PodKind): Placed | null {
    return this.#policy.isPure ? this.#placeByRanking(kind) : this.#placeBySearch(kind)
  }

  /**
   * Puts a gang of like pods near each other, or none of them: all in the rack that has least room to spare for it, else over as few racks
   * as hold it, the roomiest first. A machine without a rack is one of its own.
   */
  placeGang(kind: PodKind, count: number): Placed[] | null {
    const racks = new Map<string, { room: number; nodes: number[] }>()
    for (const [node, state] of this.states.entries()) {
      const room = state.room(kind)
      if (room === 0) continue
      const name = state.node.rack ?? `\0${node}`
      const rack = racks.get(name) ?? { room: 0, nodes: [] }
      rack.room += room
      rack.nodes.push(node)
      racks.set(name, rack)
    }
    const byRoom = [...racks.values()].sort((a, b) => b.room - a.room)
    const whole = byRoom.findLast(({ room }) => room >= count)
    const placed: Placed[] = []
    for (const { nodes } of whole === undefined ? byRoom : [whole]) {
      // The machine with least room first, so that whole ones stay whole.
      for (const node of nodes.sort(
        (a, b) => this.states[a]!.room(kind) - this.states[b]!.room(kind) || a - b,
      )) {
        while (placed.length < count && this.states[node]!.fits(kind))
          placed.push(this.#take(node, kind, this.states[node]!.tightestMilli(kind)))
      }
    }
    if (placed.length === count) return placed
    for (const one of placed) this.release(kind, one)
    return null
  }

  release(kind: PodKind, { node, gpus }: Placed): void {
    this.states[node]!.release(kind, gpus)
    this.#changes.push(node)
  }

  /** Takes a machine out, as if it were full: it has failed, or is drained. `bringBack` undoes it. */
  takeOut(node: number): void {
    this.states[node]!.isOut = true
    this.#changes.push(node)
  }

  bringBack(node: number): void {
    this.states[node]!.isOut = false
    this.#changes.push(node)
  }

  #placeByRanking(kind: PodKind): Placed | null {
    let ranking = this.#rankings[kind.index]
    if (ranking === undefined) {
      this.#rankings[kind.index] = ranking = new Ranking(this.states.length)
      for (let node = 0; node < this.states.length; node++) ranking.set(node, this.#score(node, kind))
    } else {
      const from = Math.max(ranking.known, this.#changes.length - this.states.length)
      if (from > ranking.known)
        for (let node = 0; node < this.states.length; node++) ranking.set(node, this.#score(node, kind))
      else
        for (let i = from; i < this.#changes.length; i++)
          ranking.set(this.#changes[i]!, this.#score(this.#changes[i]!, kind))
    }
    ranking.known = this.#changes.length
    const node = ranking.best()
    if (node === -1) return null
    return this.#take(node, kind, this.#option(node, kind)!.onMilli)
  }

  #placeBySearch(kind: PodKind): Placed | null {
    let best: { node: number; option: Option } | null = null
    for (const [node, state] of this.states.entries()) {
      if (!state.fits(kind)) continue
      const option = this.#policy.rate(state, kind, this.#view)
      if (best === null || option.score > best.option.score) best = { node, option }
    }
    return best === null ? null : this.#take(best.node, kind, best.option.onMilli)
  }

  #take(node: number, kind: PodKind, onMilli: number): Placed {
    const gpus = this.states[node]!.take(kind, onMilli)
    this.#changes.push(node)
    return { node, gpus }
  }

  #score(node: number, kind: PodKind): number {
    const state = this.states[node]!
    if (state.isOut || state.memoryMib < kind.memoryMib || state.cpuMilli < kind.cpuMilli) return -Infinity
    return this.#option(node, kind)?.score ?? -Infinity
  }

  #option(node: number, kind: PodKind): Option | null {
    const state = this.states[node]!
    const form = this.#formOf(state)
    const options = (this.#options[form] ??= [])
    let option = options[kind.index]
    if (option === undefined) {
      option =
        state.fits(kind) || state.fitsButForMemory(kind) ? this.#policy.rate(state, kind, this.#view) : null
      options[kind.index] = option
      if (++this.#kept > mostRatings) {
        this.#ratings = new Map()
        this.#options = []
        this.#kept = 0
        for (const one of this.states) one.form = -1
      }
    }
    return option
  }

  /** Machines of one type with the same left on their GPUs and CPUs are of one form. */
  #formOf(state: NodeState): number {
    if (state.form >= 0) return state.form
    const key = state.describe()
    let form = this.#ratings.get(key)
    if (form === undefined) this.#ratings.set(key, (form = this.#ratings.size))
    state.form = form
    return form
  }
}
