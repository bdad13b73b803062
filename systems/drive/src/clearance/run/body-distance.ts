import type { AgentTable } from '../../world/scene/agent-table.ts'
import { emptyBox, readBox, signedBoxDistance } from '../metrics/moving-box.ts'

const first = emptyBox()
const second = emptyBox()

/** Metres between the bodies of two rows on the ground, 0 where they overlap. */
export function bodyDistance(agents: AgentTable, a: number, b: number): number {
  readBox(agents, a, first)
  readBox(agents, b, second)
  return Math.max(0, signedBoxDistance(first, second))
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
