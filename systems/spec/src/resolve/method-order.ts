import type { ClassRef } from './values.ts'

/**
 * A class of Python and what it extends in the order in which its members are looked for ("The Python 2.3 Method Resolution
 * Order"): a class before what it extends, bases in the order of their names. Where no such order is, the nearest first.
 */
export function methodOrder(
  ref: ClassRef,
  basesOf: (ref: ClassRef) => readonly ClassRef[],
  depth = 0,
): ClassRef[] {
  if (depth > 8) return [ref]
  const bases = basesOf(ref)
  const lists = [...bases.map((base) => methodOrder(base, basesOf, depth + 1)), [...bases]]
  const order = [ref]
  for (;;) {
    const left = lists.filter(([first]) => first !== undefined)
    if (left.length === 0) return order
    const isLater = (one: ClassRef) => left.some((list) => list.indexOf(one) > 0)
    const next = left.flatMap(([first]) => first ?? []).find((one) => !isLater(one)) ?? left[0]?.[0]
    if (!next) return order
    order.push(next)
    for (const list of lists) {
      const at = list.indexOf(next)
      if (at >= 0) list.splice(at, 1)
    }
  }
}
