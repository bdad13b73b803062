import { elapsedSeconds } from '../../../feeds/clocks/game-clock.ts'
import { defineRule } from '../../../domain/rule.ts'
import { addSwing, createMomentum, momentumScore } from './momentum.ts'
import type { Momentum } from './momentum.ts'
import { createMomentState, momentsOf } from './told-moments.ts'
import type { MomentState } from './told-moments.ts'

interface MomentumState {
  moments: MomentState
  momentum: Momentum
  said: number | null
}

/** A change below this is not said again. */
const leastChange = 5

/** Says which way the game leans, whenever that changed enough to be seen. */
export const momentumRule = defineRule<MomentumState>({
  name: 'momentum',
  version: 1,
  sports: ['nfl', 'nba'],
  create: () => ({ moments: createMomentState(), momentum: createMomentum(), said: null }),
  onEvent(event, state, say) {
    for (const { sport, moment } of momentsOf(event, state.moments)) {
      if (moment.clocks.game === null) continue
      addSwing(state.momentum, sport, elapsedSeconds(sport, moment.clocks.game), moment.swing)
      const value = momentumScore(state.momentum)
      if (state.said !== null && Math.abs(value - state.said) < leastChange) continue
      state.said = value
      const team = value > 0 ? say.match?.home : say.match?.away
      say.insight({
        kind: 'momentum',
        subject: 'match',
        occasion: moment.occasion,
        clocks: moment.clocks,
        headline:
          Math.abs(value) < 20
            ? 'Neither side has the run of play.'
            : `${team?.name ?? (value > 0 ? 'The home side' : 'The away side')} has the run of play.`,
        estimate: { type: 'score', value, low: -100, high: 100 },
        evidence: [
          {
            label: 'Last swing',
            value: Math.round(1000 * moment.swing) / 10,
            unit: 'points of win probability',
          },
        ],
        leadTimeMs: null,
        importance: Math.abs(value) / 200,
        detail: { homeScore: moment.homeScore, awayScore: moment.awayScore },
        isScored: false,
      })
    }
  },
})
