import { flatten } from '../packs/routing.ts'
import { routerOf } from '../packs/router.ts'
import type { Class, Func, Module, Stmt } from '../parse/ir.ts'
import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'

/** A function of Python that gives the router which it makes, and its module; the class of a method. */
export interface Giver {
  fn: Func
  module: Module
  cls?: Class
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
 * are told by the name that they call, where their module has or imports it, also by another name. Methods are among them: a class that a program
 * outside starts (`Harbour().run()`) is asked by that.
 */
export function callersOf(givers: readonly Giver[], modules: readonly Module[]): Giver[] {
  const all = modules
    .filter(({ language }) => language === 'python')
    .flatMap((module) =>
      functionsIn(module).map((one) => ({ ...one, text: module.text.slice(one.fn.start, one.fn.end) })),
    )
  // What a method gives is called on its thing, which its name does not tell.
  const calling = ({ fn, module, cls }: Giver): Giver[] =>
    cls
      ? []
      : all.filter((one) => {
          if (one.fn === fn) return false
          const names = one.module === module ? [fn.name] : namesOf(one.module, fn.name, module)
          return (
            names.length > 0 && new RegExp(String.raw`(?<!def )\b(?:${names.join('|')})\(`).test(one.text)
          )
        })
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

const functionsIn = (module: Module): Giver[] =>
  module.body.flatMap((stmt: Stmt): Giver[] =>
    stmt.k === 'func'
      ? [{ fn: stmt.fn, module }]
      : stmt.k === 'class'
        ? stmt.cls.members.filter(({ isStatic }) => !isStatic).map((fn) => ({ fn, module, cls: stmt.cls }))
        : [],
  )

// What a module calls it by: its own name, another one that it is imported by, or its own as a member of its module.
function namesOf(module: Module, name: string, of: Module): string[] {
  const stem =
    of.path
      .replace(/(?:\/__init__)?\.py$/, '')
      .split('/')
      .at(-1) ?? ''
  return module.body.flatMap((stmt) =>
    stmt.k === 'import'
      ? stmt.names.flatMap(({ imported, local }) =>
          imported === name ? [local] : imported === '*' || local === stem || imported === stem ? [name] : [],
        )
      : [],
  )
}
