import type { MatchEnd } from '../../../domain/feed-event.ts'
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
  const percent = Math.round(100 * Math.max(chance, 1 - chance))
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

/** Outcomes of what was scored, once the feed says who won; a tie settles nothing. */
export function sayWinner(
  sport: 'nfl' | 'nba',
  end: MatchEnd & { clocks: { eventTimeMs: number } },
  scored: ScoredMinutes,
  say: Say,
): void {
  if (end.homeScore === null || end.awayScore === null || end.homeScore === end.awayScore) return
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
