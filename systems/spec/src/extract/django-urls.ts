import { joinPaths, pathTexts, templatesOf, unknownPart } from '../packs/path.ts'
import type { PathSyntax } from '../packs/pack.ts'
import { methodsOf } from '../packs/methods.ts'
import { makeRouter, routerOf } from '../packs/router.ts'
import type { Router } from '../packs/router.ts'
import { django } from '../packs/django/django.ts'
import { beforeMethod } from '../packs/django/access.ts'
import { forgeryOf, isForgeryChecked } from '../packs/django/forgery.ts'
import { classValue } from '../packs/django/mixins.ts'
import { viewOf } from '../packs/django/view-calls.ts'
import type { Condition } from '../facts/condition.ts'
import type { Module, Stmt } from '../parse/ir.ts'
import { untold } from '../resolve/told.ts'
import { registeredWhen } from './registered-when.ts'
import type { ClassRef, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { constant, each, printValue, textOf } from '../resolve/values.ts'
import { mixed, RestRouters } from './rest-routers.ts'
import { flattenRouter, handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'
import { ownTable } from '../parse/own-table.ts'

const includes = /(?:^|\.)(?:decorator_)?include\(\)$/

const unknownFirst = new RegExp(String.raw`^${unknownPart}(?=\w{2})`)

const calls = { path: 'angle', re_path: 'regex', url: 'regex' } as const

/** Operations of Django's `urlpatterns`: those of the modules that settings name as root, or that no other module includes. */
export function djangoOperations(run: Run): FoundOperation[] {
  if (!run.packs.includes(django)) return []
  const walker = new UrlWalker(run)
  const roots = rootModules(run)
  const holders = [...run.project.modules.values()].filter(
    (module) =>
      module.language === 'python' &&
      module.body.some(
        (stmt) => stmt.k === 'let' && stmt.target.k === 'name' && stmt.target.name === 'urlpatterns',
      ),
  )
  const starts = roots.length > 0 ? roots : holders
  const found = starts.map((module) => {
    const before = walker.found.length
    walker.module(module, '', [])
    return { module, operations: walker.found.slice(before) }
  })
  // Where settings name no root it is what nothing includes.
  return found.flatMap(({ module, operations }) =>
    roots.length > 0 || starts.length === 1 || !walker.included.has(module) ? operations : [],
  )
}

function rootModules(run: Run): Module[] {
  const found = new Set<Module>()
  for (const module of run.project.modules.values())
    for (const [, name] of module.language === 'python'
      ? module.text.matchAll(/^\s*ROOT_URLCONF\s*=\s*["']([\w.]+)["']/gm)
      : []) {
      const target = run.project.resolve(module, name ?? '')
      if (target) found.add(target)
    }
  return [...found]
}

class UrlWalker {
  readonly found: FoundOperation[] = []
  readonly included = new Set<Module>()
  /** Whether a prefix that could not be read stands before what is walked. */
  #isUnsure = false
  /** What names of patterns begin with (docs.djangoproject.com, "URL namespaces"). */
  #space = ''
  readonly #run: Run
  readonly #isForgeryChecked: boolean
  readonly #routers: RestRouters
  readonly #busy = new Set<Module>()

  constructor(run: Run) {
    this.#run = run
    this.#isForgeryChecked = isForgeryChecked(run.interpreter)
    this.#routers = new RestRouters(run)
  }

  module(module: Module, prefix: string, through: readonly Site[]): void {
    if (this.#busy.has(module)) return
    this.#busy.add(module)
    const scope = this.#run.interpreter.runModule(module)
    const patterns = scope.get('urlpatterns')
    const own = prefix === '' ? null : textOf(scope.get('app_name') ?? undefined)
    if (patterns) this.#inSpace(own, () => this.#patterns(patterns, prefix, through))
    this.#busy.delete(module)
  }

  #inSpace(name: string | null, work: () => void): void {
    const outer = this.#space
    if (name !== null && !outer.endsWith(`${name}:`)) this.#space += `${name}:`
    work()
    this.#space = outer
  }

  #patterns(value: Value, prefix: string, through: readonly Site[]): void {
    for (const one of each(value)) {
      if (one.t === 'list') for (const item of one.items) this.#patterns(item, prefix, through)
      else if (one.t === 'symbol') {
        // What a helper gave to `include` itself.
        if (!includes.test(one.path)) this.#pattern(one, prefix, through)
        else this.#include(one, prefix, 'angle', through)
      }
      // (patterns, app name)
      else if (one.t === 'module') this.module(one.module, prefix, through)
      // A thing that holds patterns, and gives them changed (decorated views).
      else if (one.t === 'object' && one.ref)
        for (const held of one.props.values())
          if (/^(?:list|symbol|union)$/.test(held.t)) this.#patterns(held, prefix, through)
    }
  }

  #pattern(value: SymbolValue, prefix: string, through: readonly Site[]): void {
    const name = /(?:^|\.)(path|re_path|url)\(\)$/.exec(value.path)?.[1] as keyof typeof calls | undefined
    if (!name) {
      if (value.path.endsWith('.urls')) this.#router(value.of, prefix, through)
      // format_suffix_patterns(urlpatterns), i18n_patterns(…), static(…)
      else if (value.path.endsWith('()'))
        for (const arg of value.args)
          if (arg.value.t === 'list' || arg.value.t === 'symbol') this.#patterns(arg.value, prefix, through)
      return
    }
    const [route, view] = value.args.map((arg) => arg.value)
    if (!route || !view) return
    const site = value.site
    const isUnsureBefore = this.#isUnsure
    for (const { text, isUnsure } of pathTexts(route)) {
      // A prefix that only the running program knows is not none.
      this.#isUnsure = isUnsureBefore || isUnsure
      const own = calls[name] === 'regex' ? text.replace(/^\^/, '') : text
      // What stands first and is not known is nothing, or ends in a slash: it goes before a name of the program's.
      const here = `${prefix}${own}`.replace(unknownFirst, `${unknownPart}/`)
      if (!this.#include(view, here, calls[name], site ? [...through, site] : through)) {
        const before = this.found.length
        this.#view(view, here, prefix, calls[name], site, through)
        const called = textOf(value.args.find((arg) => arg.name === 'name')?.value)
        if (called !== null)
          for (const one of this.found.slice(before)) one.names = [`${this.#space}${called}`]
      }
    }
    this.#isUnsure = isUnsureBefore
  }

  #include(view: Value, prefix: string, _syntax: PathSyntax, through: readonly Site[]): boolean {
    for (const one of each(view)) {
      if (one.t === 'symbol' && includes.test(one.path)) {
        // `decorator_include(decorators, patterns)`.
        const first = one.args[one.path.endsWith('decorator_include()') ? 1 : 0]?.value
        const target = first ? this.#target(first, one.site) : null
        const beside = first?.t === 'list' ? first.items[1] : undefined
        const space = textOf(one.args.find(({ name }) => name === 'namespace')?.value ?? beside)
        this.#inSpace(space, () => {
          if (target?.t === 'module') {
            this.included.add(target.module)
            this.module(target.module, prefix, through)
          } else if (target) this.#patterns(target, prefix, through)
        })
        return true
      }
      if (one.t === 'symbol' && one.path.endsWith('.urls')) {
        this.#router(one.of, prefix, through)
        return true
      }
      const router = routerOf(one)
      if (router) {
        this.#below(router, prefix, through)
        return true
      }
      if (one.t === 'list' && one.items[0]) {
        this.#patterns(one.items[0], prefix, through)
        return true
      }
    }
    return false
  }

  // A router of another framework that stands in the patterns (Django Ninja's).
  #below(router: Router, prefix: string, through: readonly Site[]): void {
    router.isMounted = true
    const site = through.at(-1) ?? router.site
    const [outer] = templatesOf(prefix, 'angle')
    const above = makeRouter(router.pack, site, true, constant(`/${outer?.path ?? ''}`))
    above.entries.push({ kind: 'mount', prefix: null, child: router, middleware: [], site })
    for (const one of flattenRouter(above))
      this.found.push({
        ...one,
        template: { ...one.template, isUnsure: one.template.isUnsure || this.#isUnsure },
        through: [...one.through, ...through],
      })
  }

  #target(value: Value, site: Site | null): Value | null {
    const text = textOf(value)
    if (text !== null && site) {
      const module = this.#run.project.resolve(site.module, text)
      return module ? { t: 'module', module, scope: this.#run.interpreter.runModule(module) } : null
    }
    // ([…], 'namespace')
    if (
      value.t === 'list' &&
      value.items[0] &&
      (value.items[0].t === 'list' || value.items[0].t === 'module')
    )
      return value.items[0]
    if (value.t === 'list' && value.items[0]) {
      const inner = textOf(value.items[0])
      if (inner !== null) return this.#target(value.items[0], site)
    }
    return value
  }

  #view(
    view: Value,
    text: string,
    prefix: string,
    syntax: PathSyntax,
    site: Site | null,
    through: readonly Site[],
  ): void {
    // What stands after a prefix of another syntax.
    const isMixed = syntax === 'regex' ? prefix !== '' : /[(^]/.test(prefix)
    const own = isMixed ? text.slice(prefix.length) : text
    const before = isMixed ? prefix : ''
    for (const one of each(view)) {
      const wrapped = unwrapView(one)
      const at = site ?? wrapped.site
      if (!at) continue
      const templates = templatesOf(own, syntax).flatMap((inner) =>
        before === ''
          ? [inner]
          : mixed(before).map((outer) => ({
              ...inner,
              path: outer.path + inner.path,
              variables: [...outer.variables, ...inner.variables],
            })),
      )
      const registered = registeredWhen([...through, at].flatMap((one) => this.#asked(one)))
      const when = registered.some((row) => row.length === 0) ? {} : { when: registered }
      for (const template of templates)
        for (const { method, fn, handlers: own, action } of this.#methods(wrapped.value, wrapped.actions)) {
          const forgery = this.#isForgeryChecked
            ? forgeryOf(this.#run.interpreter, wrapped.value, fn, wrapped.around, method)
            : null
          const checked = forgery ? [forgery] : []
          const handlers =
            wrapped.value.t === 'class' ? [...checked, ...wrapped.around, ...own] : [...checked, ...own]
          this.found.push({
            ...(wrapped.value.t === 'class' && action !== undefined
              ? { view: { ref: wrapped.value.ref, action } }
              : {}),
            pack: django,
            method,
            template: {
              ...template,
              path: joinPaths([template.path], true),
              isUnsure: template.isUnsure || this.#isUnsure,
            },
            // What code outside answers stands behind what refuses before it.
            handlers: fn
              ? [...handlers, fn]
              : wrapped.value.t === 'class' && handlers.length > 0
                ? [...handlers, wrapped.value]
                : handlers,
            errors: [],
            site: at,
            through: [...through],
            args: [],
            options: new Map(),
            fn: null,
            ...when,
          })
        }
    }
  }

  // What the module asks before it takes in what stands at a place of it.
  #asked({ module, start }: Site): Condition[] {
    const { interpreter } = this.#run
    const scope = interpreter.runModule(module)
    const found: Condition[] = []
    const visit = (body: readonly Stmt[]): void => {
      const at = body.find((stmt) => stmt.start <= start && start < stmt.end)
      if (at?.k !== 'if') return
      const inside = at.whenTrue.some((stmt) => stmt.start <= start && start < stmt.end)
      interpreter.budget = 500
      const { known, condition } = interpreter.statements.test(at.test, scope)
      if (known === null) found.push(inside ? condition : untold(condition))
      visit(inside ? at.whenTrue : at.whenFalse)
    }
    visit(module.body)
    return found
  }

  // `router.urls`; a class of the repository may add to those of the one it extends.
  #router(of: Value | null, prefix: string, through: readonly Site[]): void {
    const router = of?.t === 'symbol' && of.path.startsWith('super:') && of.of ? of.of : of
    if ((router?.t !== 'symbol' && router?.t !== 'object') || printValue(router).includes('admin.site'))
      return
    const above = prefix === unknownPart ? `${unknownPart}/` : prefix
    for (const one of this.#routers.operations(router, above, through, this.#isUnsure))
      this.found.push({ ...one, names: (one.names ?? []).map((name) => `${this.#space}${name}`) })
  }

  /** What a view answers: a class by its methods and mixins, a function by `api_view` or `require_http_methods`, else any. */
  #methods(
    view: Value,
    actions: ReadonlyMap<string, string> | null,
  ): { method: string; fn: FuncValue | null; handlers: Value[]; action?: string }[] {
    if (view.t === 'class') return this.#classMethods(view.ref, actions)
    const functions = handlerFunctions(view)
    const [fn] = functions
    const ofDjango = view.t === 'symbol' ? genericViews[ownViews.exec(view.path)?.[1] ?? ''] : undefined
    if (!fn && ofDjango) return ofDjango.map(([method]) => ({ method, fn: null, handlers: [view] }))
    if (!fn) return [{ method: '*', fn: null, handlers: [view] }]
    for (const mark of fn.marks) {
      if (mark.t !== 'symbol') continue
      const listed = /(?:^|\.)(?:api_view|require_http_methods)\(\)$/.test(mark.path)
        ? methodsOf(mark.args[0]?.value, ['GET'])
        : null
      const single = /(?:^|\.)require_(GET|POST|safe)$/.exec(mark.path)?.[1]
      if (listed) return listed.map((method) => ({ method, fn, handlers: [] }))
      if (single) return [{ method: single === 'safe' ? 'GET' : single, fn, handlers: [] }]
    }
    return [{ method: '*', fn, handlers: [] }]
  }

  #classMethods(
    ref: ClassRef,
    actions: ReadonlyMap<string, string> | null,
  ): { method: string; fn: FuncValue | null; handlers: Value[]; action?: string }[] {
    const { lookup } = this.#run.interpreter
    const own = (name: string): FuncValue | null => {
      const method = lookup.method(ref, name)
      return method
        ? {
            t: 'func',
            fn: method.fn,
            scope: method.owner.scope,
            self: viewOf(ref, name),
            owner: method.owner,
            module: method.owner.module,
            marks: [],
          }
        : null
    }
    if (actions)
      return [...actions].map(([method, action]) => ({
        method: method.toUpperCase(),
        fn: own(action),
        handlers: [],
        action,
      }))
    // Classes of the repository's own may be called as others are.
    const here = new Set(lookup.orderOf(ref).map(({ cls }) => cls.name))
    const ancestry = lookup.ancestry(ref).filter((name) => !here.has(name))
    const names = classValue(this.#run.interpreter, ref, 'http_method_names')
    const found = new Map<string, FuncValue | null>()
    const named = new Map<string, string>()
    for (const name of ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']) {
      const fn = own(name)
      if (fn) found.set(name.toUpperCase(), fn)
    }
    for (const [base, verbs] of Object.entries(genericViews))
      if (ancestry.some((name) => name.split('.').at(-1) === base))
        for (const [verb, action] of verbs) {
          if (found.has(verb)) continue
          if (action) named.set(verb, action)
          // A part of what is updated is updated by `update`.
          found.set(
            verb,
            action ? (own(action) ?? (action === 'partial_update' ? own('update') : null)) : null,
          )
        }
    const methods = [...found].filter(([method]) => !names || methodsOf(names, [method]).includes(method))
    if (methods.length === 0) return [{ method: '*', fn: null, handlers: [] }]
    return methods.map(([method, fn]) => ({
      method,
      fn,
      handlers: beforeMethod(this.#run.interpreter, ref, method, fn, own),
      action: named.get(method) ?? method.toLowerCase(),
    }))
  }
}

/** Views that are used as they come. */
const ownViews =
  /^django(?:\.contrib\.auth\.views|\.views\.generic(?:\.\w+)*|_filters\.views)\.(\w+)(?:\.as_view(?:\(\))?)?$/

const allWith = (names: readonly string[], methods: [string, string | null][]) =>
  Object.fromEntries(names.map((name) => [name, methods]))

const genericViews: Record<string, [string, string | null][]> = ownTable({
  ListAPIView: [['GET', 'list']],
  CreateAPIView: [['POST', 'create']],
  RetrieveAPIView: [['GET', 'retrieve']],
  UpdateAPIView: [
    ['PUT', 'update'],
    ['PATCH', 'partial_update'],
  ],
  DestroyAPIView: [['DELETE', 'destroy']],
  ListCreateAPIView: [
    ['GET', 'list'],
    ['POST', 'create'],
  ],
  RetrieveUpdateAPIView: [
    ['GET', 'retrieve'],
    ['PUT', 'update'],
    ['PATCH', 'partial_update'],
  ],
  RetrieveDestroyAPIView: [
    ['GET', 'retrieve'],
    ['DELETE', 'destroy'],
  ],
  RetrieveUpdateDestroyAPIView: [
    ['GET', 'retrieve'],
    ['PUT', 'update'],
    ['PATCH', 'partial_update'],
    ['DELETE', 'destroy'],
  ],
  TemplateView: [['GET', null]],
  ListView: [['GET', null]],
  DetailView: [['GET', null]],
  RedirectView: [['GET', null]],
  ...allWith(
    // docs.djangoproject.com, "Generic date views", and django-filter's "Class-based Views".
    [
      'ArchiveIndexView',
      'YearArchiveView',
      'MonthArchiveView',
      'WeekArchiveView',
      'DayArchiveView',
      'TodayArchiveView',
      'DateDetailView',
      'FilterView',
      // "All authentication views".
      'PasswordChangeDoneView',
      'PasswordResetDoneView',
      'PasswordResetCompleteView',
    ],
    [['GET', null]],
  ),
  ...allWith(
    ['LoginView', 'PasswordChangeView', 'PasswordResetView', 'PasswordResetConfirmView'],
    [
      ['GET', null],
      ['POST', null],
    ],
  ),
  // Since Django 5 by no other.
  LogoutView: [['POST', null]],
  FormView: [
    ['GET', null],
    ['POST', null],
  ],
  CreateView: [
    ['GET', null],
    ['POST', null],
  ],
  UpdateView: [
    ['GET', null],
    ['POST', null],
  ],
  DeleteView: [
    ['GET', null],
    ['POST', null],
  ],
})

// `View.as_view({'get': 'list'})`, and decorators of views that are called (`csrf_exempt(view)`).
function unwrapView(
  value: Value,
  depth = 0,
): {
  value: Value
  actions: ReadonlyMap<string, string> | null
  site: Site | null
  /** What it was given to, outermost first. */
  around: SymbolValue[]
} {
  if (value.t === 'symbol' && depth < 4) {
    if (value.path.endsWith('.as_view()')) {
      const of = value.of?.t === 'symbol' ? value.of.of : null
      const [given] = value.args
      const actions =
        given?.value.t === 'object'
          ? new Map(
              [...given.value.props].flatMap(([method, action]) =>
                textOf(action) === null ? [] : [[method, textOf(action) ?? ''] as const],
              ),
            )
          : null
      if (of) return { value: of, actions, site: value.site, around: [] }
    }
    const inner = value.args
      .map((arg) => arg.value)
      .find((arg) => arg.t === 'func' || (arg.t === 'symbol' && arg.path.endsWith('()')))
    if (inner && value.path.endsWith('()')) {
      const made = unwrapView(inner, depth + 1)
      // `permission_required('…')(view)`: what the first call was given says for what.
      const by = value.path.endsWith('()()') && value.of?.t === 'symbol' ? value.of : value
      return { ...made, site: value.site, around: [by, ...made.around] }
    }
  }
  return { value, actions: null, site: null, around: [] }
}
