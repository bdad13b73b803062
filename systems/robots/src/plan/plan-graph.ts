import type { Floor } from '../floor/floor.ts'

/** Cost of a turn and of a step ahead where nothing is dear, so that dearer ways have room between them. */
export const stepCost = 2

/**
 * A floor as the planner sees it: free cells only, numbered in the order of the rows. A state is `vertex * 4 + direction`. All arrays may be
 * shared between threads.
 */
export interface PlanGraph {
  vertices: number
  columns: number
  /** Vertex of each cell, or -1. */
  vertexOf: Int32Array
  cellOf: Int32Array
  rowOf: Int32Array
  columnOf: Int32Array
  /** Vertex ahead of each state, or -1. */
  ahead: Int32Array
  /** Cost of the step ahead from each state, from `stepCost` up: what guidance changes. */
  aheadCost: Uint8Array
}

/** `length` numbers in memory that threads can share. */
export const sharedInts = (length: number): Int32Array<SharedArrayBuffer> =>
  new Int32Array(new SharedArrayBuffer(length * 4))
export const sharedBytes = (length: number): Uint8Array<SharedArrayBuffer> =>
  new Uint8Array(new SharedArrayBuffer(length))
export const sharedFloats = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(length * 8))

export function createPlanGraph(floor: Floor): PlanGraph {
  const cells = floor.isFree.length
  const vertexOf = sharedInts(cells).fill(-1)
  let vertices = 0
  for (let cell = 0; cell < cells; cell++) if (floor.isFree[cell] === 1) vertexOf[cell] = vertices++
  const cellOf = sharedInts(vertices)
  const rowOf = sharedInts(vertices)
  const columnOf = sharedInts(vertices)
  const ahead = sharedInts(vertices * 4)
  for (let cell = 0; cell < cells; cell++) {
    const vertex = vertexOf[cell]!
    if (vertex < 0) continue
    cellOf[vertex] = cell
    rowOf[vertex] = Math.floor(cell / floor.columns)
    columnOf[vertex] = cell % floor.columns
    for (let direction = 0; direction < 4; direction++) {
      const to = floor.ahead[cell * 4 + direction]!
      ahead[vertex * 4 + direction] = to < 0 ? -1 : vertexOf[to]!
    }
  }
  return {
    vertices,
    columns: floor.columns,
    vertexOf,
    cellOf,
    rowOf,
    columnOf,
    ahead,
    aheadCost: sharedBytes(vertices * 4).fill(stepCost),
  }
}

/** Vertices that are shut, and those that no way leads to from the largest part of the rest. */
export function cutOff({ vertices, ahead }: PlanGraph, shut: Uint8Array): Uint8Array {
  const best = { size: 0, reached: new Uint8Array(vertices) }
  const seen = new Uint8Array(vertices)
  for (let seed = 0; seed < vertices && best.size < vertices / 2; seed++) {
    if (seen[seed] === 1 || shut[seed] === 1) continue
    const reached = new Uint8Array(vertices)
    const queue = [seed]
    reached[seed] = seen[seed] = 1
    for (const vertex of queue)
      for (let direction = 0; direction < 4; direction++) {
        const to = ahead[vertex * 4 + direction]!
        if (to < 0 || shut[to] === 1 || reached[to] === 1) continue
        reached[to] = seen[to] = 1
        queue.push(to)
      }
    if (queue.length > best.size) {
      best.size = queue.length
      best.reached = reached
    }
  }
  return best.reached.map((is) => 1 - is)
}
