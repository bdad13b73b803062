import { each, symbol, union } from '../../resolve/values.ts'
import type { FuncValue, Site, Value } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'

/** Steps for what one interceptor makes of one answer. */
const stepsOfMapped = 3000
/** What gives on what it is given (rxjs.dev, "Categories of operators"). */
const givesOn =
  /^(?:auditTime|catchError|debounceTime|delay|do|distinctUntilChanged|finalize|first|last|observeOn|retry|retryWhen|share|shareReplay|single|startWith|subscribeOn|take|takeUntil|tap|throttleTime|throwIfEmpty|timeout)$/
const operator = /^rxjs(?:\/operators)?\.(\w+)\(\)$/
const unread = symbol('?', 'value')

/** What is answered in the stead of what a handler gives, and where that is made. */
export interface Mapped {
  value: Value
  at: Site[]
}

/**
 * What an interceptor makes of what a handler gives: `next.handle().pipe(map((data) => ({ data })))` (docs.nestjs.com, "Interceptors", "Response mapping").
 * `given` is what it comes back with; of what is not read nothing is known.
 */
export function mappedBy(run: Run, given: readonly Value[], { value, at }: Mapped): Mapped {
  if (given.length === 0) return { value, at }
  const made = given.flatMap(each).map((one) => through(run, one, { value, at: [] }, 0))
  // It may as well be nothing but looked at.
  if (made.every((one) => one.value === value)) return { value, at }
  const values = [...new Set(made.map((one) => one.value))]
  return {
    value: values.includes(unread) ? unread : union(values),
    at: [...at, ...made.flatMap((one) => one.at)],
  }
}

function through(run: Run, stream: Value, handled: Mapped, depth: number): Mapped {
  const none: Mapped = { value: unread, at: handled.at }
  if (stream.t !== 'symbol' || depth > 8) return none
  if (stream.path === 'nest:handler.handle()') return handled
  const [first] = stream.args
  const name = operator.exec(stream.path)?.[1]
  // A stream of one value, and a promise of one.
  if (name === 'of') return first ? { value: first.value, at: handled.at } : none
  if (name === 'from' || name === 'lastValueFrom' || name === 'firstValueFrom')
    return first ? through(run, first.value, handled, depth + 1) : none
  if (stream.path === 'nest:handler.handle().toPromise()') return handled
  if (!stream.path.endsWith('.pipe()')) return none
  const of = sourceOf(stream)
  return stream.args.reduce(
    (before, { value }) => operated(run, value, before, depth),
    of ? through(run, of, handled, depth + 1) : none,
  )
}

// What a method is called of.
function sourceOf(value: Value): Value | null {
  if (value.t !== 'symbol' || !value.of) return null
  return value.of.t === 'symbol' && !value.of.path.endsWith('()') ? value.of.of : value.of
}

function operated(run: Run, value: Value, before: Mapped, depth: number): Mapped {
  const name = value.t === 'symbol' ? operator.exec(value.path)?.[1] : undefined
  if (name === undefined || value.t !== 'symbol') return { ...before, value: unread }
  if (givesOn.test(name)) return before
  const isStream = /^(?:concatMap|exhaustMap|flatMap|mergeMap|switchMap)$/.test(name)
  const fn = value.args[0]?.value
  if ((name !== 'map' && !isStream) || fn?.t !== 'func') return { ...before, value: unread }
  const made = called(run, fn, before.value)
  const at = [...before.at, headOf(fn)]
  if (!isStream) return { value: made, at }
  // What it gives may be a promise, a list or a stream.
  const ways = each(made).map((one) =>
    one.t === 'object' || one === before.value
      ? one
      : through(run, one, { value: unread, at }, depth + 1).value,
  )
  return { value: ways.includes(unread) ? unread : union(ways), at }
}

function called(run: Run, fn: FuncValue, value: Value): Value {
  const { interpreter, meaning } = run
  const state = meaning.save()
  const { result } = interpreter.record(
    () => interpreter.outcomes(fn, [{ name: null, value }], headOf(fn)),
    stepsOfMapped,
  )
  meaning.restore(state)
  const values = [...new Set(result.map((one) => one.value))]
  return values.length === 0 ? unread : union(values)
}

const headOf = ({ fn, module }: FuncValue): Site => ({
  module,
  start: fn.start,
  end: fn.headEnd > fn.start ? fn.headEnd : fn.end,
  symbol: fn.name,
})
