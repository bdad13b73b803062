import { logistic, logit } from '@heavylift/core/math'
import type { Predictor } from '../../../learn/model.ts'
import { committedModel } from '../../../learn/weights-dir.ts'
import { winColumns, writeWinFeatures } from './features.ts'
import type { NflGameState } from './game-state.ts'
import { lateColumns, lateShare, writeLateFeatures } from './late-features.ts'

interface Predictors {
  whole: Predictor
  late: Predictor
}

const predictors = new Map<string | null, Predictors>()
const row = new Float64Array(winColumns.length)
const lateRow = new Float64Array(lateColumns.length)
const out = new Float64Array(1)

/** Chance of the home side to win. `matchId` picks the models that have not seen the game; null for none of the training games. */
export function winProbability(state: NflGameState, matchId: string | null): number {
  let models = predictors.get(matchId)
  if (models === undefined) {
    if (predictors.size > 64) predictors.clear()
    models = {
      whole: committedModel('nfl-win-probability').forGroup(matchId),
      late: committedModel('nfl-late-win-probability').forGroup(matchId),
    }
    predictors.set(matchId, models)
  }
  writeWinFeatures(state, row, 0)
  models.whole.predict(row, 0, out)
  return withEnd(out[0]!, state, models.late)
}

/** Near the end of regulation the late model takes over, by its share of the log-odds. */
function withEnd(whole: number, state: NflGameState, late: Predictor): number {
  const share = lateShare(state)
  if (share === 0) return whole
  writeLateFeatures(state, lateRow, 0)
  late.predict(lateRow, 0, out)
  const home = state.ball === 'home' ? out[0]! : 1 - out[0]!
  if (share === 1) return home
  const logOdds = (1 - share) * logit(whole) + share * logit(home)
  return logistic(logOdds)
}
