import type { Lanelet } from '../../world/commonroad/commonroad.ts'
import { isInLanelet } from '../../world/commonroad/region.ts'

/** Bounds with a lanelet this far beyond them are no edge of the road. */
const beyondM = 0.3
const cellM = 4
/** Distances beyond this are told as this. */
export const mostEdgeM = 40

/** The outer edge of all lanelets: bounds beyond which there is no other. Its ends, where the map ends, are none. */
export class RoadEdge {
  /** Four numbers a segment: from, to; with the road on its left. */
  readonly #segments: Float64Array
  readonly #nearby = new Map<number, Int32Array>()

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
    const isOnRoad = (x: number, y: number) =>
      lanelets.some((lanelet, index) => {
        const box = boxes[index] as (typeof boxes)[number]
        if (x < box.fromX || x > box.toX || y < box.fromY || y > box.toY) return false
        return isInLanelet(lanelet, x, y)
      })
    for (const { left, right } of lanelets)
      // The road is to the left of its right bound, and of its left bound read backwards.
      for (const line of [right, left.toReversed()])
        for (let i = 1; i < line.length; i++) {
          const [[ax, ay], [bx, by]] = [line[i - 1], line[i]] as [[number, number], [number, number]]
          const length = Math.hypot(bx - ax, by - ay)
          if (length < 1e-6) continue
          const [outX, outY] = [(by - ay) / length, (ax - bx) / length]
          if (isOnRoad((ax + bx) / 2 + beyondM * outX, (ay + by) / 2 + beyondM * outY)) continue
          segments.push(ax, ay, bx, by)
        }
    this.#segments = Float64Array.from(segments)
  }

  /** Metres from a point to the edge, above zero where it is off the road; by the side of the nearest piece of the edge. */
  signedDistance(x: number, y: number): number {
    const list = this.#near(Math.floor(x / cellM), Math.floor(y / cellM))
    let least = Infinity
    let side = 0
    for (const at of list) {
      const [distance, out] = this.#toSegment(at, x, y)
      // At a corner two pieces are as near; the one that the point lies more clearly beside tells the side.
      if (distance < least - 1e-9 || (distance < least + 1e-9 && Math.abs(out) > Math.abs(side))) {
        least = Math.min(least, distance)
        side = out
      }
    }
    return Math.min(least, mostEdgeM) * (side > 0 ? 1 : -1)
  }

  /** Distance to a segment, and how far to its outer side the point lies. */
  #toSegment(at: number, x: number, y: number): [distance: number, out: number] {
    const [ax = 0, ay = 0, bx = 0, by = 0] = this.#segments.subarray(at, at + 4)
    const [dx, dy] = [bx - ax, by - ay]
    const length = Math.hypot(dx, dy)
    const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (length * length)))
    const distance = Math.hypot(x - ax - share * dx, y - ay - share * dy)
    return [distance, ((x - ax) * dy - (y - ay) * dx) / length]
  }

  /** The segments of which one may be the nearest to a point of a cell. */
  #near(column: number, row: number): Int32Array {
    const key = column * 1_000_003 + row
    const known = this.#nearby.get(key)
    if (known) return known
    const [x, y] = [(column + 0.5) * cellM, (row + 0.5) * cellM]
    const distances: number[] = []
    for (let at = 0; at < this.#segments.length; at += 4) distances.push(this.#toSegment(at, x, y)[0])
    const reach = distances.reduce((least, distance) => Math.min(least, distance), Infinity) + 1.5 * cellM
    const found = Int32Array.from(
      distances.flatMap((distance, index) => (distance <= reach ? [4 * index] : [])),
    )
    this.#nearby.set(key, found)
    return found
  }
}
