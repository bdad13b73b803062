import type { Func, Module } from '../parse/ir.ts'
import type { Pack } from '../packs/pack.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { namesAlike } from '../packs/alike.ts'
import type { Maker } from './go-makers.ts'

/** How far up callers are followed. */
const maxLevels = 3

/**
 * Python's functions that have a function of the repository make a program and put more into that, or put that into one of their own, the outermost first: run
 * from there, it is whole. What only makes one by itself is not among them, nor what nothing calls beside those that are called.
 */
export function pythonMakers(
  interpreter: Interpreter,
  modules: readonly Module[],
  packs: readonly Pack[],
): Maker[] {
  const mine = packs.filter(({ language, routers }) => language === 'python' && routers !== undefined)
  const made = mine.flatMap(({ routers = {} }) =>
    Object.entries(routers).flatMap(([path, { isApp }]) => (isApp ? [path.split('.').at(-1) ?? path] : [])),
  )
  const named = new Set([...made, ...modules.flatMap((module) => namesAlike(module, mine))])
  const words = mine.flatMap(({ methods = {} }) =>
    Object.entries(methods).flatMap(([name, { does }]) =>
      /^(?:route|hook|self|setting)$/.test(does) ? [] : [name],
    ),
  )
  if (made.length === 0 || words.length === 0) return []
  const making = new RegExp(String.raw`\b(?:${[...named].join('|')})\(`)
  const filling = new RegExp(String.raw`\.(?:${words.join('|')})\(`)
  const all = modules.flatMap((module): Maker[] =>
    module.language === 'python'
      ? module.body.flatMap((stmt) => (stmt.k === 'func' ? [{ fn: stmt.fn, module }] : []))
      : [],
  )
  const bodyOf = ({ fn, module }: Maker) => module.text.slice(fn.start, fn.end)
  const levels: Maker[][] = []
  const seen = new Set<Func>()
  let level = all.filter(
    (one) =>
      !interpreter.invoked.has(one.fn) && making.test(bodyOf(one)) && /^\s*return\b/m.test(bodyOf(one)),
  )
  while (level.length > 0 && levels.length < maxLevels) {
    const names = new Set(level.map(({ fn }) => fn.name))
    const targets = new Set(level.map(({ fn }) => fn))
    level = all.filter(
      (one) =>
        !seen.has(one.fn) &&
        filling.test(bodyOf(one)) &&
        [...bodyOf(one).matchAll(/(?<![\w.])(\w+)\(/g)].some(([, name = '']) => {
          const value = names.has(name) ? interpreter.lookup.scopeOf(one.module).get(name) : undefined
          return value?.t === 'func' && value.fn !== one.fn && targets.has(value.fn)
        }),
    )
    for (const { fn } of level) seen.add(fn)
    levels.push(level)
  }
  return levels.toReversed().flat()
}
