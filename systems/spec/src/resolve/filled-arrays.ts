import type { Expr } from '../parse/ir.ts'
import type { Scope, SymbolValue, Value } from './values.ts'

/** What makes an array of a size, with nothing in it yet, by the names that Go, JavaScript and Python have for it. */
const makes =
  /^(?:make|(?:new )?(?:Array|(?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float\d+Array)|Buffer\.alloc(?:Unsafe)?|bytearray)\(\)$/
/** What is given one and puts nothing into it. */
const onlyReads = /^(?:len|cap|string|append|min|max|print\w*|fmt\.\w+|String|isinstance)$/

/** Arrays that were made here and that code put something into at a place that is not known, or that other code may have; and variables that code outside sets. */
const filled = new WeakSet<Value>()

/** Notes that something is put into an array under a name: it is no more what it was made as. */
export function fillArray(of: Value, target: Expr, scope: Scope): void {
  if (of.t !== 'symbol' || !makes.test(of.path)) return
  filled.add(of)
  if (target.k !== 'name' || of.text === target.name) return
  const now: SymbolValue = { ...of, text: target.name }
  filled.add(now)
  scope.set(target.name, now)
}

/** Notes that code outside is given an array that was made here, which it may put something into. */
export function mayFill(callee: SymbolValue, value: Value): void {
  if (value.t === 'symbol' && makes.test(value.path) && !onlyReads.test(callee.path)) filled.add(value)
}

/** Notes a variable of Go that was declared without a value: what it is given a pointer to puts something there (`row.Scan(&isThere)`). */
export function noteUnset(value: Value): void {
  if (value.t === 'symbol') filled.add(value)
}

/** What a function gives that is made of such an array or variable is told by the call: what is in it is nowhere said. */
export function toldByCall(value: Value, call: () => string): Value {
  if (value.t === 'list' && value.items.some((one) => filled.has(one)))
    return { ...value, items: value.items.map((one) => (filled.has(one) ? toldByCall(one, call) : one)) }
  return value.t === 'symbol' && isOfFilled(value) ? { ...value, text: call() } : value
}

const maxDepth = 3
const isOfFilled = (value: Value, depth = 0): boolean =>
  filled.has(value) ||
  (value.t === 'symbol' && depth < maxDepth && value.args.some((arg) => isOfFilled(arg.value, depth + 1)))
