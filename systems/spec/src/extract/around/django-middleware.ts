import type { Run } from '../run-code.ts'
import { methodOf } from '../../resolve/members.ts'
import type { Site, Value } from '../../resolve/values.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { Module } from '../../parse/ir.ts'

/** Methods of a class that run before a view, in the order that they are asked (docs.djangoproject.com, "Middleware"). */
const hooks = ['process_request', 'process_view'] as const

/** Middleware of the repository that stands before all views: what all settings of it name, in their order. */
export function djangoMiddleware(run: Run): Value[] {
  const lists = settingsLists(run)
  const [first = [], ...others] = lists
  return first
    .filter((name) => others.every((list) => list.includes(name)))
    .flatMap((name) => middlewareOf(run, name))
}

// Each list that settings have: a part of the name alone says which environment it is for.
function settingsLists({ project, interpreter }: Run): string[][] {
  return [...project.modules.values()].flatMap((module) => {
    if (module.language !== 'python' || !/^MIDDLEWARE\s*=/m.test(module.text)) return []
    const list = interpreter.runModule(module).get('MIDDLEWARE')
    return list?.t === 'list' ? [list.items.flatMap((one) => textOf(one) ?? [])] : []
  })
}

function middlewareOf(run: Run, name: string): Value[] {
  const { interpreter, project } = run
  const cut = name.lastIndexOf('.')
  const module = project.pythonNamed(name.slice(0, cut))
  const made = module ? interpreter.runModule(module).get(name.slice(cut + 1)) : null
  if (!module || !made) return []
  const args = [{ name: null, value: symbol('django:get_response', 'get_response') }]
  if (made.t === 'func') {
    const given = interpreter.call(made, args, topOf(module))
    return each(given).filter(({ t }) => t === 'func')
  }
  if (made.t !== 'class') return []
  const self = interpreter.instantiate(made.ref, args, topOf(module))
  const found = (names: readonly string[]) =>
    names.flatMap((one): Value[] => {
      const method = interpreter.lookup.method(made.ref, one)
      return method ? [methodOf(method, self)] : []
    })
  // What has its own `__call__` says itself what comes before a view; `process_view` is asked all the same.
  const own = found(['__call__'])
  return own.length > 0 ? [...own, ...found(['process_view'])] : found(hooks)
}

const topOf = (module: Module): Site => ({ module, start: 0, end: 0, symbol: '' })
