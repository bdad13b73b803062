import { always } from '../facts/condition.ts'
import { Answerers } from './answerers.ts'
import type { Condition } from '../facts/condition.ts'
import { keptIn } from '../facts/once-for.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import {
  constant,
  each,
  joined,
  notDefined,
  nothing,
  numberOf,
  placeKey,
  symbol,
  textOf,
  union,
} from '../resolve/values.ts'
import type {
  ArgValue,
  ClassRef,
  FuncValue,
  ObjectValue,
  Site,
  SymbolValue,
  Value,
} from '../resolve/values.ts'
import { importedByName } from '../resolve/import-by-name.ts'
import { keyedEntries } from '../resolve/keyed-entries.ts'
import { branchesOf } from '../resolve/put-when.ts'
import { commonMethods, methodsOf } from './methods.ts'
import { unreadPrefix } from './path.ts'
import { optionOf } from './options.ts'
import { connectCall } from './connect/connect.ts'
import { goKitServer } from './go-kit/go-kit.ts'
import { GoServing } from './go-serving.ts'
import { RouterLearner } from './learned-routers.ts'
import type { LearnedRouters } from './learned-routers.ts'
import { fastify } from './fastify/fastify.ts'
import type { NodeSettings } from './node-settings.ts'
import { isPrefix, isSetting, madeOf, NodeServing, routersIn } from './node-serving.ts'
import { predicateOf, prefixOf } from './predicates.ts'
import { AppSettings } from './app-settings.ts'
import { ControllerServers } from './controller-servers.ts'
import { ControllerSettings } from './controller-settings.ts'
import { Plugins } from './fastify/plugins.ts'
import { adonis } from './adonis/adonis.ts'
import { Controllers, things } from './adonis/controllers.ts'
import { hapi } from './hapi/hapi.ts'
import { HapiServers } from './hapi/servers.ts'
import { Registrations } from './django/registrations.ts'
import { handedOn, markWhere } from './decorated-when.ts'
import { isClassful, registerClassful } from './flask/classful.ts'
import { beginNamed, descriptionAt, keepBefore, noneNamed } from './described-routes.ts'
import type { NamedOperations } from './described-routes.ts'
import { Configurators } from './pyramid/configurators.ts'
import type { Arg, MethodRule, Pack, RouterRule } from './pack.ts'
import { Contracts } from './ts-rest/contracts.ts'
import { isFunction, makeRouter, rootOf, routerOf, routerValue } from './router.ts'
import { configured, layer, routeMarked } from './marked-handlers.ts'
import type { Entry, Router } from './router.ts'
import { argOf } from './status.ts'
import { routerRule } from './alike.ts'
import { ownTable } from '../parse/own-table.ts'

/** What routers of all packs are given while the repository's code is run. */
export class Routing {
  readonly routers: Router[] = []
  /** What is called with a router as the program begins, in its order. */
  readonly begun: { fn: FuncValue; router: Value }[] = []
  /** Schemas that routes share, by what they are named by. */
  readonly schemas = new Map<string, Value>()
  /** Routers that code outside gives, as they are written where they are mounted. */
  readonly given: { text: string; site: Site }[] = []
  /** What programs set for all of their controllers. */
  readonly settings: ControllerSettings
  /** What Python's applications keep in their settings. */
  readonly ofApps: AppSettings
  /** Where they put these. */
  readonly controllers: ControllerServers
  /** Where routers of Go end up. */
  readonly serving: GoServing
  /** Where routers of JavaScript end up. */
  readonly node: NodeServing
  /** Plugins of hapi's servers, and who their routes let in. */
  readonly hapi: HapiServers
  /** Controllers and middleware of Adonis, by their names. */
  readonly adonis: Controllers
  /** What Pyramid's configurators are told. */
  readonly pyramid: Configurators
  /** What Django REST framework's routers are given, by the router. */
  readonly registrations = new Registrations()
  /** Functions that answer for code outside, by the decorator that says so. */
  readonly answerers = new Answerers()
  /** What code outside gives that is a router after all. */
  readonly learner: RouterLearner
  readonly #learned: LearnedRouters
  readonly #named: NamedOperations
  readonly #ofLearned = new Map<unknown, Router>()
  readonly #packs: readonly Pack[]
  readonly #called = new Map<string, readonly Pack[]>()
  readonly #interpreter: Interpreter
  readonly #typed = new WeakMap<object, Router>()
  readonly #decorations = new Map<string, Value>()
  /** Applications that are served by their prefixes. */
  readonly #dispatched = new Set<Router>()
  readonly #servedAt = new WeakMap<Router, Set<string>>()
  readonly #process = new Map<string, Router>()
  readonly #plugins: Plugins
  readonly #contracts: Contracts
  /** The part of a router whose function runs. */
  #within: Router | null = null
  /** The decorator of the repository that is being called with what it decorates. */
  #decorating: Site | null = null

  /** `learned`: what code outside gives, as an earlier run has it. */
  constructor(
    packs: readonly Pack[],
    interpreter: Interpreter,
    ofNode: NodeSettings,
    learned: LearnedRouters = new Map(),
    named: NamedOperations = noneNamed,
  ) {
    this.#named = named
    this.#packs = packs
    this.#learned = learned
    this.learner = new RouterLearner(packs)
    this.#interpreter = interpreter
    this.settings = new ControllerSettings(interpreter, ofNode)
    this.ofApps = new AppSettings(interpreter, this.routers)
    this.node = new NodeServing(interpreter)
    this.#contracts = new Contracts(
      (value, site) => this.routerAt(value, site),
      (router) => this.routers.push(router),
    )
    this.controllers = new ControllerServers(
      packs,
      interpreter,
      (value, site) => this.routerAt(value, site),
      (router) => this.routers.push(router),
    )
    this.serving = new GoServing(
      interpreter,
      (value, site) => this.routerAt(value, site),
      () => [...this.#process.values()].filter(({ pack }) => pack.language === 'go'),
    )
    this.adonis = new Controllers(interpreter)
    this.hapi = new HapiServers(interpreter, (router, prefix, site) => this.#child(router, prefix, [], site))
    this.pyramid = new Configurators(interpreter, (router, prefix, site) =>
      this.#child(router, prefix, [], site),
    )
    this.#plugins = new Plugins(
      interpreter,
      (router, prefix, site) => this.#child(router, prefix, [], site),
      (options) => {
        // @fastify/env, README.
        const made = ofNode.bySchema(optionOf(options, 'schema'))
        if (made) this.#decorations.set(textOf(optionOf(options, 'confKey')) ?? 'config', made)
      },
    )
  }

  /** The router that a value is or, by its type, stands for. */
  routerAt(value: Value | undefined, site: Site): Router | null {
    const own = routerOf(value) ?? served(value)
    if (own) return own
    if (value?.t === 'object' && value.ref) return this.#extended(value, value.ref, site)
    if (value?.t !== 'symbol') return null
    const common = this.#packs.find(({ processRouters }) => processRouters?.includes(value.path))
    if (common) return this.#processRouter(common, site)
    if (!value.path.endsWith('()')) return null
    const known = this.#learned.get(value.path)
    if (known) {
      const below = partOf(value, known.pack)
      const own = this.#ofLearned.get(below ?? value.path)
      if (own) return own
      const isPlaced = known.isApp || below !== null
      const made = makeRouter(known.pack, value.site ?? site, below === null, isPlaced ? null : unreadPrefix)
      made.isLearned = true
      this.routers.push(made)
      this.#ofLearned.set(below ?? value.path, made)
      if (below) this.#mount(below, made, null, site)
      return made
    }
    const type = value.path.slice(0, -2)
    for (const pack of this.#packs) {
      const isApp = pack.routerTypes?.[type]
      if (isApp === undefined) continue
      const known = this.#typed.get(value)
      if (known) return known
      // A part of a program's routes, of which only its type is known, may be below any prefix.
      const made = makeRouter(pack, site, true, isApp ? null : unreadPrefix)
      this.#typed.set(value, made)
      this.routers.push(made)
      this.serving.typed(made, value, site)
      return made
    }
    return null
  }

