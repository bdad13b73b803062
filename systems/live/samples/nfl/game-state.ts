import { clamp } from '@heavylift/core/math'
import type { GameClock } from '../../src/domain/clocks.ts'
import type { NflSituation } from '../../src/domain/feed-event.ts'
import type { Side } from '../../src/domain/match.ts'
import { otherSide } from '../../src/domain/match.ts'

/** The scoreboard and the ball of a game in progress. */
export interface GameState {
  period: number
  secondsLeft: number
  /** Wall clock, milliseconds since the epoch: the end of the last play. */
  wallMs: number
  score: Record<Side, number>
  timeouts: Record<Side, number>
  possession: Side
  down: number
  yardsToGo: number
  yardsToGoal: number
  /** Runs until the next snap. */
  clockRuns: boolean
  /** Yards of the ball from the sideline on the offence's right hand. */
  ballV: number
  /** `try`: after a touchdown. `kickoff`: by the side that has not `possession`. */
  next: 'kickoff' | 'scrimmage' | 'try'
  /** Yards from the kickoff's spot to the receiver's own goal line: 65, 80 after a safety. */
  kickoffYardsToGoal: number
  /** Sides that have had the ball in overtime. */
  overtimePossessions: Set<Side>
  isOver: boolean
  playNumber: number
}

export function createGameState(startMs: number, receiver: Side): GameState {
  return {
    period: 1,
    secondsLeft: 900,
    wallMs: startMs,
    score: { home: 0, away: 0 },
    timeouts: { home: 3, away: 3 },
    possession: receiver,
    down: 1,
    yardsToGo: 10,
    yardsToGoal: 65,
    clockRuns: false,
    ballV: 160 / 6,
    next: 'kickoff',
    kickoffYardsToGoal: 65,
    overtimePossessions: new Set(),
    isOver: false,
    playNumber: 0,
  }
}

/** Points by which the side with the ball leads. */
export function lead(state: GameState): number {
  return state.score[state.possession] - state.score[otherSide(state.possession)]
}

/** Home attacks to the right in the first quarter; the teams change ends after each. */
export function directionOf(state: GameState): 'left' | 'right' {
  const isRight = (state.possession === 'home') === (state.period % 2 === 1)
  return isRight ? 'right' : 'left'
}

/** x of the line of scrimmage, yards from the left end line. */
export function scrimmageX(state: GameState): number {
  return directionOf(state) === 'right' ? 110 - state.yardsToGoal : 10 + state.yardsToGoal
}

export function gameClock(state: GameState): GameClock {
  return { period: state.period, secondsLeft: state.secondsLeft }
}

/** The situation before the next snap. On kicks off and tries there is no down; the offence is who receives or tries. */
export function situationOf(state: GameState): NflSituation {
  const isScrimmage = state.next === 'scrimmage'
  return {
    playId: String(state.playNumber),
    possession: state.possession,
    down: isScrimmage ? state.down : null,
    yardsToGo: isScrimmage ? state.yardsToGo : null,
    yardsToGoal: state.yardsToGoal,
    homeScore: state.score.home,
    awayScore: state.score.away,
    homeTimeouts: state.timeouts.home,
    awayTimeouts: state.timeouts.away,
  }
}

/** Runs the game clock down within the period. */
export function useClock(state: GameState, seconds: number): void {
  state.secondsLeft = Math.max(0, state.secondsLeft - Math.round(seconds))
}

/** The other side gets the ball, first and ten, `yardsToGoal` from its goal. */
export function turnOver(state: GameState, yardsToGoal: number): void {
  state.overtimePossessions.add(state.possession)
  state.possession = otherSide(state.possession)
  firstDownAt(state, yardsToGoal)
  state.clockRuns = false
}

export function firstDownAt(state: GameState, yardsToGoal: number): void {
  state.next = 'scrimmage'
  state.yardsToGoal = clamp(Math.round(yardsToGoal), 1, 99)
  state.down = 1
  state.yardsToGo = Math.min(10, state.yardsToGoal)
}

/** The side that has `possession` will receive a kickoff. */
export function kickOffTo(state: GameState, receiver: Side, kickoffYardsToGoal = 65): void {
  state.next = 'kickoff'
  state.possession = receiver
  state.kickoffYardsToGoal = kickoffYardsToGoal
  state.yardsToGoal = 100 - kickoffYardsToGoal
  state.clockRuns = false
}
