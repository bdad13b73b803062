import { gameClock, isNumber, words } from '../shared/format.js'
import { colourOfSide, teamsOf } from '../shared/teams.js'

/** @typedef {{ kicker: string, headline: string, swing?: number, team: string, colour?: string, clock: string }} KeyMomentData `swing`: change of that side's win probability, 0..1. */

export const kinds = ['key-moment', 'race.key-moment']

/**
 * One moment, said in the insight's own sentence. A swing is given by its size and the side that it helped.
 * @param {KeyMomentData | null} _before @param {import('../../src/domain/insight.ts').Insight} insight
 * @param {import('../../src/domain/match.ts').Match | null} match @returns {KeyMomentData}
 */
export function fromInsight(_before, insight, match) {
  const { detail } = insight
  const teams = teamsOf(match)
  // Positive: towards the home side.
  const swing = detail['swing']
  const side = detail['side'] ?? (isNumber(swing) ? (swing >= 0 ? 'home' : 'away') : null)
  return {
    kicker: words(detail['title']) || 'Key moment',
    headline: insight.headline,
    ...(isNumber(swing) ? { swing: Math.abs(swing) } : {}),
    team: side === 'home' ? teams.home : side === 'away' ? teams.away : '',
    ...colourOfSide(match, side),
    clock: gameClock(insight),
  }
}
