import type { Clocks, GameClock } from '../../domain/clocks.ts'
import { nextClocks, startTimes } from '../clocks/event-times.ts'
import { periodSeconds } from '../clocks/game-clock.ts'
import type { FeedMapping } from './mapping-schema.ts'
import type { MappedMatch } from './mapped-state.ts'
import { RowFault } from './mapped-event.ts'
import { regulationOf } from './match-facts.ts'
import type { Read } from './match-facts.ts'

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

type ClockName = keyof FeedMapping['clock']

/** The clocks of a row, and what it says of the match's own. */
export function clocksOf(match: MappedMatch, { clock, sport }: FeedMapping, read: Read): Clocks {
  const numberAt = (name: ClockName): number | null => {
    const value = numberOf(read(clock[name], `clock.${name}`))
    if (value !== null && value < 0 && name !== 'eventTime' && sport !== 'soccer')
      throw new RowFault(`"clock.${name}" is ${value}, expected 0 or more. Correct its mapping, or the feed.`)
    return value
  }
  const startMs = numberOf(match.facts['start'])
  const wallMs = numberAt('eventTime')
  const elapsed = numberAt('elapsedSeconds')
  match.times ??= startTimes(wallMs ?? startMs ?? 0)
  if (sport === 'race') {
    if (wallMs !== null || elapsed === null) return nextClocks(match.times, sport, null, wallMs)
    const eventTimeMs = Math.round((startMs ?? 0) + elapsed * 1000)
    return { eventTimeMs, eventTimeFrom: 'session', game: null, smpte: null }
  }
  const game = gameClock(match, sport, elapsed, numberAt, clock.secondsLeft !== undefined)
  if (game !== null) {
    match.period = game.period
    match.secondsLeft = game.secondsLeft
  }
  return nextClocks(match.times, sport, game, wallMs, regulationOf(match))
}

function gameClock(
  match: MappedMatch,
  sport: FeedMapping['sport'],
  elapsed: number | null,
  numberAt: (name: ClockName) => number | null,
  countsDown: boolean,
): GameClock | null {
  const regulation = regulationOf(match)
  const lengthOf = (period: number): number => periodSeconds(sport, period, regulation)
  const periods = regulation?.periods ?? (sport === 'soccer' ? 2 : 4)
  // Added time of soccer counts on below 0.
  const held = (seconds: number): number => (sport === 'soccer' ? seconds : Math.max(0, seconds))
  const whole = lengthOf(1) * periods
  const left = numberAt('gameSecondsLeft')
  const played = left === null ? elapsed : whole - left
  const period =
    numberAt('period') ??
    (played === null ? null : played < whole ? Math.floor(played / lengthOf(1)) + 1 : periods)
  if (period === null) return null
  const secondsLeft = numberAt('secondsLeft')
  if (secondsLeft !== null) return { period, secondsLeft: held(secondsLeft) }
  const secondsPlayed = numberAt('secondsPlayed')
  if (secondsPlayed !== null) return { period, secondsLeft: held(lengthOf(period) - secondsPlayed) }
  if (left !== null && period > periods) return { period, secondsLeft: Math.max(0, left) }
  if (played !== null) {
    const before = lengthOf(1) * Math.min(period - 1, periods) + 300 * Math.max(0, period - 1 - periods)
    return { period, secondsLeft: held(lengthOf(period) - (played - before)) }
  }
  // A row without time happens where the clock stood.
  if (!countsDown) return null
  const stood = period === match.period ? match.secondsLeft : null
  return { period, secondsLeft: stood ?? lengthOf(period) }
}
