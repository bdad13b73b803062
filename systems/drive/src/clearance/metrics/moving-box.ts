import type { AgentTable } from '../../world/scene/agent-table.ts'

/** A body on the ground that goes on straight: centre, heading, half its size, velocity. Reused, so that a step allocates nothing. */
export interface MovingBox {
  x: number
  y: number
  cos: number
  sin: number
  halfLengthM: number
  halfWidthM: number
  vx: number
  vy: number
}

export function emptyBox(): MovingBox {
  return { x: 0, y: 0, cos: 1, sin: 0, halfLengthM: 0, halfWidthM: 0, vx: 0, vy: 0 }
}

/** Writes a row's body and velocity as they are now. */
export function readBox(agents: AgentTable, row: number, out: MovingBox): void {
  const heading = agents.heading[row] as number
  const speed = agents.speedMps[row] as number
  out.x = agents.x[row] as number
  out.y = agents.y[row] as number
  out.cos = Math.cos(heading)
  out.sin = Math.sin(heading)
  out.halfLengthM = (agents.lengthM[row] as number) / 2
  out.halfWidthM = (agents.widthM[row] as number) / 2
  out.vx = speed * out.cos
  out.vy = speed * out.sin
}

/**
 * Seconds until two bodies touch if both keep velocity and heading, 0 where they do; Infinity beyond `horizonS`. Exact: separating axes of two
 * rectangles, each with the interval of time in which it does not separate.
 */
export function timeToContact(a: Readonly<MovingBox>, b: Readonly<MovingBox>, horizonS: number): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const vx = b.vx - a.vx
  const vy = b.vy - a.vy
  const reach =
    a.halfLengthM + a.halfWidthM + b.halfLengthM + b.halfWidthM + Math.sqrt(vx * vx + vy * vy) * horizonS
  if (dx * dx + dy * dy > reach * reach) return Infinity
  const cos = Math.abs(a.cos * b.cos + a.sin * b.sin)
  const sin = Math.abs(a.cos * b.sin - a.sin * b.cos)
  let from = 0
  let to = horizonS
  for (let axis = 0; axis < 4; axis++) {
    const box = axis < 2 ? a : b
    const other = axis < 2 ? b : a
    const isAlong = (axis & 1) === 0
    const ux = isAlong ? box.cos : -box.sin
    const uy = isAlong ? box.sin : box.cos
    const half = isAlong
      ? box.halfLengthM + other.halfLengthM * cos + other.halfWidthM * sin
      : box.halfWidthM + other.halfLengthM * sin + other.halfWidthM * cos
    const apart = dx * ux + dy * uy
    const rate = vx * ux + vy * uy
    if (Math.abs(rate) < 1e-12) {
      if (Math.abs(apart) > half) return Infinity
      continue
    }
    const first = (-half - apart) / rate
    const last = (half - apart) / rate
    from = Math.max(from, Math.min(first, last))
    to = Math.min(to, Math.max(first, last))
    if (from > to) return Infinity
  }
  return from
}

/** Whether two bodies overlap now. */
export function boxesOverlap(a: Readonly<MovingBox>, b: Readonly<MovingBox>): boolean {
  return timeToContact(a, b, 0) === 0
}

/** Metres between two bodies; where they overlap, minus the least way by which they would part. */
export function signedBoxDistance(a: Readonly<MovingBox>, b: Readonly<MovingBox>): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const cos = Math.abs(a.cos * b.cos + a.sin * b.sin)
  const sin = Math.abs(a.cos * b.sin - a.sin * b.cos)
  let apart = Math.abs(dx * a.cos + dy * a.sin) - a.halfLengthM - b.halfLengthM * cos - b.halfWidthM * sin
  apart = Math.max(
    apart,
    Math.abs(dy * a.cos - dx * a.sin) - a.halfWidthM - b.halfLengthM * sin - b.halfWidthM * cos,
    Math.abs(dx * b.cos + dy * b.sin) - b.halfLengthM - a.halfLengthM * cos - a.halfWidthM * sin,
    Math.abs(dy * b.cos - dx * b.sin) - b.halfWidthM - a.halfLengthM * sin - a.halfWidthM * cos,
  )
  return apart <= 0 ? apart : Math.sqrt(Math.min(cornersTo(a, b), cornersTo(b, a)))
}

/** Square of the least distance from a corner of `from` to the rectangle of `to`. */
function cornersTo(from: Readonly<MovingBox>, to: Readonly<MovingBox>): number {
  let least = Infinity
  for (let corner = 0; corner < 4; corner++) {
    const ahead = from.halfLengthM * (corner & 1 ? 1 : -1)
    const left = from.halfWidthM * (corner & 2 ? 1 : -1)
    const dx = from.x + ahead * from.cos - left * from.sin - to.x
    const dy = from.y + ahead * from.sin + left * from.cos - to.y
    const beyond = Math.max(0, Math.abs(dx * to.cos + dy * to.sin) - to.halfLengthM)
    const beside = Math.max(0, Math.abs(dy * to.cos - dx * to.sin) - to.halfWidthM)
    least = Math.min(least, beyond * beyond + beside * beside)
  }
  return least
}
