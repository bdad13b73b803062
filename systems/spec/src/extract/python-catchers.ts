import type { Func } from '../parse/ir.ts'
import type { Outcome } from '../resolve/running.ts'
import type { Effect, FuncValue, Site, Value } from '../resolve/values.ts'
import { printValue } from '../resolve/values.ts'
import type { Condition } from '../facts/condition.ts'
import { whole } from '../facts/expression.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Answer } from './observation.ts'
import type { Caught } from './caught.ts'
import { saysOf } from './raised.ts'
import type { Run } from './run-code.ts'

/** Steps for one error in one decorator. */
const stepsOfCaught = 3000

/** What is done, where, and of what. */
const keyOf = ({ site, value }: { site: Site; value: Value }, kind: string) =>
  `${kind} ${site.module.path}:${site.start} ${printValue(value)}`

/**
 * An operation as the function `inner` has it that a decorator `wrapper` wraps: what it raises comes to the handlers of a `try` around its call first.
 * `work` runs the wrapper.
 */
export function withOwnCatcher(
  run: Run,
  operation: FoundOperation,
  wrapper: FuncValue,
  inner: Func,
  work: () => Outcome[],
): FoundOperation {
  const { interpreter, meaning } = run
  const runWith = (error: Value | null): { effects: readonly Effect[]; result: readonly Outcome[] } => {
    const state = meaning.save()
    const outer = interpreter.passed
    interpreter.passed = { fn: inner, when: [], error }
    try {
      return interpreter.record(work, stepsOfCaught)
    } finally {
      interpreter.passed = outer
      meaning.restore(state)
    }
  }
  const catches = catcherOf(run, runWith)
  return {
    ...operation,
    errors: [{ handler: wrapper, type: null, isAround: true, catches }, ...operation.errors],
  }
}

type RunsWith = (error: Value | null) => { effects: readonly Effect[]; result: readonly Outcome[] }

// What code does with each error, by running it with that and without any.
function catcherOf({ meaning }: Run, runWith: RunsWith): (error: Value) => Caught {
  // What it does whether the function raises something or not.
  let usual: Set<string> | null = null
  const known = new Map<string, Caught>()
  const catches = (error: Value): Caught => {
    const said = saysOf(error)
    const before = known.get(said)
    if (before) return before
    if (!usual) {
      const { effects, result } = runWith(null)
      usual = new Set([
        ...effects.map((one) => keyOf(one, one.kind)),
        ...result.map((one) => keyOf(one, 'return')),
      ])
    }
    const found: Caught = { answers: [], isPassed: false, others: [] }
    const { effects, result } = runWith(error)
    const isNew = (kind: string, one: { site: Site; value: Value }) => usual?.has(keyOf(one, kind)) === false
    for (const effect of effects.filter((one) => isNew(one.kind, one))) {
      const { kind, value, status, site } = effect
      if (kind === 'raise' && saysOf(value) === said) found.isPassed = true
      else if (kind === 'raise') found.others.push(value)
      else if (kind === 'respond' || (kind === 'answer-error' && status !== null))
        found.answers.push({ status: status ?? 0, site, body: kind === 'respond' ? value : null })
    }
    for (const { value, site } of result.filter((one) => isNew('return', one))) {
      const answers = meaning.answersOf(value)
      for (const { statuses, body, isError, error: other } of answers)
        if (isError && other) found.others.push(other)
        else for (const status of statuses) found.answers.push({ status, site, body: body ?? null })
      // Code that answers in the stead of the function, with a status that is not said here.
      if (answers.length === 0) found.answers.push({ status: 0, site, body: null })
    }
    known.set(said, found)
    return found
  }
  return catches
}

/**
 * An operation of Starlette's and FastAPI's with the middleware around it whose `try` stands around what it hands on to: what the handlers of exceptions leave comes to its
 * handlers. `work` runs a function of it.
 */
export function withMiddleware(
  run: Run,
  operation: FoundOperation,
  work: (fn: FuncValue) => Outcome[],
): FoundOperation {
  const around = middlewareAround(operation)
  if (around.length === 0) return operation
  const { interpreter, meaning } = run
  const ofOne = (fn: FuncValue) => {
    const catches = catcherOf(run, (error) => {
      const state = meaning.save()
      const outer = meaning.nextFails
      meaning.nextFails = error
      try {
        const { effects, result } = interpreter.record(() => work(fn), stepsOfCaught)
        // What would come of another error than the one that it is given.
        const names = error ? classesOf(run, error) : []
        const isOther = ({ conditions }: Pick<Outcome, 'conditions'>) => {
          const failed = failedNext(fn, conditions)
          return failed.length > 0 && !failed.some((one) => names.includes(one))
        }
        return {
          effects: effects.filter((one) => !isOther(one)),
          result: result.filter((one) => !isOther(one)),
        }
      } finally {
        meaning.nextFails = outer
        meaning.restore(state)
      }
    })
    // One that says its status is answered before it comes here.
    return (error: Value): Caught =>
      meaning.errorStatuses(error).length > 0 ? { answers: [], isPassed: true, others: [] } : catches(error)
  }
  return {
    ...operation,
    errors: [
      ...operation.errors,
      ...around.map((fn) => ({
        handler: fn,
        type: null,
        isAround: true as const,
        isOutermost: true as const,
        catches: ofOne(fn),
      })),
    ],
  }
}

const middlewareAround = ({ pack, before = [] }: FoundOperation): FuncValue[] =>
  pack.beforeParameters?.includes('fastapi:call_next') === true
    ? before
        .flatMap(handlerFunctions)
        .filter(({ fn, module }) => /\n\s*except\b/.test(module.text.slice(fn.headEnd, fn.end)))
    : []

/** The classes of errors that what it hands on to would fail with, where a condition asks that. */
function failedNext({ fn }: FuncValue, conditions: readonly Condition[]): string[] {
  const name = fn.params.at(-1)?.name ?? ''
  const failed = new RegExp(String.raw`^${name}\(.*\) failed == ([\w.| ]+)`)
  return conditions
    .flat(2)
    .flatMap(({ subject, op }) =>
      op === 'true' ? (failed.exec(whole(subject))?.[1] ?? '').replace(/ within .*$/, '').split(' | ') : [],
    )
    .map((one) => one.trim().split('.').at(-1) ?? '')
    .filter((one) => one !== '')
}

// The names of the class of an error and of all that it extends.
function classesOf({ interpreter }: Run, error: Value): string[] {
  const ref = error.t === 'object' || error.t === 'symbol' ? error.ref : null
  const all = ref
    ? interpreter.lookup.ancestry(ref)
    : error.t === 'symbol'
      ? [error.path.replace(/\(\)$/, '')]
      : []
  return [...all, 'Exception', 'BaseException'].map((one) => one.split('.').at(-1) ?? '')
}

/** Whether middleware answers so where what it hands on to fails with an error of the repository's: that is told where such an error is raised. */
export const isOfFailedNext = (
  { interpreter }: Run,
  fn: FuncValue,
  { conditions }: Pick<Answer, 'conditions'>,
): boolean => {
  const names = failedNext(fn, conditions)
  const isOwn = (name: string) =>
    interpreter.lookup.classes().some(({ cls, module }) => cls.name === name && module.language === 'python')
  return names.length > 0 && names.every(isOwn)
}
