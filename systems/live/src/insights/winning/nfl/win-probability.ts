import { logistic, logit } from '@heavylift/core/math'
import type { Predictor } from '../../../learn/model.ts'
import { committedModel } from '../../../learn/weights-dir.ts'
import { winColumns, writeWinFeatures } from './features.ts'
import type { NflGameState } from './game-state.ts'
import { regulationSecondsLeft } from './game-state.ts'
import { lateColumns, lateShare, writeLateFeatures } from './late-features.ts'

/** Deviation of an NFL game's margin about the betting line, points (Stern 1991). */
const marginDeviation = 13.86

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
  return withSpread(withEnd(out[0]!, state, models.late), state)
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

/**
 * The training games have no betting line, so a known one comes in by Stern's model: a lead drifts by the line over what is left
 * of regulation. The model's own home field (about 2.5 points) is part of every line, so it is taken off first.
 */
function withSpread(probability: number, state: NflGameState): number {
  if (state.homeSpread === null) return probability
  const left = regulationSecondsLeft(state) / 3600
  // A normal quantile is about 0.6 of the log-odds.
  const shift = ((state.homeSpread - 2.5) * left) / (marginDeviation * Math.sqrt(left + 30 / 3600)) / 0.6
  return 1 / (1 + ((1 - probability) / probability) * Math.exp(-shift))
}
