import { gameClock, gameShare, isNumber } from '../shared/format.js'
import { teamsOf } from '../shared/teams.js'

/** @typedef {{ at: number, home: number }} Point `at`: share of the regular time, 0 at the start. */
/** @typedef {{ home: string, away: string, homeColour?: string, awayColour?: string, homeProbability: number, drawProbability?: number, homeScore?: number, awayScore?: number, clock: string, isOver?: boolean, line: Point[] }} WinProbabilityData */

export const kinds = ['nfl.win-probability', 'nba.win-probability', 'soccer.win-probability']
/** What was said before still holds: a page that opens in mid-game starts with it. */
export const isStanding = true

/** Points of the line; more are thinned out, the newest always stays. */
const mostPoints = 240

/**
 * The home side's probability, and the line so far with this point on it; at the end the result.
 * @param {WinProbabilityData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @param {import('../../src/domain/match.ts').Match | null} match @returns {WinProbabilityData | null}
 */
export function fromInsight(before, insight, match) {
  const { detail } = insight
  const { homeScore, awayScore, home: homeWins, draw } = detail
  const hasDraw = insight.estimate.type === 'classes' && isNumber(homeWins) && isNumber(draw)
  if (insight.estimate.type !== 'probability' && !hasDraw) return before
  const wins = insight.estimate.type === 'probability' ? insight.estimate.probability : Number(homeWins)
  // The line counts a draw as half a win.
  const home = hasDraw ? wins + Number(draw) / 2 : wins
  const at = gameShare(insight)
  return {
    ...teamsOf(match),
    homeProbability: wins,
    ...(hasDraw ? { drawProbability: Number(draw) } : {}),
    ...(isNumber(homeScore) && isNumber(awayScore) ? { homeScore, awayScore } : {}),
    ...(detail['isOver'] === true ? { isOver: true } : {}),
    clock: gameClock(insight),
    line: at === null ? (before?.line ?? []) : withPoint(before?.line ?? [], { at, home }),
  }
}

/**
 * A point at a time that is there already takes its place; one before the end replaces what followed, since then the feed went back.
 * @param {Point[]} line @param {Point} point
 */
export function withPoint(line, point) {
  const kept = line.filter(({ at }) => at < point.at)
  const thinned = kept.length < mostPoints ? kept : kept.filter((_, index) => index % 2 === 0)
  return [...thinned, point]
}
