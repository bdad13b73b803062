import { constant } from './values.ts'
import type { ArgValue, SymbolValue, Value } from './values.ts'

/** The id of what a repository gave (docs.spring.io, "Query Methods"; Panache, Micronaut Data): all that is stored has one. */
const idOfStored =
  /\.(?:find(?:One)?By\w+|getReferenceById)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?:\.(?:orElseThrow|get\(\)))?\.getId\(\)$/

// By its text: the path of what is of a known class begins there.
export const isIdOfStored = (value: SymbolValue): boolean =>
  idOfStored.test(value.text) || isFieldOfStored(value)

// Jakarta Persistence ("Id"): a field that is marked so, of what was found and of what stands in that.
function isFieldOfStored({ text, typed }: SymbolValue): boolean {
  if (!typed || !found.test(text)) return false
  const { module } = typed.scope
  return (
    module.language === 'java' &&
    /@(?:\w+\.)*Id\b[^;{}]*$/.test(module.text.slice(Math.max(0, typed.type.start - 300), typed.type.start))
  )
}

const found = /\.(?:find\w*|getReferenceById|firstResult|singleResult)\(/

/** Java: that what a repository gave stands in it; null of any other question. */
export function storedAnswer(callee: SymbolValue, args: readonly ArgValue[]): Value | null {
  const [id, ...more] = args.map(({ value }) => value)
  if (!callee.path.endsWith('.existsById') || id?.t !== 'symbol' || more.length > 0) return null
  const isOfIt = id.text.startsWith(`${callee.text.slice(0, -'existsById'.length)}find`)
  return isOfIt && isIdOfStored(id) ? constant(true) : null
}
