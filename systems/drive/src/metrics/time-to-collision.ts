import type { AgentTable } from '../scene/agent-table.ts'

/**
 * Seconds until the bodies of two rows touch if both keep their velocity and heading; 0 where they overlap, Infinity where they never touch.
 * Exact: on each of the four axes of the two rectangles the shadows overlap during one span of time, and the bodies touch where all four do
 * (separating axes of moving convex bodies).
 */
export function timeToCollision(agents: AgentTable, a: number, b: number): number {
  const headingA = agents.heading[a] as number
  const headingB = agents.heading[b] as number
  const dx = (agents.x[b] as number) - (agents.x[a] as number)
  const dy = (agents.y[b] as number) - (agents.y[a] as number)
  const cosA = Math.cos(headingA)
  const sinA = Math.sin(headingA)
  const cosB = Math.cos(headingB)
  const sinB = Math.sin(headingB)
  const vx = (agents.speedMps[b] as number) * cosB - (agents.speedMps[a] as number) * cosA
  const vy = (agents.speedMps[b] as number) * sinB - (agents.speedMps[a] as number) * sinA
  const cos = Math.abs(cosA * cosB + sinA * sinB)
  const sin = Math.abs(cosA * sinB - sinA * cosB)
  const lengthA = (agents.lengthM[a] as number) / 2
  const widthA = (agents.widthM[a] as number) / 2
  const lengthB = (agents.lengthM[b] as number) / 2
  const widthB = (agents.widthM[b] as number) / 2
  let from = 0
  let to = Infinity
  for (let axis = 0; axis < 4; axis++) {
    const isOfA = axis < 2
    const isAlong = (axis & 1) === 0
    const axisX = isOfA ? (isAlong ? cosA : -sinA) : isAlong ? cosB : -sinB
    const axisY = isOfA ? (isAlong ? sinA : cosA) : isAlong ? sinB : cosB
    const own = isOfA ? (isAlong ? lengthA : widthA) : isAlong ? lengthB : widthB
    const other = isOfA
      ? isAlong
        ? lengthB * cos + widthB * sin
        : lengthB * sin + widthB * cos
      : isAlong
        ? lengthA * cos + widthA * sin
        : lengthA * sin + widthA * cos
    const distance = dx * axisX + dy * axisY
    const speed = vx * axisX + vy * axisY
    const reach = own + other
    if (Math.abs(speed) < 1e-12) {
      if (Math.abs(distance) > reach) return Infinity
      continue
    }
    const enters = (-Math.sign(speed) * reach - distance) / speed
    const leaves = (Math.sign(speed) * reach - distance) / speed
    from = Math.max(from, enters)
    to = Math.min(to, leaves)
    if (from > to) return Infinity
  }
  return from
}

/** The least of `timeToCollision` between a row and all others that are there. */
export function leastTimeToCollision(agents: AgentTable, row: number): number {
  let least = Infinity
  for (let other = 0; other < agents.count; other++)
    if (other !== row && agents.isPresent[other] === 1)
      least = Math.min(least, timeToCollision(agents, row, other))
  return least
}
