import { onceFor } from '../facts/once-for.ts'
import type { Expr, Func, Module } from '../parse/ir.ts'
import { isExpr, walk } from '../parse/walk.ts'
import { setMember } from './binding.ts'
import { plainType } from './go-plain-types.ts'
import type { Machine } from './machine.ts'
import { each, printValue, symbol } from './values.ts'
import type { FuncValue, Scope, Value } from './values.ts'

/**
 * Go: what a function of the repository sets by a pointer to a plain field or variable (`parsed(&settings.IsOpen, "OPEN")` with `*into = is`) is what that
 * puts there: no more what it began with. Texts that the program sets while it begins stay what they were made as.
 */
export function setPointed(
  run: Machine,
  { args }: Extract<Expr, { k: 'call' }>,
  { fn, module }: FuncValue,
  scope: Scope,
): void {
  if (scope.module.language !== 'go') return
  for (const [index, { value: e }] of args.entries()) {
    if (scope.module.text[e.start - 1] !== '&' || (e.k !== 'member' && e.k !== 'name')) continue
    const param = fn.params[index]
    if (!param?.type || !isPointer(param.type, module) || plainType(param.type) === null) continue
    if (!setBy(fn, module).has(param.name)) continue
    if (e.k === 'name') {
      if (isPlain(scope.get(e.name))) scope.set(e.name, symbol('?', e.name))
      continue
    }
    for (const of of each(run.expressions.evaluate(e.of, scope))) {
      if (of.t !== 'object' || of.ref === null) continue
      const before = of.props.get(e.name)
      if (before && before.t !== 'const') continue
      if (run.effects === null) {
        // A text that a program begins with is mostly part of a path: what it is without settings is told.
        if (before && typeof before.v !== 'string') of.props.delete(e.name)
        continue
      }
      setMember(run, of, e.name, symbol('?', `${printValue(of)}.${e.name}`), e, scope)
    }
  }
}

const isPlain = (value: Value | null | undefined): boolean => value?.t === 'const'

const isPointer = ({ start }: { start: number }, { text }: Module): boolean => text[start - 1] === '*'

/** Names of pointers that a function puts something behind (`*into = …`), or hands to what may. */
const setBy = (fn: Func, module: Module): ReadonlySet<string> => setIn(fn)(module)
const setIn = onceFor((fn: Func) => {
  let names: Set<string> | null = null
  return ({ text }: Module): ReadonlySet<string> => {
    if (names) return names
    const found = (names = new Set<string>())
    walk(fn.body, (node) => {
      if (isExpr(node, 'assign') && node.target.k === 'name' && text[node.target.start - 1] === '*')
        found.add(node.target.name)
      if (isExpr(node, 'call'))
        for (const { value } of node.args)
          if (value.k === 'name' && text[value.start - 1] !== '*') found.add(value.name)
    })
    return found
  }
})
