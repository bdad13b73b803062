import type { AgentTable } from '../../world/scene/agent-table.ts'
import { emptyBox, readBox, timeToContact } from './moving-box.ts'

const first = emptyBox()
const second = emptyBox()

/** Seconds until the bodies of two rows touch if both keep their velocity and heading; 0 where they overlap, Infinity where they never touch. */
export function timeToCollision(agents: AgentTable, a: number, b: number): number {
  readBox(agents, a, first)
  readBox(agents, b, second)
  return timeToContact(first, second, Infinity)
}

/** The least of `timeToCollision` between a row and all others that are there. */
export function leastTimeToCollision(agents: AgentTable, row: number): number {
  let least = Infinity
  for (let other = 0; other < agents.count; other++)
    if (other !== row && agents.isPresent[other] === 1)
      least = Math.min(least, timeToCollision(agents, row, other))
  return least
}
