import { onceFor } from '../facts/once-for.ts'
import type { Expr, Func, Param, TypeRef } from '../parse/ir.ts'
import { isExpr, walk } from '../parse/walk.ts'
import { copiedFrom } from './go-zero-values.ts'
import { filledAs } from './members.ts'
import type { Machine } from './machine.ts'
import type { FuncValue, ObjectValue, Scope, Value } from './values.ts'

/**
 * Go: what an expression gives where something else is set to it. A struct that a field holds itself, or that a pointer is followed to (`*door`), is copied
 * then: what is set in the copy is not set in it (go.dev/ref/spec, "Assignment statements").
 */
export function assigned(run: Machine, e: Expr, value: Value, scope: Scope): Value {
  if (scope.module.language !== 'go' || !isStruct(value)) return value
  const before = scope.module.text[e.start - 1]
  if (before === '&') return value
  return before === '*' || isOfField(run, e, scope) ? copied(run, value) : value
}

/** The same of what a parameter or a receiver takes that is no pointer, where its function sets parts of it. */
export const taken = (run: Machine, value: Value, param: Param, { fn, module, scope }: FuncValue): Value =>
  module.language === 'go' &&
  isStruct(value) &&
  param.type !== null &&
  module.text[param.type.start - 1] !== '*' &&
  setsPartsOf(fn).has(param.name) &&
  namesStruct(run, param.type, scope)
    ? copied(run, value)
    : value

const isStruct = (value: Value): value is ObjectValue =>
  value.t === 'object' && value.ref?.cls.kind === 'struct' && value.ref.module.language === 'go'

function isOfField(run: Machine, e: Expr, scope: Scope): boolean {
  if (e.k !== 'member' || !isChain(e.of)) return false
  const holder = run.expressions.evaluate(e.of, scope)
  return isStruct(holder) && holdsItself(run, holder, e.name)
}

// Whether a field holds a struct, and no pointer to one or what an interface stands for.
function holdsItself(run: Machine, { ref }: ObjectValue, name: string): boolean {
  const field = ref?.cls.fields.find((one) => one.name === name)
  return ref && field?.type && !field.isOptional ? namesStruct(run, field.type, ref.scope) : false
}

function namesStruct(run: Machine, { name }: TypeRef, scope: Scope): boolean {
  const target = run.lookup.typeTarget(name, scope)
  return typeof target !== 'string' && target.cls.kind === 'struct'
}

const isChain = (e: Expr): boolean => e.k === 'name' || (e.k === 'member' && isChain(e.of))

function copied(run: Machine, of: ObjectValue): ObjectValue {
  const held = (name: string, value: Value) =>
    isStruct(value) && holdsItself(run, of, name) ? copied(run, value) : value
  const made: ObjectValue = {
    ...of,
    props: new Map([...of.props].map(([name, value]) => [name, held(name, value)])),
  }
  filledAs(of, made)
  return copiedFrom(of, made)
}

/** Names of which a function sets parts: `o` of `o.sides.port = true`. */
const setsPartsOf = onceFor((fn: Func): ReadonlySet<string> => {
  const names = new Set<string>()
  walk(fn.body, (node) => {
    if (!isExpr(node, 'assign')) return
    const roots = node.target.k === 'array' ? node.target.items : [node.target]
    for (const one of roots) if (one.k === 'member') names.add(rootOf(one))
  })
  return names
})

const rootOf = (e: Expr): string => (e.k === 'member' ? rootOf(e.of) : e.k === 'name' ? e.name : '')
