import { featuresOf } from './features.ts'
import type { Features } from './features.ts'
import { LikelihoodEstimate } from './likelihoods.ts'
import type { Likelihoods } from './likelihoods.ts'
import type { RecordedWindow } from './recorded-window.ts'
import type { TrafficModel } from './traffic-models.ts'

/** Rollouts of a window in the Sim Agents challenge. */
export const rolloutsOfWindow = 32

const logs = new WeakMap<RecordedWindow, Features>()

/** How likely what was recorded in a window is by a model's rollouts. */
export function scoreModel(
  window: RecordedWindow,
  model: TrafficModel,
  rollouts = rolloutsOfWindow,
): Likelihoods {
  const log = logs.get(window) ?? featuresOf(window, window.log)
  logs.set(window, log)
  const estimate = new LikelihoodEstimate(log)
  const different = model.isRandom ? rollouts : 1
  for (let seed = 0; seed < different; seed++)
    estimate.add(featuresOf(window, model.rollOut(window, seed)), rollouts / different)
  return estimate.result(window.agents.map(({ isScored }) => isScored))
}
