import type { AgentTable } from '../scene/agent-table.ts'

/** What is next on an actor's way; `row` −1 where nothing is. */
interface Ahead {
  row: number
  gapM: number
  speedMps: number
}

const sideMarginM = 0.3

/** The nearest body in the straight strip ahead of a row, as wide as the row itself, up to `reachM`. */
export function clearAhead(agents: AgentTable, row: number, reachM: number): Ahead {
  const found: Ahead = { row: -1, gapM: Infinity, speedMps: 0 }
  const cos = Math.cos(agents.heading[row] as number)
  const sin = Math.sin(agents.heading[row] as number)
  const half = (agents.lengthM[row] as number) / 2
  for (let other = 0; other < agents.count; other++) {
    if (other === row || agents.isPresent[other] === 0) continue
    const dx = (agents.x[other] as number) - (agents.x[row] as number)
    const dy = (agents.y[other] as number) - (agents.y[row] as number)
    const ahead = dx * cos + dy * sin
    if (ahead <= 0 || ahead > reachM + 20) continue
    const turn = (agents.heading[other] as number) - (agents.heading[row] as number)
    const along = Math.abs(Math.cos(turn))
    const across = Math.abs(Math.sin(turn))
    const halfLength = (agents.lengthM[other] as number) / 2
    const halfWidth = (agents.widthM[other] as number) / 2
    const beside = Math.abs(dy * cos - dx * sin) - halfLength * across - halfWidth * along
    if (beside > (agents.widthM[row] as number) / 2 + sideMarginM) continue
    const gap = ahead - half - halfLength * along - halfWidth * across
    if (gap >= found.gapM || gap > reachM) continue
    found.row = other
    found.gapM = Math.max(gap, 0)
    found.speedMps = Math.max(0, (agents.speedMps[other] as number) * Math.cos(turn))
  }
  return found
}

/** Whether the point `reachM` before a row's front, or one half as far, lies in another body. */
export function isBodyAt(agents: AgentTable, row: number, reachM: number): boolean {
  const cos = Math.cos(agents.heading[row] as number)
  const sin = Math.sin(agents.heading[row] as number)
  const front = (agents.lengthM[row] as number) / 2
  for (const reach of [front + reachM / 2, front + reachM]) {
    const x = (agents.x[row] as number) + reach * cos
    const y = (agents.y[row] as number) + reach * sin
    for (let other = 0; other < agents.count; other++) {
      if (other === row || agents.isPresent[other] === 0) continue
      const dx = x - (agents.x[other] as number)
      const dy = y - (agents.y[other] as number)
      const otherCos = Math.cos(agents.heading[other] as number)
      const otherSin = Math.sin(agents.heading[other] as number)
      if (
        Math.abs(dx * otherCos + dy * otherSin) <= (agents.lengthM[other] as number) / 2 &&
        Math.abs(dy * otherCos - dx * otherSin) <= (agents.widthM[other] as number) / 2
      )
        return true
    }
  }
  return false
}
