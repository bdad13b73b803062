import { constant } from './values.ts'
import type { ArgValue, SymbolValue, Value } from './values.ts'

/** The id of what a repository gave (docs.spring.io, "Query Methods"; Panache, Micronaut Data): all that is stored has one. */
const idOfStored =
  /\.(?:find(?:One)?By\w+|getReferenceById)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?:\.(?:orElseThrow|get\(\)))?\.getId\(\)$/

// By its text: the path of what is of a known class begins there.
export const isIdOfStored = ({ text }: SymbolValue): boolean => idOfStored.test(text)

/** Java: that what a repository gave stands in it; null of any other question. */
export function storedAnswer(callee: SymbolValue, args: readonly ArgValue[]): Value | null {
  const [id, ...more] = args.map(({ value }) => value)
  if (!callee.path.endsWith('.existsById') || id?.t !== 'symbol' || more.length > 0) return null
  const isOfIt = id.text.startsWith(`${callee.text.slice(0, -'existsById'.length)}find`)
  return isOfIt && isIdOfStored(id) ? constant(true) : null
}
