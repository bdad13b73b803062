import { clamp } from '@heavylift/core/math'
import { ArcLengthTable } from './arc-length-table.ts'
import { integrate, spiralEnd } from './gauss-legendre.ts'

export type GeometryShape =
  | { kind: 'line' }
  | { kind: 'arc'; curvature: number }
  | { kind: 'spiral'; curvatureStart: number; curvatureEnd: number }
  | { kind: 'poly3'; a: number; b: number; c: number; d: number }
  | {
      kind: 'paramPoly3'
      u: readonly [number, number, number, number]
      v: readonly [number, number, number, number]
      range: 'arcLength' | 'normalized'
    }

/** One `<geometry>` of a plan view: metres and radians, counter-clockwise from the x axis. */
export interface Geometry {
  s: number
  x: number
  y: number
  heading: number
  length: number
  shape: GeometryShape
}

const stride = 16
/** Where a piece has the cosine and sine of the heading that it starts with. */
const cosAt = 14
const sinAt = 15
const kinds = { line: 0, arc: 1, spiral: 2, poly3: 3, paramPoly3: 4 }

function shapeParameters(shape: GeometryShape, length: number): number[] {
  if (shape.kind === 'arc') return [shape.curvature]
  if (shape.kind === 'spiral')
    return [shape.curvatureStart, (shape.curvatureEnd - shape.curvatureStart) / length]
  if (shape.kind === 'poly3') return [shape.a, shape.b, shape.c, shape.d]
  if (shape.kind === 'paramPoly3') return [...shape.u, ...shape.v]
  return []
}

function cubic(a: number, b: number, c: number, d: number, x: number): number {
  return a + x * (b + x * (c + x * d))
}

/**
 * The reference line of a road (OpenDRIVE 1.7, 7.3–7.4) in one typed array. `evaluate` allocates nothing
 * for lines, arcs, spirals and paramPoly3; poly3 needs the arc length inverted.
 */
export class ReferenceLine {
  readonly length: number
  /** What it was made from. */
  readonly geometries: readonly Geometry[]
  readonly #table: Float64Array
  readonly #count: number
  /** Of each paramPoly3, by its index. */
  readonly #arcs = new Map<number, ArcLengthTable>()
  readonly #local = new Float64Array(2)
  readonly #pose = new Float64Array(4)

