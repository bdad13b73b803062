import type { Class, Module } from '../../parse/ir.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { methodOf } from '../../resolve/members.ts'
import { constant, each, nothing, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { methodsOf } from '../methods.ts'
import type { MethodRule } from '../pack.ts'
import { routerValue } from '../router.ts'
import type { Router } from '../router.ts'
import { argOf } from '../status.ts'
import { pyramid, pyramidRequest } from './pyramid.ts'

type Options = ReadonlyMap<string, Value>

/** A route by its name: its pattern, and what it asks besides. */
interface NamedRoute {
  router: Router
  path: Value
  options: Options
  site: Site
}

/** A view, wherever it is said: its function or class, and what it is found by. */
interface View {
  view: Value
  options: Options
  site: Site
}

/** What code outside was given to call when modules are scanned (venusian). */
interface Attached {
  fn: FuncValue
  callback: FuncValue
  site: Site
}

interface Resource {
  cls: ClassRef
  args: readonly ArgValue[]
  router: Router | null
  site: Site
}

const request = symbol(pyramidRequest, 'request')
const errorType = (name: string) => symbol(`pyramid.httpexceptions.${name}`, name)

/** Decorators that say a view, and the error that it is for where that is not said. */
const viewMarks: Record<string, string | null> = {
  'pyramid.view.view_config()': null,
  'pyramid.view.exception_view_config()': null,
  'pyramid.view.notfound_view_config()': 'HTTPNotFound',
  'pyramid.view.forbidden_view_config()': 'HTTPForbidden',
}
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'options']

/** What Pyramid's configurators and decorators say; routes and views are put together by the names of routes when all is said. */
export class Configurators {
  /** What views of errors ask besides the error, by their functions. */
  readonly errorViews = new Map<Value, Options>()
  /** Views that are found by what the path leads to (traversal), whose paths nobody knows. */
  readonly traversed: Site[] = []
  readonly #interpreter: Interpreter
  readonly #child: (router: Router, prefix: Value | null, site: Site) => Router
  readonly #routes = new Map<string, NamedRoute>()
  readonly #views: View[] = []
  readonly #scans: { router: Router; folder: string | null }[] = []
  readonly #attached: Attached[] = []
  readonly #directives = new Map<string, Value>()
  /** What services are made with, which holds for each of their views. */
  readonly #services = new Map<Router, Options>()
  readonly #placed = new Set<Router>()
  readonly #resources: Resource[] = []
  readonly #roots = new Set<Router>()
  /** Whose method or function it is that is scanned. */
  #scanned: FuncValue | null = null

  /** `child` makes a router below another. */
  constructor(interpreter: Interpreter, child: (router: Router, prefix: Value | null, site: Site) => Router) {
    this.#interpreter = interpreter
    this.#child = child
  }

  made(router: Router, args: readonly ArgValue[]): void {
    if (router.pack !== pyramid) return
    if (router.isApp) this.#roots.add(router)
    else this.#services.set(router, optionsOf(args))
  }

