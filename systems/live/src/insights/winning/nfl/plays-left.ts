import type { Predictor } from '../../../learn/model.ts'
import { committedModel } from '../../../learn/weights-dir.ts'
import type { KnownEnd } from './follow-end.ts'
import { playsLeftColumns, writePlaysLeftFeatures } from './plays-left-features.ts'

/** Median and 80 % interval of the plays that are still to come in the fourth quarter, or in overtime. */
export interface PlaysLeft {
  value: number
  low: number
  high: number
}

const predictors = new Map<string, Predictor>()
const row = new Float64Array(playsLeftColumns.length)
const out = new Float64Array(3)

export function playsLeft(known: KnownEnd, matchId: string): PlaysLeft {
  let predictor = predictors.get(matchId)
  if (predictor === undefined) {
    if (predictors.size > 64) predictors.clear()
    predictor = committedModel('nfl-plays-left').forGroup(matchId)
    predictors.set(matchId, predictor)
  }
  writePlaysLeftFeatures(known, row, 0)
  predictor.predict(row, 0, out)
  const low = Math.max(0, out[0]!)
  const value = Math.max(low, out[1]!)
  return { low, value, high: Math.max(value, out[2]!) }
}
