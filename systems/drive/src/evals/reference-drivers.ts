import type { MeasureInput } from '@heavylift/core'
import { countCollisions, highSpeedCutIns, lowSpeedCutIns } from '../driver/reference/cut-in-sweep.ts'
import { publishedCounts } from './reference-counts.ts'
import { referenceModels } from '../driver/reference/reference-models.ts'

const sweeps = { low: lowSpeedCutIns, high: highSpeedCutIns }

export async function runReferenceDriversEval({ report, signal }: MeasureInput) {
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
  return { n, metrics, baseline: publishedCounts }
}
