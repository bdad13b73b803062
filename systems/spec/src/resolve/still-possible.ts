import { negateAtom } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { untold } from './told.ts'
import { mayBeError } from './go-errors.ts'
import { asAsked, meaningOf, unionOfWays, waysOf } from './when.ts'
import { each, nothing, printValue, union } from './values.ts'
import type { Value } from './values.ts'

/**
 * What is left of one of several values where others that came with it were asked first: after `if err != nil { return }` the value beside `err` is none that comes
 * with an error. What was asked stands in one word for the ways that a call came to (`meaningOf`).
 */
export function stillPossible(value: Value, around: readonly Condition[]): Value {
  if (value.t !== 'union' || (!value.when && !value.ways) || value.asked !== undefined) return value
  const meant = around.flatMap(([row, ...rows]) => {
    const [atom, ...others] = rows.length === 0 ? (row ?? []) : []
    const ways = atom && others.length === 0 ? meaningOf(atom) : null
    return ways && ways.length > 0 ? [ways.map((one) => new Set(one.map(asAsked)))] : []
  })
  if (meant.length === 0) return value
  // On a way on which one of those holds that make a test true, it is not false.
  const otherSides = around.flatMap((one) => {
    const [row, ...rows] = untold(one)
    const [atom, ...others] = rows.length === 0 ? (row ?? []) : []
    return atom && others.length === 0 ? (meaningOf(atom) ?? []).filter((way) => way.length > 0) : []
  })
  const isOfOtherSide = (conditions: readonly Condition[]) =>
    otherSides.some((way) => way.every((one) => conditions.includes(one)))
  const ways = waysOf(value)
  const left = ways.filter(({ conditions }) => {
    const denied = conditions.flatMap((one) => (isOneTest(one) ? [asAsked(opposite(one))] : []))
    return (
      !meant.some((all) => all.every((said) => denied.some((one) => said.has(one)))) &&
      !isOfOtherSide(conditions)
    )
  })
  if (left.length === 0 || left.length === ways.length) return value
  // What each way of what was asked says is said by that.
  const said = new Set(
    meant.flatMap(([first, ...others]) =>
      [...(first ?? [])].filter((one) => others.every((other) => other.has(one))),
    ),
  )
  const made = unionOfWays(
    left.map((way) => ({ ...way, conditions: way.conditions.filter((one) => !said.has(asAsked(one))) })),
  )
  if (made.t !== 'union') return made
  const { from, text } = value
  return { ...made, ...(from === undefined ? {} : { from }), ...(text === undefined ? {} : { text }) }
}

/** Go: an error that a function gives back after it was found to be one, also one of several of which nobody knows when it is which; nothing where it was found to be none; null of any other value. */
export function foundError(value: Value, conditions: readonly Condition[]): Value | null {
  if (value.t === 'list') {
    const found = value.items.map((one) => (one.t === 'list' ? null : foundError(one, conditions)))
    return found.some((one) => one !== null)
      ? { ...value, items: value.items.map((one, at) => found[at] ?? one) }
      : null
  }
  if (!mayBeError(value) || (value.t === 'union' && (value.when || value.ways))) return null
  const subject = printValue(value)
  const said = conditions.filter(isOneTest).map(asAsked)
  if (said.includes(asAsked([[{ subject, op: 'absent' }]]))) return nothing
  if (!said.includes(asAsked([[{ subject, op: 'present' }]]))) return null
  return union(
    each(value)
      .filter((one) => one.t !== 'const' || one.v !== null)
      .map((one) => (one.t === 'symbol' ? { ...one, isThere: true } : one)),
  )
}

const isOneTest = ([row, ...others]: Condition): boolean => others.length === 0 && row?.length === 1

const opposite = (condition: Condition): Condition => condition.map((row) => row.map(negateAtom))
