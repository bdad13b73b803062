import { eventsRule } from '../events/events-rule.ts'
import type { Rule } from './rule.ts'

/** Every rule that a match runs, in the order in which they see an event. */
export const rules: readonly Rule[] = [eventsRule]
