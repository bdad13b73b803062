import type { AgentTable } from '../../world/scene/agent-table.ts'
import type { Check } from './check.ts'
import { rowNamed, standsMps } from './check.ts'
import type { Criterion, Zone } from './criterion.ts'

export function yieldsTo(criterion: Criterion & { kind: 'yieldsTo' }): Check {
  const { zone, withinS, kind } = criterion
  let rows: number[] | null = null
  let wasIn = false
  return {
    kind,
    observe(seen) {
      rows ??= criterion.agents.map((name) => rowNamed(seen, name))
      const { agents, ego } = seen.scene
      const isIn = frontInZone(agents, ego, zone)
      const enters = isIn && !wasIn
      wasIn = isIn
      if (!enters || Math.abs(agents.speedMps[ego] as number) < standsMps) return null
      for (const row of rows) {
        if (row < 0 || agents.isPresent[row] === 0) continue
        const arrivesS = timeToZone(agents, row, zone)
        if (arrivesS < withinS)
          return `It went first where ${agents.names[row]}, ${arrivesS.toFixed(1)} s away, has the right of way.`
      }
      return null
    },
  }
}

export function doesNotBlock({ kind, zone, longestS }: Criterion & { kind: 'doesNotBlock' }): Check {
  let sinceS = NaN
  return {
    kind,
    observe({ scene: { agents, ego, timeS } }) {
      const stands = Math.abs(agents.speedMps[ego] as number) < standsMps
      if (!stands || !isInZone(agents.x[ego] as number, agents.y[ego] as number, zone)) sinceS = NaN
      else if (Number.isNaN(sinceS)) sinceS = timeS
      return timeS - sinceS > longestS
        ? `It stood for ${longestS.toFixed(1)} s where others have to get through.`
        : null
    },
  }
}

export function clearsFor(criterion: Criterion & { kind: 'clearsFor' }): Check {
  const { kind, agent, belowMps, withinM, longestS } = criterion
  let heldS = 0
  let lastS = 0
  return {
    kind,
    observe(seen) {
      const { agents, ego, timeS } = seen.scene
      const dtS = timeS - lastS
      lastS = timeS
      const row = rowNamed(seen, agent)
      if (row < 0 || agents.isPresent[row] === 0) return null
      const dx = (agents.x[ego] as number) - (agents.x[row] as number)
      const dy = (agents.y[ego] as number) - (agents.y[row] as number)
      const heading = agents.heading[row] as number
      const ahead = dx * Math.cos(heading) + dy * Math.sin(heading)
      const beside = Math.abs(dy * Math.cos(heading) - dx * Math.sin(heading))
      const isInTheWay = ahead > 0 && ahead < withinM && beside < (agents.widthM[row] as number)
      if (isInTheWay && (agents.speedMps[row] as number) < belowMps) heldS += dtS
      return heldS > longestS
        ? `It held ${agent} up below ${belowMps.toFixed(1)} m/s for ${longestS.toFixed(1)} s.`
        : null
    },
  }
}

function isInZone(x: number, y: number, zone: Zone): boolean {
  return (x - zone.x) ** 2 + (y - zone.y) ** 2 <= zone.radiusM ** 2
}

function frontInZone(agents: AgentTable, row: number, zone: Zone): boolean {
  const front = (agents.lengthM[row] as number) / 2
  const heading = agents.heading[row] as number
  return isInZone(
    (agents.x[row] as number) + front * Math.cos(heading),
    (agents.y[row] as number) + front * Math.sin(heading),
    zone,
  )
}

/** Seconds until an agent is in the zone if it goes on as it does now; 0 inside, infinite where it would miss it or has passed. */
function timeToZone(agents: AgentTable, row: number, zone: Zone): number {
  const dx = zone.x - (agents.x[row] as number)
  const dy = zone.y - (agents.y[row] as number)
  if (dx * dx + dy * dy <= zone.radiusM ** 2) return 0
  const heading = agents.heading[row] as number
  const speed = agents.speedMps[row] as number
  const ahead = (dx * Math.cos(heading) + dy * Math.sin(heading)) * Math.sign(speed)
  const beside = dy * Math.cos(heading) - dx * Math.sin(heading)
  const reach = zone.radiusM + (agents.widthM[row] as number) / 2
  if (ahead <= 0 || Math.abs(beside) > reach || Math.abs(speed) < standsMps) return Infinity
  const edge = ahead - (agents.lengthM[row] as number) / 2 - Math.sqrt(reach ** 2 - beside ** 2)
  return Math.max(0, edge) / Math.abs(speed)
}