  configure(
    router: Router,
    what: Extract<MethodRule, { does: 'configure' }>['what'],
    args: readonly ArgValue[],
    site: Site,
  ): Value | null {
    const options = optionsOf(args)
    const [first] = args.filter(({ name }) => name === null).map(({ value }) => value)
    const view = options.get('view') ?? first
    switch (what) {
      case 'route': {
        const path = argOf(args, { at: 1, name: 'pattern' }) ?? options.get('path')
        const name = textOf(argOf(args, { at: 0, name: 'name' }))
        if (name !== null && path) this.#routes.set(name, { router, path, options, site })
        return null
      }
      case 'view': {
        // A service of Cornice is told the method first.
        if (this.#services.has(router)) {
          const [method, handler] = args.map(({ value }) => value)
          const found = handler && this.#found(handler, site)
          const own = found && this.#handler({ view: found, options, site })
          if (method && own)
            router.entries.push({
              kind: 'route',
              methods: methodsOf(method, ['*']),
              path: null,
              handlers: [own],
              site,
              args: [...args],
              options,
            })
          return null
        }
        if (!view) return null
        // A method that is scanned is one of its class by its name.
        const attr =
          this.#scanned && textOf(options.get('attr')) === null
            ? ([['attr', constant(this.#scanned.fn.name)]] as const)
            : []
        this.#views.push({
          view: this.#found(view, site) ?? view,
          options: new Map([...options, ...attr]),
          site,
        })
        return null
      }
      case 'exception-view':
      case 'notfound-view':
      case 'forbidden-view': {
        const error =
          what === 'notfound-view'
            ? errorType('HTTPNotFound')
            : what === 'forbidden-view'
              ? errorType('HTTPForbidden')
              : (options.get('context') ?? symbol('Exception'))
        if (view)
          this.#views.push({
            view: this.#found(view, site) ?? view,
            options: new Map([...options, ['context', error]]),
            site,
          })
        return null
      }
      case 'service': {
        const data = first?.t === 'pack' ? (first.data as { router?: Router }) : null
        if (data?.router) this.#place(data.router, router, site)
        return null
      }
      case 'resource':
        if (first?.t === 'class') this.#resources.push({ cls: first.ref, args: args.slice(1), router, site })
        return null
      case 'directive': {
        const name = textOf(first)
        const given = args[1]?.value
        if (name !== null && given) this.#directives.set(name, this.#found(given, site) ?? given)
        return null
      }
      case 'include': {
        const child = this.#child(router, options.get('route_prefix') ?? null, site)
        const found = first ? this.#found(first, site, 'includeme') : null
        if (found?.t === 'func')
          this.#interpreter.call(found, [{ name: null, value: routerValue(child) }], site)
        return null
      }
      case 'scan': {
        this.#scans.push({ router, folder: this.#folderOf(first ?? null, site) })
        return null
      }
    }
  }

  /** Calls that configure without a configurator, and those of its directives. */
  call(callee: SymbolValue, args: readonly ArgValue[], site: Site): Value | null {
    if (callee.path === 'venusian.attach') {
      const [fn, callback] = args.map(({ value }) => value)
      if (fn?.t === 'func' && callback?.t === 'func') this.#attached.push({ fn, callback, site })
      const scope = fn?.t === 'func' && fn.owner ? 'class' : 'module'
      return {
        t: 'object',
        props: new Map([['scope', constant(scope)]]),
        ref: null,
        args: [],
        isOpen: true,
        site,
      }
    }
    if (callee.path === 'cornice.resource.add_resource' && args[0]?.value.t === 'class')
      this.#resources.push({ cls: args[0].value.ref, args: args.slice(1), router: null, site })
    const of = callee.of?.t === 'pack' ? (callee.of.data as { router?: Router }).router : null
    const directive =
      of?.pack === pyramid ? this.#directives.get(callee.path.slice(callee.path.lastIndexOf('.') + 1)) : null
    return directive && callee.of
      ? this.#interpreter.call(directive, [{ name: null, value: callee.of }, ...args], site)
      : null
  }

