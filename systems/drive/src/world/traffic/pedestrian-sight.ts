import { agentKindNumber } from '../scene/agent-table.ts'
import type { AgentTable } from '../scene/agent-table.ts'

const pedestrian = agentKindNumber('pedestrian')
/** Braking that a pedestrian expects of who comes, and the time until it begins. */
const expectedMps2 = 2
const reactionS = 1
/** Whoever moves nearer than this is let past, wherever it goes. */
const nearM = 8
/** Others ahead within this are slowed down for. */
const personalM = 1.6

/** Whether nobody comes to a crosswalk (its middle, half of its extent across) who could not stop before it with ease. */
export function isClearOfVehicles(
  agents: AgentTable,
  x: number,
  y: number,
  halfM: number,
  own: number,
): boolean {
  for (let row = 0; row < agents.count; row++) {
    if (agents.isPresent[row] === 0 || agents.kind[row] === pedestrian || row === own) continue
    const speed = Math.abs(agents.speedMps[row] as number)
    const dx = x - (agents.x[row] as number)
    const dy = y - (agents.y[row] as number)
    const heading = agents.heading[row] as number
    const ahead = dx * Math.cos(heading) + dy * Math.sin(heading) - (agents.lengthM[row] as number) / 2
    const beside = Math.abs(dy * Math.cos(heading) - dx * Math.sin(heading))
    // Stands on it, or has not left it yet.
    if (ahead > -(agents.lengthM[row] as number) - 3 && ahead < 1 && beside < halfM + 1) return false
    if (speed < 0.5) continue
    if (ahead > 0 && dx * dx + dy * dy < (nearM + halfM) * (nearM + halfM)) return false
    if (ahead < 0 || beside > halfM + 2) continue
    if ((speed * speed) / (2 * expectedMps2) + speed * reactionS > ahead - 3) return false
  }
  return true
}

/**
 * How freely a pedestrian can walk, from 0 (a body is right ahead) to 1: less the nearer somebody is in front, in a cone of its body's width. `first` and `count`
 * are the rows of the pedestrians of the same source; of these only those that go the same way count, as the others pass on the other side.
 */
export function pathAhead(agents: AgentTable, own: number, first: number, count: number): number {
  const x = agents.x[own] as number
  const y = agents.y[own] as number
  const cos = Math.cos(agents.heading[own] as number)
  const sin = Math.sin(agents.heading[own] as number)
  let free = 1
  for (let row = 0; row < agents.count; row++) {
    if (row === own || agents.isPresent[row] === 0) continue
    const dx = (agents.x[row] as number) - x
    const dy = (agents.y[row] as number) - y
    const reach = (agents.lengthM[row] as number) / 2 + personalM
    if (dx * dx + dy * dy > reach * reach) continue
    const turn = Math.cos((agents.heading[row] as number) - (agents.heading[own] as number))
    const isOurs = row >= first && row < first + count
    if (isOurs && turn < 0.7) continue
    const ahead = dx * cos + dy * sin
    const beside = Math.abs(dy * cos - dx * sin)
    const along = Math.abs(turn)
    const across = Math.sqrt(Math.max(0, 1 - along * along))
    const halfLength = ((agents.lengthM[row] as number) * along + (agents.widthM[row] as number) * across) / 2
    const halfWidth = ((agents.lengthM[row] as number) * across + (agents.widthM[row] as number) * along) / 2
    if (ahead <= 0 || beside > halfWidth + 0.25) continue
    const gap = ahead - halfLength - 0.25
    free = Math.min(free, Math.max(0, (gap - 0.2) / (personalM - 0.6)))
  }
  return free
}
