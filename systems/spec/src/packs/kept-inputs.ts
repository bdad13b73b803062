import { symbol } from '../resolve/values.ts'
import type { Site, SymbolValue, Value } from '../resolve/values.ts'

/** What code of JavaScript puts in the place of what a request carries: `ctx.params.boat = await boats.find(…)`. Under that name stands that from then on. */
export class KeptInputs {
  readonly #set = new Set<string>()

  reset(): void {
    this.#set.clear()
  }

  set(of: SymbolValue, name: string, value: Value, { module }: Site): void {
    const note = of.note as { inputs?: unknown } | null | 'answered'
    const isInputs = note !== null && note !== 'answered' && note.inputs !== undefined
    if (module.language === 'javascript' && isInputs && isFound(value)) this.#set.add(`${of.path}.${name}`)
  }

  member(of: SymbolValue, name: string, site: Site): SymbolValue | null {
    const path = `${of.path}.${name}`
    return this.#set.has(path) ? symbol(path, path.replace(/^[\w-]+:/, ''), { of, site }) : null
  }
}

const converts =
  /^(?:Number|String|Boolean|BigInt|parse(?:Int|Float)|Number\.parse\w+|Math\.\w+|JSON\.parse|decodeURI\w*|new Date|Date)\(\)$/

// What a call gives that makes no other form of what the request carries.
function isFound(value: Value): boolean {
  if (value.t === 'object') return value.ref !== null
  if (value.t !== 'symbol' || !value.path.endsWith('()') || converts.test(value.path)) return false
  for (let one: Value | null = value; one?.t === 'symbol'; one = one.of)
    if (one.note !== null && typeof one.note === 'object' && 'inputs' in one.note) return false
  return true
}
