import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import { otherSide } from '../../src/domain/match.ts'
import { lead } from './game-state.ts'
import type { GameState } from './game-state.ts'

export type PlayCall = 'run' | 'pass' | 'punt' | 'field_goal' | 'kneel' | 'spike'
export type Tempo = 'normal' | 'hurry' | 'milk'

/** How fast a team plays: two minutes before the half and when behind late it hurries, ahead late it takes its time. */
export function tempoOf(state: GameState): Tempo {
  const ahead = lead(state)
  if (state.period === 2 && state.secondsLeft <= 120 && state.yardsToGoal < 85)
    return ahead > 16 ? 'normal' : 'hurry'
  if (state.period >= 4) {
    if (ahead < 0 && (state.secondsLeft <= 240 || (ahead < -8 && state.secondsLeft <= 480))) return 'hurry'
    if (state.period === 4 && ahead > 0 && state.secondsLeft <= 300) return 'milk'
    if (ahead === 0 && state.secondsLeft <= 120) return 'hurry'
  }
  return 'normal'
}

export function callPlay(random: Random, state: GameState): PlayCall {
  const ahead = lead(state)
  const tempo = tempoOf(state)
  if (canKneelOut(state, ahead)) return 'kneel'
  const isLastSeconds = (state.period === 2 || state.period >= 4) && state.secondsLeft <= 9
  if (isLastSeconds && state.yardsToGoal <= 40 && (state.period === 2 || (ahead <= 0 && ahead >= -3)))
    return 'field_goal'
  if (state.down === 4) return callFourthDown(random, state, ahead)
  const canSpike = tempo === 'hurry' && state.clockRuns && state.timeouts[state.possession] === 0
  if (canSpike && state.secondsLeft < 45 && state.down < 3 && random.chance(0.6)) return 'spike'
  return random.chance(passShare(state, ahead, tempo)) ? 'pass' : 'run'
}

function passShare(state: GameState, ahead: number, tempo: Tempo): number {
  let share: number
  if (state.down === 1) share = 0.51
  else if (state.down === 2) share = state.yardsToGo > 7 ? 0.64 : state.yardsToGo > 3 ? 0.54 : 0.38
  else share = state.yardsToGo >= 5 ? 0.9 : state.yardsToGo > 1 ? 0.66 : 0.25
  if (state.yardsToGoal <= 3) share -= 0.2
  if (tempo === 'hurry') share += 0.25
  if (tempo === 'milk') share -= 0.3
  else if (state.period >= 3) share -= clamp(ahead * 0.01, -0.2, 0.15)
  return clamp(share, 0.05, 0.97)
}

/** True when kneeling on every down left, the other side's timeouts counted, runs out the clock. */
function canKneelOut(state: GameState, ahead: number): boolean {
  if (state.period !== 4 || ahead <= 0 || state.down === 4) {
    return state.period === 2 && state.secondsLeft <= 20 && state.yardsToGoal > 70
  }
  const timeouts = state.timeouts[otherSide(state.possession)]
  return state.secondsLeft <= Math.max(0, 4 - state.down - timeouts) * 40 + 5
}

function callFourthDown(random: Random, state: GameState, ahead: number): PlayCall {
  const isDesperate =
    state.period >= 4 && ahead < 0 && (state.secondsLeft < 150 || (ahead < -8 && state.secondsLeft < 420))
  if (isDesperate) {
    const fieldGoalHelps = ahead >= -3 && state.yardsToGoal <= 36
    return fieldGoalHelps ? 'field_goal' : 'pass'
  }
  const goes = state.yardsToGo === 1 ? 0.45 : state.yardsToGo === 2 ? 0.25 : state.yardsToGo <= 5 ? 0.08 : 0
  if (state.yardsToGoal <= 60 && random.chance(goes))
    return state.yardsToGo <= 2 && random.chance(0.5) ? 'run' : 'pass'
  if (state.yardsToGoal <= 37) return 'field_goal'
  return 'punt'
}

/** Seconds that run off between the end of a play and the next snap while the clock runs. */
export function secondsBetweenPlays(random: Random, tempo: Tempo): number {
  if (tempo === 'hurry') return random.int(10, 17)
  if (tempo === 'milk') return random.int(36, 40)
  return random.int(27, 38)
}
