import type { Module, TypeRef } from '../parse/ir.ts'
import { typeOfExpr } from '../parse/python-types.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Scope, Value } from '../resolve/values.ts'

/** A type that another name stands for, and where it is written, where that is not the module that names it. */
export interface TypeAlias {
  type: TypeRef
  scope: Scope | null
}

/** What a name of a type stands for where it is one of Python's `Annotated[…]`; null of any other. */
export function aliasedType(interpreter: Interpreter, type: TypeRef, scope: Scope): TypeAlias | null {
  const [first = '', ...rest] = /^[\w.]+$/.test(type.name) ? type.name.split('.') : []
  // `deps.CurrentUser` is what the module has by that name.
  let held: Value | null = scope.get(first)
  let { module } = scope
  for (const part of rest) {
    if (held?.t === 'module') module = held.module
    held = held && interpreter.memberOf(held, part, null)
  }
  if (held?.t !== 'symbol' || !/(?:^|\.)Annotated(?:\[\])?$/.test(held.path)) return null
  const name = rest.at(-1) ?? first
  const own = aliasOf(module.body, name)
  return own && module !== scope.module
    ? { ...own, scope: interpreter.lookup.scopeOf(module) }
    : (own ?? importedAlias(interpreter, module, name))
}

function aliasOf(body: Module['body'], name: string): TypeAlias | null {
  for (const stmt of body)
    if (stmt.k === 'let' && stmt.target.k === 'name' && stmt.target.name === name && stmt.value) {
      const e = stmt.value
      if (e.k === 'index' && e.at.k === 'array') {
        const [first, ...annotations] = e.at.items
        if (first)
          return {
            type: { ...typeOfExpr(first), annotations, start: e.start, end: e.end },
            scope: null,
          }
      }
    }
  return null
}

// An alias of another module, also where modules between hand it on.
function importedAlias(interpreter: Interpreter, module: Module, name: string, hops = 5): TypeAlias | null {
  for (const stmt of module.body) {
    if (stmt.k !== 'import') continue
    const found = stmt.names.find(({ local }) => local === name || local === '*')
    const imported = found?.imported === '*' ? name : (found?.imported ?? null)
    const target = imported === null ? null : interpreter.project.resolve(module, stmt.source)
    if (!target || imported === null) continue
    const alias = aliasOf(target.body, imported)
    if (alias) return { ...alias, scope: interpreter.lookup.scopeOf(target) }
    const behind = hops > 0 ? importedAlias(interpreter, target, imported, hops - 1) : null
    if (behind) return behind
  }
  return null
}
