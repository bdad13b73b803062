import type { AgentTable } from '../../world/scene/agent-table.ts'
import { overlaps } from './collision.ts'

/** Metres between the bodies of two rows on the ground, 0 where they overlap. */
export function bodyDistance(agents: AgentTable, a: number, b: number): number {
  if (overlaps(agents, a, b)) return 0
  return Math.sqrt(Math.min(cornersTo(agents, a, b), cornersTo(agents, b, a)))
}

/** Square of the least distance from a corner of `from` to the rectangle of `to`. */
function cornersTo(agents: AgentTable, from: number, to: number): number {
  const cosFrom = Math.cos(agents.heading[from] as number)
  const sinFrom = Math.sin(agents.heading[from] as number)
  const cosTo = Math.cos(agents.heading[to] as number)
  const sinTo = Math.sin(agents.heading[to] as number)
  let least = Infinity
  for (let corner = 0; corner < 4; corner++) {
    const ahead = ((agents.lengthM[from] as number) / 2) * (corner & 1 ? 1 : -1)
    const left = ((agents.widthM[from] as number) / 2) * (corner & 2 ? 1 : -1)
    const dx = (agents.x[from] as number) + ahead * cosFrom - left * sinFrom - (agents.x[to] as number)
    const dy = (agents.y[from] as number) + ahead * sinFrom + left * cosFrom - (agents.y[to] as number)
    const beyond = Math.max(0, Math.abs(dx * cosTo + dy * sinTo) - (agents.lengthM[to] as number) / 2)
    const beside = Math.max(0, Math.abs(dy * cosTo - dx * sinTo) - (agents.widthM[to] as number) / 2)
    least = Math.min(least, beyond * beyond + beside * beside)
  }
  return least
}

/** Whether the bodies of two rows are further apart than `metres`, by circles round them: false where that does not tell. */
export function isFurtherThan(agents: AgentTable, a: number, b: number, metres: number): boolean {
  const dx = (agents.x[a] as number) - (agents.x[b] as number)
  const dy = (agents.y[a] as number) - (agents.y[b] as number)
  const bodies =
    (agents.lengthM[a] as number) +
    (agents.widthM[a] as number) +
    (agents.lengthM[b] as number) +
    (agents.widthM[b] as number)
  const reach = metres + bodies / 2
  return dx * dx + dy * dy > reach * reach
}
