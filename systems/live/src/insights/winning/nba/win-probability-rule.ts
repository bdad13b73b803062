import { defineRule } from '../../../domain/rule.ts'
import { sayWinner, sayWinProbability } from '../moments/say-win-probability.ts'
import { createScoredMinutes } from '../moments/scored-minutes.ts'
import type { ScoredMinutes } from '../moments/scored-minutes.ts'
import { createNbaMomentState, nbaMoment } from './nba-moments.ts'
import type { NbaMomentState } from './nba-moments.ts'

interface WinProbabilityState {
  moments: NbaMomentState
  scored: ScoredMinutes
  said: number | null
}

/** A change below this without a score is not said. */
const leastChange = 0.01

/** Says the home side's chance to win after every score, and after what else moved it. */
export const nbaWinProbabilityRule = defineRule<WinProbabilityState>({
  name: 'nba.win-probability',
  version: 1,
  sports: ['nba'],
  create: () => ({ moments: createNbaMomentState(), scored: createScoredMinutes(), said: null }),
  onEvent(event, state, say) {
    if (event.kind === 'match-end') sayWinner('nba', event, state.scored, say)
    const told = nbaMoment(event, state.moments)
    if (told === null) return
    const isSeen = told.moment.kind === 'score' || Math.abs(told.chance - (state.said ?? -1)) >= leastChange
    if (!isSeen) return
    state.said = told.chance
    sayWinProbability('nba', told.moment, told.chance, state.scored, say)
  },
})