  /** Once all is said: puts each view at the path of its route. */
  settle(routers: readonly Router[]): void {
    const [root] = this.#roots
    if (!root || !routers.includes(root)) return
    for (const module of this.#interpreter.project.modules.values()) {
      const scan = module.language === 'python' ? this.#scanOf(module) : undefined
      if (scan) this.#scan(module)
    }
    const seen = new Set<string>()
    for (const { fn, callback, site } of this.#attached) {
      const key = `${fn.module.path}:${fn.fn.start} ${site.start} ${callback.scope.module.path}`
      const scan = this.#scanOf(fn.module)
      if (!scan || seen.has(key)) continue
      seen.add(key)
      this.#scanned = fn
      const config = routerValue(scan.router)
      const context: Value = {
        t: 'object',
        props: new Map([['config', config]]),
        ref: null,
        args: [],
        isOpen: true,
        site,
      }
      const target: Value = fn.owner ? { t: 'class', ref: fn.owner } : fn
      this.#interpreter.budget = 20_000
      this.#interpreter.call(
        callback,
        [context, constant(fn.fn.name), target].map((value) => ({ name: null, value })),
        site,
      )
      this.#scanned = null
    }
    for (const router of this.#services.keys()) {
      const scan = this.#scanOf(router.site.module)
      if (scan) this.#place(router, scan.router, router.site)
    }
    for (const one of this.#resources) this.#resource(one, root)
    for (const view of this.#views) this.#view(view)
    for (const [router, own] of this.#services)
      for (const entry of router.entries)
        if (entry.kind === 'route') {
          entry.options = new Map([...own, ...entry.options, ...ofCornice])
          entry.handlers = [...validatorsOf(entry.options), ...entry.handlers]
        }
  }

  #place(service: Router, on: Router, site: Site): void {
    if (this.#placed.has(service)) return
    this.#placed.add(service)
    service.isMounted = true
    on.entries.push({ kind: 'mount', prefix: null, child: service, middleware: [], site })
  }

  // --- what is said by decorators ---

  #scan(module: Module): void {
    const { lookup } = this.#interpreter
    const scope = this.#interpreter.runModule(module)
    for (const stmt of module.body) {
      this.#interpreter.budget = 20_000
      if (stmt.k === 'func' && stmt.fn.decorators.length > 0) {
        const value = scope.get(stmt.fn.name)
        if (value?.t === 'func') for (const mark of value.marks) this.#mark(mark, value, new Map())
      }
      if (stmt.k === 'class') this.#scanClass(stmt.cls, lookup.refOf(stmt.cls, module, scope, null))
    }
  }

  #scanClass(cls: Class, ref: ClassRef): void {
    const value: Value = { t: 'class', ref }
    const site: Site = { module: ref.module, start: cls.start, end: cls.headEnd, symbol: cls.name }
    const marks = cls.decorators.map((one) => this.#interpreter.evaluateIn(one, ref.scope))
    const defaults = new Map(
      marks.flatMap((mark) =>
        mark.t === 'symbol' && mark.path === 'pyramid.view.view_defaults()' ? [...optionsOf(mark.args)] : [],
      ),
    )
    for (const mark of marks) {
      if (mark.t === 'symbol' && /^cornice\.resource\.resource\(\)$/.test(mark.path))
        this.#resources.push({ cls: ref, args: mark.args, router: null, site })
      this.#mark(mark, value, defaults)
    }
    for (const fn of cls.members)
      if (fn.decorators.length > 0)
        for (const mark of this.#interpreter.decoratedMethod(methodOf({ fn, owner: ref }, null)).marks)
          this.#mark(mark, value, new Map([...defaults, ['attr', constant(fn.name)]]))
  }

  #mark(mark: Value, view: Value, defaults: Options): void {
    if (mark.t !== 'symbol') return
    const error = viewMarks[mark.path]
    if (error === undefined) return
    const options = new Map([...defaults, ...optionsOf(mark.args)])
    const [only] = mark.args.filter(({ name }) => name === null).map(({ value }) => value)
    if (error !== null) options.set('context', errorType(error))
    else if (mark.path.includes('exception_view') && !options.has('context'))
      options.set('context', only ?? symbol('Exception'))
    const site = mark.site
    if (site) this.#views.push({ view, options, site })
  }

  // --- putting it together ---

  #view({ view, options, site }: View): void {
    const context = options.get('context') ?? options.get('for_')
    const name = textOf(options.get('route_name'))
    const route = name === null ? undefined : this.#routes.get(name)
    if (!route) {
      if (context && this.#isError(context)) {
        for (const type of context.t === 'list' ? context.items : each(context)) {
          const handler = this.#handler({ view, options, site })
          if (handler?.t !== 'func') continue
          const taking = this.#decorated(takingContext(handler), options, site)
          this.errorViews.set(taking, options)
          for (const root of this.#roots) root.entries.push({ kind: 'error', handler: taking, type, site })
        }
      } else if (!options.has('route_name')) this.traversed.push(site)
      return
    }
    if (context && this.#isError(context)) return
    const plain = this.#handler({ view, options, site })
    const isWrapped = options.has('decorator') && plain?.t === 'func'
    const wrapped = isWrapped ? this.#decorated(takingContext(plain), options, site) : null
    const handler =
      wrapped && !isSameCode(plain ?? undefined, wrapped)
        ? { ...wrapped, bound: [{ name: null, value: symbol('?', 'context') }] }
        : plain
    const asked = methodsOf(options.get('request_method'), [])
    const routed = methodsOf(route.options.get('request_method'), asked.length > 0 ? asked : ['*'])
    const methods = asked.length === 0 ? routed : routed.filter((one) => asked.includes(one))
    if (!handler || methods.length === 0) return
    const known = route.router.entries.some(
      (entry) =>
        entry.kind === 'route' &&
        entry.path === route.path &&
        entry.methods.join() === methods.join() &&
        isSameCode(entry.handlers.at(-1), handler),
    )
    if (known) return
    route.router.entries.push({
      kind: 'route',
      methods,
      path: patternOf(route.path),
      handlers: [handler],
      site,
      by: [route.site],
      args: [],
      options: new Map([...route.options, ...options]),
    })
  }

  // "View decorators": each is given a view of a context and a request, and gives another.
  #decorated(view: FuncValue, options: Options, site: Site): FuncValue {
    const given = options.get('decorator')
    let made = view
    for (const one of (given?.t === 'list' ? given.items : given ? [given] : []).toReversed()) {
      this.#interpreter.budget = 5_000
      const wrapper =
        one.t === 'func' ? this.#interpreter.call(one, [{ name: null, value: made }], site) : nothing
      if (wrapper.t === 'func') made = wrapper
    }
    return made
  }

  #isError(context: Value): boolean {
    const [one] = context.t === 'list' ? context.items : each(context)
    if (one?.t === 'symbol')
      return /(?:^|\.)(?:\w*(?:Exception|Error)|HTTP\w+|NoResultFound|\w*Invalid\w*)$/.test(one.path)
    return (
      one?.t === 'class' &&
      this.#interpreter.lookup
        .ancestry(one.ref)
        .some((name) => /(?:^|\.)(?:\w*Exception|\w*Error|HTTP\w+)$/.test(name))
    )
  }

