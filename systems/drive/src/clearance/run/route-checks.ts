import { signalStates } from '../../world/scene/signal-table.ts'
import type { Check } from './check.ts'
import { frontOnRoute, standsMps } from './check.ts'
import type { Criterion, Observation } from './criterion.ts'

/** A stop counts where the front is no further before the line than this, or over it by less than the second. */
const stopReachM = 5
const overLineM = 0.5
/** Longest time that a comfort limit may be exceeded: a filter for what lasts a step or two. */
const peakS = 0.2
/** A goal is reached within this: where a vehicle stops to a hand's breadth is no failure. */
export const goalToleranceM = 0.5

export function reachesGoal({ kind, afterM, withinS }: Criterion & { kind: 'reachesGoal' }): Check {
  let hasArrived = false
  return {
    kind,
    observe({ scene, progressM, startM }) {
      if (progressM - startM >= afterM - goalToleranceM) hasArrived = true
      return !hasArrived && scene.timeS > withinS + 1e-6
        ? `After ${withinS.toFixed(1)} s it had gone ${(progressM - startM).toFixed(1)} m of ${afterM.toFixed(1)} m.`
        : null
    },
    finish({ scene, progressM, startM }) {
      return hasArrived
        ? null
        : `It went ${(progressM - startM).toFixed(1)} m of ${afterM.toFixed(1)} m in ${scene.timeS.toFixed(1)} s.`
    },
  }
}

export function stopsBefore({ kind, atM }: Criterion & { kind: 'stopsBefore' }): Check {
  let hasStopped = false
  return {
    kind,
    observe(seen) {
      const front = frontOnRoute(seen)
      const speed = seen.scene.agents.speedMps[seen.scene.ego] as number
      if (front > atM - stopReachM && front <= atM + overLineM && speed < standsMps) hasStopped = true
      return !hasStopped && front > atM + overLineM
        ? `It passed the stop line at ${speed.toFixed(1)} m/s without a stop.`
        : null
    },
  }
}

export function obeysSignals(): Check {
  let lines: Float64Array | null = null
  let before = NaN
  return {
    kind: 'obeysSignals',
    observe(seen) {
      lines ??= stopLines(seen)
      const { heads, state } = seen.scene.signals
      const front = frontOnRoute(seen)
      let passed: string | null = null
      for (let head = 0; head < lines.length; head++) {
        const line = lines[head] as number
        if (before < line && front >= line && state[head] === signalStates.red)
          passed = `It passed the light ${heads[head]?.id} while it was red.`
      }
      before = front
      return passed
    },
  }
}

/** Where along the route the stop line of each head is; infinite for those of other lanes. */
function stopLines({ route, scene }: Observation): Float64Array {
  const { heads } = scene.signals
  const lines = new Float64Array(heads.length).fill(Infinity)
  for (const [index, { road, s, lanes, direction }] of heads.entries())
    for (let sample = 0; sample < route.count; sample++) {
      if (road !== route.road[sample] || direction !== route.direction[sample]) continue
      if (lanes.length > 0 && !lanes.includes(route.lane[sample] as number)) continue
      if (((route.roadS[sample] as number) - s) * direction < -route.stepM / 2) continue
      lines[index] = sample * route.stepM
      break
    }
  return lines
}

export function comfort(criterion: Criterion & { kind: 'comfort' }): Check {
  const { kind, decelerationMps2, accelerationMps2, lateralMps2 } = criterion
  let overS = 0
  let lastS = 0
  return {
    kind,
    observe({ scene: { agents, ego, timeS } }) {
      const along = agents.accelerationMps2[ego] as number
      const sideways = Math.abs((agents.yawRateRadps[ego] as number) * (agents.speedMps[ego] as number))
      const isOver = along < -decelerationMps2 || along > accelerationMps2 || sideways > lateralMps2
      overS = isOver ? overS + timeS - lastS : 0
      lastS = timeS
      return overS > peakS + 1e-6
        ? `It accelerated by ${along.toFixed(1)} m/s² along and ${sideways.toFixed(1)} m/s² sideways.`
        : null
    },
  }
}
