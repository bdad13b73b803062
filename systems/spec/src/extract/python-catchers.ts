import type { Func } from '../parse/ir.ts'
import type { Outcome } from '../resolve/running.ts'
import type { Effect, FuncValue, Site, Value } from '../resolve/values.ts'
import { printValue } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
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
  return {
    ...operation,
    errors: [{ handler: wrapper, type: null, isAround: true, catches }, ...operation.errors],
  }
}
