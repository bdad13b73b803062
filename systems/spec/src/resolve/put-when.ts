import type { Condition } from '../facts/condition.ts'
import type { Value } from './values.ts'

/** Of things that code puts into a list while the program begins: the branches that it stands in there. */
const put = new WeakMap<Value, readonly Condition[]>()

/** A thing, as it stands in a list that only some branches put it into. */
export function putWhere(value: Value, branches: readonly Condition[]): Value {
  const isPlain = value.t === 'object' && value.ref === null
  if (branches.length === 0 || (value.t !== 'func' && value.t !== 'symbol' && !isPlain)) return value
  const own = { ...value }
  put.set(own, branches)
  return own
}

/** A thing that the program holds, which only some branches put into a list; where others do so too, nothing is known of it. */
export function noteWhere(value: Value, branches: readonly Condition[]): void {
  if (value.t !== 'object' && value.t !== 'symbol') return
  if (put.has(value)) put.set(value, [])
  else put.set(value, branches)
}

export const branchesOf = (value: Value): readonly Condition[] => put.get(value) ?? []

/** Of what a branch puts in a field while the program begins: the branches. Elsewhere there may be nothing under that name. */
const set = new WeakMap<Value, readonly Condition[]>()

/** A thing, as it stands in a field that only some branches set; `before` is what stood there. */
export function setWhere(value: Value, before: Value | undefined, branches: readonly Condition[]): Value {
  const isThing = value.t === 'func' || value.t === 'symbol' || (value.t === 'object' && value.ref === null)
  const wasNothing = before === undefined || (before.t === 'const' && !before.v)
  if (branches.length === 0 || !isThing || !wasNothing) return value
  const own = { ...value }
  set.set(own, branches)
  return own
}

/** When a thing is in the field that it was found in; nothing where it always is, or that is not known. */
export const setBy = (value: Value): readonly Condition[] => set.get(value) ?? []
