import { ReferenceLine } from '../opendrive/reference-line.ts'
import type { TrajectoryCurve } from '../openscenario/scenario.ts'
import type { PoseFinder } from './pose-finder.ts'

/** Between two points of a clothoid at most, and points of each span of a NURBS curve. */
const spacingM = 0.5
const pointsPerSpan = 48

/** Rows of time, x, y, heading, way so far, as `TrajectoryAction` follows them. */
export const pathColumns = 5

function clothoidPath(
  world: PoseFinder,
  entity: number,
  curve: TrajectoryCurve & { kind: 'clothoid' },
): number[] {
  const [x, y, heading] = world.poseFor(entity, curve.position)
  const { length, curvature, curvatureRate, times } = curve
  const line = new ReferenceLine(
    [
      {
        s: 0,
        x,
        y,
        heading,
        length,
        shape: {
          kind: 'spiral',
          curvatureStart: curvature,
          curvatureEnd: curvature + curvatureRate * length,
        },
      },
    ],
    length,
  )
  const pose = new Float64Array(4)
  const count = Math.ceil(length / spacingM)
  const [from, to] = times ?? [0, 0]
  return Array.from({ length: count + 1 }, (_, index) => {
    const s = (length * index) / count
    line.evaluate(s, pose)
    return [from + ((to - from) * s) / length, pose[0] as number, pose[1] as number, pose[2] as number, s]
  }).flat()
}

/** The pieces one after the other, each where it says it begins or where the one before it ends. */
function clothoidSplinePath(
  world: PoseFinder,
  entity: number,
  curve: TrajectoryCurve & { kind: 'clothoidSpline' },
): number[] {
  const path: number[] = []
  const pose = new Float64Array(4)
  let end: readonly [x: number, y: number, heading: number] = world.poseOf(entity)
  let way = 0
  for (const [index, segment] of curve.segments.entries()) {
    const { length, curvatureStart, curvatureEnd } = segment
    const placed = segment.position && world.poseFor(entity, segment.position)
    const [x, y, heading] = placed ?? end
    const line = new ReferenceLine(
      [
        {
          s: 0,
          x,
          y,
          heading: heading + segment.headingOffset,
          length,
          shape: { kind: 'spiral', curvatureStart, curvatureEnd },
        },
      ],
      length,
    )
    const fromS = segment.timeS ?? 0
    const toS = curve.segments[index + 1]?.timeS ?? curve.endTimeS ?? 0
    const count = Math.ceil(length / spacingM)
    for (let step = index === 0 ? 0 : 1; step <= count; step++) {
      const s = (length * step) / count
      line.evaluate(s, pose)
      const time = fromS + ((toS - fromS) * s) / length
      path.push(time, pose[0] as number, pose[1] as number, pose[2] as number, way + s)
    }
    end = [pose[0] as number, pose[1] as number, pose[2] as number]
    way += length
  }
  return path
}

/** A point of a rational B-spline at `u` by de Boor's algorithm in homogeneous coordinates. */
function splineAt(points: readonly number[][], knots: readonly number[], order: number, u: number): number[] {
  let span = order - 1
  while (span < points.length - 1 && (knots[span + 1] as number) <= u) span++
  const rows = Array.from({ length: order }, (_, index) => [
    ...(points[span - order + 1 + index] as number[]),
  ])
  for (let round = 1; round < order; round++)
    for (let index = order - 1; index >= round; index--) {
      const left = knots[span - order + 1 + index] as number
      const right = knots[index + 1 + span - round] as number
      const share = right > left ? (u - left) / (right - left) : 0
      const row = rows[index] as number[]
      const before = rows[index - 1] as number[]
      for (let column = 0; column < row.length; column++)
        row[column] = (1 - share) * (before[column] as number) + share * (row[column] as number)
    }
  return rows[order - 1] as number[]
}

/** Halvings with which a peak is found: to a millionth of a span and better. */
const peakRounds = 40

/**
 * Where each control point weighs most: there the curve is at its time. No other rule of the standard says when a curve, which passes most of its control points by, is
 * where.
 */
function peaks({ order, points, knots }: TrajectoryCurve & { kind: 'nurbs' }): number[] {
  const [first, final] = [knots[order - 1] as number, knots[points.length] as number]
  return points.map((_, index) => {
    if (index === 0) return first
    if (index === points.length - 1) return final
    const own = points.map((_point, other) => [other === index ? 1 : 0])
    const shareAt = (u: number) => splineAt(own, knots, order, u)[0] as number
    let [from, to] = [
      Math.max(first, knots[index] as number),
      Math.min(final, knots[index + order] as number),
    ]
    for (let round = 0; round < peakRounds; round++) {
      const [left, right] = [from + (to - from) / 3, to - (to - from) / 3]
      if (shareAt(left) < shareAt(right)) from = left
      else to = right
    }
    return (from + to) / 2
  })
}

function nurbsPath(world: PoseFinder, entity: number, curve: TrajectoryCurve & { kind: 'nurbs' }): number[] {
  const { order, knots } = curve
  const points = curve.points.map(({ position, weight }) => {
    const [x, y] = world.poseFor(entity, position)
    return [x * weight, y * weight, weight]
  })
  const path: number[] = []
  let way = 0
  const first = knots[order - 1] as number
  const final = knots[points.length] as number
  const pointAt = (u: number): [x: number, y: number] => {
    const [x = 0, y = 0, weight = 1] = splineAt(points, knots, order, u)
    return [x / weight, y / weight]
  }
  const tiny = (final - first) * 1e-6
  const tangentAt = (u: number): number => {
    const [fromX, fromY] = pointAt(Math.max(first, u - tiny))
    const [toX, toY] = pointAt(Math.min(final, u + tiny))
    return Math.atan2(toY - fromY, toX - fromX)
  }
  const at = peaks(curve)
  const timeAt = (u: number): number => {
    const next = Math.max(
      1,
      at.findIndex((peak) => peak >= u),
    )
    const [from, to] = [at[next - 1] as number, at[next] as number]
    const [fromS, toS] = [curve.points[next - 1]?.timeS ?? 0, curve.points[next]?.timeS ?? 0]
    return to > from ? fromS + ((toS - fromS) * (u - from)) / (to - from) : toS
  }
  const add = (u: number) => {
    const [x, y] = pointAt(u)
    const last = path.length - pathColumns
    if (last >= 0) way += Math.hypot(x - (path[last + 1] as number), y - (path[last + 2] as number))
    const heading = last < 0 ? tangentAt(u) : turnedBy(path[last + 3] as number, tangentAt(u))
    path.push(timeAt(u), x, y, heading, way)
  }
  const places = new Set([first, ...at])
  for (let span = order - 1; span < points.length; span++) {
    const from = knots[span] as number
    const to = knots[span + 1] as number
    for (let step = 1; step <= pointsPerSpan; step++) places.add(from + ((to - from) * step) / pointsPerSpan)
  }
  for (const u of [...places].toSorted((one, other) => one - other)) add(u)
  return path
}

/** `heading` turned by whole turns so that it goes on from the one before it. */
function turnedBy(before: number, heading: number): number {
  const turn = 2 * Math.PI
  return heading + turn * Math.round((before - heading) / turn)
}

/** Points along a curve, its positions where they would put `entity`. */
export function curvePath(world: PoseFinder, entity: number, curve: TrajectoryCurve): Float64Array {
  if (curve.kind === 'clothoid') return Float64Array.from(clothoidPath(world, entity, curve))
  if (curve.kind === 'nurbs') return Float64Array.from(nurbsPath(world, entity, curve))
  return Float64Array.from(clothoidSplinePath(world, entity, curve))
}