  // An instance of a class that extends a framework's router.
  #extended(value: ObjectValue, ref: ClassRef, site: Site): Router | null {
    const known = this.#typed.get(value.props)
    if (known) return known
    const names = this.#interpreter.lookup.ancestry(ref)
    for (const pack of this.#packs)
      for (const name of names) {
        const rule = pack.language === ref.module.language ? routerRule(pack, name) : undefined
        if (!rule) continue
        const made = this.#make(pack, rule, value.args, value.site ?? site)
        this.#typed.set(value.props, made)
        return made
      }
    return null
  }

  #make(pack: Pack, rule: RouterRule, written: readonly ArgValue[], site: Site): Router {
    const args = configured(this.#interpreter, rule, pack.marked, written, site)
    const given =
      typeof rule.prefix === 'object' && 'option' in rule.prefix
        ? optionOf(argOf(args, rule.prefix.arg), rule.prefix.option)
        : argOf(args, rule.prefix)
    const router = makeRouter(pack, site, rule.isApp, given ?? namedPrefix(args, rule.named))
    router.trailing = rule.trailing ?? 0
    const { keepsErrors } = rule
    router.name = textOf(argOf(args, rule.name))
    router.called = rule.called ?? null
    router.answersErrors = rule.answersErrors ?? null
    router.options = optionsNamed(args, rule.handsDown)
    if (rule.misfits) {
      const failAction = optionOf(argOf(args, rule.misfits.arg), rule.misfits.option) ?? nothing
      router.options = new Map([...router.options, ['failAction', failAction]])
    }
    if (rule.description !== undefined)
      router.settings.set(descriptionAt, argOf(args, rule.description) ?? nothing)
    router.keepsErrors = keepsErrors !== undefined && !this.#isSaid(keepsErrors.unless)
    this.routers.push(router)
    const begins = argOf(args, rule.begins)
    if (begins?.t === 'func') this.begun.push({ fn: begins, router: routerValue(router) })
    const before = argOf(args, rule.middleware)
    const handlers = before
      ? each(before)
          .flatMap(flatten)
          .filter((one) => one.t !== 'const')
      : []
    if (handlers.length > 0) router.entries.push({ kind: 'use', path: null, handlers, site })
    const on = argOf(args, rule.on)
    if (on) this.#putOn(router, on, site)
    const routes = argOf(args, rule.routes)
    if (routes) this.#list(router, routes, site)
    const { hooks, provides, errors: ofErrors } = rule
    if (hooks && provides !== undefined && typeof ofErrors === 'string')
      layer(router, { hooks, provides, errors: ofErrors }, (name) => argOf(args, name), site)
    const byType = hooks ? undefined : argOf(args, rule.errors)
    if (byType?.t === 'object')
      for (const [type, handler] of [
        ...[...byType.props].map(([key, value]) => [constant(Number(key)), value] as const),
        ...keyedEntries(byType),
      ])
        router.entries.push({ kind: 'error', handler, type, site })
    const { befores, errorHandler } = rule
    const listed = befores ? flatten(argOf(args, befores.arg) ?? nothing) : []
    // Where the last that is put there comes first, what is listed stands behind all of that in its order.
    for (const one of router.pack.lastComesFirst ? listed.toReversed() : listed)
      for (const method of befores?.methods ?? []) {
        const given = one.t === 'symbol' && one.args.length > 0 ? [...one.args] : [{ name: null, value: one }]
        const at = (one.t === 'symbol' || one.t === 'object' ? one.site : null) ?? site
        const before = router.entries.length
        this.#before(router, { does: 'before', fn: 0, method }, given, at, nothing)
        const when = branchesOf(one)
        if (when.length > 0)
          for (const entry of router.entries.slice(before)) entry.when = [...(entry.when ?? []), ...when]
      }
    if (rule.holdsParts)
      for (const { name, value } of args)
        for (const one of name === null ? flatten(value) : []) {
          const part = this.routerAt(one, site)
          if (part && part !== router) this.#mount(router, part, null, site)
        }
    const answering = errorHandler && argOf(args, errorHandler.arg)
    const errors =
      answering && errorHandler
        ? 'method' in errorHandler
          ? this.#interpreter.memberOf(answering, errorHandler.method, null)
          : optionOf(answering, errorHandler.option)
        : null
    if (errors && each(errors).some(isFunction))
      router.entries.push({ kind: 'error', handler: errors, type: null, site })
    this.pyramid.made(router, args)
    return router
  }

  #isSaid(text: RegExp | null): boolean {
    return text !== null && [...this.#interpreter.project.modules.values()].some((one) => text.test(one.text))
  }

  // Routes that stand in a list, each as a tuple or as what a call makes.
  #list(router: Router, routes: Value, site: Site): void {
    for (const one of each(routes).flatMap((list) => (list.t === 'list' ? list.items : [list]))) {
      // A table of routes that is filled elsewhere.
      const table = this.routerAt(one, site)
      if (table && table !== router) {
        this.#mount(router, table, null, site)
        continue
      }
      const make = (of: Router, prefix: Value | null, at: Site) => this.#child(of, prefix, [], at)
      if (routeMarked(router, one, this.#interpreter, make, site)) continue
      const args =
        one.t === 'list'
          ? one.items.map((value) => ({ name: null, value }))
          : one.t === 'symbol'
            ? one.args
            : []
      const name = one.t === 'list' ? '[]' : one.t === 'symbol' ? one.path.replace(/\(\)$/, '') : ''
      const rule = router.pack.listed?.[name]
      const at = one.t === 'symbol' && one.site ? one.site : site
      if (rule)
        this.#apply(
          router,
          rule,
          [...args],
          at,
          symbol(name, name, { of: routerValue(router) }) as SymbolValue,
        )
    }
  }

