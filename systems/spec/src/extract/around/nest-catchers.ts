import type { Effect, FuncValue, Site, Value } from '../../resolve/values.ts'
import type { Caught } from '../caught.ts'
import type { FoundOperation } from '../flat-routes.ts'
import { saysOf } from '../raised.ts'
import type { Run } from '../run-code.ts'

/** Steps for one error in one interceptor. */
const stepsOfCaught = 3000
/** RxJS (rxjs.dev, "catchError"). */
const catches = /^rxjs(?:\/operators)?\.catchError\(\)$/

/** Functions that an interceptor hands errors of what it stands around to: `next.handle().pipe(catchError((error) => …))`. */
export function catchersIn(value: Value, depth = 0): FuncValue[] {
  if (depth > 4) return []
  if (value.t === 'union') return value.of.flatMap((one) => catchersIn(one, depth + 1))
  if (value.t !== 'symbol') return []
  if (catches.test(value.path)) return value.args.flatMap(({ value: one }) => (one.t === 'func' ? [one] : []))
  return [...value.args.map((one) => one.value), ...(value.of ? [value.of] : [])].flatMap((one) =>
    catchersIn(one, depth + 1),
  )
}

/** Handlers of errors as these functions are: an error passes them on its way to the filters (docs.nestjs.com, "Interceptors"). */
export function caughtBy(run: Run, handler: FuncValue): FoundOperation['errors'][number] {
  const { interpreter, meaning } = run
  const known = new Map<string, Caught>()
  const site: Site = {
    module: handler.module,
    start: handler.fn.start,
    end: handler.fn.headEnd,
    symbol: handler.fn.name,
  }
  const caught = (error: Value): Caught => {
    const said = saysOf(error)
    const before = known.get(said)
    if (before) return before
    const state = meaning.save()
    const { effects, result } = interpreter.record(
      () => interpreter.outcomes(handler, [{ name: null, value: error }], site),
      stepsOfCaught,
    )
    meaning.restore(state)
    const raised = effects.filter(({ kind }) => kind === 'raise')
    const found: Caught = {
      // What it gives in the stead of the error is an answer whose status is not said here.
      answers: result
        .filter(({ value }) => !(value.t === 'symbol' && /^rxjs\.throwError\(\)$/.test(value.path)))
        .map((one) => ({ status: 0, site: one.site, body: null })),
      isPassed: raised.some(({ value }) => saysOf(value) === said),
      others: raised.flatMap(({ value }) => (saysOf(value) === said ? [] : [value])),
    }
    known.set(said, found)
    return found
  }
  return { handler, type: null, isAround: true, isInner: true, catches: caught }
}

/** What an interceptor does by itself: of an error that it is not handed here nothing is said. */
export const withoutCaught = (effects: readonly Effect[], handlers: readonly FuncValue[]): Effect[] =>
  effects.filter(
    ({ kind, site, through }) =>
      kind !== 'raise' ||
      ![site, ...through].some((at) =>
        handlers.some(({ fn, module }) => at.module === module && fn.start <= at.start && at.end <= fn.end),
      ),
  )
