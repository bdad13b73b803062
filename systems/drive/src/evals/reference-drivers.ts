import type { Measure } from '@heavylift/core'
import { countCollisions, highSpeedCutIns, lowSpeedCutIns } from '../driver/reference/cut-in-sweep.ts'
import { referenceModels } from '../driver/reference/reference-models.ts'

/** Counts of the program by which the Joint Research Centre of the European Commission compared the models. */
const published = {
  lowFsm: 901,
  lowCcHuman: 3728,
  lowRss: 880,
  lowReg157: 2252,
  highFsm: 1649,
  highCcHuman: 3552,
  highRss: 1491,
  highReg157: 2869,
}

/** One per cent of the cut-ins of a sweep. */
const tolerances = { low: 159, high: 140 }

const sweeps = { low: lowSpeedCutIns, high: highSpeedCutIns }

export const referenceDriversEval: Measure = {
  name: 'reference-drivers',
  summary:
    'Collisions of the reference models (FSM, competent human, RSS, Reg157) in the cut-in sweeps of UN R157: 15,930 at low speed, 14,040 at high; baseline: the published counts.',
  goals: Object.fromEntries(
    Object.entries(published).map(([name, count]) => {
      const tolerance = name.startsWith('low') ? tolerances.low : tolerances.high
      return [name, { atLeast: count - tolerance, atMost: count + tolerance }]
    }),
  ),
  run({ report, signal }) {
    const metrics: Record<string, number> = {}
    let n = 0
    let done = 0
    for (const [speeds, cutIns] of Object.entries(sweeps)) {
      let ofSweep = 0
      for (const [model, make] of Object.entries(referenceModels)) {
        signal.throwIfAborted()
        report({ stage: `${model}, ${speeds} speed`, done: done++, total: 8, unit: 'sweeps' })
        const { cases, collisions } = countCollisions(cutIns(), make)
        metrics[`${speeds}${model}`] = collisions
        ofSweep = cases
      }
      n += ofSweep
    }
    return Promise.resolve({ n, metrics, baseline: published })
  },
}
