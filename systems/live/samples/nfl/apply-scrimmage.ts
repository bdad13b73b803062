import { otherSide } from '../../src/domain/match.ts'
import { firstDownAt, kickOffTo, turnOver } from './game-state.ts'
import type { GameState } from './game-state.ts'
import type { ScrimmagePlan } from './play-plan.ts'

/** What a play came to, for its event. */
export interface Consequence {
  yardsGained: number
  touchdown: boolean
  safety: boolean
  firstDown: boolean
  turnoverOnDowns: boolean
}

/** Moves ball, downs, score and possession on by a play from scrimmage. The clock is not touched but for whether it runs. */
export function applyScrimmage(
  state: GameState,
  plan: ScrimmagePlan,
  clockStopsOutOfBounds: boolean,
): Consequence {
  const offence = state.possession
  const result = { yardsGained: 0, touchdown: false, safety: false, firstDown: false, turnoverOnDowns: false }
  if (plan.penalty) {
    result.firstDown = applyPenalty(state, plan.penalty)
    return result
  }
  result.yardsGained = plan.kind === 'incomplete' || plan.kind === 'interception' ? 0 : plan.gain
  if (plan.touchdown) {
    scoreTouchdown(state, offence)
    result.touchdown = true
    result.firstDown = true
    return result
  }
  if (plan.takeaway) {
    const spot = state.yardsToGoal - (plan.kind === 'interception' ? plan.airYards : plan.gain)
    if (plan.takeaway.touchdown) {
      turnOver(state, 1)
      scoreTouchdown(state, otherSide(offence))
      result.touchdown = true
    } else if (spot <= 0) turnOver(state, 80)
    else turnOver(state, 100 - spot - plan.takeaway.returnYards)
    return result
  }
  if (state.yardsToGoal - plan.gain >= 100) {
    state.score[otherSide(offence)] += 2
    state.overtimePossessions.add(offence)
    kickOffTo(state, otherSide(offence), 80)
    result.safety = true
    return result
  }
  result.firstDown = plan.gain >= state.yardsToGo
  state.clockRuns =
    plan.kind !== 'incomplete' && plan.kind !== 'spike' && !(plan.endsOutOfBounds && clockStopsOutOfBounds)
  if (result.firstDown) firstDownAt(state, state.yardsToGoal - plan.gain)
  else if (state.down === 4) {
    result.turnoverOnDowns = true
    turnOver(state, 100 - (state.yardsToGoal - plan.gain))
  } else {
    state.down++
    state.yardsToGo -= plan.gain
    state.yardsToGoal -= plan.gain
  }
  return result
}

/** Six points, then the try from two yards (an extra point is kicked from 15). */
export function scoreTouchdown(state: GameState, side: GameState['possession']): void {
  state.score[side] += 6
  state.possession = side
  state.next = 'try'
  state.yardsToGoal = 15
  state.clockRuns = false
}

function applyPenalty(state: GameState, penalty: NonNullable<ScrimmagePlan['penalty']>): boolean {
  state.clockRuns = false
  if (penalty.against === 'offence') {
    // Never more than half the distance to the offender's own goal.
    const yards = Math.min(penalty.yards, Math.floor((100 - state.yardsToGoal) / 2))
    state.yardsToGoal += yards
    state.yardsToGo += yards
    return false
  }
  const yards = Math.min(
    penalty.yards,
    Math.max(Math.floor(state.yardsToGoal / 2), penalty.automaticFirst ? state.yardsToGoal - 1 : 0),
  )
  if (penalty.automaticFirst || yards >= state.yardsToGo) {
    firstDownAt(state, state.yardsToGoal - yards)
    return true
  }
  state.yardsToGoal -= yards
  state.yardsToGo -= yards
  return false
}
