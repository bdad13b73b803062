import { defineRule } from '../../../domain/rule.ts'
import { sayWinner, sayWinProbability } from '../moments/say-win-probability.ts'
import { createScoredMinutes } from '../moments/scored-minutes.ts'
import type { ScoredMinutes } from '../moments/scored-minutes.ts'
import { createNflMomentState, nflMoments } from './nfl-moments.ts'
import type { NflMomentState } from './nfl-moments.ts'

interface WinProbabilityState {
  moments: NflMomentState
  scored: ScoredMinutes
}

/** Says the home side's chance to win after every play. */
export const nflWinProbabilityRule = defineRule<WinProbabilityState>({
  name: 'nfl.win-probability',
  version: 1,
  sports: ['nfl'],
  create: () => ({ moments: createNflMomentState(), scored: createScoredMinutes() }),
  onEvent(event, state, say) {
    for (const { moment, chance, after } of nflMoments(event, state.moments))
      if (after !== null) sayWinProbability('nfl', moment, chance, state.scored, say)
    if (event.kind === 'match-end') sayWinner('nfl', event, state.scored, say)
  },
})
