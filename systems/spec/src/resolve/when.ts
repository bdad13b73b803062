import type { Atom, Condition } from '../facts/condition.ts'
import { always, negateAtom, unsaid } from '../facts/condition.ts'
import { knownComparison } from './comparisons.ts'
import { both, comparison, either, knownTruth, truth } from './conditions.ts'
import type { Outcome } from './running.ts'
import type { Runtime } from './runtime.ts'
import { setOpposite, untold } from './told.ts'
import { isSame, union } from './values.ts'
import type { Value } from './values.ts'

/** What a call comes to, each way with when it does. */
interface Way {
  value: Value
  when: Condition
}

/** Rows on either side past which a test is not told by what was asked. */
const maxWays = 16
const maxRows = 8
const maxAtoms = 24

/** One of the values that a call comes to; that it is one of several, and when each, is kept. */
export function unionOfOutcomes(outcomes: readonly Outcome[]): Value {
  return unionOf(
    outcomes.map(({ value, conditions }) => ({ value, when: conditions.reduce<Condition>(both, always) })),
  )
}

/** A part of each way that a value may be: Go's second result of a call. */
export function unionOfParts(value: Value, part: (one: Value) => Value): Value {
  return unionOf(waysOf(value).map(({ value: one, when }) => ({ value: part(one), when })))
}

/** What a name stands for after two branches, with when it is which. */
export function unionOfBranches(
  then: Value | undefined,
  otherwise: Value | undefined,
  condition: Condition,
): Value {
  if (!then || !otherwise || then === otherwise) return then ?? otherwise ?? union([])
  return unionOf([
    { value: then, when: condition },
    { value: otherwise, when: untold(condition) },
  ])
}

function unionOf(ways: readonly Way[]): Value {
  const made = union(ways.map(({ value }) => value))
  if (made.t !== 'union') return made
  const flat = ways.flatMap(({ value, when }) =>
    waysOf(value).map((inner) => ({ value: inner.value, when: both(when, inner.when) })),
  )
  const when = made.of.map((one) => {
    const own = flat.filter(({ value }) => isSame(value, one))
    return own.map((way) => way.when).reduce<Condition | null>((a, b) => (a ? either(a, b) : b), null)
  })
  return when.every((one) => one !== null) ? { ...made, when } : made
}

const waysOf = (value: Value): Way[] =>
  value.t === 'union'
    ? value.of.map((one, index) => ({ value: one, when: value.when?.[index] ?? always }))
    : [{ value, when: always }]

/**
 * When a comparison holds of what a call of the repository gave, in terms of what that call asked; null where it is not known when it gives what, or takes
 * too many words.
 */
export function comparedWays(
  op: string,
  left: Value,
  right: Value,
  run: Pick<Runtime, 'isInstance'>,
): Condition | null {
  if (op !== '==' && op !== '!=') return null
  return decided(
    left,
    (one) => knownComparison(op, one, right, run),
    (one) => comparison(op, one, right),
    (one) => comparison(op === '==' ? '!=' : '==', one, right),
  )
}

/** As `comparedWays`, of a value that is asked for being true. */
export function trueWays(value: Value, not: (condition: Condition) => Condition): Condition | null {
  return decided(value, knownTruth, truth, (one) => not(truth(one)))
}

function decided(
  value: Value,
  known: (one: Value) => boolean | null,
  whenTrue: (one: Value) => Condition,
  whenFalse: (one: Value) => Condition,
): Condition | null {
  if (value.t !== 'union' || !value.when) return null
  const rows: [Condition, Condition] = [[], []]
  let isTold = false
  for (const { value: one, when } of waysOf(value)) {
    const answer = known(one)
    if (answer !== null) isTold = true
    if (answer !== false) rows[0].push(...(answer ? when : both(when, whenTrue(one))))
    if (answer !== true) rows[1].push(...(answer === false ? when : both(when, whenFalse(one))))
  }
  // What is left out of one side would be wrong of the other.
  if (rows.some((side) => side.length > maxWays || side.some((row) => row.includes(unsaid)))) return null
  const [holds, fails] = rows.map(simplified)
  if (!isTold || !holds || !fails || !isShort(holds) || !isShort(fails)) return null
  setOpposite(holds, fails)
  return holds
}

/** The same in fewer words, not in order: without what can not hold, what another row implies, and, where one thing alone is enough, that it is not so. */
export function simplified(condition: Condition): Condition {
  let rows = condition.map((row) => new Map(row.map((atom) => [keyOf(atom), atom])))
  for (let isDone = false; !isDone;) {
    isDone = true
    rows = rows.filter((row) => ![...row.values()].some((atom) => row.has(keyOf(negateAtom(atom)))))
    const alone = new Set(rows.flatMap((row) => (row.size === 1 ? [...row.keys()] : [])))
    for (const row of rows)
      if (row.size > 1)
        for (const [key, atom] of row)
          if (row.size > 1 && alone.has(keyOf(negateAtom(atom)))) {
            row.delete(key)
            isDone = false
          }
  }
  return rows
    .filter(
      (row, at) =>
        !rows.some(
          (other, otherAt) =>
            other !== row &&
            (other.size < row.size || (other.size === row.size && otherAt < at)) &&
            [...other.keys()].every((key) => row.has(key)),
        ),
    )
    .map((row) => [...row.values()])
}

const keyOf = ({ subject, op, value }: Atom) => `${op} ${String(value)} ${subject}`

const isShort = (condition: Condition) =>
  condition.length > 0 &&
  condition.length <= maxRows &&
  condition.every((row) => row.length > 0) &&
  condition.flat().length <= maxAtoms
