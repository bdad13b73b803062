import { comparison } from './conditions.ts'
import { isMadeError } from './go-errors.ts'
import { outsideError } from './go-library-errors.ts'
import type { Runtime } from './runtime.ts'
import { impliedBy, tell } from './told.ts'
import { constant, nothing, symbol, textOf } from './values.ts'
import type { ArgValue, Site, SymbolValue, Value } from './values.ts'
import { unionOfParts } from './when.ts'

/** Packages in the stead of Go's own `errors`: `github.com/pkg/errors`, `golang.org/x/xerrors`, `github.com/cockroachdb/errors`. */
const others = /^(?:[\w.-]+\/)+x?errors(?:\/v\d+)?\.(\w+)$/
/** What makes an error around one, and gives nil for nil: of pkg/errors and those after it, and of juju/errors. */
const wraps = /^(?:Wrap|Wrapf|WithStack|WithMessage|WithMessagef|Trace|Annotate|Annotatef)$/

/** Whether a function asks for a type in an error as `errors.As` does, of whatever package. */
export const asksForType = (path: string): boolean => path === 'errors.As' || others.exec(path)?.[1] === 'As'

/** What functions of packages that stand for Go's own `errors` give; null of any other. */
export function wrappedError(
  interpreter: Runtime,
  { path }: SymbolValue,
  args: ArgValue[],
  site: Site,
): Value | null {
  const name = others.exec(path)?.[1] ?? ''
  const [first, said, ...filled] = args
  if (name === 'Is') return interpreter.call(symbol('errors.Is'), args, site)
  if (name === 'New' && textOf(first?.value) !== null)
    return interpreter.call(symbol('errors.New'), args, site)
  if (first && name === 'Cause') return unionOfParts(first.value, (one) => causeOf(one))
  if (!first || !wraps.test(name)) return null
  const around = (one: Value): Value => {
    if (one.t === 'const') return nothing
    const asked = tell(comparison('!=', one, nothing), [one, nothing])
    const isThere =
      one.t === 'object' ||
      isMadeError(one) ||
      (one.t === 'symbol' && one.path === outsideError) ||
      impliedBy(interpreter.conditions(), asked) === true
    // Of what may be nil only that is known: around nil there is nothing.
    if (!isThere) return one
    const text = textOf(said?.value)
    const format = constant(text === null ? '%w' : `${text}: %w`)
    return interpreter.call(
      symbol('fmt.Errorf'),
      [{ name: null, value: format }, ...filled, { name: null, value: one }],
      site,
    )
  }
  return unionOfParts(first.value, around)
}

// What an error was made around by these packages, which is all that they ask for.
function causeOf(error: Value, depth = 0): Value {
  if (error.t !== 'symbol' || error.path !== 'fmt.Errorf()' || !error.site || depth > maxCauses) return error
  const { module, start, end } = error.site
  const inner = error.args.at(-1)?.value
  const isWrapped = /^[\w.]*\.(?:Wrap|With(?:Stack|Message)|Trace|Annotate)\w*\(/.test(
    module.text.slice(start, end),
  )
  return isWrapped && inner ? causeOf(inner, depth + 1) : error
}

/** Errors in each other that are looked into. */
const maxCauses = 6
