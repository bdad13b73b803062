import type { Condition } from '../facts/condition.ts'
import { unsaid } from '../facts/condition.ts'
import { isThrown } from './caught.ts'
import type { Outcome } from './running.ts'
import { asUnthrown } from './told.ts'
import type { Effect } from './values.ts'

/** Java: what holds once a call of the repository came back that may throw: all that holds on each way on which it comes back. */
export function afterCall(outcomes: readonly Outcome[], done: readonly Effect[]): Condition[] {
  const [first, ...others] = outcomes
  if (!first || !done.some(isThrown)) return []
  const ways = others.map(({ conditions }) => new Set(conditions.map((one) => JSON.stringify(one))))
  return first.conditions
    .filter(
      (one) => !one.some((row) => row.includes(unsaid)) && ways.every((way) => way.has(JSON.stringify(one))),
    )
    .map(asUnthrown)
}
