import { flatten } from '../packs/routing.ts'
import { routerOf } from '../packs/router.ts'
import type { Func, Module, Stmt } from '../parse/ir.ts'
import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'

/** A function of Python that gives the router which it makes, and its module. */
export interface Giver {
  fn: Func
  module: Module
}

/** Whether a function gives a router, alone or among others. */
export const givesRouter = (values: readonly Value[]): boolean =>
  values
    .flatMap(each)
    .flatMap(flatten)
    .some((one) => routerOf(one) !== null)

/** How far up callers of a function are looked for. */
const maxHops = 6

/**
 * Functions of Python that nobody called and that call one which gives its router: whoever serves it calls the outermost, so these come first. They
 * are told by the name that they call, where their module has or imports it.
 */
export function callersOf(givers: readonly Giver[], modules: readonly Module[]): Giver[] {
  const all = modules
    .filter(({ language }) => language === 'python')
    .flatMap((module) =>
      topFunctions(module).map((fn) => ({ fn, module, text: module.text.slice(fn.start, fn.end) })),
    )
  const calling = ({ fn, module }: Giver): Giver[] => {
    const call = new RegExp(String.raw`(?<!def )\b${fn.name}\(`)
    return all.filter(
      (one) =>
        one.fn !== fn &&
        (one.module === module || hasName(one.module, fn.name, module)) &&
        call.test(one.text),
    )
  }
  const found: Giver[] = []
  let level = givers.flatMap(calling)
  for (let hop = 0; hop < maxHops && level.length > 0; hop++) {
    level = level.filter(
      ({ fn }, at) => level.findIndex((one) => one.fn === fn) === at && !found.some((one) => one.fn === fn),
    )
    found.unshift(...level)
    level = level.flatMap(calling)
  }
  return found
}

const topFunctions = ({ body }: Module): Func[] =>
  body.flatMap((stmt: Stmt) => (stmt.k === 'func' ? [stmt.fn] : []))

// By its own name, or as a member of its module.
function hasName(module: Module, name: string, of: Module): boolean {
  const stem =
    of.path
      .replace(/(?:\/__init__)?\.py$/, '')
      .split('/')
      .at(-1) ?? ''
  return module.body.some(
    (stmt) =>
      stmt.k === 'import' &&
      stmt.names.some(
        ({ imported, local }) => imported === name || imported === '*' || local === stem || imported === stem,
      ),
  )
}
