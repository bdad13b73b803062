import { eventsRule } from '../events/events-rule.ts'
import { createBurnBarRule } from '../fuel/burn-bar-rule.ts'
import { blitzRule } from '../tracking/blitz-rule.ts'
import { coverageRule } from '../tracking/coverage-rule.ts'
import { pocketHealthRule, pressureRule } from '../tracking/pocket-rules.ts'
import type { Rule } from './rule.ts'

/** Every rule that a match runs, in the order in which they see an event. */
export const rules: readonly Rule[] = [
  eventsRule,
  blitzRule,
  coverageRule,
  pressureRule,
  pocketHealthRule,
  createBurnBarRule(),
]
