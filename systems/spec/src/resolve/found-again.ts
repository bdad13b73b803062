import type { ArgValue, SymbolValue, Value } from './values.ts'
import { printValue } from './values.ts'

const findsOne = /\.find(?:One|First|Unique|By)\w*$/
const found = /\.find(?:One|First|Unique|By)\w*\(\)$/

/**
 * JavaScript: whether one is looked up by a key of what was found in the same place before: that was there, or its key could not have been asked for, so this is
 * there too.
 */
export function isFoundAgain({ path, of }: SymbolValue, [first, ...others]: readonly ArgValue[]): boolean {
  if (!first || others.length > 0 || !of || !findsOne.test(path)) return false
  const place = printValue(of)
  const isKeyOfFound = (value: Value, name: string | null): boolean => {
    if (value.t !== 'symbol' || value.of?.t !== 'symbol' || value.text.includes('?.')) return false
    const { of: thing } = value
    const key = value.path.slice(thing.path.length + 1)
    return (
      found.test(thing.path) &&
      thing.of?.t === 'symbol' &&
      thing.of.of !== null &&
      printValue(thing.of.of) === place &&
      (name === null ? /^_?id$/.test(key) && /By\w+$/.test(path) : key === name)
    )
  }
  const { value } = first
  const where = value.t === 'object' ? (value.props.get('where') ?? value) : null
  if (where === null) return isKeyOfFound(value, null)
  return (
    where.t === 'object' &&
    !where.isOpen &&
    where.props.size > 0 &&
    [...where.props].every(([name, one]) => isKeyOfFound(one, name))
  )
}
