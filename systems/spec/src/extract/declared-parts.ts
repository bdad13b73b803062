import { onceFor } from '../facts/once-for.ts'
import type { Class, Expr, FieldDecl, Func, Module, Span, Stmt, TypeRef } from '../parse/ir.ts'
import { patternNames } from '../parse/javascript-nodes.ts'
import type { Declaration, Declarations } from './declarations.ts'

/** What is declared at a place. */
interface Part {
  name: string
  fn: Func | null
  value: Expr | null
  /** Of a field, where no other one of its class has it. */
  type: string | null
}

const noPart: Part = { name: '', fn: null, value: null, type: null }

/** Functions, constants and fields by where they are declared. */
export class DeclaredParts {
  readonly #parts = new Map<Module, Map<number, Part>>()

  at({ module, start }: Declaration): Part {
    return this.#of(module).get(start) ?? noPart
  }

  /** The type of a field of the class that a function at `offset` is a method of, where it says which field that is. */
  fieldType(module: Module, offset: number, name: string, declarations: Declarations): string | null {
    for (const stmt of module.body) {
      if (offset < stmt.start || offset >= stmt.end) continue
      if (stmt.k === 'class') return typeOf(innermost(stmt.cls, offset).fields, name)
      const owner = stmt.k === 'func' ? stmt.fn.receiver?.type?.name : undefined
      const named = owner === undefined ? null : declarations.of(module, owner)
      return named && 'at' in named && named.at.cls ? typeOf(named.at.cls.fields, name) : null
    }
    return null
  }

  /** The functions in which a place is, the outermost first. */
  around(module: Module, offset: number): Func[] {
    return functionsIn(module).flatMap(({ fn, start, end }) =>
      start <= offset && offset < end && fn.start < offset ? [fn] : [],
    )
  }

  #of(module: Module): Map<number, Part> {
    let parts = this.#parts.get(module)
    if (!parts) {
      this.#parts.set(module, (parts = new Map()))
      for (const stmt of module.body) putStatement(stmt, parts)
    }
    return parts
  }
}

/** The functions of a module, each before those in it, and where they stand. */
const functionsIn = onceFor((module: Module): readonly { fn: Func; start: number; end: number }[] => {
  const found: { fn: Func; start: number; end: number }[] = []
  const walk = (value: unknown, around: Pick<Span, 'start' | 'end'>): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, around)
    else if (typeof value === 'object' && value !== null) {
      const { start = around.start, end = around.end } = value as Partial<Span>
      const own = { start: Math.max(start, around.start), end: Math.min(end, around.end) }
      if (isFunc(value)) found.push({ fn: value, ...own })
      for (const one of Object.values(value)) walk(one, own)
    }
  }
  walk(module.body, { start: 0, end: Infinity })
  return found
})

const isFunc = (value: object): value is Func => 'params' in value && 'headEnd' in value

function putStatement(stmt: Stmt, parts: Map<number, Part>): void {
  const { start } = stmt
  if (stmt.k === 'func') parts.set(start, { ...noPart, name: stmt.fn.name, fn: stmt.fn })
  if (stmt.k === 'class') putClass(stmt.cls, parts)
  if (stmt.k === 'let') putValue(start, patternNames(stmt.target).length === 1 ? stmt.value : null, parts)
  if (stmt.k === 'export') putValue(start, stmt.value, parts)
  if (stmt.k === 'expr' && stmt.e.k === 'assign') {
    putValue(start, stmt.e.value, parts)
    if (stmt.e.value.k === 'object')
      for (const { value } of stmt.e.value.entries) putValue(value.start, value, parts)
  }
}

function putValue(start: number, value: Expr | null, parts: Map<number, Part>): void {
  if (value?.k === 'class') putClass(value.cls, parts)
  parts.set(start, value?.k === 'func' ? { ...noPart, fn: value.fn } : { ...noPart, value })
}

function putClass(cls: Class, parts: Map<number, Part>): void {
  for (const fn of cls.members) parts.set(fn.start, { ...noPart, name: fn.name, fn })
  for (const { start, name, value } of cls.fields)
    if (value?.k === 'func') parts.set(start, { ...noPart, name, fn: value.fn })
    else parts.set(start, { name, fn: null, value, type: typeOf(cls.fields, name) })
  for (const stmt of cls.body) putStatement(stmt, parts)
  for (const one of cls.inner) putClass(one, parts)
}

const innermost = (cls: Class, offset: number): Class => {
  const inner = cls.inner.find(({ start, end }) => start <= offset && offset < end)
  return inner ? innermost(inner, offset) : cls
}

const written = ({ name, args }: TypeRef): string => [name, ...args.map(written)].join(' ')

function typeOf(fields: readonly FieldDecl[], name: string): string | null {
  const type = fields.find((one) => one.name === name)?.type
  if (!type) return null
  const text = written(type)
  return fields.filter((one) => one.type && written(one.type) === text).length === 1 ? text : null
}
