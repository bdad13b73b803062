import type { FeedEvent, MatchEnd } from '../../../domain/feed-event.ts'
import { defineRule } from '../../../domain/rule.ts'
import type { Say } from '../../../domain/rule.ts'
import type { Estimate } from '../../../domain/insight.ts'
import type { Match } from '../../../domain/match.ts'
import { elapsedSeconds } from '../../../feeds/clocks/game-clock.ts'
import { createScoredMinutes, isFirstOfMinute } from '../moments/scored-minutes.ts'
import type { ScoredMinutes } from '../moments/scored-minutes.ts'
import { sayFinal } from '../moments/say-win-probability.ts'
import type { ResultChances } from './outcome.ts'
import { createSoccerMomentState, homeShare, soccerMoment } from './soccer-moments.ts'
import type { SoccerMomentState } from './soccer-moments.ts'

interface WinProbabilityState {
  moments: SoccerMomentState
  scored: ScoredMinutes
  said: ResultChances | null
}

const kind = 'soccer.win-probability'
/** A change of every result below this without a goal is not said. */
const leastChange = 0.005

const names = (match: Match | null): Record<keyof ResultChances, string> => ({
  home: match?.home?.name ?? 'Home side',
  draw: 'Draw',
  away: match?.away?.name ?? 'Away side',
})

function headlineOf(chances: ResultChances, match: Match | null): string {
  const named = names(match)
  const [result, chance] = Object.entries(chances).toSorted(([, a], [, b]) => b - a)[0]!
  const percent = Math.min(99, Math.round(100 * chance))
  if (percent < 40) return 'All three results are open.'
  return result === 'draw'
    ? `This ends level ${percent} times in 100.`
    : `${named[result as 'home' | 'away']} would win this ${percent} times in 100.`
}

const estimateOf = (chances: ResultChances, match: Match | null): Estimate => ({
  type: 'classes',
  classes: (['home', 'draw', 'away'] as const).map((result) => ({
    name: names(match)[result],
    probability: chances[result],
  })),
})

/** Says the chances of win, draw and loss before the match, after every goal and sending-off, and as time moves them. */
export const soccerWinProbabilityRule = defineRule<WinProbabilityState>({
  name: kind,
  version: 1,
  sports: ['soccer'],
  create: () => ({ moments: createSoccerMomentState(), scored: createScoredMinutes(), said: null }),
  onEvent(event, state, say) {
    if (event.kind === 'match-end') sayResult(event, state.scored, say)
    const told = soccerMoment(event, state.moments)
    if (told === null) return
    const { moment, chances } = told
    const { said } = state
    const moved =
      said === null
        ? 1
        : Math.max(
            ...(['home', 'draw', 'away'] as const).map((result) => Math.abs(chances[result] - said[result])),
          )
    if (moment.kind !== 'score' && moved < leastChange) return
    state.said = chances
    const { clocks, occasion, homeScore, awayScore, swing, leverage } = moment
    const named = names(say.match)
    const { xg } = state.moments.game
    const round = (value: number, digits: number): number => Number(value.toFixed(digits))
    say.insight({
      kind,
      subject: 'match',
      occasion,
      clocks,
      headline: headlineOf(chances, say.match),
      estimate: estimateOf(chances, say.match),
      evidence: [
        { label: 'Home lead', value: homeScore - awayScore, unit: 'goals' },
        { label: `Expected goals, ${named.home}`, value: round(xg.home, 2), unit: 'goals' },
        { label: `Expected goals, ${named.away}`, value: round(xg.away, 2), unit: 'goals' },
        { label: 'Swing', value: Math.round(1000 * swing) / 10, unit: 'points (a draw is half a win)' },
      ],
      leadTimeMs: null,
      importance: Math.min(1, Math.abs(swing) * 3),
      detail: {
        ...chances,
        homeScore,
        awayScore,
        homeXg: round(xg.home, 3),
        awayXg: round(xg.away, 3),
        swing,
        leverage,
        homeShare: homeShare(chances),
      },
      isScored:
        clocks.game !== null &&
        event.kind === 'soccer-action' &&
        isFirstOfMinute(state.scored, elapsedSeconds('soccer', clocks.game), occasion),
    })
  },
})

/** The result, and outcomes of what was scored, once the feed says how it ended. */
function sayResult(end: MatchEnd & FeedEvent, scored: ScoredMinutes, say: Say): void {
  const { homeScore, awayScore, clocks } = end
  if (homeScore === null || awayScore === null) return
  const result = homeScore > awayScore ? 'home' : homeScore < awayScore ? 'away' : 'draw'
  const chances = { home: 0, draw: 0, away: 0, [result]: 1 }
  sayFinal('soccer', end, estimateOf(chances, say.match), { ...chances, homeShare: homeShare(chances) }, say)
  const happened = names(say.match)[result]
  for (const occasion of scored.occasions)
    say.outcome({ kind, subject: 'match', occasion, happened, eventTimeMs: clocks.eventTimeMs })
  scored.occasions = []
}
