/** A closed circuit. Distances are along the centreline from the start/finish line, metres. */
export interface TrackShape {
  name: string
  kind: 'oval' | 'road'
  lengthMetres: number
  /** Centreline, evenly spaced, first point on the line, in order of driving; not repeated at the end. */
  points: readonly { x: number; y: number }[]
  /** Metres between points. */
  spacingMetres: number
  /** Curvature at each point, 1/m, without sign. */
  curvature: Float64Array
  /** Where pit road leaves and joins the track, ways round the lap (0..1). It passes the start/finish line. */
  pitEntry: number
  pitExit: number
}

type Point = { x: number; y: number }

const spacing = 5

/** Evenly spaced points along a closed polyline that is finer than them, and its length. */
function resample(path: readonly Point[]): { points: Point[]; length: number } {
  const ends = path.map((point, i) => {
    const next = path[(i + 1) % path.length] ?? point
    return { from: point, to: next, length: Math.hypot(next.x - point.x, next.y - point.y) }
  })
  const length = ends.reduce((sum, piece) => sum + piece.length, 0)
  const count = Math.round(length / spacing)
  const points: Point[] = []
  let piece = 0
  let before = 0
  for (let i = 0; i < count; i++) {
    const at = (i * length) / count
    while (piece < ends.length - 1 && before + (ends[piece]?.length ?? 0) <= at)
      before += ends[piece++]?.length ?? 0
    const found = ends[piece]
    if (found === undefined) continue
    const share = found.length === 0 ? 0 : (at - before) / found.length
    points.push({
      x: found.from.x + share * (found.to.x - found.from.x),
      y: found.from.y + share * (found.to.y - found.from.y),
    })
  }
  return { points, length }
}

/** Curvature from the circle through each point and its neighbours three points away (smooth over the spacing). */
function curvatureOf(points: readonly Point[]): Float64Array {
  const reach = 3
  const origin = { x: 0, y: 0 }
  return Float64Array.from(points, (b, i) => {
    const a = points.at(i - reach) ?? origin
    const c = points[(i + reach) % points.length] ?? origin
    const cross = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    const sides =
      Math.hypot(b.x - a.x, b.y - a.y) * Math.hypot(c.x - b.x, c.y - b.y) * Math.hypot(c.x - a.x, c.y - a.y)
    return sides === 0 ? 0 : Math.abs((2 * cross) / sides)
  })
}

function shapeOf(
  facts: Pick<TrackShape, 'name' | 'kind' | 'pitEntry' | 'pitExit'>,
  path: readonly Point[],
): TrackShape {
  const { points, length } = resample(path)
  return {
    ...facts,
    lengthMetres: length,
    points,
    spacingMetres: length / points.length,
    curvature: curvatureOf(points),
  }
}

/** An oval with two straights and two half circles, driven counter-clockwise; the line is in the middle of a straight. */
function oval(): TrackShape {
  const straight = 540
  const radius = 210
  const path: Point[] = [{ x: 0, y: -radius }]
  const half = (centreX: number, from: number) => {
    for (let i = 0; i <= 180; i++) {
      const angle = from + (i * Math.PI) / 180
      path.push({ x: centreX + radius * Math.cos(angle), y: radius * Math.sin(angle) })
    }
  }
  half(straight / 2, -Math.PI / 2)
  half(-straight / 2, Math.PI / 2)
  return shapeOf({ name: 'Ironwood Oval', kind: 'oval', pitEntry: 0.9, pitExit: 0.1 }, path)
}

/** Corners of the road course, metres; a closed Catmull–Rom spline runs through them. */
const roadCorners: readonly (readonly [number, number])[] = [
  [0, 0],
  [240, 0],
  [480, 8],
  [640, 60],
  [690, 190],
  [600, 300],
  [430, 310],
  [330, 390],
  [390, 510],
  [560, 560],
  [640, 680],
  [520, 790],
  [300, 780],
  [140, 700],
  [60, 560],
  [-60, 500],
  [-220, 560],
  [-380, 520],
  [-430, 370],
  [-340, 240],
  [-400, 110],
  [-330, 20],
  [-160, 0],
]

function road(): TrackShape {
  const path: Point[] = []
  const corner = (i: number) => roadCorners.at(i % roadCorners.length) ?? [0, 0]
  for (let i = 0; i < roadCorners.length; i++) {
    const corners = [corner(i - 1), corner(i), corner(i + 1), corner(i + 2)] as const
    for (let step = 0; step < 100; step++)
      path.push({ x: spline(corners, 0, step / 100), y: spline(corners, 1, step / 100) })
  }
  return shapeOf({ name: 'Copper Ridge Road Course', kind: 'road', pitEntry: 0.93, pitExit: 0.09 }, path)
}

type Corner = readonly [number, number]

function spline([a, b, c, d]: readonly [Corner, Corner, Corner, Corner], axis: 0 | 1, t: number): number {
  const [p0, p1, p2, p3] = [a[axis], b[axis], c[axis], d[axis]]
  return (
    0.5 * (2 * p1 + t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * p1 - p0 - 3 * p2 + p3))))
  )
}

/** The circuits that races are simulated on. */
export const trackShapes: Readonly<Record<'oval' | 'road', TrackShape>> = { oval: oval(), road: road() }

/** The place of a way round the lap (0..1), metres. */
export function trackPoint(track: TrackShape, lapFraction: number): { x: number; y: number } {
  const at = (((lapFraction % 1) + 1) % 1) * track.points.length
  const from = track.points[Math.floor(at)] ?? { x: 0, y: 0 }
  const to = track.points[(Math.floor(at) + 1) % track.points.length] ?? from
  const share = at - Math.floor(at)
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }
}
