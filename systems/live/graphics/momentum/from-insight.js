import { gameClock, gameShare, isNumber } from '../shared/format.js'
import { teamsOf } from '../shared/teams.js'

/** @typedef {{ at: number, value: number }} Point */
/** @typedef {{ home: string, away: string, homeColour?: string, awayColour?: string, value: number, clock: string, line: Point[] }} MomentumData `value`: -100 (all with the away side) to 100 (all with the home side). */

export const kinds = ['momentum']
/** What was said before still holds: a page that opens in mid-game starts with it. */
export const isStanding = true

const mostPoints = 240

/**
 * Which way the game leans now, and how it leaned so far.
 * @param {MomentumData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @param {import('../../src/domain/match.ts').Match | null} match @returns {MomentumData | null}
 */
export function fromInsight(before, insight, match) {
  if (insight.estimate.type !== 'score' || !isNumber(insight.estimate.value)) return before
  const value = insight.estimate.value
  const at = gameShare(insight)
  const line = (before?.line ?? []).filter((point) => at === null || point.at < at).slice(-mostPoints)
  return {
    ...teamsOf(match),
    value,
    clock: gameClock(insight),
    line: at === null ? line : [...line, { at, value }],
  }
}
