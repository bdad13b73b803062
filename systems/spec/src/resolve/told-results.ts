import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { nothing, union } from './values.ts'
import type { Site, Value } from './values.ts'
import { areToldApart, unionOfParts, writtenAs } from './when.ts'

/** What a method of one of two results comes to, each told with which of them it is; null of anything else. */
export function ofEachResult(
  callee: Extract<Value, { t: 'union' }>,
  call: (of: Value, when: Condition) => Value,
  site: Site,
): Value[] | null {
  const { when } = callee
  if (!when || !areToldApart(callee) || !callee.of.every(isOfResult)) return null
  const given = new Map(callee.of.map((of, at) => [of, call(of, when[at] ?? always)] as const))
  const all = unionOfParts(callee, (of) => given.get(of) ?? nothing)
  return [writtenAs(all, site)]
}

const isOfResult = (value: Value): boolean => value.t === 'symbol' && value.path.startsWith('@result.')

/** The only one as it is, which may be told apart; several are one of them. */
export const onlyOr = (values: readonly Value[]): Value => {
  const [only] = values
  return values.length === 1 && only ? only : union(values)
}
