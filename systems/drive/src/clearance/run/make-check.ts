import { agentKinds } from '../../world/scene/agent-table.ts'
import { bodyDistance } from './body-distance.ts'
import type { Check } from './check.ts'
import type { Criterion, Observation } from './criterion.ts'
import { comfort, goalToleranceM, obeysSignals, reachesGoal, stopsBefore } from './route-checks.ts'
import { clearsFor, doesNotBlock, yieldsTo } from './zone-checks.ts'

/** Makes what watches a criterion. Collisions are the monitor's own. */
export function makeCheck(criterion: Criterion): Check {
  const { kind } = criterion
  switch (kind) {
    case 'noCollision':
      return { kind }
    case 'progress':
      return {
        kind,
        finish: ({ progressM, startM }) =>
          progressM - startM < criterion.atLeastM - goalToleranceM
            ? `It went ${(progressM - startM).toFixed(1)} m of the ${criterion.atLeastM.toFixed(1)} m that were asked for.`
            : null,
      }
    case 'maxSpeed':
      return {
        kind,
        observe({ scene: { agents, ego } }) {
          const speed = agents.speedMps[ego] as number
          return speed <= criterion.mps
            ? null
            : `It drove ${speed.toFixed(1)} m/s where ${criterion.mps.toFixed(1)} m/s is the most.`
        },
      }
    case 'staysInLane':
      return {
        kind,
        observe: ({ lateralM }) =>
          Math.abs(lateralM) <= criterion.withinM
            ? null
            : `It was ${Math.abs(lateralM).toFixed(2)} m from the centre of its route.`,
      }
    case 'keepsDistance':
      return { kind, observe: (seen) => tooNear(criterion, seen) }
    case 'reachesGoal':
      return reachesGoal(criterion)
    case 'stopsBefore':
      return stopsBefore(criterion)
    case 'obeysSignals':
      return obeysSignals()
    case 'comfort':
      return comfort(criterion)
    case 'yieldsTo':
      return yieldsTo(criterion)
    case 'doesNotBlock':
      return doesNotBlock(criterion)
    case 'clearsFor':
      return clearsFor(criterion)
  }
}

function tooNear(
  { kinds, atLeastM }: Criterion & { kind: 'keepsDistance' },
  { scene: { agents, ego } }: Observation,
): string | null {
  for (let row = 0; row < agents.count; row++) {
    if (row === ego || agents.isPresent[row] === 0) continue
    if (!kinds.includes(agentKinds[agents.kind[row] as number] as string)) continue
    const distance = bodyDistance(agents, ego, row)
    if (distance < atLeastM) return `It came within ${distance.toFixed(2)} m of ${agents.names[row]}.`
  }
  return null
}
