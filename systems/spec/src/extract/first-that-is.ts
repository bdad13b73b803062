import { always, normalizeCondition } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { both, either, not, resolved } from '../resolve/conditions.ts'

export const isAlways = (when: Condition): boolean => when.some((row) => row.length === 0)

/** Of things in their order, each there only where settings say so, those that may be the first that is there, and when it is that one. */
export function firstThatIs<T extends { when: Condition }>(all: readonly T[]): { one: T; when: Condition }[] {
  const found: { one: T; when: Condition }[] = []
  let left = always
  for (const one of all) {
    const when = normalizeCondition(both(left, one.when), { keepsUnsaid: true })
    if (when.length > 0) found.push({ one, when })
    if (isAlways(one.when)) break
    left = normalizeCondition(both(left, not(one.when)), { keepsUnsaid: true })
    if (left.length === 0) break
  }
  return found
}

/** Things that are the same as one, wherever any of them is. */
export function together<T extends { when: Condition }>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, when: others.length === 0 ? first.when : whenAny([first, ...others]) }] : [],
  )
}

/** Where any of them is there. */
export const whenAny = (all: readonly { when: Condition }[]): Condition =>
  all.some(({ when }) => isAlways(when))
    ? always
    : resolved(
        all.reduce<Condition>((before, { when }) => (before.length === 0 ? when : either(before, when)), []),
      )
