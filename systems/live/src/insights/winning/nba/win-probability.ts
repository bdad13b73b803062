import type { Predictor } from '../../../learn/model.ts'
import { committedModel } from '../../../learn/weights-dir.ts'
import { nbaColumns, writeNbaFeatures } from './features.ts'
import type { NbaGameState } from './game-state.ts'

const predictors = new Map<string | null, Predictor>()
const row = new Float64Array(nbaColumns.length)
const out = new Float64Array(1)

/** Chance of the home side to win. `matchId` picks the model that has not seen the game. */
export function nbaWinProbability(state: NbaGameState, matchId: string | null): number {
  let predictor = predictors.get(matchId)
  if (predictor === undefined) {
    if (predictors.size > 64) predictors.clear()
    predictor = committedModel('nba-win-probability').forGroup(matchId)
    predictors.set(matchId, predictor)
  }
  writeNbaFeatures(state, row, 0)
  predictor.predict(row, 0, out)
  return out[0]!
}
