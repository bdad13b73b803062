import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { both, either, knownTruth, truth } from '../resolve/conditions.ts'
import { untold } from '../resolve/told.ts'
import type { Value } from '../resolve/values.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { thingsOfGo } from './hand-on.ts'
import type { Run } from './run-code.ts'

/** Steps that one function is followed that says what middleware lets past. */
const stepsOfSkipper = 2000

/**
 * An operation without the middleware from outside that lets it past, as a function says that the middleware is made with (Echo's `Skipper`, Fiber's `Next`):
 * where that asks more than for the route, the middleware is there where it says no.
 */
export function withoutSkipped(run: Run, operation: FoundOperation): FoundOperation {
  const { skippedBy } = operation.pack
  if (!skippedBy) return operation
  const handlersWhen = new Map(operation.handlersWhen)
  const handlers = operation.handlers.filter((value, index) => {
    if (index === operation.handlers.length - 1) return true
    const asked = skippersOf(value, skippedBy).map((one) => heldBy(run, operation, one))
    if (asked.some((when) => when.length === 0)) return false
    for (const when of asked)
      if (when !== always) handlersWhen.set(value, both(handlersWhen.get(value) ?? always, when))
    return true
  })
  return { ...operation, handlers, ...(handlersWhen.size > 0 ? { handlersWhen } : {}) }
}

const skippersOf = (value: Value, names: readonly string[]): Value[] =>
  value.t === 'symbol'
    ? value.args.flatMap(({ value: settings }) =>
        settings.t === 'symbol'
          ? settings.args.flatMap((one) => (names.includes(one.name ?? '') ? [one.value] : []))
          : [],
      )
    : []

// When a request is not let past: never where there is no row.
function heldBy(run: Run, operation: FoundOperation, skipper: Value): Condition {
  const { meaning, interpreter } = run
  const { method, template, pack, site } = operation
  meaning.reset()
  meaning.serving = pack
  meaning.method = /^[A-Z]+$/.test(method) ? method : null
  meaning.pattern = routePattern(template)
  const found = handlerFunctions(skipper).flatMap((fn) =>
    interpreter
      .record(() => interpreter.outcomes(fn, thingsOfGo(run, fn, new Map()), site), stepsOfSkipper)
      .result.flatMap(({ value, conditions }) => {
        const is = knownTruth(value)
        const rest = is === null ? untold(truth(value)) : always
        return is === true ? [] : [conditions.reduce(both, rest)]
      }),
  )
  if (handlerFunctions(skipper).length === 0 || found.includes(always)) return always
  return found.reduce(either, [])
}

/** The path of a route as Echo and Gin give it to who asks for it; null where it is not known. */
export const routePattern = ({ isUnsure, path }: FoundOperation['template']): string | null =>
  isUnsure || path.includes('*') ? null : path.replaceAll(/\{(\w+)\}/g, ':$1')
