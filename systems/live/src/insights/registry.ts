import { eventsRule } from '../events/events-rule.ts'
import { createBurnBarRule } from './fuel/burn-bar-rule.ts'
import { blitzRule } from './tracking/blitz-rule.ts'
import { coverageRule } from './tracking/coverage-rule.ts'
import { pocketHealthRule, pressureRule } from './tracking/pocket-rules.ts'
import { keyMomentsRule } from './winning/moments/key-moments-rule.ts'
import { momentumRule } from './winning/moments/momentum-rule.ts'
import { nbaWinProbabilityRule } from './winning/nba/win-probability-rule.ts'
import { nflEndOfGameRule } from './winning/nfl/end-of-game-rule.ts'
import { nflWinProbabilityRule } from './winning/nfl/win-probability-rule.ts'
import type { Rule } from '../domain/rule.ts'

/** Every rule that a match runs, in the order in which they see an event. */
export const rules: readonly Rule[] = [
  eventsRule,
  nflWinProbabilityRule,
  nflEndOfGameRule,
  nbaWinProbabilityRule,
  keyMomentsRule,
  momentumRule,
  blitzRule,
  coverageRule,
  pressureRule,
  pocketHealthRule,
  createBurnBarRule(),
]
