import type { Taken, Value } from './values.ts'

/** Two branches of which one is taken. */
export function twoWays(): [Taken, Taken] {
  const [one, other]: [Taken, Taken] = [
    { other: null, isOnly: false },
    { other: null, isOnly: false },
  ]
  one.other = other
  other.other = one
  return [one, other]
}

/** Rounds of loops of which nobody knows whether there are any. */
const rounds = new WeakSet<Taken>()

/** A round that there may be none of. */
export function aRound(): Taken {
  const [one] = twoWays()
  rounds.add(one)
  return one
}

/** Whether code stands in a round that there may be none of. */
export const isInRounds = (taken: readonly Taken[]): boolean => taken.some((one) => rounds.has(one))

type Parts = Map<string, Value>

/** The branches that things and lists were made in. */
const madeIn = new WeakMap<object, readonly Taken[]>()
/** Of parts that only branches set, the ways on which each is set. */
const setOn = new WeakMap<Parts, Map<string, (readonly Taken[])[]>>()

/** Notes in which branches a thing, by its parts, or a list is made. */
export function madeWithin(parts: object, taken: readonly Taken[]): void {
  if (taken.length > 0) madeIn.set(parts, [...taken])
}

/** The branches that were taken since a thing or a list was made. */
export function wayTo(made: object, taken: readonly Taken[]): readonly Taken[] {
  const before = madeIn.get(made) ?? []
  return taken.filter((one) => !before.includes(one))
}

/** Notes in which branches a part is set, before it is. */
export function setWithin(parts: Parts, name: string, taken: readonly Taken[]): void {
  const own = setOn.get(parts) ?? new Map<string, (readonly Taken[])[]>()
  const known = own.get(name)
  const way = wayTo(parts, taken)
  if (way.length === 0) own.delete(name)
  else if (known) known.push(way)
  else if (!parts.has(name)) own.set(name, [way])
  setOn.set(parts, own)
}

/** Whether a thing may be without a part: no way goes through all that sets it. */
export function isSometimes(parts: Parts, name: string): boolean {
  const ways = setOn.get(parts)?.get(name)
  return ways !== undefined && !isAlways(ways)
}

/** Whether every way goes through one of these. */
export function isAlways(given: readonly (readonly Taken[])[]): boolean {
  const ways = given.map((way) => way.filter(({ isOnly }) => !isOnly))
  for (const way of ways) {
    const last = way.at(-1)
    const before = way.slice(0, -1)
    const isBoth = ways.some(
      (one) =>
        one.length === way.length &&
        one.at(-1) === last?.other &&
        before.every((each, at) => one[at] === each),
    )
    if (last && isBoth && !ways.some((one) => isSame(one, before))) ways.push(before)
  }
  return ways.some((way) => way.length === 0)
}

const isSame = (a: readonly Taken[], b: readonly Taken[]) =>
  a.length === b.length && a.every((one, at) => one === b[at])
