import type { Condition } from '../facts/condition.ts'
import { always } from '../facts/condition.ts'
import { both, either } from './conditions.ts'
import { heldIn } from './filled.ts'
import { untold } from './told.ts'
import { constant } from './values.ts'
import type { Held, Value, Way } from './values.ts'
import { unionOfWays } from './when.ts'

type List = Extract<Value, { t: 'list' }>

/** Items of a list past which it is not told which is its first. */
const maxFirst = 6

/** What held when items were put into lists that code fills as it goes, by where they stand. */
const itemsOf = new WeakMap<List, Map<number, Held>>()

/** Notes what holds where items are put at the end of a list, before they are. */
export function noteItems(list: List, count: number, now: Held): void {
  const known = itemsOf.get(list) ?? new Map<number, Held>()
  itemsOf.set(list, known)
  for (let at = 0; at < count; at++) known.set(list.items.length + at, now)
}

/** Notes when each item of a list is in it that is made of another one. */
export function keepItems(list: List, held: readonly Held[]): void {
  itemsOf.set(list, new Map(held.entries()))
}

/** Notes that something may be taken out of a list. */
export const forgetItems = (list: List): boolean => itemsOf.delete(list)

/** When each item of a list is in it, beside what holds `now`: of one that code fills as it goes. Null where that is not known, or all are there. */
export function itemsWhen(list: List, now: Held): readonly Condition[] | null {
  const held = itemsOf.get(list) ?? appendedTo(list)
  if (!held || list.isOpen) return null
  const when = list.items.map((_, at) =>
    (held.get(at) ?? []).filter((condition) => !now.includes(condition)).reduce(both, always),
  )
  return when.every((one) => one === always) ? null : when
}

// Go's lists are made anew where more is put into them.
function appendedTo(list: List): Map<number, Held> | null {
  const held = heldIn(list)
  return held?.length === list.items.length ? new Map(held.entries()) : null
}

const keyOf = (condition: Condition): string =>
  JSON.stringify(
    condition
      .map((row) =>
        row
          .map((atom) => JSON.stringify(atom))
          .toSorted()
          .join(' '),
      )
      .toSorted(),
  )

/** The first item that is in such a list, with when it is which, and nothing where it has none; null where that is not known. */
export function firstIn(list: List, now: Held): Value | null {
  const when = itemsWhen(list, now)
  if (!when || when.length > maxFirst) return null
  const ways: Way[] = []
  const before: Condition[] = []
  for (const [index, condition] of when.entries()) {
    ways.push({ value: list.items[index] ?? constant(null), conditions: [...before, condition] })
    if (condition === always) return unionOfWays(ways)
    before.push(untold(condition))
  }
  // Where it is known that one of them is there, the last one is where no other is.
  const last = ways.at(-1)
  const any = keyOf(when.reduce(either, []))
  return last && now.some((one) => keyOf(one) === any)
    ? unionOfWays([...ways.slice(0, -1), { ...last, conditions: last.conditions.slice(0, -1) }])
    : unionOfWays([...ways, { value: constant(null), conditions: before }])
}
