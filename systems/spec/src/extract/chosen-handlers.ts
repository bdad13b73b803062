import type { Condition } from '../facts/condition.ts'
import { always, unsaid } from '../facts/condition.ts'
import { flatten } from '../packs/routing.ts'
import { both } from '../resolve/conditions.ts'
import { branchesOf } from '../resolve/put-when.ts'
import type { Value } from '../resolve/values.ts'
import { areToldApart, waysOf } from '../resolve/when.ts'
import type { FoundOperation } from './flat-routes.ts'
import { registeredWhen } from './registered-when.ts'

/** One of several things by a setting, or one that a list has by a setting, is each of them where that says so. */
export function withChosen(operation: FoundOperation): FoundOperation {
  const { handlers, pack, own = 0 } = operation
  if (pack.language !== 'javascript') return operation
  const made = handlers.map((value, index) => (index < handlers.length - 1 ? chosen(value) : null))
  if (made.every((one) => one === null)) return operation
  const handlersWhen = new Map(operation.handlersWhen)
  const handlersAt = new Map(operation.handlersAt)
  const belowOf = operation.belowOf && new Map(operation.belowOf)
  for (const [index, value] of handlers.entries())
    for (const one of made[index] ?? []) {
      const at = handlersAt.get(value)
      if (at) handlersAt.set(one.value, at)
      if (belowOf?.has(value)) belowOf.set(one.value, belowOf.get(value) ?? null)
      handlersWhen.set(one.value, both(one.when, handlersWhen.get(value) ?? always))
    }
  const all = handlers.map((value, index) => made[index]?.map((one) => one.value) ?? [value])
  return {
    ...operation,
    handlers: all.flat(),
    handlersWhen,
    handlersAt,
    ...(belowOf ? { belowOf } : {}),
    own: all.slice(handlers.length - own).flat().length,
  }
}

interface Chosen {
  value: Value
  when: Condition
}

// Null of what is there always, and of which nobody knows when it is there.
function chosen(value: Value): Chosen[] | null {
  if (value.t !== 'union') {
    const when = settingOf(branchesOf(value))
    return when ? [{ value, when }] : null
  }
  if (!areToldApart(value)) return null
  const ways = waysOf(value).map((way) => ({ way, when: settingOf(way.conditions) }))
  const found = ways.flatMap(({ way, when }) =>
    when === null
      ? []
      : flatten(way.value).flatMap((one) =>
          one.t === 'func' || one.t === 'symbol' ? [{ value: { ...one }, when }] : [],
        ),
  )
  return ways.some(({ when }) => when === null) ? null : found
}

/** The settings that say whether code of branches runs; null where it does in any case, or no setting says so. */
export function settingOf(branches: readonly Condition[]): Condition | null {
  const when = registeredWhen(branches)
  const isAlways = when.some((row) => row.length === 0)
  return isAlways || when.flat().some(({ subject }) => subject === unsaid.subject) ? null : when
}
