import { posix } from 'node:path'
import type { Func, Module, TypeRef } from '../parse/ir.ts'
import type { Pack } from '../packs/pack.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Scope } from '../resolve/values.ts'

export interface Maker {
  fn: Func
  module: Module
}

/** How far up callers are followed. */
const maxLevels = 5
const handlers = new Set(['net/http.Handler', 'net/http.Server', 'net/http.HandlerFunc'])

/**
 * Go's functions that make a router, and those that call one which gives back what may hold it, the outermost first: run from there, a router
 * of the repository's own is filled with what its callers give it.
 */
export function goMakers(
  interpreter: Interpreter,
  modules: readonly Module[],
  packs: readonly Pack[],
): Maker[] {
  const mine = packs.filter(({ language }) => language === 'go')
  const made = mine.flatMap(({ routers }) => Object.keys(routers ?? {})).map(splitPath)
  const types = new Set([...handlers, ...mine.flatMap(({ routerTypes }) => Object.keys(routerTypes ?? {}))])
  const all = modules.flatMap((module): Maker[] =>
    module.language === 'go'
      ? module.body.flatMap((stmt) => (stmt.k === 'func' ? [{ fn: stmt.fn, module }] : []))
      : [],
  )
  const textOf = ({ fn, module }: Maker) => module.text.slice(fn.start, fn.end)
  const gives = ({ fn, module }: Maker) =>
    fn.returns !== null && holdsRouter(interpreter, types, fn.returns, interpreter.lookup.scopeOf(module))
  const calls = new Map<Module, RegExp | null>()
  const makes = (one: Maker) => {
    let call = calls.get(one.module)
    if (call === undefined) calls.set(one.module, (call = makingCall(one.module, made)))
    return call?.test(textOf(one)) === true
  }
  const levels: Maker[][] = []
  const seen = new Set<Func>()
  let level = all.filter(makes)
  while (level.length > 0 && levels.length < maxLevels) {
    for (const { fn } of level) seen.add(fn)
    levels.push(level)
    const next = new Set<Maker>()
    for (const one of level.filter(gives))
      for (const other of all)
        if (!seen.has(other.fn) && callTo(interpreter, other.module, one)?.test(textOf(other)) === true)
          next.add(other)
    level = [...next]
  }
  return levels.toReversed().flat()
}

const types = String.raw`(?:\[[\w.]+\])?\(`

const splitPath = (path: string) => {
  const cut = path.lastIndexOf('.')
  return { source: path.slice(0, cut), name: path.slice(cut + 1) }
}

// Calls of what makes a router, as this file names its package.
function makingCall(module: Module, made: readonly { source: string; name: string }[]): RegExp | null {
  const named = module.body.flatMap((stmt) =>
    stmt.k === 'import'
      ? made
          .filter(({ source }) => source === stmt.source)
          .flatMap(({ name }) =>
            stmt.names.map(({ local }) => (local === '*' ? name : String.raw`${local}\.${name}`)),
          )
      : [],
  )
  return named.length > 0 ? new RegExp(String.raw`\b(?:${named.join('|')})${types}`) : null
}

// How a file calls a function: by its package, or a method by its name.
function callTo(interpreter: Interpreter, module: Module, { fn, module: of }: Maker): RegExp | null {
  if (fn.receiver) return new RegExp(String.raw`\.${fn.name}${types}`)
  const dir = posix.dirname(of.path)
  if (posix.dirname(module.path) === dir) return new RegExp(String.raw`(?<![\w.])${fn.name}${types}`)
  for (const stmt of module.body) {
    const [target] = stmt.k === 'import' ? interpreter.project.resolveGo(stmt.source) : []
    if (stmt.k === 'import' && target && posix.dirname(target.path) === dir)
      return new RegExp(String.raw`\b(?:${target.package}|${stmt.names[0]?.local ?? ''})\.${fn.name}${types}`)
  }
  return null
}

// Whether a value of the type is a router or a handler of requests, or has one in it.
function holdsRouter(
  interpreter: Interpreter,
  types: ReadonlySet<string>,
  type: TypeRef,
  scope: Scope,
  depth = 0,
): boolean {
  if (depth > 3) return false
  if (type.name === 'tuple')
    return type.args.some((one) => holdsRouter(interpreter, types, one, scope, depth))
  const target = interpreter.lookup.typeTarget(type.name, scope)
  if (typeof target === 'string') return types.has(target)
  return (
    target.cls.kind !== 'alias' &&
    [...target.cls.bases, ...target.cls.fields.flatMap((field) => field.type ?? [])].some((one) =>
      holdsRouter(interpreter, types, one, target.scope, depth + 1),
    )
  )
}
