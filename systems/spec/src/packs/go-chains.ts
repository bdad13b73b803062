import type { SymbolValue, Value } from '../resolve/values.ts'

/** What a chain of middleware makes of the handler that it ends in, and what makes and lengthens one (pkg.go.dev/github.com/justinas/alice). */
const ends = /^github\.com\/justinas\/alice\.[\w.()]*\.Then(?:Func)?\(\)$/
const makes = /^github\.com\/justinas\/alice\.New\(\)$/
const lengthens = /^github\.com\/justinas\/alice\.[\w.()]*\.(?:Append|Extend)\(\)$/

/** The middleware and then the handler of what a library makes of a chain of them, the outermost first; the value itself where it is none. */
export function unchained(value: Value): Value[] {
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

const methodOf = ({ of }: SymbolValue): Value | null => (of?.t === 'symbol' ? of.of : null)
