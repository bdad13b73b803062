import type { Module } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { symbol } from '../resolve/values.ts'
import type { FuncValue, Site, Value } from '../resolve/values.ts'
import { hapi } from '../packs/hapi/hapi.ts'
import type { Pack } from '../packs/pack.ts'
import { routerValue } from '../packs/router.ts'
import type { Routing } from '../packs/routing.ts'

/**
 * Plugins of hapi that code which is not here registers, by their files or by a manifest (hapi.dev, "Plugins"; glue, "compose()"): modules that export
 * one whose function nothing called. They are given one server, of which only the type is known.
 */
export function startPlugins(interpreter: Interpreter, routing: Routing, packs: readonly Pack[]): void {
  if (!packs.includes(hapi)) return
  const options: Value = { t: 'object', props: new Map(), ref: null, args: [], isOpen: true, site: null }
  const server = symbol('@hapi/hapi.Server()', 'server')
  const modules = [...interpreter.project.modules.values()]
    .filter(({ language, text }) => language === 'javascript' && /\.(?:route|auth\.strategy)\s*\(/.test(text))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
  for (const module of modules)
    for (const fn of pluginsIn(interpreter, module)) {
      if (interpreter.invoked.has(fn.fn)) continue
      interpreter.budget = 300_000
      const site: Site = { module, start: fn.fn.start, end: fn.fn.headEnd, symbol: fn.fn.name }
      const router = routing.routerAt(server, site)
      if (!router) continue
      const given = [routerValue(router), options].map((value) => ({ name: null, value }))
      interpreter.outcomes(fn, given, site)
    }
}

// `exports.plugin = { register }`, `export default { plugin: { register } }`, `exports.register = …`
function pluginsIn(interpreter: Interpreter, module: Module): FuncValue[] {
  const found = ['plugin', 'default', 'register'].flatMap((name) => {
    const value = interpreter.exported(module, name)
    const registers = name === 'register' ? value : value && registerOf(value)
    return registers?.t === 'func' ? [registers] : []
  })
  return [...new Map(found.map((one) => [one.fn, one])).values()]
}

function registerOf(value: Value, depth = 0): Value | null {
  if (value.t !== 'object' || depth > 2) return null
  const inner = value.props.get('plugin')
  return value.props.get('register') ?? (inner ? registerOf(inner, depth + 1) : null)
}
