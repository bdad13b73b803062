import { constant, each } from '../../resolve/values.ts'
import type { Site, SymbolValue, Value } from '../../resolve/values.ts'

/** Kinds of errors that Gin keeps (pkg.go.dev/github.com/gin-gonic/gin, "ErrorType"): the top bits of 64, as numbers of their own here. */
export const errorTypes = { Private: 1, Public: 2, Render: 4, Bind: 8 } as const

const types = new WeakMap<Value, number>()

/** Notes of what kind an error is kept, where the code that keeps it says so: `c.Error(err).SetType(gin.ErrorTypeBind)`. */
export function noteType(error: Value, { module, end }: Site): void {
  const [, name] =
    /^\s*\.\s*SetType\(\s*gin\.ErrorType(\w+)\s*\)/.exec(module.text.slice(end, end + 80)) ?? []
  const type = errorTypes[name as keyof typeof errorTypes] as number | undefined
  for (const one of [error, ...each(error)])
    if (type === undefined) types.delete(one)
    else types.set(one, type)
}

/** An error as Gin keeps it: what it was given, and of what kind it is. */
export const keptError = (error: Value): Value => ({
  t: 'object',
  props: new Map([
    ['Err', error],
    ['Type', constant(types.get(error) ?? errorTypes.Private)],
  ]),
  ref: null,
  args: [],
  isOpen: true,
  site: null,
})

/** What is asked of the one error that is kept, or of all: `Errors.Last()`, `Errors.ByType(…)`, `IsType(…)`; null of anything else. Nothing was written where an error is kept. */
export function askedOfKept(
  kept: Extract<Value, { t: 'list' }>,
  callee: SymbolValue,
  asked: Value | undefined,
): Value | null {
  const [one] = kept.items
  const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
  const ofAll = callee.of === kept
  if (ofAll && name === 'Last') return one ?? constant(null)
  if (name === 'Written' && callee.path.includes('ResponseWriter()')) return constant(false)
  const type = one?.t === 'object' ? one.props.get('Type') : undefined
  if (type?.t !== 'const' || typeof type.v !== 'number') return null
  const isAny = asked?.t === 'symbol' && asked.path.endsWith('.ErrorTypeAny')
  const isOf =
    isAny || (asked?.t === 'const' && typeof asked.v === 'number' ? (asked.v & type.v) !== 0 : null)
  if (isOf === null) return null
  if (ofAll && name === 'ByType') return { ...kept, items: isOf ? kept.items : [] }
  return name === 'IsType' && callee.of === one ? constant(isOf) : null
}
