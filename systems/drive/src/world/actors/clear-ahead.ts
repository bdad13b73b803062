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

/** Metres from a row's front straight ahead to the next body, up to `reachM`; infinite where there is none. */
export function clearOnLine(agents: AgentTable, row: number, reachM: number): number {
  const cos = Math.cos(agents.heading[row] as number)
  const sin = Math.sin(agents.heading[row] as number)
  const front = (agents.lengthM[row] as number) / 2
  const x = (agents.x[row] as number) + front * cos
  const y = (agents.y[row] as number) + front * sin
  let least = Infinity
  for (let other = 0; other < agents.count; other++) {
    if (other === row || agents.isPresent[other] === 0) continue
    const dx = x - (agents.x[other] as number)
    const dy = y - (agents.y[other] as number)
    const otherCos = Math.cos(agents.heading[other] as number)
    const otherSin = Math.sin(agents.heading[other] as number)
    // Where the line is within the other's length and within its width, in the other's own axes.
    let from = 0
    let to = reachM
    const within = (place: number, rate: number, half: number) => {
      if (Math.abs(rate) < 1e-9) {
        if (Math.abs(place) > half) to = -1
        return
      }
      const a = (-half - place) / rate
      const b = (half - place) / rate
      from = Math.max(from, Math.min(a, b))
      to = Math.min(to, Math.max(a, b))
    }
    within(
      dx * otherCos + dy * otherSin,
      cos * otherCos + sin * otherSin,
      (agents.lengthM[other] as number) / 2,
    )
    within(
      dy * otherCos - dx * otherSin,
      sin * otherCos - cos * otherSin,
      (agents.widthM[other] as number) / 2,
    )
    if (from <= to) least = Math.min(least, from)
  }
  return least
}
