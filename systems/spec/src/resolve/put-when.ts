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
