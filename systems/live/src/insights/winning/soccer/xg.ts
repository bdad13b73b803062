import type { Predictor } from '../../../learn/model.ts'
import { committedModel } from '../../../learn/weights-dir.ts'
import type { PlacedShot } from './xg-features.ts'
import { writeXgFeatures, xgColumns } from './xg-features.ts'

/** Shots of at least this many expected goals are big chances, about where providers draw the line. */
export const bigChance = 0.3

const predictors = new Map<string | null, Predictor>()
const row = new Float64Array(xgColumns.length)
const out = new Float64Array(1)

/** Chance of a shot to be a goal, told by where from and how, never by its outcome. `matchId` picks the model that has not seen the match. */
export function expectedGoals(shot: PlacedShot, matchId: string | null): number {
  let predictor = predictors.get(matchId)
  if (predictor === undefined) {
    if (predictors.size > 64) predictors.clear()
    predictor = committedModel('soccer-xg').forGroup(matchId)
    predictors.set(matchId, predictor)
  }
  writeXgFeatures(shot, row, 0)
  predictor.predict(row, 0, out)
  return out[0]!
}