  #putOn(router: Router, on: Value, site: Site, prefix: Value | null = null): void {
    for (const one of each(on)) {
      const parent = this.routerAt(one, site)
      if (!parent || parent === router) continue
      this.#mount(parent, router, prefix, site)
      const { answersErrors } = router
      if (answersErrors !== null)
        parent.entries.push({
          kind: 'error',
          handler: nothing,
          type: symbol(answersErrors, answersErrors),
          isOwn: true,
          site,
        })
    }
  }

  /** What a router or a request was decorated with (Fastify's `decorate`), and its own helpers. */
  member(of: Value, name: string): Value | null {
    const held = this.serving.member(of, name)
    if (held) return held
    if (of.t === 'pack') {
      const router = routerOf(of)
      if (!router) return null
      this.node.member(router, name)
      if (router.pack === hapi && name === 'auth') return this.hapi.auth(router)
      if (router.pack.selfMembers?.includes(name)) return of
      const ofAll = router.pack.ofApp?.[name]
      if (ofAll !== undefined) return symbol(ofAll, name)
      const isPrefixName = Object.values(router.pack.routers ?? {}).some(({ prefix }) => prefix === name)
      if (isPrefixName) return router.prefix ?? nothing
      const { called } = router
      if (called !== null && router.pack.methods?.[name] === undefined)
        return symbol(`${called}.${name}`, `${called}.${name}`, { of })
      return this.#decorations.get(name) ?? (router.pack === fastify ? (ofSensible[name] ?? null) : null)
    }
    if (
      of.t === 'symbol' &&
      of.site &&
      name === 'auth' &&
      hapi.routerTypes?.[of.path.slice(0, -2)] === false
    ) {
      const router = this.routerAt(of, of.site)
      if (router) return this.hapi.auth(router)
    }
    return of.t === 'symbol' && of.path.startsWith('fastify:')
      ? (this.#decorations.get(`${of.path}.${name}`) ?? null)
      : null
  }

  // Packs that say something of what is called by a path.
  #packsCalled(path: string, language: Pack['language']): readonly Pack[] {
    return keptIn(this.#called, `${language} ${path}`, () =>
      this.#packs.filter(
        (pack) =>
          pack.language === language &&
          (pack.serving?.[path] !== undefined ||
            routerRule(pack, path) !== undefined ||
            pack.functions?.[path] !== undefined),
      ),
    )
  }

  call(callee: Value, args: ArgValue[], site: Site): Value | null {
    const handed =
      site.module.language === 'go'
        ? this.serving.call(callee, args, site)
        : site.module.language === 'javascript'
          ? this.controllers.call(callee, args, site)
          : null
    if (handed || callee.t !== 'symbol') return handed
    const served =
      site.module.language === 'go'
        ? (goKitServer(callee, args, site) ?? connectCall(this.#interpreter, callee, args, site))
        : null
    if (served) return served
    if (site.module.language === 'javascript' && this.#interpreter.effects === null)
      this.node.call(callee, args)
    for (const pack of this.#packsCalled(callee.path, site.module.language)) {
      const below = pack.serving?.[callee.path]
      if (below !== undefined) {
        for (const { value } of args) for (const one of routersIn(value)) this.#dispatched.add(one)
        this.#servedBelow(argOf(args, below), site)
      }
      const rule = routerRule(pack, callee.path)
      if (rule) {
        const router = this.#make(pack, rule, args, site)
        const inside = this.#interpreter.running.stack.at(-1)
        if (inside) this.#interpreter.makers.add(inside.fn)
        this.#setUp(router, rule, args, site)
        if (router.pack === hapi) this.hapi.made(router, callee.path, args, site)
        // Made with a route or with what is nested in it.
        const [first, second] = args.map(({ value }) => value)
        if (rule.route) this.#applied(router, rule.route, args, site, callee)
        if (rule.predicate && first && second) this.#predicated(router, first, second, args, site)
        return routerValue(router)
      }
      const plain = pack.functions?.[callee.path]
      if (plain) {
        const on = pack.routesOn === undefined ? null : this.routerAt(args[pack.routesOn]?.value, site)
        return this.#applied(on ?? this.#processRouter(pack, site), plain, args, site, callee, on !== null)
      }
    }
    if (callee.path.startsWith('@ts-rest/')) return this.#contracts.call(callee, args, site)
    if (callee.path.startsWith('hapi:auth')) return this.hapi.call(callee, args, site)
    const told = this.pyramid.call(callee, args, site)
    if (told) return told
    const setting = this.settings.call(callee, args, site)
    if (setting) return setting
    const [given] = args
    if (given && site.module.language === 'javascript' && addsTo(callee, given.value)) return given.value
    const { of } = callee
    if (
      site.module.language === 'python' &&
      callee.path.endsWith('.register') &&
      of &&
      isClassful(this.#interpreter, of)
    ) {
      const on = this.routerAt(args[0]?.value, site)
      if (on) registerClassful(this.#interpreter, on, of, args.slice(1), site)
      return nothing
    }
    // What a class that extends a router gives its base is what that is made with: it is none before.
    if (!of || callee.text === 'super') return null
    if (site.module.language === 'python' && callee.path.endsWith('.register') && args.length >= 2)
      this.registrations.add(of, args, site)
    const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
    // One of several, by a setting: each may be the one.
    const made = new Set(each(of).flatMap((one) => this.routerAt(one, site) ?? []))
    const results = [...made].flatMap((router) => {
      const rule = (router.pack.methods ?? {})[name]
      return rule ? (this.#applied(router, rule, args, site, callee, made.size > 1) ?? []) : []
    })
    if (made.size === 0 && site.module.language === 'go' && this.#interpreter.effects === null)
      this.learner.called(
        callee,
        args.map(({ value }) => value),
        ({ params: [first] }, fn) => {
          const target =
            first?.type && fn.t === 'func'
              ? this.#interpreter.lookup.typeTarget(first.type.name, fn.scope)
              : null
          return typeof target === 'string' ? target : null
        },
      )
    return results.length > 0 ? union(results) : null
  }

  /** Takes out applications that only put together again what one has that is served below a prefix (for a description of it). */
  settle(): void {
    const partsOf = ({ entries }: Router) => entries.flatMap((one) => (one.kind === 'mount' ? one.child : []))
    const parts = new Set([...this.#dispatched].flatMap(partsOf))
    for (const router of this.routers)
      if (router.isApp && !router.isMounted && !this.#dispatched.has(router) && parts.size > 0) {
        const own = partsOf(router)
        if (own.length > 0 && own.length === router.entries.length && own.every((one) => parts.has(one)))
          router.entries.splice(0)
      }
  }

  // Applications by the prefix that each is served below; one is asked for paths without it.
  #servedBelow(served: Value | undefined, site: Site): void {
    if (served?.t !== 'object') return
    for (const [prefix, value] of served.props)
      for (const router of routersIn(value)) {
        const places = this.#servedAt.get(router) ?? new Set()
        if (places.has(placeKey(site))) continue
        this.#servedAt.set(router, places.add(placeKey(site)))
        const own = constant(prefix)
        router.prefix = router.prefix ? joined([own, router.prefix]) : own
      }
  }

  // Fastify ("Boot"): routes and parts take the hooks that their part has once all of it ran, but for parts that were waited for before.
  #hook(router: Router, entry: Entry, isForEarlier: boolean): void {
    const when = this.#interpreter.branches()
    if (isForEarlier)
      router.entries.splice(router.waitedFor++, 0, when.length > 0 ? { ...entry, when } : entry)
    else router.entries.push(entry)
  }

  // Fastify ("Hooks", onRoute): what is called with each route may change what it was made with.
  #routed(router: Router, entry: Extract<Entry, { kind: 'route' }>): void {
    const hooks = onRouteOf(router)
    if (hooks.length === 0) return
    const [method, ...others] = entry.methods
    const props = new Map(entry.options)
    const handler = entry.handlers.at(-1)
    if (handler) props.set('handler', handler)
    props.set('url', entry.path ?? constant(''))
    if (method !== undefined && others.length === 0) props.set('method', constant(method))
    const made: ObjectValue = {
      t: 'object',
      props,
      ref: null,
      args: [],
      isOpen: false,
      isWhole: true,
      site: entry.site,
    }
    const handlers = () => hooksOf(made).flatMap((one) => flatten(composed(one)))
    const put = new Map<Value, readonly Condition[]>()
    for (const { fn, when } of hooks) {
      const before = new Set(handlers())
      this.#interpreter.call(fn, [{ name: null, value: made }], entry.site)
      if (when.length > 0) for (const one of handlers()) if (!before.has(one)) put.set(one, when)
    }
    entry.options = made.props
    entry.handlers = handlers()
    if (put.size > 0) entry.handlersWhen = put
  }

  #setUp(router: Router, { setUp }: RouterRule, args: readonly ArgValue[], site: Site): void {
    const fn = setUp && argOf(args, setUp.fn)
    if (!setUp || fn?.t !== 'func') return
    const text = fn.module.text.slice(fn.fn.start, fn.fn.end)
    const prefix = new RegExp(String.raw`\b${setUp.prefix}\s*=\s*(?:"([^"]*)")?`).exec(text)
    if (prefix) router.prefix = prefix[1] === undefined ? symbol('?') : constant(prefix[1])
    const outer = this.#within
    this.#within = router
    this.#interpreter.call(fn, [], site)
    this.#within = outer
  }

  // The method of a thing that handles requests by it.
  #handling({ handlerMethod }: Pick<Pack, 'handlerMethod'>, value: Value): Value {
    const isThing = (value.t === 'object' || value.t === 'symbol') && value.ref !== null
    const method =
      handlerMethod !== undefined && isThing ? this.#interpreter.memberOf(value, handlerMethod, null) : null
    return method?.t === 'func' ? method : value
  }

  #processRouter(pack: Pack, site: Site): Router {
    // What a function routes that is called for a part of a router belongs to that part.
    if (this.#within?.pack === pack) return this.#within
    const rule = pack.prefixes?.find(({ files }) => files.test(site.module.path))
    const prefix = rule ? (rule.files.exec(site.module.path)?.[0] ?? '').replace(rule.files, rule.prefix) : ''
    const key = `${pack.framework} ${prefix}`
    const known = this.#process.get(key)
    if (known) return known
    const made = makeRouter(pack, site, true, prefix === '' ? null : constant(prefix))
    this.#process.set(key, made)
    this.routers.push(made)
    return made
  }

  #child(router: Router, prefix: Value | null, middleware: Value[], site: Site): Router {
    const child = makeRouter(router.pack, site, false, null)
    child.isMounted = true
    child.above = router
    child.methods = router.methods
    this.routers.push(child)
    router.entries.push({ kind: 'mount', prefix, child, middleware, site })
    return child
  }

  // What is put there in a branch of the program is there only where that is taken.
  #applied(
    router: Router,
    rule: MethodRule,
    args: ArgValue[],
    site: Site,
    callee: SymbolValue,
    isOneOf = false,
  ): Value | null {
    const before = router.entries.length
    const on = isOneOf ? { ...callee, of: routerValue(router) } : callee
    const made = this.#apply(router, rule, args, site, on)
    const when = this.#interpreter.branches()
    if (when.length > 0) for (const entry of router.entries.slice(before)) entry.when ??= when
    return made
  }

  #apply(router: Router, rule: MethodRule, args: ArgValue[], site: Site, callee: SymbolValue): Value | null {
    const self = callee.of ?? routerValue(router)
    const route = (
      methods: string[],
      path: Value | null,
      handlers: Value[],
    ): Extract<Entry, { kind: 'route' }> => {
      const entry: Extract<Entry, { kind: 'route' }> = {
        kind: 'route',
        methods,
        path: router.path ?? path,
        handlers: [
          ...dependenciesIn(router.pack, args),
          ...handlers.map((one) => this.#handling(router.pack, one)),
        ],
        site,
        ...(this.#decorating ? { by: [this.#decorating] } : {}),
        args,
        options: new Map(args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const]))),
      }
      router.entries.push(entry)
      return entry
    }
    const decorator = (entry: Extract<Entry, { kind: 'route' }>): Value => ({
      t: 'pack',
      data: { kind: 'registrar' },
      apply: (fn) => {
        entry.handlers.push(fn)
        return fn
      },
    })
    if (router.trailing > 0) args = args.slice(0, Math.max(2, args.length - router.trailing))
    switch (rule.does) {
      case 'predicate': {
        const [first, second] = args.map(({ value }) => value)
        if (first && second) this.#predicated(router, first, second, args, site)
        return self
      }
      case 'route': {
        if (rule.isOfParts && router.isApp) return null
        if (rule.mayBeNamed && args[1] && args[0] && isPrefix(args[0].value) && isPrefix(args[1].value))
          args = args.slice(1)
        if (rule.isPart) {
          const part = this.#child(router, null, [], site)
          this.#apply(part, { ...rule, isPart: false }, args, site, callee)
          return routerValue(part)
        }
        const isBare = rule.mayLackPath === true && args[0] !== undefined && !isPrefix(args[0].value)
        // app.get('setting') of Express reads one.
        if (
          !isBare &&
          typeof rule.handlers === 'number' &&
          router.path === null &&
          rule.decorates !== true &&
          args.length <= rule.handlers
        )
          return router.settings.get(textOf(args[0]?.value) ?? '') ?? null
        const methods = rule.methods ? methodsOf(argOf(args, rule.methods), [rule.method]) : [rule.method]
        const path = router.path ? router.path : isBare ? null : pathIn(argOf(args, rule.path) ?? null)
        if (rule.decorates) {
          const named = typeof rule.handlers === 'number' ? undefined : argOf(args, rule.handlers)
          const entry = route(methods, path, named ? [named] : [])
          return decorator(entry)
        }
        const from = router.path || isBare ? 0 : typeof rule.handlers === 'number' ? rule.handlers : 0
        const handlers =
          typeof rule.handlers === 'string' || typeof rule.handlers === 'object'
            ? [afterText(args, rule.handlers)]
            : args
                .filter(({ name }) => name === null)
                .slice(from)
                .map(({ value }) => (router.pack === adonis ? this.adonis.handler(value) : value))
        // Express, "router.route()": what is there for all methods and hands on comes before what is there for one.
        const all =
          router.path && rule.method === '*' ? handlers.flatMap((one) => (one ? flatten(one) : [])) : []
        if (all.length > 0 && all.every(handsOn)) {
          router.entries.push({ kind: 'use', path: null, handlers: all, site })
          return self
        }
        const inner = router.pack.language === 'javascript' ? handlers.findIndex((one) => routerOf(one)) : -1
        const child = routerOf(handlers[inner])
        const uses = child?.entries.flatMap((one) =>
          one.kind === 'use' && one.path === null ? one.handlers : [],
        )
        if (child && uses && uses.length > 0 && child.entries.every(({ kind }) => kind === 'use')) {
          // A router that routes nothing and only runs what it was given is a handler.
          route(methods, path, [
            ...handlers.slice(0, inner).flatMap((one) => (one ? flatten(one) : [])),
            ...uses,
          ])
          child.isMounted = true
          return self
        }
        if (child && child !== router) {
          // A router as a handler sees the path as it came: that of the route only says which it is asked.
          child.isMounted = true
          router.entries.push({
            kind: 'mount',
            prefix: null,
            child,
            only: { path, methods },
            middleware: handlers.slice(0, inner).flatMap((one) => (one ? flatten(one) : [])),
            site,
          })
          return self
        }
        const settings = rule.settings === undefined ? undefined : argOf(args, rule.settings)
        if (settings?.t === 'object') {
          const [handler] = handlers
          const own = hooksOf(settings, rule.runs ?? [])
          route(methods, path, [...own, ...(handler ? [handler] : [])]).options = new Map([
            ['schema', settings],
          ])
          return self
        }
        const { object } = rule
        const [before] = handlers
        if (object && before?.t === 'object' && before.ref === null) {
          const entry = route(methods, path, [
            ...hooksOf(before, object.keys),
            ...handlers.slice(1).flatMap((one) => (one ? flatten(one) : [])),
          ])
          entry.options = withSchema(before, object.schema)
          return self
        }
        const options = handlers.find(
          (one): one is ObjectValue => one?.t === 'object' && one.ref === null && isRouteOptions(one),
        )
        const entry = route(
          methods,
          path,
          inOrder(rule, handlers).flatMap((one) =>
            one === options && options ? hooksOf(options) : one ? flatten(composed(one)) : [],
          ),
        )
        if (options) entry.options = options.props
        this.#routed(router, entry)
        return self
      }
      case 'handle': {
        const handlers =
          typeof rule.handlers === 'string'
            ? [argOf(args, rule.handlers)]
            : args.slice(rule.handlers).map(({ value }) => value)
        route(
          methodsOf(argOf(args, rule.methods), ['*']),
          argOf(args, rule.path) ?? null,
          inOrder(rule, handlers).flatMap((one) => (one ? flatten(one) : [])),
        )
        return self
      }
      case 'pattern': {
        const pattern = argOf(args, rule.pattern)
        for (const one of pattern ? each(pattern) : []) {
          const text = textOf(one)
          const parts = /^(?:([A-Z]+)\s+)?(.*)$/.exec(text ?? '')
          const path = text === null ? one : constant((parts?.[2] ?? '').replace(/^[^/]+(?=\/)/, ''))
          route(
            [parts?.[1] ?? '*'],
            path,
            args.slice(rule.handlers).flatMap(({ value }) => flatten(value)),
          )
        }
        return self
      }
      case 'group': {
        const middleware =
          rule.middleware === undefined
            ? []
            : args
                .slice(rule.middleware)
                .flatMap(({ value }) => flatten(value))
                .filter((one) => textOf(one) === null)
        const body = argOf(args, rule.body)
        const options = rule.runs && argOf(args, rule.runs.arg)
        if (rule.runs && options?.t === 'object') {
          const own = hooksOf(options, rule.runs.keys)
          if (body) middleware.push(...own)
          else if (own.length > 0) router.entries.push({ kind: 'use', path: null, handlers: own, site })
        }
        const child = this.#child(
          router,
          prefixOf(argOf(args, rule.prefix) ?? namedPrefix(args, rule.named)),
          body ? middleware.filter((one) => one !== body) : middleware,
          site,
        )
        child.trailing = router.trailing
        child.called = rule.called ?? null
        if (body) {
          const outer = this.#within
          if (rule.isAround || (router.pack.functions && router.pack.language === 'java'))
            this.#within = child
          const made = this.#interpreter.call(body, [{ name: null, value: routerValue(child) }], site)
          this.#within = outer
          // A function that gives the part instead of filling it.
          for (const one of each(made).flatMap(flatten)) {
            const own = routerOf(one)
            if (own && own !== child) this.#mount(child, own, null, site)
          }
        }
        return rule.isOwn ? self : routerValue(child)
      }
      case 'mount': {
        const listed = argOf(args, rule.routes)
        if (listed) this.#list(this.#child(router, argOf(args, rule.prefix) ?? null, [], site), listed, site)
        const child = argOf(args, rule.child)
        const named = child?.t === 'const' ? textOf(child) : null
        const given = named === null ? child : (importedByName(this.#interpreter, named, site) ?? child)
        const children = given
          ? each(given)
              .flatMap(flatten)
              .flatMap(each)
              .map((one) => this.routerAt(one, site))
          : []
        const prefix = argOf(args, rule.prefix) ?? null
        if (children.every((child) => child === null) && given) {
          // Of Go's, what serves requests answers those for the prefix and all below it.
          const serves =
            router.pack.language === 'go'
              ? flatten(given)
                  .map((one) => this.#handling(router.pack, one))
                  .filter(isFunction)
              : []
          if (serves.length === 1 && prefix) {
            route(['*'], prefix, serves)
            route(['*'], joined([prefix, constant('/*')]), serves)
            return self
          }
          if (rule.isOfRoutes)
            for (const one of each(given)) if (one.t === 'symbol') this.given.push({ text: one.text, site })
          // A handler of all below the prefix.
          router.entries.push({ kind: 'use', path: prefix, handlers: flatten(given), site })
          return self
        }
        for (const child of children)
          if (child && child !== router) {
            child.isMounted = true
            const middleware = flatten(argOf(args, 'dependencies') ?? nothing).filter(
              (one) => one !== nothing && one !== notDefined,
            )
            if (rule.handsDown)
              child.options = new Map([...optionsNamed(args, rule.handsDown), ...child.options])
            // Where a blueprint is taken in with a prefix, that one counts instead of its own.
            // It may be taken in several times.
            const own = child.ownPrefix ?? child.prefix
            if (rule.childPrefix !== undefined) {
              child.ownPrefix = own
              child.prefix = null
            }
            const below = prefix ?? (rule.childPrefix === undefined ? null : own)
            const isWhole = router.pack.language === 'go' && child.pack !== router.pack
            router.entries.push({
              kind: 'mount',
              prefix: isWhole ? null : below,
              isWhole,
              child,
              middleware,
              site,
            })
          }
        return self
      }
      case 'put-on': {
        const on = argOf(args, rule.router)
        if (on) this.#putOn(router, on, site, argOf(args, rule.prefix) ?? null)
        return self
      }
      case 'plug':
        for (const { value } of args)
          for (const one of flatten(value).flatMap(each)) {
            const child = this.routerAt(one, site)
            if (child && child !== router) this.#mount(router, child, null, site)
            const made =
              one.t === 'func'
                ? this.#interpreter.call(one, [{ name: null, value: routerValue(router) }], site)
                : null
            const other = made ? routerOf(made) : null
            if (other && other !== router) this.#mount(router, other, null, site)
          }
        return self
      case 'use':
        this.#use(router, rule.errorParameters, args, site)
        return self
      case 'step':
        return this.#step(router, rule, args, site)
      case 'path': {
        const child = this.#child(router, null, [], site)
        child.path = argOf(args, rule.path) ?? null
        return routerValue(child)
      }
      case 'serve':
        router.isServed = true
        return self
      case 'nested': {
        const child = this.#child(router, argOf(args, rule.prefix) ?? null, [], site)
        for (const { value } of args.slice(rule.from)) this.#list(child, value, site)
        return routerValue(child)
      }
      case 'mapped': {
        const thing = argOf(args, rule.thing)
        for (const [method, name] of mappedMethods(textOf(argOf(args, rule.mapping)))) {
          const fn = thing ? this.#interpreter.memberOf(thing, name, null) : null
          if (fn?.t === 'func') route([method], argOf(args, rule.path) ?? null, [fn])
        }
        return self
      }
      case 'object': {
        const { prefixed, wrapped, guarded } = rule
        const prefix = args.find(({ value }) => prefixed !== undefined && isCallOf(value, prefixed))?.value
        if (prefix?.t === 'symbol') {
          const child = this.#child(router, prefix.args[0]?.value ?? null, [], site)
          const others = args.filter(({ value }) => value !== prefix)
          this.#apply(child, rule, others, site, { ...callee, of: routerValue(child) })
          return self
        }
        const guards = args.filter(({ value }) => value.t === 'symbol' && guarded?.test(value.path) === true)
        if (guards.length > 0) {
          const child = this.#child(
            router,
            null,
            guards.map(({ value }) => value),
            site,
          )
          const others = args.filter((one) => !guards.includes(one))
          this.#apply(child, rule, others, site, { ...callee, of: routerValue(child) })
          return self
        }
        for (const given of each(argOf(args, rule.arg) ?? nothing)
          .flatMap(flatten)
          .flatMap(each)) {
          if (wrapped && given.t === 'symbol' && wrapped.by.test(given.path)) {
            const before = given.args.slice(0, wrapped.from).flatMap(({ value }) => flatten(value))
            const child = this.#child(router, null, before, site)
            const items = given.args.slice(wrapped.from).flatMap(({ value }) => flatten(value))
            const list: Value = { t: 'list', items, isOpen: false }
            const on = { ...callee, of: routerValue(child) }
            this.#apply(child, rule, [{ name: null, value: list }], site, on)
            continue
          }
          const said = writtenOutside(given) ?? (given.t === 'symbol' ? given.args[0]?.value : given)
          if (said?.t !== 'object') continue
          const one = rule.nested ? this.#withNested(router, said, rule.nested, site) : said
          const handlers = hooksOf(one, rule.keys)
          if (rule.handlers !== undefined)
            handlers.push(...args.slice(rule.handlers, rule.misfits).map(({ value }) => value))
          const path = one.props.get('url') ?? one.props.get('path') ?? one.props.get('Path') ?? null
          const text = textOf(path ?? undefined)
          const entry = route(
            methodsOf(one.props.get('method') ?? one.props.get('Method'), ['*']),
            // OpenAPI's variables, as the framework has them.
            text === null || router.pack.syntax !== 'colon'
              ? path
              : constant(text.replaceAll(/\{(\w+)\}/g, ':$1')),
            handlers,
          )
          // Where it is written, of several in a list.
          if (said.site && args.some(({ value }) => value !== given)) entry.site = said.site
          const options = rule.schema === undefined ? one.props : withSchema(one, rule.schema)
          const misfits = rule.misfits === undefined ? undefined : argOf(args, rule.misfits)
          entry.options = misfits ? new Map([...options, ['failAction', misfits]]) : options
          this.#routed(router, entry)
        }
        return self
      }
      case 'hook': {
        for (const [name, ...handlers] of hooksIn(args))
          if (rule.routes?.test(textOf(name) ?? ''))
            router.onRoute.push(
              ...handlers.flatMap(flatten).map((fn) => ({ fn, when: this.#interpreter.branches() })),
            )
          else if (rule.errors?.test(textOf(name) ?? ''))
            for (const handler of handlers.flatMap(flatten))
              rootOf(router).entries.push({ kind: 'error', handler, type: null, site })
          else if (rule.names.test(textOf(name) ?? ''))
            this.#hook(
              router,
              { kind: 'use', path: null, handlers: handlers.flatMap(flatten), site },
              rule.isForEarlier === true && !this.#plugins.isShared,
            )
        return self
      }
      case 'before':
        return this.#before(router, rule, args, site, self)
      case 'decorate': {
        const name = textOf(args[0]?.value)
        const value = args[1]?.value
        if (name !== null && value && value.t !== 'const')
          this.#decorations.set(rule.on === undefined ? name : `${rule.on}.${name}`, value)
        return self
      }
      case 'param': {
        const name = textOf(argOf(args, rule.name))
        const handler = args[1]?.value
        if (name !== null && handler)
          router.entries.push({ kind: 'param', name, handlers: flatten(handler), drops: rule.drops, site })
        return self
      }
      case 'register':
        if (router.pack === hapi) this.hapi.register(router, args, site)
        else this.#plugins.register(router, args, site)
        if (isWaitedFor(site)) router.waitedFor = router.entries.length
        return self
      case 'configure':
        return this.pyramid.configure(router, rule.what, args, site)
      case 'error': {
        const type = argOf(args, rule.type) ?? null
        const { isForAll } = rule
        const own = { kind: 'error', type, site, ...(isForAll ? { isForAll } : {}) } as const
        if (rule.decorates && !argOf(args, rule.handler))
          return {
            t: 'pack',
            data: { kind: 'registrar' },
            apply: (fn) => (router.entries.push({ ...own, handler: fn }), fn),
          }
        const handler = argOf(args, rule.handler)
        if (handler) router.entries.push({ ...own, handler })
        return self
      }
      case 'keep-schema': {
        const schema = argOf(args, rule.arg)
        const id = schema?.t === 'object' ? textOf(schema.props.get('$id')) : null
        if (schema && id !== null) this.schemas.set(id.replace(/#$/, ''), schema)
        return self
      }
      case 'self':
        return self
      case 'later': {
        const fn = argOf(args, rule.fn)
        const given = Array.from({ length: rule.takes + 1 }, (_, at) => (at === rule.takes ? self : nothing))
        if (fn?.t === 'func')
          this.#interpreter.call(
            fn,
            given.map((value) => ({ name: null, value })),
            site,
          )
        return self
      }
      case 'secure': {
        const name = rule.name === undefined ? null : textOf(args[rule.name]?.value)
        const handler = args[rule.handler]?.value
        if (handler && (name !== null || rule.name === undefined))
          keepBefore(router, name, this.#handling(router.pack, handler))
        return self
      }
      case 'setting': {
        const name = textOf(args[rule.name]?.value)
        const value = args[rule.value]?.value
        if (name === null) return self
        const known = router.settings.get(name)
        if (!value) return known ?? null
        // What is set in a branch may be what it was before.
        const mayStay = known && this.#interpreter.branches().length > 0
        if (this.#interpreter.effects === null)
          router.settings.set(name, mayStay ? union([known, value]) : value)
        return self
      }
      case 'prefix':
        router.prefix = argOf(args, rule.path) ?? router.prefix
        return self
      case 'routes': {
        const handler = rule.errors && optionOf(argOf(args, rule.errors.arg), rule.errors.option)
        if (handler) router.entries.push({ kind: 'error', handler, type: null, site })
        return routerValue(router)
      }
      case 'resource': {
        const paths = args
          .slice(rule.paths)
          .filter(({ name }) => name === null)
          .map(({ value }) => value)
        const make = (cls: Value) => {
          for (const path of paths) route(['class'], path, [cls])
        }
        if (rule.decorates)
          return { t: 'pack', data: { kind: 'registrar' }, apply: (cls) => (make(cls), cls) }
        const cls = args[rule.cls]?.value
        if (cls) make(cls)
        return self
      }
      case 'things': {
        const part = this.#child(router, null, [], site)
        const [path, handler] = [textOf(argOf(args, rule.path)), argOf(args, rule.handler)]
        for (const [name, ways] of path !== null && handler ? Object.entries(things) : []) {
          const fn = handler && this.adonis.methodOf(handler, name)
          for (const { method, below } of fn ? ways : [])
            if (fn)
              part.entries.push({
                kind: 'route',
                methods: [method],
                path: constant(`${nestedPath(path ?? '')}${below}`),
                handlers: [fn],
                site,
                args,
                options: new Map(),
              })
        }
        return routerValue(part)
      }
      case 'around':
        router.entries.push({
          kind: 'use',
          path: null,
          handlers: args.flatMap(({ value }) => flatten(value)),
          site,
        })
        return self
      case 'named':
        return this.adonis.name(argOf(args, rule.arg))
      case 'crud': {
        const [path, handler] = [argOf(args, rule.path), argOf(args, rule.handler)]
        const text = textOf(path)
        for (const [name, { method, isOfAll }] of handler ? Object.entries(rule.methods) : []) {
          const fn = handler ? this.#interpreter.memberOf(handler, name, null) : null
          const own = isOfAll && text !== null ? constant(text.replace(/\/[^/]*$/, '')) : (path ?? null)
          if (fn?.t === 'func') route([method], own, [fn])
        }
        return self
      }
      case 'autoload':
        return null
      case 'list': {
        const routes = argOf(args, rule.routes)
        if (routes) this.#list(router, routes, site)
        return self
      }
    }
  }

  // An object with what its members hold beside it; one may be made by a function that is given the router.
  #withNested(router: Router, one: ObjectValue, names: readonly string[], site: Site): ObjectValue {
    const held = names.flatMap((name) => {
      const given = one.props.get(name)
      const made =
        given?.t === 'func'
          ? this.#interpreter.call(given, [{ name: null, value: routerValue(router) }], site)
          : given
      return made?.t === 'object' ? [...made.props] : []
    })
    return { ...one, props: new Map([...held, ...one.props]) }
  }

  #before(
    router: Router,
    { fn, method, only, isForAll }: Extract<MethodRule, { does: 'before' }>,
    args: ArgValue[],
    site: Site,
    self: Value,
  ): Value | null {
    if (only !== undefined && textOf(args[0]?.value) !== only) return null
    const put = (handler: Value) => {
      const when = this.#interpreter.branches()
      router.entries.push({
        kind: 'before',
        handler,
        isForAll: isForAll === true,
        site,
        ...(when.length > 0 ? { when } : {}),
      })
    }
    const given = fn === undefined ? args[0]?.value : argOf(args, fn)
    if (method !== undefined) {
      const made =
        given?.t === 'class' ? this.#interpreter.instantiate(given.ref, args.slice(1), site) : given
      const own = made?.t === 'object' ? this.#interpreter.memberOf(made, method, site) : null
      const isCalled = made?.t === 'object' && own?.t !== 'func' && router.pack.calledParameters !== undefined
      const called = isCalled ? this.#interpreter.memberOf(made, '__call__', site) : own
      if (called?.t === 'func') put(called)
      return self
    }
    if (given && given.t !== 'const') {
      put(given)
      return given
    }
    return { t: 'pack', data: { kind: 'registrar' }, apply: (one) => (put(one), one) }
  }

  // A route that is made in steps is a router of its own with what is known so far; what is asked of a router begins one.
  #step(router: Router, rule: Extract<MethodRule, { does: 'step' }>, args: ArgValue[], site: Site): Value {
    const one = router.step === null ? this.#child(router, null, [], site) : router
    one.step ??= 'path'
    if (rule.method !== undefined) one.methods = [rule.method]
    const [first, second] = args
    if (rule.methods === 'first' && first && second) {
      one.methods = methodsOf(first.value, ['*'])
      args = [second]
    }
    const child = rule.child === undefined ? null : this.routerAt(args[rule.child]?.value, site)
    if (child && one.above) {
      child.isMounted = true
      one.above.entries.push({ kind: 'mount', prefix: withoutRest(one.prefix), child, middleware: [], site })
    }
    if (rule.methods === true) {
      one.methods = args.flatMap(({ value }) => methodsOf(value, []))
      for (const entry of one.entries)
        if (entry.kind === 'route') {
          entry.methods = one.methods
          // The call that says the methods holds the one that says the path.
          if (
            site.module === entry.site.module &&
            site.start <= entry.site.start &&
            entry.site.end <= site.end
          )
            entry.site = site
        }
    }
    if (rule.path !== undefined) {
      one.prefix = argOf(args, rule.path) ?? null
      one.step = rule.isPrefix === true ? 'prefix' : 'path'
    }
    if (rule.described !== undefined) beginNamed(one, args[rule.described]?.value, this.#named)
    for (const given of rule.handler === undefined ? [] : flatten(args[rule.handler]?.value ?? nothing)) {
      const handler = this.#handling(router.pack, given)
      const last = one.entries.at(-1)
      const rest = textOf(one.prefix ?? constant('/*'))
      if (rule.joins && one.above && one.methods.includes('*') && rest?.endsWith('*')) {
        one.above.entries.push({ kind: 'use', path: withoutRest(one.prefix), handlers: [handler], site })
        continue
      }
      if (rule.joins && last?.kind === 'route') {
        last.handlers.push(handler)
        continue
      }
      one.entries.push({
        kind: 'route',
        methods: one.methods,
        path: one.step === 'prefix' ? constant('/*') : null,
        handlers: [handler],
        site,
        args,
        options: new Map(),
        ...(one.described ? { described: one.described } : {}),
      })
    }
    return routerValue(one)
  }

  #mount(router: Router, child: Router, prefix: Value | null, site: Site): void {
    child.isMounted = true
    router.entries.push({ kind: 'mount', prefix, child, middleware: [], site })
  }

  // A predicate of requests with its handler, or with the routes that are nested in it.
  #predicated(router: Router, predicate: Value, target: Value, args: ArgValue[], site: Site): void {
    const asked = predicateOf(predicate)
    if (!asked) return
    const nested = each(target)
      .map((one) => routerOf(one))
      .find((one) => one !== null)
    if (nested && nested !== router) this.#mount(router, nested, asked.path, site)
    else
      router.entries.push({
        kind: 'route',
        methods: asked.methods.length > 0 ? asked.methods : ['*'],
        path: asked.path,
        handlers: [target],
        site,
        args,
        options: new Map(),
      })
  }

  #use(router: Router, errorParameters: number | undefined, args: ArgValue[], site: Site): void {
    const values = args
      .flatMap(({ value }) => flatten(value))
      .map((one) =>
        router.pack.language === 'java' ? this.#handling(beforeHandlers(router.pack), one) : one,
      )
    const [first] = values
    const isPath = (value: Value) =>
      isPrefix(value) || (value === first && values.length > 1 && isSetting(value))
    const [listed] = args.map(({ value }) => value)
    const isListed = listed?.t === 'list' && listed.items.length > 1 && listed.items.every(isPrefix)
    const path = router.path ?? (isListed ? listed : first && isPath(first) ? first : null)
    const middleware: Value[] = []
    for (const value of values) {
      if (isPath(value)) continue
      const inner = madeOf(value)
      // What is made with the router itself runs on it (koa-session): that is no part of it.
      if (inner && inner.of.every((one) => routerOf(one) !== router)) {
        // A part of this part, with what comes before it.
        const child = this.#child(router, path, [...middleware], site)
        child.prefix = inner.prefix
        const given = inner.of.map((one) => ({ name: null, value: one }))
        this.#use(child, errorParameters, given, site)
        continue
      }
      // One of several, by a setting: each may be the one.
      const children = each(value).flatMap((one) => this.routerAt(one, site) ?? [])
      if (children.some((child) => child !== router)) {
        for (const child of new Set(children)) {
          if (child === router) continue
          child.isMounted = true
          router.entries.push({ kind: 'mount', prefix: path, child, middleware: [...middleware], site })
        }
      } else if (
        errorParameters !== undefined &&
        value.t === 'func' &&
        value.fn.params.length - (value.bound?.length ?? 0) === errorParameters
      )
        router.entries.push({ kind: 'error', path, handler: value, type: null, site })
      else if (value.t === 'symbol' && errorRule(router.pack, value)) {
        const { takes, option, status } = errorRule(router.pack, value) ?? {}
        const given = numberOf(optionOf(value.args[0]?.value, option ?? '') ?? nothing)
        const type = symbol(takes ?? '', takes ?? '')
        router.entries.push({ kind: 'error', handler: value, type, status: given ?? status ?? 400, site })
      } else {
        middleware.push(value)
        router.entries.push({ kind: 'use', path, handlers: [value], site })
      }
    }
  }

  /** What decorating a function with a value of code outside, or of the repository, makes of it. */
  decorate(fn: FuncValue, decorator: Value, site: Site): Value {
    // An object that is called with the function, of a class with `__call__`.
    if (decorator.t === 'func' || (decorator.t === 'object' && decorator.ref !== null)) {
      const outer = this.#decorating
      this.#decorating = site
      const wrapped = this.#interpreter.call(decorator, [{ name: null, value: fn }], site)
      this.#decorating = outer
      for (const one of each(wrapped))
        if (one.t === 'func' && one.fn !== fn.fn) return { ...one, marks: [fn, ...fn.marks] }
      const marks =
        decorator.t === 'func' ? handedOn(this.#interpreter, decorator, each(wrapped), fn, site) : []
      return marks.length > 0 ? { ...fn, marks: [...fn.marks, ...marks] } : fn
    }
    // One of several, by a setting.
    if (decorator.t === 'union' && decorator.when) {
      const { of, when } = decorator
      const marks = of.flatMap((one, at) => {
        const made = this.decorate(fn, one, site)
        const own = made.t === 'func' && made.fn === fn.fn ? made.marks.slice(fn.marks.length) : []
        return own.map((mark) => markWhere(mark, when[at] ?? always))
      })
      return { ...fn, marks: [...fn.marks, ...marks] }
    }
    const by = decorator.t === 'symbol' ? (decorator.path.split('.').at(-1) ?? '') : ''
    if (this.#packs.some((pack) => pack.refuses?.some((one) => one.otherwise?.some((all) => all.by === by))))
      this.answerers.add(by, decorator, fn)
    // `@app.before_request`, without a call.
    const router = decorator.t === 'symbol' && decorator.of ? this.routerAt(decorator.of, site) : null
    const rule =
      decorator.t === 'symbol' ? router?.pack.methods?.[decorator.path.split('.').at(-1) ?? ''] : null
    if (router && rule?.does === 'before') {
      this.#before(router, rule, [{ name: null, value: fn }], site, fn)
      return fn
    }
    // What wraps another has that one's parameters (PEP 362, `__wrapped__`).
    const wrapped = decorator.t === 'symbol' && wraps.test(decorator.path) ? decorator.args[0]?.value : null
    if (wrapped?.t === 'func' && wrapped.fn !== fn.fn)
      return { ...fn, marks: [wrapped, ...wrapped.marks, ...fn.marks] }
    return { ...fn, marks: [...fn.marks, decorator] }
  }
}

const optionsNamed = (args: readonly ArgValue[], names: readonly string[] = []): Map<string, Value> =>
  new Map(
    args.flatMap(({ name, value }) =>
      name !== null && names.includes(name) ? [[name, value] as const] : [],
    ),
  )

const isCallOf = (value: Value, name: string): boolean => value.t === 'symbol' && value.path === `${name}()`

// What stands before all that is below it (`/api/*`).
const withoutRest = (path: Value | null): Value | null => {
  const text = textOf(path ?? undefined)
  return text === null ? path : constant(text.replace(/\/?\*$/, ''))
}

/** What @fastify/sensible gives a program. */
const ofSensible: Readonly<Record<string, Value>> = ownTable({
  httpErrors: symbol('http-errors'),
  assert: symbol('http-assert', 'fastify.assert'),
})

// `"get,post:Save;*:Show"`; where nothing is said, methods have the names of HTTP's.
function mappedMethods(text: string | null): [method: string, name: string][] {
  if (text === null || text === '')
    return commonMethods.map((method) => [method, method.charAt(0) + method.slice(1).toLowerCase()])
  return text.split(';').flatMap((one): [string, string][] => {
    const [methods = '', name = ''] = one.split(':')
    return methods.split(',').map((method) => [method.trim().toUpperCase(), name.trim()])
  })
}

const wraps = /^functools\.wraps\(\)$/

// What a route is made with, with the member that has its schema.
const withSchema = ({ props }: ObjectValue, name: string): Map<string, Value> => {
  const schema = props.get(name)
  return schema ? new Map([...props, ['schema', schema]]) : props
}

const routeHooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'handler']
// Things of things: `ships.crew` is below `ships/:ship_id/crew`.
const nestedPath = (path: string): string =>
  path
    .split('.')
    .map((part, at, all) =>
      at === all.length - 1 ? part : `${part}/:${(part.split('/').at(-1) ?? '').replace(/s$/, '')}_id`,
    )
    .join('/')

const onRouteOf = (router: Router): Router['onRoute'] => [
  ...(router.above ? onRouteOf(router.above) : []),
  ...router.onRoute,
]

// Restify, "Routing": a path may be in an object of options, beside its name and version.
const pathIn = (given: Value | null): Value | null =>
  given?.t === 'object' && given.ref === null
    ? (given.props.get('path') ?? given.props.get('url') ?? given)
    : given

const isRouteOptions = ({ props }: ObjectValue) =>
  ['schema', 'config', ...routeHooks].some((name) => props.has(name))

// What an object of options runs, in the order that it runs.
const hooksOf = ({ props }: ObjectValue, keys: readonly string[] = routeHooks): Value[] =>
  keys
    .flatMap((key) => flatten(props.get(key) ?? nothing))
    // What runs before may be named for what it gives.
    .map((value) => (value.t === 'object' ? (value.props.get('method') ?? value) : value))
    .filter((value) => value !== nothing && value !== notDefined)

const isWaitedFor = ({ module, start }: Site): boolean =>
  /\bawait\s+$/.test(module.text.slice(Math.max(0, start - 20), start))

// Hooks as a name and functions, as one object, or as a list of such (hapi.dev, "server.ext()").
const hooksIn = (args: readonly ArgValue[]): Value[][] => {
  const [first] = args
  if (!first || textOf(first.value) !== null) return [args.map(({ value }) => value)]
  return flatten(first.value).flatMap((one) =>
    one.t === 'object' ? [[one.props.get('type') ?? nothing, one.props.get('method') ?? nothing]] : [],
  )
}

// FastAPI: what a route asks for besides what its function does comes before it, as what its router asks for does.
const dependenciesIn = (pack: Pack, args: readonly ArgValue[]): Value[] => {
  const listed = pack.functionParameters === 'fastapi' ? argOf(args, 'dependencies') : undefined
  return listed?.t === 'list' ? listed.items : []
}

// Handlers in a row that are one (koa-compose).
const composed = (value: Value): Value =>
  value.t === 'symbol' && value.path === 'koa-compose()' ? (value.args[0]?.value ?? value) : value

// Middleware, then the handler.
const inOrder = <T>({ isHandlerFirst }: { isHandlerFirst?: true }, handlers: readonly T[]): T[] =>
  isHandlerFirst ? [...handlers.slice(1), ...handlers.slice(0, 1)] : [...handlers]

function namedPrefix(args: readonly ArgValue[], named: Arg | undefined): Value | null {
  const name = textOf(argOf(args, named))
  return name === null ? null : constant(`/${name}`)
}

// What code outside is given routers of another framework for stands on them: on the part, where it is given one beside what that is a part of.
function partOf({ args }: SymbolValue, pack: Pack): Router | null {
  const given = args.flatMap(({ value }) => routerOf(value) ?? [])
  const [part, ...others] = given.filter((one) => !given.some(({ above }) => above === one))
  return part && others.length === 0 && part.pack !== pack ? part : null
}

/** Values of lists in order. */
export function flatten(value: Value): Value[] {
  return value.t === 'list' ? value.items.flatMap(flatten) : [value]
}

// Of Go, the router that something hands all requests on to: a struct that embeds one (`type Router struct { http.Handler }`), or a function that
// calls its `ServeHTTP`.
// A struct of Go from outside, by the fields that it is written with.
function writtenOutside(value: Value): ObjectValue | null {
  if (value.t !== 'symbol' || value.site?.module.language !== 'go') return null
  const props = new Map(
    value.args.flatMap(({ name, value: one }) => (name === null ? [] : [[name, one] as const])),
  )
  return props.size === 0
    ? null
    : { t: 'object', props, ref: null, args: [], isOpen: false, site: value.site }
}

function served(value: Value | null | undefined, depth = 0): Router | null {
  if (!value || depth > 3) return null
  if (value.t === 'func' && value.module.language === 'go') {
    const { fn, module, scope } = value
    for (const [, name = ''] of module.text.slice(fn.start, fn.end).matchAll(/\b(\w+)\.ServeHTTP\(/g)) {
      const own = routerOf(scope.get(name) ?? undefined) ?? served(scope.get(name), depth + 1)
      if (own) return own
    }
  }
  if (value.t === 'object' && value.ref?.module.language === 'go')
    for (const { name } of value.ref.cls.bases) {
      const held = value.props.get(name.split('.').at(-1) ?? name)
      const own = routerOf(held) ?? served(held, depth + 1)
      if (own) return own
    }
  return value.t === 'symbol' && value.path === 'net/http.HandlerFunc()'
    ? served(value.args[0]?.value, depth + 1)
    : null
}

const errorRule = ({ errorMiddleware = [] }: Pack, { path }: SymbolValue) =>
  errorMiddleware.find(({ of }) => of.test(path))

// What a package that is named for a framework makes of its application or a router is that one, with more (`websockify(new Koa())` of koa-websocket).
function addsTo({ path, of }: SymbolValue, given: Value): boolean {
  const router = routerOf(given)
  if (!router || of) return false
  const [name = ''] = /^(?:@[^/.]+\/)?[^/.]+/.exec(path) ?? []
  const { framework, uses } = router.pack
  // A class holds it (an adapter).
  if (/^\.[A-Z]/.test(path.slice(name.length))) return false
  return !uses.test(name) && name.split(/[-/@]/).includes(framework.toLowerCase())
}

// A function of Express that calls what comes next.
const handsOn = (value: Value): boolean => {
  if (!isFunction(value) || value.module.language !== 'javascript') return false
  const { fn, module } = value
  const next = fn.params[2]?.name
  return next !== undefined && module.text.slice(fn.headEnd, fn.end).includes(`${next}(`)
}

const beforeHandlers = ({ handlerMethod, middlewareMethod = handlerMethod }: Pack) =>
  middlewareMethod === undefined ? {} : { handlerMethod: middlewareMethod }

// Spark ("Routes"): a type that is accepted may stand before the handler.
function afterText(args: readonly ArgValue[], handler: Arg): Value | undefined {
  const given = argOf(args, handler)
  const at = typeof handler === 'object' ? handler.at : null
  return at !== null && args.length > at + 1 && textOf(given) !== null ? args[at + 1]?.value : given
}
