import type { NflPlay } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'
import type { NflGameState } from './game-state.ts'

/** Words of the league's statisticians for a play after which the clock stands. */
const stopsByWords = /\bincomplete\b|\b(pushed|ran) ob\b|\bob at\b|\bout of bounds\b/i

/** How long a play lasts, s, and how long the clock then runs to the next snap where it does, by who has the ball. */
const playSeconds = 6
const shortSeconds: Readonly<Record<string, number>> = { qb_kneel: 2, qb_spike: 1, field_goal: 4, no_play: 0 }
/** The side ahead takes what the play clock gives; one that is behind, or level, hurries. */
const runOffSeconds = { ahead: 36, level: 24, behind: 16 }
const playClockSeconds = 40

const timeoutsOf = (state: NflGameState, side: Side): number =>
  side === 'home' ? state.homeTimeouts : state.awayTimeouts

/**
 * The clock at the next snap, which a feed says only with the next play: it stands after an incomplete pass, out of bounds (in the last
 * five minutes), points, kicks, turnovers and at the two-minute warning (NFL Rules 4-3 and 4-4), else it runs, for as long as the side with
 * the ball wants, unless the other side that is behind has timeouts to stop it.
 */
export function clockAfter(
  play: NflPlay,
  before: NflGameState,
  after: NflGameState,
): { secondsLeft: number; isStopped: boolean } {
  const ended = Math.max(0, before.secondsLeft - (shortSeconds[play.playType] ?? playSeconds))
  const isStopped =
    after.stage !== 'scrimmage' ||
    before.stage !== 'scrimmage' ||
    after.ball !== before.ball ||
    play.playType === 'qb_spike' ||
    play.playType === 'no_play' ||
    play.results.penalty ||
    stopsByWords.test(play.description)
  if (isStopped) return { secondsLeft: ended, isStopped }
  const lead = (after.homeScore - after.awayScore) * (after.ball === 'home' ? 1 : -1)
  const other: Side = after.ball === 'home' ? 'away' : 'home'
  // The side behind stops the clock while it can.
  if (lead > 0 && timeoutsOf(after, other) > 0 && before.secondsLeft <= 180)
    return { secondsLeft: ended, isStopped: false }
  const runOff = lead > 0 ? runOffSeconds.ahead : lead === 0 ? runOffSeconds.level : runOffSeconds.behind
  const next = Math.max(0, ended - runOff)
  // The two-minute warning.
  return { secondsLeft: ended > 120 && next < 120 ? 120 : next, isStopped: false }
}

/**
 * Whether the side with the ball and a lead can let the clock run out by kneeling: four downs of two seconds, forty seconds between them
 * but for the other side's timeouts and the two-minute warning.
 */
export function canRunOut(state: NflGameState, secondsLeft: number): boolean {
  const other: Side = state.ball === 'home' ? 'away' : 'home'
  const stops = Math.min(3, timeoutsOf(state, other) + (secondsLeft > 120 ? 1 : 0))
  return secondsLeft <= 4 * 2 + playClockSeconds * (3 - stops)
}
