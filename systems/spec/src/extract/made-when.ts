import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { both } from '../resolve/conditions.ts'
import type { Value } from '../resolve/values.ts'
import { waysOf } from '../resolve/when.ts'
import type { FoundOperation } from './flat-routes.ts'
import { registeredWhen } from './registered-when.ts'

/**
 * An operation with each middleware that what made it gave in one case only (`if secret == "" { return pass }`) as one that is there in that
 * case: settings decide it, as no request is there yet.
 */
export function withMadeWhen(operation: FoundOperation): FoundOperation {
  const last = operation.handlers.length - 1
  const isOneOf = (value: Value) =>
    value.t === 'union' && value.ways !== undefined && value.of.every(({ t }) => t === 'func')
  if (!operation.handlers.some((value, index) => index < last && isOneOf(value))) return operation
  const handlersWhen = new Map<Value, Condition>(operation.handlersWhen)
  const handlersAt = new Map(operation.handlersAt)
  const handlers = operation.handlers.flatMap((value, index) => {
    if (index === last || !isOneOf(value)) return [value]
    return waysOf(value).map(({ value: one, conditions }) => {
      const when = registeredWhen(conditions)
      if (when !== always) handlersWhen.set(one, both(operation.handlersWhen?.get(value) ?? always, when))
      const at = operation.handlersAt?.get(value)
      if (at) handlersAt.set(one, at)
      return one
    })
  })
  return {
    ...operation,
    handlers,
    ...(operation.handlersAt ? { handlersAt } : {}),
    ...(handlersWhen.size > 0 ? { handlersWhen } : {}),
  }
}
