import { createRandom } from '@heavylift/core/math'
import type { Stage } from './scenario.ts'

/** Milliseconds from the start of an open stage at which requests are planned, ascending. A closed stage plans none. */
export function plannedTimes(stage: Stage): Float64Array {
  switch (stage.kind) {
    case 'constant':
      return spread(Math.round(stage.ratePerSecond * stage.seconds), (k) => (1000 * k) / stage.ratePerSecond)
    case 'ramp': {
      // The k-th request is due when the area below the rate reaches k: a quadratic equation.
      const { fromPerSecond: from, toPerSecond: to, seconds } = stage
      const slope = (to - from) / seconds
      const total = Math.floor(((from + to) / 2) * seconds)
      return spread(total, (k) =>
        slope === 0 ? (1000 * k) / from : (1000 * (Math.sqrt(from * from + 2 * slope * k) - from)) / slope,
      )
    }
    case 'poisson': {
      const random = createRandom(stage.seed)
      const times: number[] = []
      for (let at = 0; ;) {
        at += (-1000 * Math.log(1 - random.next())) / stage.ratePerSecond
        if (at >= 1000 * stage.seconds) return Float64Array.from(times)
        times.push(at)
      }
    }
    case 'replay': {
      const times: number[] = []
      let owed = 0
      for (const [at, count] of stage.counts.entries()) {
        // Parts of a request are carried on, so that a small scale loses none.
        owed += count * stage.scale
        const now = Math.floor(owed + 1e-9)
        owed -= now
        for (let k = 0; k < now; k++) times.push(1000 * stage.intervalSeconds * (at + (k + 0.5) / now))
      }
      return Float64Array.from(times)
    }
    case 'trains':
      return spread(stage.size * stage.count, (k) => 1000 * stage.everySeconds * Math.floor(k / stage.size))
    case 'users':
      return new Float64Array(0)
  }
}

/** Milliseconds that a stage lasts. */
export function stageMs(stage: Stage): number {
  if (stage.kind === 'replay') return 1000 * stage.counts.length * stage.intervalSeconds
  return 1000 * (stage.kind === 'trains' ? stage.count * stage.everySeconds : stage.seconds)
}

function spread(count: number, at: (k: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => at(k))
}
