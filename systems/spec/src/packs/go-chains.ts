import type { Interpreter } from '../resolve/interpreter.ts'
import { calledWith, nothing, symbol } from '../resolve/values.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../resolve/values.ts'

/** What a chain of middleware makes of the handler that it ends in, and what makes and lengthens one (pkg.go.dev/github.com/justinas/alice). */
const ends = /^github\.com\/justinas\/alice\.[\w.()]*\.Then(?:Func)?\(\)$/
const makes = /^github\.com\/justinas\/alice\.New\(\)$/
const lengthens = /^github\.com\/justinas\/alice\.[\w.()]*\.(?:Append|Extend)\(\)$/

/** The middleware and then the handler of what a library makes of a chain of them, the outermost first; the value itself where it is none. */
export function unchained(value: Value): Value[] {
  if (value.t === 'symbol' && value.path === errorChained) return value.args.map((one) => one.value)
  if (value.t !== 'symbol' || !ends.test(value.path)) return [value]
  const [handler] = value.args
  const middleware = value.of?.t === 'symbol' ? middlewareOf(value.of.of) : null
  return handler && middleware ? [...middleware, ...unchained(handler.value)] : [value]
}

// Of a chain that is not known whole nothing is told.
function middlewareOf(chain: Value | null | undefined): Value[] | null {
  if (chain?.t !== 'symbol') return null
  const own = chain.args.map((one) => one.value)
  if (makes.test(chain.path)) return own
  if (!lengthens.test(chain.path)) return null
  const before = middlewareOf(methodOf(chain))
  const after = chain.path.endsWith('.Extend()') ? middlewareOf(own[0]) : own
  return before && after ? [...before, ...after] : null
}

/**
 * What code outside makes of a handler that gives an error, where the thing that it is asked of was made with a function of the program that makes a handler of such a one: that function
 * answers what each of the middleware and the handler gives, the first the outermost (pkg.go.dev/github.com/hay-kot/httpkit/errchain).
 */
export function errorChain(
  interpreter: Interpreter,
  callee: Value,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  if (callee.t !== 'symbol') return null
  // What comes after gives nothing back.
  if (callee.path === 'net/http.Handler().ServeHTTP') return nothing
  if (callee.of?.t !== 'symbol' || !callee.of.path.endsWith('()')) return null
  const [handler, ...middleware] = args.map(({ value }) => value)
  if (!handler || !givesError(handler)) return null
  const answers = callee.of.args.find(({ value }) => makesHandler(value))?.value
  if (!answers || middleware.some(({ t }) => t !== 'func')) return null
  const given = (value: Value): ArgValue[] => [{ name: null, value }]
  const next = symbol('net/http.Handler()', 'next')
  const steps = [...middleware, handler].map((one, at): Value => {
    const inner = at < middleware.length ? interpreter.call(one, given(next), site) : one
    const made = interpreter.call(answers, given(inner), site)
    // It is called as the middleware is.
    return made.t === 'symbol' && one.t === 'func' ? { ...made, note: { calledAs: one.fn.name } } : made
  })
  return symbol(errorChained, calledWith(callee.text, args), {
    args: steps.flatMap(given),
    site,
  })
}
const errorChained = '@error-chain()'

const givesError = (value: Value): boolean =>
  value.t === 'func'
    ? value.fn.params.length === 2 && value.fn.returns?.name === 'error'
    : value.t === 'symbol' &&
      value.path.endsWith('.HandlerFunc()') &&
      value.args.some((one) => givesError(one.value))

const makesHandler = (value: Value): boolean =>
  value.t === 'func' &&
  value.fn.params.length === 1 &&
  /^(?:\w+\.)?Handler(?:Func)?$/.test(value.fn.params[0]?.type?.name ?? '') &&
  /^http\.Handler(?:Func)?$/.test(value.fn.returns?.name ?? '')

/** The name of the middleware that a step of a chain was made of; empty of what has none. */
export const stepNamed = (value: Value): string =>
  value.t === 'symbol' ? ((value.note as { calledAs?: string } | null)?.calledAs ?? '') : ''

const methodOf = ({ of }: SymbolValue): Value | null => (of?.t === 'symbol' ? of.of : null)
