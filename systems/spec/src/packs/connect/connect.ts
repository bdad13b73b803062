import type { Func, Span } from '../../parse/ir.ts'
import { lowerGo } from '../../parse/lower-go.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { constant, nothing, Scope, symbol } from '../../resolve/values.ts'
import type { ArgValue, FuncValue, ObjectValue, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { waysOf } from '../../resolve/when.ts'
import { both } from '../../resolve/conditions.ts'
import { always } from '../../facts/condition.ts'

const root = 'connectrpc.com/connect'

/** What a unary handler does with a call (connectrpc.com/docs/protocol, "Unary-Request"). */
const text = `package connect

func _(w http.ResponseWriter, r *http.Request) {
	if r.Method != "POST" {
		w.WriteHeader(405)
		return
	}
	answer, err := serve(r.Context(), message)
	if err != nil {
		fail(w, err)
		return
	}
	give(w, answer)
}
`

/** The statuses of codes (connectrpc.com/docs/protocol, "Error Codes"). */
const statuses: Record<string, number> = {
  Canceled: 499,
  Unknown: 500,
  InvalidArgument: 400,
  DeadlineExceeded: 504,
  NotFound: 404,
  AlreadyExists: 409,
  PermissionDenied: 403,
  ResourceExhausted: 429,
  FailedPrecondition: 400,
  Aborted: 409,
  OutOfRange: 400,
  Unimplemented: 501,
  Internal: 500,
  Unavailable: 503,
  DataLoss: 500,
  Unauthenticated: 401,
}

/** Connect for Go: the handler that a method of a service is made one of, and what that answers; null of any other call. */
export function connectCall(
  interpreter: Interpreter,
  { path }: SymbolValue,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  const [, name] =
    new RegExp(String.raw`^${root.replace('.', String.raw`\.`)}\.(NewUnaryHandler|fail|give)$`).exec(path) ??
    []
  const second = args[1]?.value
  if (name === undefined || !second) return null
  if (name === 'NewUnaryHandler') return second.t === 'func' ? handlerOf(second, site) : null
  if (name === 'give') {
    const made =
      second.t === 'symbol' && second.path === `${root}.NewResponse()` ? second.args[0]?.value : null
    interpreter.emit('respond', made ?? symbol('?', 'body'), 200, site, { media: 'application/json' })
    return nothing
  }
  for (const way of waysOf(second))
    interpreter.within(way.conditions.reduce(both, always), () => fail(interpreter, way.value, site))
  return nothing
}

function fail(interpreter: Interpreter, error: Value, site: Site): void {
  const isOfConnect = error.t === 'symbol' && error.path === `${root}.NewError()`
  const [code, cause = error] = isOfConnect ? error.args.map(({ value }) => value) : []
  const named = code?.t === 'symbol' ? /\.Code([A-Z]\w*)$/.exec(code.path)?.[1] : undefined
  const said = cause.t === 'symbol' && cause.path === 'errors.New()' ? cause.args[0]?.value : undefined
  // A plain error says no code; of any other it is not known whether there is one in it.
  const status = named === undefined ? (cause === error && said ? 500 : null) : (statuses[named] ?? null)
  const at = (error.t === 'symbol' && error.site) || site
  interpreter.emit('respond', bodyOf(named, said), status, at, { media: 'application/json' })
}

function bodyOf(code: string | undefined, message: Value | undefined): ObjectValue {
  const props = new Map<string, Value>()
  if (code) props.set('code', constant(code.replaceAll(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase()))
  props.set('message', message ?? symbol('?', 'message'))
  return { t: 'object', props, ref: null, args: [], isOpen: true, site: null }
}

function handlerOf(serve: FuncValue, site: Site): FuncValue {
  const scope = new Scope(site.module, null)
  scope.declare('serve', serve)
  scope.declare('message', symbol(`${root}.Request()`, 'req'))
  for (const name of ['fail', 'give']) scope.declare(name, symbol(`${root}.${name}`))
  return {
    t: 'func',
    fn: placed(read(), site),
    scope,
    self: null,
    owner: null,
    module: site.module,
    marks: [],
  }
}

let known: Func | null = null
function read(): Func {
  const [stmt] = lowerGo('connect.go', text).body
  if (stmt?.k !== 'func') throw new Error('The handler of Connect does not parse.')
  return (known ??= stmt.fn)
}

// The same code as if it stood where the handler is made.
function placed(fn: Func, { start, end }: Span): Func {
  const at = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(at)
    if (typeof one !== 'object' || one === null) return one
    const made = Object.fromEntries(Object.entries(one).map(([key, value]) => [key, at(value)]))
    return typeof made['start'] === 'number' && typeof made['end'] === 'number'
      ? { ...made, start, end }
      : made
  }
  return { ...(at(fn) as Func), name: '', headEnd: end }
}
