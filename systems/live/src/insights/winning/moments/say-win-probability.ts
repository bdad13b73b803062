import type { Clocks } from '../../../domain/clocks.ts'
import type { MatchEnd } from '../../../domain/feed-event.ts'
import type { Estimate } from '../../../domain/insight.ts'
import type { Side } from '../../../domain/match.ts'
import { elapsedSeconds } from '../../../feeds/clocks/game-clock.ts'
import type { Say } from '../../../domain/rule.ts'
import type { Moment } from './moment.ts'
import { isFirstOfMinute } from './scored-minutes.ts'
import type { ScoredMinutes } from './scored-minutes.ts'

/** Says the home side's chance after a moment. */
export function sayWinProbability(
  sport: 'nfl' | 'nba',
  moment: Moment,
  chance: number,
  scored: ScoredMinutes,
  say: Say,
): void {
  const { clocks, occasion, homeScore, awayScore, swing } = moment
  const favourite: Side = chance >= 0.5 ? 'home' : 'away'
  const team = (favourite === 'home' ? say.match?.home : say.match?.away)?.name ?? `The ${favourite} side`
  // What is not over is not certain.
  const percent = Math.min(99, Math.round(100 * Math.max(chance, 1 - chance)))
  say.insight({
    kind: `${sport}.win-probability`,
    subject: 'match',
    occasion,
    clocks,
    headline: percent <= 52 ? 'Either side can win this.' : `${team} would win this ${percent} times in 100.`,
    estimate: { type: 'probability', probability: chance },
    evidence: [
      { label: 'Home lead', value: homeScore - awayScore, unit: 'points' },
      { label: 'Swing', value: Math.round(1000 * swing) / 10, unit: 'points of win probability' },
    ],
    leadTimeMs: null,
    importance: Math.min(1, Math.abs(swing) * 3),
    detail: { homeScore, awayScore, swing, leverage: moment.leverage },
    isScored: clocks.game !== null && isFirstOfMinute(scored, elapsedSeconds(sport, clocks.game), occasion),
  })
}

/** The last word on a match: its score, as the chances that are left. A graphic or page that stands shows the result by it. */
export function sayFinal(
  sport: 'nfl' | 'nba' | 'soccer',
  end: MatchEnd & { clocks: Clocks },
  estimate: Estimate,
  chances: Record<string, number>,
  say: Say,
): void {
  const { homeScore, awayScore, clocks } = end
  if (homeScore === null || awayScore === null) return
  const [high, low] = [Math.max(homeScore, awayScore), Math.min(homeScore, awayScore)]
  const winner: Side = homeScore > awayScore ? 'home' : 'away'
  const name = say.match?.[winner]?.name ?? `The ${winner} side`
  say.insight({
    kind: `${sport}.win-probability`,
    subject: 'match',
    occasion: 'end',
    clocks,
    headline: high === low ? `It ends level, ${high}–${low}.` : `${name} win, ${high}–${low}.`,
    estimate,
    evidence: [
      { label: 'Home lead', value: homeScore - awayScore, unit: sport === 'soccer' ? 'goals' : 'points' },
    ],
    leadTimeMs: null,
    importance: 1,
    detail: { ...chances, homeScore, awayScore, swing: 0, leverage: 0, isOver: true },
    isScored: false,
  })
}

/** The result, and outcomes of what was scored, once the feed says who won; a tie settles nothing. */
export function sayWinner(
  sport: 'nfl' | 'nba',
  end: MatchEnd & { clocks: Clocks },
  scored: ScoredMinutes,
  say: Say,
): void {
  if (end.homeScore === null || end.awayScore === null) return
  const probability = end.homeScore === end.awayScore ? 0.5 : Number(end.homeScore > end.awayScore)
  sayFinal(sport, end, { type: 'probability', probability }, {}, say)
  if (end.homeScore === end.awayScore) return
  const happened = end.homeScore > end.awayScore ? 1 : 0
  for (const occasion of scored.occasions)
    say.outcome({
      kind: `${sport}.win-probability`,
      subject: 'match',
      occasion,
      happened,
      eventTimeMs: end.clocks.eventTimeMs,
    })
  scored.occasions = []
}
