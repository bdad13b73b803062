import { otherSide } from '../../src/domain/match.ts'
import { firstDownAt, kickOffTo, turnOver } from './game-state.ts'
import type { GameState } from './game-state.ts'
import { scoreTouchdown } from './apply-scrimmage.ts'
import type { KickPlan } from './play-plan.ts'

/** Moves score, ball and possession on by a kick. On a kickoff `state.possession` is the receiving side. */
export function applyKick(state: GameState, plan: KickPlan): void {
  state.clockRuns = false
  if (plan.kind === 'extra_point') {
    if (plan.result === 'good') state.score[state.possession] += 1
    return kickOffTo(state, otherSide(state.possession))
  }
  if (plan.kind === 'field_goal') {
    if (plan.result !== 'good') return turnOver(state, Math.min(80, 93 - state.yardsToGoal))
    state.score[state.possession] += 3
    state.overtimePossessions.add(state.possession)
    return kickOffTo(state, otherSide(state.possession))
  }
  const isPunt = plan.kind === 'punt'
  const receiver = isPunt ? otherSide(state.possession) : state.possession
  if (isPunt) state.overtimePossessions.add(state.possession)
  state.possession = receiver
  if (plan.result === 'return-touchdown') {
    state.overtimePossessions.add(receiver)
    return scoreTouchdown(state, receiver)
  }
  if (plan.result === 'recovered') {
    state.possession = otherSide(receiver)
    return firstDownAt(state, plan.yardsToGoal - plan.endYards)
  }
  // Touchbacks: the 30 after a kickoff, the 20 after a punt.
  if (plan.result === 'touchback') return firstDownAt(state, isPunt ? 80 : 70)
  firstDownAt(state, 100 - (plan.yardsToGoal - plan.endYards))
}
