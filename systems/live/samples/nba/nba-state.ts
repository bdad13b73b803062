import type { Side } from '../../src/domain/match.ts'
import { otherSide } from '../../src/domain/match.ts'

export interface NbaState {
  period: number
  /** Tenths of a second kept. */
  secondsLeft: number
  wallMs: number
  score: Record<Side, number>
  possession: Side
  /** Team fouls of the period; the fifth gives free throws. */
  fouls: Record<Side, number>
  timeouts: Record<Side, number>
  /** Points scored in a row. */
  run: { side: Side; points: number }
  /** Who won the opening tip: the other side starts the second and third periods. */
  tipWinner: Side
}

/** Home attacks the right basket in the first half, the left one after it. */
export function attacksRight(state: NbaState, side: Side): boolean {
  return (side === 'home') === state.period <= 2
}

export function leadOf(state: NbaState, side: Side): number {
  return state.score[side] - state.score[otherSide(side)]
}

/** How a possession is played by score and clock. */
export interface Pace {
  /** Mean seconds of the possession. */
  seconds: number
  /** Added to the share of threes. */
  wantsThree: number
  /** The defence fouls on purpose. */
  isFouled: boolean
}

export function paceOf(state: NbaState, isFastBreak: boolean): Pace {
  const ahead = leadOf(state, state.possession)
  const { period, secondsLeft } = state
  const isClutch = period >= 4 && secondsLeft <= 120
  const pace: Pace = { seconds: isFastBreak ? 5.5 : 13.8, wantsThree: 0, isFouled: false }
  if (period >= 4 && ahead > 0 && ahead <= 7 && secondsLeft <= 30 && (secondsLeft <= 24 || ahead >= 3)) {
    pace.isFouled = true
    pace.seconds = 3
  } else if (isClutch && ahead > 0) pace.seconds = 20
  else if (isClutch && ahead < -2) {
    pace.seconds = secondsLeft < 40 ? 5 : 9
    pace.wantsThree = ahead <= -3 ? 0.3 : 0.1
  } else if (isClutch && ahead >= -2 && secondsLeft <= 26) pace.seconds = Math.max(4, secondsLeft - 4)
  else if (!isClutch && secondsLeft > 3 && secondsLeft < 27) pace.seconds = Math.max(4, secondsLeft - 3)
  if (period >= 4 && ahead === -3 && secondsLeft < 20) pace.wantsThree = 0.6
  return pace
}
