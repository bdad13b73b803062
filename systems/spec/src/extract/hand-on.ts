import type { Condition } from '../facts/condition.ts'
import type { Pack } from '../packs/pack.ts'
import type { Outcome } from '../resolve/running.ts'
import { follows } from '../resolve/told.ts'
import { placeKey, printValue } from '../resolve/values.ts'
import type { ArgValue, Effect, FuncValue, Value } from '../resolve/values.ts'
import type { Run } from './run-code.ts'

/** Runs code with a record of what it does; `isWhole`: all of it was followed. */
export function followed<T>(
  { interpreter }: Run,
  work: () => T,
): { effects: Effect[]; result: T; isWhole: boolean } {
  const wasSpent = interpreter.isSpent
  interpreter.isSpent = false
  const { effects, result } = interpreter.record(work)
  const isWhole = !interpreter.isSpent
  interpreter.isSpent ||= wasSpent
  return { effects, result, isWhole }
}

/** Ends what comes before others: they are only asked for what it let pass. `isSure`: each request comes to it, and all of it was followed. */
export function handOn({ interpreter, meaning }: Run, passed: readonly Outcome[], isSure: boolean): void {
  const { running } = interpreter
  running.ensured = [...running.ensured, ...meaning.context.end(passed, isSure)]
}

/** Middleware of Go but Gin's, and that of Node which is given what comes next, hands on by calling it; any other by coming back. */
export const passesByReturning = ({ language, framework, parameters }: Pack): boolean =>
  language === 'go' ? framework === 'Gin' : parameters?.some((role) => role.endsWith(':next')) !== true

/** Whether a request is answered by this. */
export const answering = ({ kind, status }: Effect): boolean =>
  kind === 'raise' || kind === 'respond' || (kind === 'answer-error' && status !== null)

/** Ways on which a function comes back and has answered nothing. */
export function withoutAnswer(run: Run, effects: readonly Effect[], result: readonly Outcome[]): Outcome[] {
  const answers = effects.filter(answering)
  return result.filter(
    ({ value, conditions }) =>
      run.meaning.answersOf(value).length === 0 &&
      !answers.some((one) => one.conditions.every((condition) => follows(conditions, condition))),
  )
}

/** What each function of a chain is given of a kind is the same thing. */
export type GivenThings = Map<string, Value>

export function thingOf(things: GivenThings, name: string, make: () => Value): Value {
  const value = things.get(name) ?? make()
  things.set(name, value)
  return value
}

/** A context, a request or a writer of Go: all functions of a chain are given one, by the names that they have for it. */
export function thingsOfGo(run: Run, fn: FuncValue, things: GivenThings): ArgValue[] {
  return fn.fn.params.map(({ name, type }) => {
    const value = run.interpreter.lookup.instanceOf(type, fn.scope, name)
    const isThing = value.t === 'symbol' && isThingOfGo.test(value.path)
    return { name: null, value: isThing ? thingOf(things, `${value.path} ${name}`, () => value) : value }
  })
}
const isThingOfGo =
  /(?:\.|\/)(?:Context|Ctx)\(\)$|(?:^net\/http|\/go-restful(?:\/v\d+)?)\.(?:Request|Response(?:Writer)?)\(\)$/

// What comes where a call works is another answer of the service than a refusal.
const isOfFailure = (condition: Condition): boolean =>
  condition.some((row) => row.some(({ subject }) => subject.endsWith(' failed')))

/** Of each way on which a function of a chain calls what comes next, what holds there. */
export type Ways = (readonly Condition[])[]

/**
 * What comes of what follows on each way on which middleware hands on comes wherever it hands on: that it does is not said again. `passes` has the ways of
 * each function of the chain, the inner ones first.
 */
export function withoutPassing(all: readonly Effect[], passes: readonly Ways[]): Effect[] {
  let effects = [...all]
  for (const ways of passes) {
    if (ways.length === 0 || ways.some((way) => way.length === 0 || way.some(isOfFailure))) continue
    const found = new Map<string, Map<number, { effect: Effect; rest: Condition[] }>>()
    const byLast = Map.groupBy(ways.keys(), (at) => ways[at]?.at(-1))
    for (const effect of effects) {
      const own = new Set(effect.conditions)
      const at = effect.conditions
        .flatMap((one) => byLast.get(one) ?? [])
        .filter((way) => ways[way]?.every((one) => own.has(one)))
        .reduce((last, way) => Math.max(last, way), -1)
      if (at < 0) continue
      const rest = effect.conditions.filter((one) => !ways[at]?.includes(one))
      const key = `${effect.kind} ${effect.status} ${placeKey(effect.site)} ${printValue(effect.value)} ${JSON.stringify(rest)}`
      const same = found.get(key) ?? new Map<number, { effect: Effect; rest: Condition[] }>()
      found.set(key, same)
      if (!same.has(at)) same.set(at, { effect, rest })
    }
    const made = new Map<Effect, Effect | null>()
    for (const same of found.values()) {
      if (same.size < ways.length) continue
      const [first, ...others] = same.values()
      if (first) made.set(first.effect, { ...first.effect, conditions: first.rest })
      for (const { effect } of others) made.set(effect, null)
    }
    effects = effects.flatMap((one) => made.get(one) ?? (made.has(one) ? [] : [one]))
  }
  return effects
}
