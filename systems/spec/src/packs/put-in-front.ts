import type { Expr } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { each } from '../resolve/values.ts'
import type { FuncValue, SymbolValue } from '../resolve/values.ts'

/**
 * Whether a function that code puts in the place of how a framework answers (`res.json = (body, status) => { res.status(status); res.end(…) }`) answers by
 * itself: it calls another of the answer's members that does. Else it hands on what it is given, as what stood there before.
 */
export function answersItself(
  value: FuncValue,
  { of, name }: { of: SymbolValue; name: string },
  interpreter: Interpreter,
  isAnswering: (member: string) => boolean,
): boolean {
  const isOf = (e: Expr) =>
    e.k === 'name' &&
    (e.name === 'this' ||
      each(interpreter.evaluateIn(e, value.scope)).some((one) => one.t === 'symbol' && one.path === of.path))
  const holds = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false
    const { k, callee } = node as Partial<Extract<Expr, { k: 'call' }>>
    if (k === 'call' && callee?.k === 'member' && callee.name !== name)
      if (isAnswering(callee.name) && isOf(callee.of)) return true
    return Object.values(node).some(holds)
  }
  return holds(value.fn.body)
}
