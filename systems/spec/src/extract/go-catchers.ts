import type { Run } from './run-code.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { Caught } from './caught.ts'
import type { FoundOperation } from './flat-routes.ts'
import { thingsOfGo } from './hand-on.ts'
import { sentBody } from '../resolve/go-json.ts'
import { panicked, recovers } from '../resolve/go-panics.ts'
import type { Condition } from '../facts/condition.ts'
import type { Effect, FuncValue, Site, Value } from '../resolve/values.ts'

/** Steps for one error in one function. */
const stepsOfCaught = 3000

/**
 * An operation as a handler of Go has it that gives back errors (Echo, Fiber): the middleware before it that looks at what it is given back comes before
 * the program's handler of errors, the nearest first.
 */
export function withCatchers(operation: FoundOperation, index: number): FoundOperation {
  if (operation.pack.returnedErrors === undefined) return operation
  const catchers = operation.handlers
    .slice(0, index)
    .toReversed()
    .filter((value) => handlerFunctions(value).some(looksAtError))
    .map((handler) => ({ handler, type: null, isAround: true as const }))
  return catchers.length === 0 ? operation : { ...operation, errors: [...catchers, ...operation.errors] }
}

/**
 * Notes whether middleware which ran answers by what it asks for once what it hands on to is done (`context.Value(key)`, `c.Get(key)`): what comes after it keeps errors there.
 */
export function noteAnswering(
  { meaning: { context } }: Run,
  fn: FuncValue,
  effects: readonly Effect[],
): boolean {
  if (fn.module.language !== 'go') return false
  const isAfter = afterPassing(effects)
  if (!effects.some((one) => one.kind === 'respond' && isAfter(one))) return false
  const keys = context.askedAfter()
  for (const key of keys) {
    const known = context.answering.get(key) ?? []
    if (!known.some((one) => one.fn === fn.fn)) context.answering.set(key, [fn, ...known])
  }
  return keys.length > 0
}

/** An operation as an error has it that is kept under a name: the middleware that asks for it there answers it, and nothing else does. */
export function asKept(run: Run, operation: FoundOperation, { note }: Effect): FoundOperation {
  const { keptAs } = note
  if (typeof keptAs !== 'string') return operation
  if (keptAs === panicked) return asPanicked(operation)
  const by = run.meaning.context.answering.get(keptAs) ?? []
  return {
    ...operation,
    keptAs,
    errors: by.map((handler) => ({ handler, type: null, isAround: true as const })),
  }
}

/**
 * The same of what code panics with: middleware before it that recovers answers it, else what the program gives its framework for that. Fiber's and Echo's hand an error on to the
 * program's handler of errors (docs.gofiber.io, "Recover"; echo.labstack.com, "Recover").
 */
function asPanicked(operation: FoundOperation): FoundOperation {
  const before = operation.handlers.slice(0, -1).toReversed()
  for (const handler of before) {
    if (handler.t === 'symbol' && handsOn.test(handler.path)) return operation
    const [own] = handler.t === 'symbol' && ownRecovery.test(handler.path) ? handler.args.slice(-1) : []
    if (own) return { ...operation, keptAs: panicked, errors: [{ handler: own.value, type: null }] }
    const recovering = handlerFunctions(handler).find(({ fn, module }) =>
      recovers(module.text.slice(fn.start, fn.end)),
    )
    if (recovering)
      return { ...operation, keptAs: panicked, errors: [{ handler: recovering, type: null, isAround: true }] }
  }
  const isOfRouter = operation.pack.framework === 'httprouter'
  return { ...operation, keptAs: panicked, errors: isOfRouter ? operation.errors : [] }
}
const handsOn =
  /^github\.com\/(?:gofiber\/fiber(?:\/v\d+)?\/middleware\/recover\.New|labstack\/echo(?:\/v\d+)?\/middleware\.Recover(?:WithConfig)?)(?:\(\))?$/
/** Gin's recovery with a function of the program's own. */
const ownRecovery = /^github\.com\/gin-gonic\/gin\.CustomRecovery(?:WithWriter)?\(\)$/