  // A function as it is called for a request: a method of a class on a thing that is made with the request.
  #handler({ view, options, site }: View): Value | null {
    if (view.t === 'func') {
      // A method that was asked for by itself.
      if (view.owner && !view.self) return this.#method(view.owner, view.fn.name, site)
      return view.fn.params.length > 1 && isContext(view.fn.params[0]?.name ?? '')
        ? { ...view, bound: [{ name: null, value: symbol('?', 'context') }] }
        : view
    }
    if (view.t === 'class') return this.#method(view.ref, textOf(options.get('attr')) ?? '__call__', site)
    return view.t === 'symbol' ? null : view
  }

  #method(ref: ClassRef, name: string, site: Site): Value | null {
    const { lookup } = this.#interpreter
    const found = lookup.method(ref, name)
    if (!found) return null
    this.#interpreter.budget = 20_000
    const self = this.#interpreter.instantiate(
      ref,
      makingOf(lookup.method(ref, '__init__')?.fn ?? null),
      site,
    )
    const fn = this.#interpreter.decoratedMethod(methodOf(found, self))
    return { ...fn, owner: ref }
  }

  // Cornice, "Resources": methods of a class by their names, those of all at the path of the collection.
  #resource({ cls, args, router, site }: Resource, root: Router): void {
    const { lookup } = this.#interpreter
    const options = optionsOf(args)
    const on = router ?? this.#scanOf(cls.module)?.router
    if (!on && this.#scans.length > 0) return
    for (const [prefix, path] of [
      ['', options.get('path') ?? args.find(({ name }) => name === null)?.value],
      ['collection_', options.get('collection_path')],
    ] as const)
      for (const verb of path ? verbs : []) {
        const found = lookup.method(cls, `${prefix}${verb}`)
        const handler = found && path ? this.#method(cls, `${prefix}${verb}`, site) : null
        if (!found || !path || handler?.t !== 'func') continue
        const views = handler.marks.flatMap((mark) =>
          mark.t === 'symbol' && /^cornice\.resource\.view\(\)$/.test(mark.path) ? [mark] : [],
        )
        for (const view of views.length > 0 ? views : [null]) {
          const own = new Map([...options, ...(view ? optionsOf(view.args) : []), ...ofCornice])
          ;(on ?? root).entries.push({
            kind: 'route',
            methods: [verb.toUpperCase()],
            path: patternOf(path),
            handlers: [...validatorsOf(own), handler],
            site: {
              module: found.owner.module,
              start: found.fn.start,
              end: found.fn.headEnd,
              symbol: `${cls.cls.name}.${prefix}${verb}`,
            },
            by: view?.site ? [view.site, site] : [site],
            args: [],
            options: own,
          })
        }
      }
  }

  /** What a setting names by its dotted name, or is. */
  named(value: Value, site: Site): Value | null {
    return this.#found(value, site)
  }

  // --- names of modules and what they have ---

  /** What a value is or names: `pkg.module`, `pkg.module:thing`, `pkg.module.thing`, each also from here (`.module`). */
  #found(value: Value, site: Site, otherwise?: string): Value | null {
    if (value.t === 'module') return otherwise === undefined ? value : (value.scope.get(otherwise) ?? null)
    if (isOwnName(value))
      return otherwise === undefined
        ? null
        : (this.#interpreter.runModule(site.module).get(otherwise) ?? null)
    const text = textOf(value)
    if (text === null) return value
    const { project } = this.#interpreter
    const [name = '', thing] = text.split(':')
    const module = project.resolve(site.module, name)
    const wanted = thing ?? otherwise
    if (module) return wanted === undefined ? null : (this.#interpreter.runModule(module).get(wanted) ?? null)
    const at = name.lastIndexOf('.')
    const outer = at > 0 && thing === undefined ? project.resolve(site.module, name.slice(0, at)) : null
    return outer ? (this.#interpreter.runModule(outer).get(name.slice(at + 1)) ?? null) : null
  }

  #folderOf(value: Value | null, site: Site): string | null {
    const here = site.module.path.replace(/[^/]*$/, '')
    if (!value) return here
    const text = textOf(value)
    const module =
      value.t === 'module'
        ? value.module
        : isOwnName(value)
          ? site.module
          : text === null
            ? null
            : this.#interpreter.project.resolve(site.module, text)
    return module ? module.path.replace(/(?:__init__)?\.py$/, '') : null
  }

  #scanOf(module: Module): { router: Router; folder: string | null } | undefined {
    return (
      this.#scans.find(
        ({ folder }) => folder !== null && (folder === '' || module.path.startsWith(folder)),
      ) ?? this.#scans.find(({ folder }) => folder === null)
    )
  }
}

