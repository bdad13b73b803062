import type { Module } from '../../parse/ir.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { FuncValue, Site, Value } from '../../resolve/values.ts'
import type { Router } from '../router.ts'
import { adonis } from './adonis.ts'

const controller = 'adonis:controller'
/** Methods of HTTP and paths below that of the things, by the methods of a controller (docs.adonisjs.com, "Resource-driven controllers"). */
export const things: Record<string, readonly { method: string; below: string }[]> = {
  index: [{ method: 'GET', below: '' }],
  create: [{ method: 'GET', below: '/create' }],
  store: [{ method: 'POST', below: '' }],
  show: [{ method: 'GET', below: '/:id' }],
  edit: [{ method: 'GET', below: '/:id/edit' }],
  update: [
    { method: 'PUT', below: '/:id' },
    { method: 'PATCH', below: '/:id' },
  ],
  destroy: [{ method: 'DELETE', below: '/:id' }],
}

/** What Adonis finds by names and by modules that it loads when a request comes: controllers, middleware, the handler of errors. */
export class Controllers {
  readonly #interpreter: Interpreter
  readonly #named = new Map<string, Value>()

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  /** Keeps middleware under names, and gives what calls it by them. */
  name(given: Value | undefined): Value {
    if (given?.t === 'object') for (const [name, value] of given.props) this.#named.set(name, value)
    return given ?? symbol('?', 'named')
  }

  /** `[Controller, 'method']`, `'Controller.method'` or a class with a method `handle`, until all modules have run. */
  handler(value: Value): Value {
    const [of, name] = value.t === 'list' ? value.items : []
    const isPair = value.t === 'list' && value.items.length <= 2 && of !== undefined && textOf(of) === null
    const text = textOf(value)
    if (
      !(isPair && (name === undefined || textOf(name) !== null)) &&
      !(text !== null && /^[\w/.]+$/.test(text))
    )
      return value
    const args = isPair && of ? [of, ...(name ? [name] : [])] : [value]
    return symbol(controller, controller, { args: args.map((one) => ({ name: null, value: one })) })
  }

  /** A method of a controller by its name, where it has one. */
  methodOf(given: Value, name: string): FuncValue | null {
    const made = this.#made(given)
    const method = made && this.#interpreter.memberOf(made, name, null)
    return method?.t === 'func' ? method : null
  }

  /** Once all modules have run: puts functions where controllers, middleware and handlers of errors were named. */
  settle(routers: readonly Router[]): void {
    const own = routers.filter(({ pack }) => pack === adonis)
    for (const { entries } of own)
      for (const entry of entries) {
        if (entry.kind === 'route') entry.handlers = entry.handlers.map((one) => this.#routed(one))
        if (entry.kind === 'use') entry.handlers = entry.handlers.map((one) => this.#before(one))
        if (entry.kind === 'error') entry.handler = this.#handling(entry.handler) ?? entry.handler
      }
    const [first] = own
    if (!first || own.some(({ entries }) => entries.some(({ kind }) => kind === 'error'))) return
    for (const module of this.#modules(/(?:^|\/)app\/[eE]xceptions\/[hH]andler\.[jt]s$/)) {
      const value = this.#interpreter.exported(module, 'default')
      const handler = value && this.methodOf(value, 'handle')
      if (!handler) continue
      for (const router of own.filter(({ above }) => above === null))
        router.entries.push({ kind: 'error', handler, type: null, site: router.site })
    }
  }

  #routed(value: Value): Value {
    if (value.t !== 'symbol' || value.path !== controller) return this.#before(value)
    const [of, name] = value.args.map((arg) => arg.value)
    const text = textOf(of)
    if (text === null) return (of && this.methodOf(of, textOf(name) ?? 'handle')) ?? value
    const [, file = '', method = 'handle'] = /^(.*?)(?:\.(\w+))?$/.exec(text) ?? []
    for (const module of this.#modules(
      new RegExp(String.raw`(?:^|/)app/Controllers/(?:Http/)?${file}\.[jt]s$`),
    )) {
      const found = this.#interpreter.exported(module, 'default')
      const fn = found && this.methodOf(found, method)
      if (fn) return fn
    }
    return value
  }

  // Middleware by its name (`auth:api`), by its module, or by its class.
  #before(value: Value): Value {
    const text = textOf(value)
    const named = text === null ? null : this.#named.get(text.split(':')[0] ?? '')
    if (text !== null && !named) return value
    const outside = textOf(named ?? undefined)
    if (outside?.startsWith('Adonis/')) return symbol(outside, outside)
    return this.#handling(named ?? value) ?? value
  }

  #handling(value: Value): FuncValue | null {
    if (value.t === 'func' && !isLazy(value)) return value
    return value.t === 'object' && value.ref === null ? null : this.methodOf(value, 'handle')
  }

  // An instance of a class, of a module that has one as its default, or of what a function loads.
  #made(value: Value, depth = 0): Value | null {
    if (depth > 4) return null
    if (value.t === 'object') return value.ref ? value : null
    if (value.t === 'class')
      return this.#interpreter.instantiate(value.ref, [], {
        module: value.ref.module,
        start: value.ref.cls.start,
        end: value.ref.cls.headEnd,
        symbol: value.ref.cls.name,
      })
    if (value.t === 'module') {
      const own = this.#interpreter.exported(value.module, 'default')
      return own && this.#made(own, depth + 1)
    }
    const text = textOf(value)
    if (text !== null) {
      const [module] = this.#modules(
        new RegExp(String.raw`(?:^|/)app/(?:Controllers/(?:Http/)?)?${text.replace(/^App\//, '')}\.[jt]s$`),
      )
      const own = module && this.#interpreter.exported(module, 'default')
      return own ? this.#made(own, depth + 1) : null
    }
    if (value.t !== 'func' || !isLazy(value)) return null
    const site: Site = { module: value.module, start: value.fn.start, end: value.fn.end, symbol: '' }
    for (const one of each(this.#interpreter.call(value, [], site))) {
      const found = this.#made(one, depth + 1)
      if (found) return found
    }
    return null
  }

  #modules(path: RegExp): Module[] {
    return [...this.#interpreter.project.modules.values()].filter(
      (module) => module.language === 'javascript' && path.test(module.path),
    )
  }
}

// `() => import('#controllers/berths_controller')`
const isLazy = ({ fn, module }: FuncValue): boolean =>
  fn.params.length === 0 &&
  /^\S*\s*\(?\)?\s*(?:=>)?[\s{(]*(?:return\s+)?(?:await\s+)?import\(/.test(
    module.text.slice(fn.start, fn.end),
  )
