import { namedAs } from '../facts/expression.ts'
import type { Expr } from '../parse/ir.ts'
import { setMember } from './binding.ts'
import { noteUnset } from './filled-arrays.ts'
import type { Machine } from './machine.ts'
import { each, printValue, symbol } from './values.ts'
import type { Scope, Value } from './values.ts'

/** Go: what code outside is given a pointer to, of a struct of the repository (`row.Scan(&boat.Name)`), is what that puts there. */
export function fillFields(
  run: Machine,
  { args }: Extract<Expr, { k: 'call' }>,
  result: Value,
  scope: Scope,
): void {
  for (const { value: e } of args) {
    if (e.k !== 'member' || scope.module.text[e.start - 1] !== '&') continue
    for (const of of each(run.expressions.evaluate(e.of, scope))) {
      if (of.t !== 'object' || of.ref === null) continue
      const put = symbol('?', namedAs(`${printValue(of)}.${e.name}`, `${printValue(result)} &${e.name}`))
      noteUnset(put)
      setMember(run, of, e.name, put, e, scope)
    }
  }
}
