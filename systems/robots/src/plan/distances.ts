import { sharedInts, stepCost } from './plan-graph.ts'
import type { PlanGraph } from './plan-graph.ts'

/** Farther than any way. */
export const unreachable = 0xfffff

/** Cells from a goal, along rows and columns, within which its distances are exact on a floor too large for a field of every goal. */
export const nearRadius = 8
export const nearSide = 2 * nearRadius + 1
export const nearCells = nearSide * nearSide

/** What of distances is read by their places alone. */
export type FoundDistances = Pick<Distances, 'fields' | 'near'>

/**
 * Cost of the way from every state to a cell, turns counted, robots not. One number a vertex holds all four directions: the least in bits 12 to 31, and how much
 * more each direction costs in three bits each (a turn costs `stepCost`, so two turns are the most that a direction can be behind).
 *
 * Where the fields of all cells fit into the memory given, each is found when it is first asked for, and is exact. Where not, cells are gathered around centres; a
 * field is that of the centre, and what it takes from there to the goal comes on top (`extraOf`), so it says too little by two turns at the most; near a goal `near` is exact.
 */
export class Distances {
  readonly #graph: PlanGraph
  readonly #fieldSearch: FieldSearch
  /** Which field each vertex's is. */
  readonly #fieldOf: Int32Array
  /** Vertex that each field leads to. */
  readonly #centres: Int32Array
  readonly #isFound: Uint8Array
  /** 1 where ways have changed since the field was found. */
  readonly #isOld: Uint8Array
  /** Cost from a vertex's centre to itself. */
  readonly #extra: Int32Array
  readonly isExact: boolean
  /** `fields × vertices`. */
  readonly fields: Int32Array
  /** Exact fields around all goals, `goal × nearCells` row by row, -1 where it is not known; null where all fields are exact. */
  readonly near: Int32Array | null

