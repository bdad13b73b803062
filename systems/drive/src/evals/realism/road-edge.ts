import type { Lanelet } from '../../world/commonroad/commonroad.ts'
import { isInLanelet } from '../../world/commonroad/region.ts'

/** Bounds with a lanelet this far beyond them are no edge of the road. */
const beyondM = 0.5
const cellM = 4
/** Distances beyond this are told as this. */
export const mostEdgeM = 40

/** The outer edge of all lanelets: bounds beyond which there is no other. Its ends, where the map ends, are none. */
export class RoadEdge {
  /** Four numbers a segment: from, to; with the road on its left. */
  readonly #segments: Float64Array
  readonly #nearby = new Map<number, Int32Array>()
  readonly #isOnRoad: (x: number, y: number) => boolean

  constructor(lanelets: readonly Lanelet[]) {
    const segments: number[] = []
    const boxes = lanelets.map(({ left, right }) => {
      const points = [...left, ...right]
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
      return {
        fromX: Math.min(...xs) - beyondM,
        toX: Math.max(...xs) + beyondM,
        fromY: Math.min(...ys) - beyondM,
        toY: Math.max(...ys) + beyondM,
      }
    })
    this.#isOnRoad = (x, y) =>
      lanelets.some((lanelet, index) => {
        const box = boxes[index] as (typeof boxes)[number]
        if (x < box.fromX || x > box.toX || y < box.fromY || y > box.toY) return false
        return isInLanelet(lanelet, x, y)
      })
    const ids = new Set(lanelets.map(({ id }) => id))
    for (const { left, right, leftSame, rightSame } of lanelets)
      // The road is to the left of its right bound, and of its left bound read backwards.
      for (const [line, beside] of [
        [right, rightSame],
        [left.toReversed(), leftSame],
      ] as const) {
        if (beside !== null && ids.has(beside)) continue
        for (let i = 1; i < line.length; i++) {
          const [[ax, ay], [bx, by]] = [line[i - 1], line[i]] as [[number, number], [number, number]]
          const length = Math.hypot(bx - ax, by - ay)
          if (length < 1e-6) continue
          const [outX, outY] = [(by - ay) / length, (ax - bx) / length]
          if (this.#isOnRoad((ax + bx) / 2 + beyondM * outX, (ay + by) / 2 + beyondM * outY)) continue
          segments.push(ax, ay, bx, by)
        }
      }
    this.#segments = Float64Array.from(segments)
  }

  /** Metres from a point to the edge, above zero where it is on no lanelet and beyond the nearest piece of the edge. */
  signedDistance(x: number, y: number): number {
    const list = this.#near(Math.floor(x / cellM), Math.floor(y / cellM))
    let least = Infinity
    let side = 0
    for (let i = 0; i < list.length; i++) {
      const at = list[i] as number
      const square = this.#squareTo(at, x, y)
      if (square > least + 1e-12) continue
      const out = this.#outside(at, x, y)
      // At a corner two pieces are as near; the one that the point lies more clearly beside tells the side.
      if (square < least - 1e-12 || Math.abs(out) > Math.abs(side)) side = out
      least = Math.min(least, square)
    }
    const isOff = side > 0 && !this.#isOnRoad(x, y)
    return Math.min(Math.sqrt(least), mostEdgeM) * (isOff ? 1 : -1)
  }

  /** Square of the distance to a segment. */
  #squareTo(at: number, x: number, y: number): number {
    const segments = this.#segments
    const ax = segments[at] as number
    const ay = segments[at + 1] as number
    const dx = (segments[at + 2] as number) - ax
    const dy = (segments[at + 3] as number) - ay
    const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    const toX = x - ax - share * dx
    const toY = y - ay - share * dy
    return toX * toX + toY * toY
  }

  /** How far to the outer side of a segment a point lies. */
  #outside(at: number, x: number, y: number): number {
    const segments = this.#segments
    const ax = segments[at] as number
    const ay = segments[at + 1] as number
    const dx = (segments[at + 2] as number) - ax
    const dy = (segments[at + 3] as number) - ay
    return ((x - ax) * dy - (y - ay) * dx) / Math.sqrt(dx * dx + dy * dy)
  }

  /** The segments of which one may be the nearest to a point of a cell. */
  #near(column: number, row: number): Int32Array {
    const key = column * 1_000_003 + row
    const known = this.#nearby.get(key)
    if (known) return known
    const [x, y] = [(column + 0.5) * cellM, (row + 0.5) * cellM]
    const distances: number[] = []
    for (let at = 0; at < this.#segments.length; at += 4) distances.push(Math.sqrt(this.#squareTo(at, x, y)))
    const reach = distances.reduce((least, distance) => Math.min(least, distance), Infinity) + 1.5 * cellM
    const found = Int32Array.from(
      distances.flatMap((distance, index) => (distance <= reach ? [4 * index] : [])),
    )
    this.#nearby.set(key, found)
    return found
  }
}