const optionsOf = (args: readonly ArgValue[]): Options =>
  new Map(args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])))

/** Tells a view of Cornice, which refuses by itself what it can't take or give. */
const ofCornice = [['cornice', constant(true)]] as const

/** Functions that a service of Cornice has a request checked by, before the view. */
const validatorsOf = (options: Options): Value[] => {
  const given = options.get('validators') ?? options.get('validator') ?? nothing
  return (given.t === 'list' ? given.items : [given]).filter((one) => one.t === 'func')
}

/** A module's own name, or that of its package. */
const isOwnName = (value: Value): boolean =>
  value.t === 'symbol' && /(?:^|\.)__(?:name|package)__$/.test(value.path)

const isContext = (name: string) => !/^_?req(?:uest)?$/.test(name)

// What a class of views is made with: the request, or the context before it.
const makingOf = (fn: { params: readonly { name: string; isRest: boolean }[] } | null): ArgValue[] => {
  const params = (fn?.params ?? []).slice(1).filter(({ isRest }) => !isRest)
  return params.slice(0, 2).map(({ name }, at) => ({
    name: null,
    value: isContext(name) && !(params.length === 1 && at === 0) ? symbol('?', 'context') : request,
  }))
}

// A view that asks for the request alone, as one that is given what it is for before that.
function takingContext(fn: FuncValue): FuncValue {
  const { bound: _, ...free } = fn
  if (fn.bound) return free
  const [first] = fn.fn.params
  return first && fn.fn.params.length === 1 && !fn.self
    ? { ...fn, fn: { ...fn.fn, params: [{ ...first, name: '' }, first] } }
    : fn
}

const isSameCode = (a: Value | undefined, b: Value): boolean =>
  a?.t === 'func' && b.t === 'func' && a.fn === b.fn && a.module === b.module

// "Route Pattern Syntax": what begins with a star stands for all that is left.
function patternOf(path: Value): Value {
  const text = textOf(path)
  return text?.includes('*') ? constant(text.replace(/\*(\w+)$/, '{*$1}')) : path
}