  /** @param mostBytes of the fields that are kept */
  constructor(graph: PlanGraph, mostBytes = 700e6) {
    this.#graph = graph
    const { vertices } = graph
    const most = Math.max(1, Math.floor(mostBytes / (vertices * 4)))
    this.isExact = vertices <= most
    const { fieldOf, centres } = this.isExact
      ? { fieldOf: Int32Array.from({ length: vertices }, (_, vertex) => vertex), centres: null }
      : gather(graph, most)
    this.#fieldOf = fieldOf
    this.#centres = centres ?? fieldOf
    this.fields = sharedInts(this.#centres.length * vertices)
    this.#isFound = new Uint8Array(this.#centres.length)
    this.#isOld = new Uint8Array(this.#centres.length)
    this.#extra = new Int32Array(vertices)
    this.#fieldSearch = new FieldSearch(graph, this.fields)
    this.near = this.isExact ? null : sharedInts(vertices * nearCells)
    if (this.near === null) return
    // All at once, before anything runs: later there is no time for them.
    for (const centre of this.#centres) this.to(centre)
    for (let vertex = 0; vertex < vertices; vertex++) {
      this.#extra[vertex] = this.#fieldSearch.nearCost(this.#centres[fieldOf[vertex]!]!, vertex)
      this.#fieldSearch.runNear(vertex, this.near, vertex * nearCells)
    }
  }

  /** Offset in `fields` of the field that leads to a goal. */
  to(goal: number): number {
    const field = this.#fieldOf[goal]!
    const offset = field * this.#graph.vertices
    if (this.#isFound[field] === 0) {
      this.#isFound[field] = 1
      this.#fieldSearch.run(this.#centres[field]!, offset)
    }
    return offset
  }

  /** Ways have changed: fields are old until `refresh` finds them anew, and serve as they are until then. */
  age(): void {
    this.#isOld.set(this.#isFound)
    this.#fieldSearch.link()
  }

  /** Finds a goal's field anew where it is old; true where it did. */
  refresh(goal: number): boolean {
    const field = this.#fieldOf[goal]!
    if (this.#isOld[field] === 0) return false
    this.#isOld[field] = 0
    this.#fieldSearch.run(this.#centres[field]!, field * this.#graph.vertices)
    return true
  }

  /** What comes on top of a goal's field. */
  extraOf(goal: number): number {
    return this.#extra[goal]!
  }

  /** Cost from a state. */
  from(state: number, goal: number): number {
    return costIn(this.fields[this.to(goal) + (state >> 2)]!, state & 3) + this.#extra[goal]!
  }

  /** Cost from the direction of a cell that is best. */
  between(vertex: number, goal: number): number {
    return (this.fields[this.to(goal) + vertex]! >>> 12) + this.#extra[goal]!
  }
}

/** Gathers the vertices around centres, no more of them than `most`, each as near to its own as can be. */
function gather({ vertices, ahead }: PlanGraph, most: number): { fieldOf: Int32Array; centres: Int32Array } {
  for (let radius = 1; ; radius++) {
    const fieldOf = new Int32Array(vertices).fill(-1)
    const centres: number[] = []
    for (let seed = 0; seed < vertices && centres.length <= most; seed++) {
      if (fieldOf[seed]! >= 0) continue
      // The centre is a little on from the first cell that is left, so that what it gathers lies around it.
      let centre = seed
      for (let on = 0; on < radius; on++) {
        const next = ahead[centre * 4 + 1]!
        if (next < 0 || fieldOf[next]! >= 0) break
        centre = next
      }
      const field = centres.length
      centres.push(centre)
      let edge = [centre]
      fieldOf[centre] = field
      for (let far = 0; far < radius; far++) {
        const next: number[] = []
        for (const vertex of edge)
          for (let direction = 0; direction < 4; direction++) {
            const to = ahead[vertex * 4 + direction]!
            if (to < 0 || fieldOf[to]! >= 0) continue
            fieldOf[to] = field
            next.push(to)
          }
        edge = next
      }
    }
    if (centres.length <= most) return { fieldOf, centres: Int32Array.from(centres) }
  }
}

/** Searches one field after the other; each thread has its own. */
export class FieldSearch {
  readonly #graph: PlanGraph
  readonly #fields: Int32Array
  /** State from which a step ahead leads into a state; -1 where there is none. */
  readonly #behind: Int32Array
  readonly #least: Int32Array
  /** A ring, longer than the dearest step. */
  readonly #buckets: Int32Array[]
  readonly #bucketSizes: Int32Array
  #isClear = false
  /** States that the last search reached, as far as there was room to note them. */
  readonly #touched = new Int32Array(1 << 14)
  #touchedCount = 0
  /** Search by which each vertex is wanted, and how many of their states are not reached yet: when none is left, a search is over. */
  readonly #wantedBy: Int32Array
  #search = 0
  #wanted = 0

  constructor(graph: PlanGraph, fields: Int32Array) {
    this.#graph = graph
    this.#fields = fields
    const { vertices } = graph
    this.#behind = new Int32Array(vertices * 4).fill(-1)
    this.link()
    this.#least = new Int32Array(vertices * 4)
    this.#buckets = Array.from({ length: ring }, () => new Int32Array(1024))
    this.#bucketSizes = new Int32Array(ring)
    this.#wantedBy = new Int32Array(vertices)
  }

  /** Takes note of which ways there are, at first and whenever that has changed. */
  link(): void {
    const { vertices, ahead } = this.#graph
    this.#behind.fill(-1)
    for (let state = 0; state < vertices * 4; state++) {
      const to = ahead[state]!
      if (to >= 0) this.#behind[to * 4 + (state & 3)] = state
    }
  }

  /** The field of a goal over the whole floor. */
  run(goal: number, offset: number): void {
    this.#spread(goal, Infinity)
    const { vertices } = this.#graph
    for (let vertex = 0; vertex < vertices; vertex++) this.#fields[offset + vertex] = this.#pack(vertex)
  }

  /** The field of a goal around it, as far as ways go that are not much longer than straight ones. */
  runNear(goal: number, near: Int32Array, offset: number): void {
    const limit = nearRadius * stepCost * 4
    const { vertexOf, rowOf, columnOf, columns } = this.#graph
    const [row, column] = [rowOf[goal]!, columnOf[goal]!]
    const rows = vertexOf.length / columns
    this.#search++
    for (let down = -nearRadius; down <= nearRadius; down++)
      for (let right = -nearRadius; right <= nearRadius; right++) {
        const at = offset + (down + nearRadius) * nearSide + right + nearRadius
        const isOn = row + down >= 0 && row + down < rows && column + right >= 0 && column + right < columns
        const vertex = isOn ? vertexOf[(row + down) * columns + column + right]! : -1
        near[at] = vertex
        if (vertex < 0) continue
        this.#wantedBy[vertex] = this.#search
        this.#wanted += 4
      }
    this.#spread(goal, limit)
    for (let at = offset; at < offset + nearCells; at++)
      near[at] = near[at]! < 0 || !this.#isSure(near[at]!, limit) ? -1 : this.#pack(near[at]!)
    this.#clear()
  }

  /** Cost from the best direction of one vertex to another nearby. */
  nearCost(from: number, goal: number): number {
    if (from === goal) return 0
    const limit = nearRadius * stepCost * 8
    this.#spread(goal, limit)
    const cost = this.#isSure(from, limit) ? this.#pack(from) >>> 12 : limit
    this.#clear()
    return cost
  }

  /** True where a search with a limit is sure of all directions of a vertex: two turns from the best are within it. */
  #isSure(vertex: number, limit: number): boolean {
    for (let direction = 0; direction < 4; direction++)
      if (this.#least[vertex * 4 + direction]! <= limit - 2 * stepCost) return true
    return false
  }

  #clear(): void {
    this.#isClear = this.#touchedCount <= this.#touched.length
    if (this.#isClear)
      for (let at = 0; at < this.#touchedCount; at++) this.#least[this.#touched[at]!] = unreachable
  }

  #pack(vertex: number): number {
    const least = this.#least
    const [east, south] = [least[vertex * 4]!, least[vertex * 4 + 1]!]
    const [west, north] = [least[vertex * 4 + 2]!, least[vertex * 4 + 3]!]
    const best = Math.min(east, south, west, north)
    return (best << 12) | (east - best) | ((south - best) << 3) | ((west - best) << 6) | ((north - best) << 9)
  }

  /** Costs of all states up to a limit, by Dijkstra backwards from a goal. */
  #spread(goal: number, limit: number): void {
    const least = this.#least
    const { aheadCost } = this.#graph
    const [behind, sizes] = [this.#behind, this.#bucketSizes]
    if (!this.#isClear) least.fill(unreachable)
    this.#isClear = false
    this.#touchedCount = 0
    let waiting = 0
    for (let direction = 0; direction < 4; direction++) {
      least[goal * 4 + direction] = 0
      this.#put(0, goal * 4 + direction)
      waiting++
    }
    let wanted = this.#wanted
    this.#wanted = 0
    const [wantedBy, search] = [this.#wantedBy, wanted > 0 ? this.#search : -1]
    for (let cost = 0; waiting > 0; cost++) {
      const at = cost & (ring - 1)
      for (let place = 0; place < sizes[at]!; place++) {
        waiting--
        const state = this.#buckets[at]![place]!
        if (least[state] !== cost || cost > limit) continue
        if (wantedBy[state >> 2] === search && --wanted === 0) {
          sizes.fill(0)
          return
        }
        const back = behind[state]!
        if (back >= 0) {
          const next = cost + aheadCost[back]!
          if (least[back]! > next) {
            least[back] = next
            this.#put(next, back)
            waiting++
          }
        }
        const next = cost + stepCost
        const left = (state & ~3) | ((state + 3) & 3)
        if (least[left]! > next) {
          least[left] = next
          this.#put(next, left)
          waiting++
        }
        const right = (state & ~3) | ((state + 1) & 3)
        if (least[right]! > next) {
          least[right] = next
          this.#put(next, right)
          waiting++
        }
      }
      sizes[at] = 0
    }
  }

  #put(cost: number, state: number): void {
    const at = cost & (ring - 1)
    let bucket = this.#buckets[at]!
    const size = this.#bucketSizes[at]!
    if (size === bucket.length) {
      const larger = new Int32Array(size * 2)
      larger.set(bucket)
      this.#buckets[at] = bucket = larger
    }
    bucket[size] = state
    if (this.#touchedCount < this.#touched.length) this.#touched[this.#touchedCount] = state
    this.#touchedCount++
    this.#bucketSizes[at] = size + 1
  }
}

/** Buckets, a power of two above the dearest step. */
const ring = 64
export const mostStepCost = ring - 1

/** Cost from one direction out of a vertex's number. */
export const costIn = (packed: number, direction: number): number =>
  (packed >>> 12) + ((packed >>> (direction * 3)) & 7)
