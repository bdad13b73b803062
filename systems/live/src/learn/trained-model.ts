import { logistic } from '@heavylift/core/math'
import { calibrate, heldLogit } from './calibration.ts'
import type { Calibration } from './calibration.ts'
import { logisticPredictor } from './logistic.ts'
import type { Logistic } from './logistic.ts'
import type { Predictor } from './model.ts'
import { treePredictor } from './trees/boosted-trees.ts'
import type { BoostedTrees } from './trees/boosted-trees.ts'

/** What training yields and a weights file holds. */
export type TrainedModel =
  | BoostedTrees
  | Logistic
  /** A probability, mended afterwards. */
  | { kind: 'calibrated'; model: TrainedModel; calibration: Calibration }
  /** Probabilities joined by a weighted mean of their log-odds. */
  | { kind: 'blend'; models: TrainedModel[]; weights: number[] }
  /** One output after the other, e.g. three quantiles. */
  | { kind: 'stack'; models: TrainedModel[] }

/** Numbers that a model writes per row. */
export function outputsOf(model: TrainedModel): number {
  if (model.kind === 'trees') return model.base.length
  if (model.kind === 'stack') return model.models.reduce((sum, part) => sum + outputsOf(part), 0)
  return 1
}

export function predictorOf(model: TrainedModel): Predictor {
  switch (model.kind) {
    case 'trees':
      return treePredictor(model)
    case 'logistic':
      return logisticPredictor(model)
    case 'calibrated': {
      const inner = predictorOf(model.model)
      return {
        predict(features, at, out) {
          inner.predict(features, at, out)
          out[0] = calibrate(model.calibration, out[0]!)
        },
      }
    }
    case 'blend': {
      const parts = model.models.map(predictorOf)
      return {
        predict(features, at, out) {
          let score = 0
          parts.forEach((part, index) => {
            part.predict(features, at, out)
            score += model.weights[index]! * heldLogit(out[0]!)
          })
          out[0] = logistic(score)
        },
      }
    }
    case 'stack': {
      const parts = model.models.map((part) => ({
        predictor: predictorOf(part),
        scratch: new Float64Array(outputsOf(part)),
      }))
      return {
        predict(features, at, out) {
          let next = 0
          for (const { predictor, scratch } of parts) {
            predictor.predict(features, at, scratch)
            out.set(scratch, next)
            next += scratch.length
          }
        },
      }
    }
  }
}
