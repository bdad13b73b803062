import { noteItems } from './collected-items.ts'
import type { FuncValue, Held, Value } from './values.ts'

type List = Extract<Value, { t: 'list' }>

/** What generators gave before they came back, by what stands for their call. */
const given = new WeakMap<object, List>()

/** JavaScript and Python: whether what a function gives comes one by one. */
export function givesOneByOne({ fn, module: { language, text } }: FuncValue): boolean {
  if (!/\byield\b/.test(text.slice(fn.headEnd, fn.end))) return false
  if (language !== 'javascript') return language === 'python'
  return (
    /^(?:static\s+)?(?:async\s*)?(?:function\s*)?\*/.test(text.slice(fn.start, fn.headEnd)) ||
    /\*\s*[\w$#]*\s*$/.test(text.slice(Math.max(0, fn.start - 60), fn.start))
  )
}

/** A list for what a generator gives. */
export const noneYet = (isOpen: boolean): List => ({ t: 'list', items: [], isOpen })

/** Notes that a generator gives something, and what then holds. */
export function noteYielded(list: List, value: Value, now: Held): void {
  noteItems(list, 1, now)
  list.items.push(value)
}

/** Notes what stands for what a generator gave. */
export function keepYielded<T extends object>(by: T, list: List | undefined): T {
  if (list && list.items.length > 0) given.set(by, list)
  return by
}

/** What a generator gave, where a value is the call of one, or any other value. */
export const yieldedIn = (value: Value): Value => given.get(value) ?? value
export const yieldedBy = (by: object): List | undefined => given.get(by)
