import { spiralEnd } from '../opendrive/gauss-legendre.ts'
import type { Geometry, GeometryShape } from '../opendrive/reference-line.ts'
import { wrapAngle } from '@heavylift/core/math'

export interface Pose {
  x: number
  y: number
  heading: number
}

/** Below this turn two poses are joined by a polynomial, since the tangents meet far away or nowhere. */
const leastTurnRad = 0.1
/** Below this room for a bend too. */
const leastTangentM = 0.5

/**
 * Geometries from one pose to another, without a jump in heading. A turn is a spiral, an arc and a spiral of a third of the length each
 * (so that curvature has no jump either), with a straight piece on the side that has room to spare; poses that lie ahead of one another are
 * joined by a line, others by a cubic in Hermite form.
 */
export function turnCurve(from: Pose, to: Pose): Geometry[] {
  const turn = wrapAngle(to.heading - from.heading)
  const dx = to.x - from.x
  const dy = to.y - from.y
  const ahead = dx * Math.cos(from.heading) + dy * Math.sin(from.heading)
  const left = dy * Math.cos(from.heading) - dx * Math.sin(from.heading)
  if (Math.abs(turn) < 1e-9 && Math.abs(left) < 1e-9 && ahead > 0) return chain(from, [[ahead, line]])
  if (Math.abs(turn) > leastTurnRad) {
    // Along both tangents to the point where they meet.
    const tangentOut = left / Math.sin(turn)
    const tangentIn = ahead - tangentOut * Math.cos(turn)
    if (tangentIn > leastTangentM && tangentOut > leastTangentM)
      return chain(from, bend(turn, tangentIn, tangentOut))
  }
  return [hermite(from, ahead, left, turn)]
}

const line: GeometryShape = { kind: 'line' }

function bend(turn: number, tangentIn: number, tangentOut: number): [number, GeometryShape][] {
  const tangent = Math.min(tangentIn, tangentOut)
  const sign = Math.sign(turn)
  // At curvature 1 spiral, arc and spiral are of half the turn each: a spiral turns half of what an arc of its length does.
  const unit = Math.abs(turn) / 2
  const out = new Float64Array(2)
  // The curve is symmetric, so its end lies at tangent · (1 + cos, sin) of the turn.
  let x = 0
  let y = 0
  let heading = 0
  for (const [curvature, rate] of [
    [0, 1 / unit],
    [1, 0],
    [1, -1 / unit],
  ] as const) {
    spiralEnd(curvature, rate, unit, out)
    x += (out[0] as number) * Math.cos(heading) - (out[1] as number) * Math.sin(heading)
    y += (out[0] as number) * Math.sin(heading) + (out[1] as number) * Math.cos(heading)
    heading += unit * (curvature + (rate * unit) / 2)
  }
  const scale = tangent / (y / Math.sin(Math.abs(turn)))
  const length = unit * scale
  const curvature = sign / scale
  return [
    [tangentIn - tangent, line],
    [length, { kind: 'spiral', curvatureStart: 0, curvatureEnd: curvature }],
    [length, { kind: 'arc', curvature }],
    [length, { kind: 'spiral', curvatureStart: curvature, curvatureEnd: 0 }],
    [tangentOut - tangent, line],
  ]
}

/** Lays shapes one behind the other from `from`; those of no length are left out. */
export function chain(from: Pose, shapes: [number, GeometryShape][]): Geometry[] {
  const out = new Float64Array(2)
  const geometries: Geometry[] = []
  let { x, y, heading } = from
  let s = 0
  for (const [length, shape] of shapes) {
    if (length < 1e-6) continue
    geometries.push({ s, x, y, heading, length, shape })
    const [curvature, rate] =
      shape.kind === 'arc'
        ? [shape.curvature, 0]
        : shape.kind === 'spiral'
          ? [shape.curvatureStart, (shape.curvatureEnd - shape.curvatureStart) / length]
          : [0, 0]
    spiralEnd(curvature, rate, length, out)
    x += (out[0] as number) * Math.cos(heading) - (out[1] as number) * Math.sin(heading)
    y += (out[0] as number) * Math.sin(heading) + (out[1] as number) * Math.cos(heading)
    heading += length * (curvature + (rate * length) / 2)
    s += length
  }
  return geometries
}

/** A cubic over [0, 1] whose ends have the given places and tangents, in the frame of `from`. */
function hermite(from: Pose, ahead: number, left: number, turn: number): Geometry {
  const size = Math.hypot(ahead, left)
  const du = size * Math.cos(turn)
  const dv = size * Math.sin(turn)
  const u = [0, size, 3 * ahead - 2 * size - du, -2 * ahead + size + du] as const
  const v = [0, 0, 3 * left - dv, -2 * left + dv] as const
  let length = 0
  const pieces = 200
  let before = [0, 0]
  for (let i = 1; i <= pieces; i++) {
    const p = i / pieces
    const point = [u, v].map((c) => c[0] + p * (c[1] + p * (c[2] + p * c[3])))
    length += Math.hypot(
      (point[0] as number) - (before[0] as number),
      (point[1] as number) - (before[1] as number),
    )
    before = point
  }
  return { s: 0, ...from, length, shape: { kind: 'paramPoly3', u, v, range: 'normalized' } }
}

/** Where geometries end. */
export function endOf(geometries: Geometry[]): number {
  const last = geometries.at(-1) as Geometry
  return last.s + last.length
}