// Whether it does more with what comes back than to give that back.
function looksAtError({ fn, module }: FuncValue): boolean {
  const body = module.text.slice(fn.headEnd, fn.end)
  const nexts = fn.params.filter(({ type }) => type?.name.endsWith('HandlerFunc')).map(({ name }) => name)
  const calls = new RegExp(
    String.raw`(?<!return )(?<![\w.])(?:${[...nexts, String.raw`\w+\.Next`].join('|')})\(`,
  )
  return calls.test(body)
}

/** Runs middleware with an error as what the call of what comes next gives. */
export function caughtBy(run: Run, { site, keptAs }: FoundOperation, handler: Value, error: Value): Caught {
  const { meaning, interpreter } = run
  const state = meaning.save()
  const outer = meaning.givenBack
  // What was given back is an error, or it is not asked about.
  const there: Value = error.t === 'symbol' ? { ...error, isThere: true } : error
  meaning.givenBack = keptAs === undefined ? there : outer
  const found: Caught = { answers: [], isPassed: false, others: [] }
  const pass = (value: Value) => {
    if (isSame(value, error)) found.isPassed = true
    else found.others.push(value)
  }
  for (const fn of handlerFunctions(handler)) {
    const work = () => {
      const made = interpreter.outcomes(fn, thingsOfGo(run, fn, new Map()), site)
      const inner = made.flatMap(({ value }) => handlerFunctions(value))
      return inner.length === 0
        ? made
        : inner.flatMap((one) => interpreter.outcomes(one, thingsOfGo(run, one, new Map()), site))
    }
    interpreter.panicked = keptAs === panicked ? there : null
    const { effects, result } = interpreter.record(
      keptAs === undefined ? work : () => meaning.context.withError({ key: keptAs, error: there }, work),
      stepsOfCaught,
    )
    interpreter.panicked = null
    // What recovers is put aside before it hands on.
    const isAfter = afterPassing(effects, keptAs === panicked)
    for (const effect of effects.filter(isAfter)) {
      if (effect.kind === 'raise') pass(effect.value)
      // What code outside makes of it is not known: it may be answered there, or not.
      if (effect.kind === 'respond' && effect.status === null) found.isPassed = true
      if (effect.kind === 'respond' || (effect.kind === 'answer-error' && effect.status !== null))
        found.answers.push({
          status: effect.status ?? 0,
          site: effect.site,
          body: effect.kind === 'respond' ? sentBody(effect.value, effect.note['media']) : null,
          statusAt: (effect.note['statusAt'] as Site[] | undefined) ?? [],
        })
    }
    for (const one of result.filter(isAfter)) {
      if (one.value.t === 'const' || (one.value.t === 'symbol' && one.value.note === 'answered')) continue
      const answers = meaning.answersOf(one.value).filter(({ isError }) => !isError)
      for (const { statuses, body } of answers)
        for (const status of statuses) found.answers.push({ status, site: one.site, body: body ?? null })
      if (answers.length === 0) pass(one.value)
    }
  }
  meaning.givenBack = outer
  meaning.restore(state)
  return found
}

/** Whether an effect, or a way to come back, comes after middleware handed on, as far as `effects` show it; `isDeferred`: what it put aside before comes then too. */
export function afterPassing(
  effects: readonly Effect[],
  isDeferred = false,
): (of: Effect | { conditions: readonly Condition[] }) => boolean {
  const passed = effects.flatMap(({ kind, conditions }, at) =>
    kind === 'passed' ? [{ conditions, at }] : [],
  )
  return (of) => {
    const at = effects.indexOf(of as Effect)
    return passed.some(
      (one) =>
        (at < 0 || isDeferred || one.at < at) &&
        one.conditions.every((condition, index) => of.conditions[index] === condition),
    )
  }
}

const isSame = (one: Value, error: Value): boolean =>
  one === error ||
  (one.t === 'symbol' && error.t === 'symbol' && one.path === error.path && one.of === error.of) ||
  (one.t === 'object' && error.t === 'object' && one.props === error.props)
