import type { Predictor } from '../../../learn/model.ts'
import { committedModel } from '../../../learn/weights-dir.ts'
import type { NflGameState } from './game-state.ts'
import { playsLeftColumns, writePlaysLeftFeatures } from './plays-left-features.ts'

/** Median and 80 % interval of plays left in the fourth quarter, the coming one included. */
export interface PlaysLeft {
  value: number
  low: number
  high: number
}

const predictors = new Map<string, Predictor>()
const row = new Float64Array(playsLeftColumns.length)
const out = new Float64Array(3)

/** For a state before a play from scrimmage in the fourth quarter; `recentPlays` as in `rememberPlay`. */
export function playsLeft(state: NflGameState, recentPlays: number, matchId: string): PlaysLeft {
  let predictor = predictors.get(matchId)
  if (predictor === undefined) {
    if (predictors.size > 64) predictors.clear()
    predictor = committedModel('nfl-plays-left').forGroup(matchId)
    predictors.set(matchId, predictor)
  }
  writePlaysLeftFeatures(state, recentPlays, row, 0)
  predictor.predict(row, 0, out)
  const low = Math.max(0, out[0]!)
  const value = Math.max(low, out[1]!)
  return { low, value, high: Math.max(value, out[2]!) }
}
