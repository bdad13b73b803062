import { gameClock, isNumber } from '../shared/format.js'
import { teamsOf } from '../shared/teams.js'

/** @typedef {{ home: string, away: string, homeColour?: string, awayColour?: string, homeScore: number, awayScore: number, homeXg?: number, awayXg?: number, clock: string }} ScoreBugData */

export const kinds = ['nfl.win-probability', 'nba.win-probability', 'soccer.win-probability', 'soccer.xg']
/** What was said before still holds: a page that opens in mid-game starts with it. */
export const isStanding = true

/**
 * Score and clock of what was said last, in soccer with the expected goals of both sides.
 * @param {ScoreBugData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @param {import('../../src/domain/match.ts').Match | null} match @returns {ScoreBugData | null}
 */
export function fromInsight(before, insight, match) {
  const { homeScore, awayScore, homeXg, awayXg } = insight.detail
  if (!isNumber(homeScore) || !isNumber(awayScore)) return before
  return {
    ...teamsOf(match),
    homeScore,
    awayScore,
    ...(isNumber(homeXg) && isNumber(awayXg) ? { homeXg, awayXg } : {}),
    clock: gameClock(insight),
  }
}