  /** `geometries` in order of s, at least one. `length` is the road's; beyond both ends the line goes on straight. */
  constructor(geometries: Geometry[], length: number) {
    this.length = length
    this.geometries = geometries
    this.#count = geometries.length
    this.#table = new Float64Array(this.#count * stride)
    for (const [index, geometry] of geometries.entries()) {
      const { s, x, y, heading, length: pieceLength, shape } = geometry
      this.#table.set(
        [s, x, y, heading, pieceLength, kinds[shape.kind], ...shapeParameters(shape, pieceLength)].slice(
          0,
          cosAt,
        ),
        index * stride,
      )
      this.#table[index * stride + cosAt] = Math.cos(heading)
      this.#table[index * stride + sinAt] = Math.sin(heading)
      if (shape.kind === 'paramPoly3') {
        const [, ...u] = shape.u
        const [, ...v] = shape.v
        const end = shape.range === 'normalized' ? 1 : pieceLength
        this.#arcs.set(index, new ArcLengthTable(u, v, end, pieceLength))
      }
    }
  }

  /** Writes x, y, heading, curvature at `s` into `out`. */
  evaluate(s: number, out: Float64Array): void {
    const table = this.#table
    const piece = this.#pieceAt(s) * stride
    const wanted = s - (table[piece] as number)
    // The end of a piece is bound by its own length, so that rounding in the file does not leave its domain.
    const along = clamp(wanted, 0, table[piece + 4] as number)
    this.#evaluatePiece(piece, along, out)
    const beyond = s < 0 || s > this.length ? wanted - along : 0
    if (beyond === 0) return
    out[0] = (out[0] as number) + beyond * Math.cos(out[2] as number)
    out[1] = (out[1] as number) + beyond * Math.sin(out[2] as number)
    out[3] = 0
  }

  /** Writes x, y, heading, curvature at `s` into `out`, x and y those of the point `t` to the left of the line. */
  evaluateBeside(s: number, t: number, out: Float64Array): void {
    const table = this.#table
    const piece = this.#pieceAt(s) * stride
    const along = s - (table[piece] as number)
    if (
      table[piece + 5] !== kinds.line ||
      !(along >= 0 && along <= (table[piece + 4] as number) && s <= this.length)
    ) {
      this.evaluate(s, out)
      const heading = out[2] as number
      out[0] = (out[0] as number) - t * Math.sin(heading)
      out[1] = (out[1] as number) + t * Math.cos(heading)
      return
    }
    const cos = table[piece + cosAt] as number
    const sin = table[piece + sinAt] as number
    out[0] = (table[piece + 1] as number) + along * cos - t * sin
    out[1] = (table[piece + 2] as number) + along * sin + t * cos
    out[2] = table[piece + 3] as number
    out[3] = 0
  }

  /** Curvature at `s`, without the rest where it is known at once. */
  curvatureAt(s: number): number {
    const table = this.#table
    const piece = this.#pieceAt(s) * stride
    const kind = table[piece + 5]
    if (kind === kinds.line) return 0
    if (kind === kinds.arc && s >= 0 && s <= this.length) return table[piece + 6] as number
    this.evaluate(s, this.#pose)
    return this.#pose[3] as number
  }

  #evaluatePiece(piece: number, along: number, out: Float64Array): void {
    const table = this.#table
    const p0 = table[piece + 6] as number
    const p1 = table[piece + 7] as number
    const local = this.#local
    let turn = 0
    let curvature = 0
    switch (table[piece + 5]) {
      case kinds.arc:
        turn = p0 * along
        curvature = p0
        // 1 − cos θ as 2 sin² (θ/2), which keeps its digits where the turn is small.
        local[0] = Math.abs(turn) < 1e-9 ? along : Math.sin(turn) / p0
        local[1] = Math.abs(turn) < 1e-9 ? (along * turn) / 2 : (2 * Math.sin(turn / 2) ** 2) / p0
        break
      case kinds.spiral:
        spiralEnd(p0, p1, along, local)
        turn = along * (p0 + (p1 * along) / 2)
        curvature = p0 + p1 * along
        break
      case kinds.poly3: {
        const c = table[piece + 8] as number
        const d = table[piece + 9] as number
        const u = poly3Abscissa(p1, c, d, along)
        const slope = p1 + u * (2 * c + 3 * d * u)
        local[0] = u
        local[1] = cubic(p0, p1, c, d, u)
        turn = Math.atan(slope)
        curvature = (2 * c + 6 * d * u) / (1 + slope * slope) ** 1.5
        break
      }
      case kinds.line:
        local[0] = along
        local[1] = 0
        break
      default: {
        const p = (this.#arcs.get(piece / stride) as ArcLengthTable).parameterAt(along)
        const at = piece + 6
        local[0] = cubic(p0, p1, table[at + 2] as number, table[at + 3] as number, p)
        const v1 = table[at + 5] as number
        const v2 = table[at + 6] as number
        const v3 = table[at + 7] as number
        local[1] = cubic(table[at + 4] as number, v1, v2, v3, p)
        const du = p1 + p * (2 * (table[at + 2] as number) + 3 * p * (table[at + 3] as number))
        const dv = v1 + p * (2 * v2 + 3 * p * v3)
        const ddu = 2 * (table[at + 2] as number) + 6 * p * (table[at + 3] as number)
        const ddv = 2 * v2 + 6 * p * v3
        turn = Math.atan2(dv, du)
        curvature = (du * ddv - dv * ddu) / Math.hypot(du, dv) ** 3
      }
    }
    const heading = table[piece + 3] as number
    const cos = table[piece + cosAt] as number
    const sin = table[piece + sinAt] as number
    out[0] = (table[piece + 1] as number) + (local[0] as number) * cos - (local[1] as number) * sin
    out[1] = (table[piece + 2] as number) + (local[0] as number) * sin + (local[1] as number) * cos
    out[2] = heading + turn
    out[3] = curvature
  }

  #pieceAt(s: number): number {
    let low = 0
    let high = this.#count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#table[middle * stride] as number) <= s) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** The u at which the curve v(u) = b·u + c·u² + d·u³ has run `along` metres, by Newton's method on its arc length. */
function poly3Abscissa(b: number, c: number, d: number, along: number): number {
  const speed = (u: number) => Math.hypot(1, b + u * (2 * c + 3 * d * u))
  let u = along / speed(0)
  for (let round = 0; round < 20; round++) {
    const error = integrate(speed, 0, u, 4) - along
    u -= error / speed(u)
    if (Math.abs(error) < 1e-10) break
  }
  return u
}
