import type { AgentTable } from '../../world/scene/agent-table.ts'

/** Whether the bodies of two rows overlap on the ground (separating axes of two oriented rectangles). */
export function overlaps(agents: AgentTable, a: number, b: number): boolean {
  const dx = (agents.x[b] as number) - (agents.x[a] as number)
  const dy = (agents.y[b] as number) - (agents.y[a] as number)
  const halfLengthA = (agents.lengthM[a] as number) / 2
  const halfWidthA = (agents.widthM[a] as number) / 2
  const halfLengthB = (agents.lengthM[b] as number) / 2
  const halfWidthB = (agents.widthM[b] as number) / 2
  const reach = halfLengthA + halfWidthA + halfLengthB + halfWidthB
  if (dx * dx + dy * dy > reach * reach) return false
  const headingA = agents.heading[a] as number
  const headingB = agents.heading[b] as number
  const cos = Math.abs(Math.cos(headingB - headingA))
  const sin = Math.abs(Math.sin(headingB - headingA))
  const cosA = Math.cos(headingA)
  const sinA = Math.sin(headingA)
  if (Math.abs(dx * cosA + dy * sinA) > halfLengthA + halfLengthB * cos + halfWidthB * sin) return false
  if (Math.abs(dy * cosA - dx * sinA) > halfWidthA + halfLengthB * sin + halfWidthB * cos) return false
  const cosB = Math.cos(headingB)
  const sinB = Math.sin(headingB)
  return (
    Math.abs(dx * cosB + dy * sinB) <= halfLengthB + halfLengthA * cos + halfWidthA * sin &&
    Math.abs(dy * cosB - dx * sinB) <= halfWidthB + halfLengthA * sin + halfWidthA * cos
  )
}
