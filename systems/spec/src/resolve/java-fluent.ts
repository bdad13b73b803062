import type { ArgValue, SymbolValue, Value } from './values.ts'

/**
 * What a getter gives of a thing whose class is not here and that was filled by methods named for its properties (`new Fault().status(404).text(…)`, then
 * `getStatus()`), as generators of models write them (openapi-generator, "spring", `generateBuilders`); null where none of these was called.
 */
export function filledBefore(callee: SymbolValue, args: readonly ArgValue[]): Value | null {
  const [, first, rest = ''] = /\.get([A-Z])(\w*)$/.exec(callee.path) ?? []
  if (first === undefined || args.length > 0) return null
  const name = first.toLowerCase() + rest
  for (let one = callee.of; one?.t === 'symbol' && one.path.endsWith('()');) {
    const by: Value | null = one.of
    if (by?.t !== 'symbol') return null
    const [given, ...more] = one.args
    if (by.path.endsWith(`.${name}`) && given && more.length === 0) return given.value
    one = by.of
  }
  return null
}
