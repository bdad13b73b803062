import type { Predictor } from '../../learn/model.ts'
import { committedModel } from '../../learn/weights-dir.ts'
import { winColumns, writeWinFeatures } from './features.ts'
import type { NflGameState } from './game-state.ts'
import { regulationSecondsLeft } from './game-state.ts'

/** Deviation of an NFL game's margin about the betting line, points (Stern 1991). */
const marginDeviation = 13.86

const predictors = new Map<string | null, Predictor>()
const row = new Float64Array(winColumns.length)
const out = new Float64Array(1)

/** Chance of the home side to win. `matchId` picks the model that has not seen the game; null for none of the training games. */
export function winProbability(state: NflGameState, matchId: string | null): number {
  let predictor = predictors.get(matchId)
  if (predictor === undefined) {
    if (predictors.size > 64) predictors.clear()
    predictor = committedModel('nfl-win-probability').forGroup(matchId)
    predictors.set(matchId, predictor)
  }
  writeWinFeatures(state, row, 0)
  predictor.predict(row, 0, out)
  return withSpread(out[0]!, state)
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
