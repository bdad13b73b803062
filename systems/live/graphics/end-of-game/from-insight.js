import { gameClock, isNumber, words } from '../shared/format.js'
import { colourOfSide, teamsOf } from '../shared/teams.js'

/** @typedef {{ team: string, colour?: string, path: string, scoresNeeded?: number, playsLeft?: number, playsLow?: number, playsHigh?: number, stopsNeeded?: number, winProbability?: number, clock: string }} EndOfGameData */

export const kinds = ['nfl.end-of-game']

/**
 * What the side behind needs. The plays left are the insight's own estimate with its interval.
 * @param {EndOfGameData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @param {import('../../src/domain/match.ts').Match | null} match @returns {EndOfGameData | null}
 */
export function fromInsight(before, insight, match) {
  const { detail, estimate } = insight
  const teams = teamsOf(match)
  const side = detail['side'] ?? detail['trailing']
  const plays =
    estimate.type === 'interval'
      ? { playsLeft: estimate.value, playsLow: estimate.low, playsHigh: estimate.high }
      : {}
  const [scoresNeeded, stopsNeeded, winProbability] = [
    detail['scoresNeeded'],
    detail['stopsNeeded'],
    detail['winProbability'],
  ]
  return {
    team: side === 'home' ? teams.home : side === 'away' ? teams.away : words(detail['team']),
    ...colourOfSide(match, side),
    path: insight.headline,
    clock: gameClock(insight),
    ...(isNumber(scoresNeeded) ? { scoresNeeded } : {}),
    ...plays,
    ...(isNumber(stopsNeeded) ? { stopsNeeded } : {}),
    ...(isNumber(winProbability) ? { winProbability } : {}),
  }
}
