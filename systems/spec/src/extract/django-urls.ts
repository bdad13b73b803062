import { joinPaths, pathTexts, templatesOf } from '../packs/path.ts'
import type { PathSyntax } from '../packs/pack.ts'
import { methodsOf } from '../packs/methods.ts'
import { django } from '../packs/django/django.ts'
import { viewOf } from '../packs/django/view-calls.ts'
import type { Condition } from '../facts/condition.ts'
import type { Module, Stmt } from '../parse/ir.ts'
import { untold } from '../resolve/told.ts'
import { registeredWhen } from './registered-when.ts'
import type { ArgValue, ClassRef, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { each, textOf } from '../resolve/values.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'

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
  readonly #run: Run
  readonly #busy = new Set<Module>()

  constructor(run: Run) {
    this.#run = run
  }

  module(module: Module, prefix: string, through: readonly Site[]): void {
    if (this.#busy.has(module)) return
    this.#busy.add(module)
    const scope = this.#run.interpreter.runModule(module)
    const patterns = scope.get('urlpatterns')
    if (patterns) this.#patterns(patterns, prefix, through)
    this.#busy.delete(module)
  }

  #patterns(value: Value, prefix: string, through: readonly Site[]): void {
    for (const one of each(value)) {
      if (one.t === 'list') for (const item of one.items) this.#patterns(item, prefix, through)
      else if (one.t === 'symbol') this.#pattern(one, prefix, through)
      // (patterns, app name)
      else if (one.t === 'module') this.module(one.module, prefix, through)
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
      const here = prefix === '' || own === '' ? `${prefix}${own}` : `${prefix}${own}`
      if (!this.#include(view, here, calls[name], site ? [...through, site] : through))
        this.#view(view, here, prefix, calls[name], site, through)
    }
    this.#isUnsure = isUnsureBefore
  }

  #include(view: Value, prefix: string, _syntax: PathSyntax, through: readonly Site[]): boolean {
    for (const one of each(view)) {
      if (one.t === 'symbol' && /(?:^|\.)include\(\)$/.test(one.path)) {
        const [first] = one.args.map((arg) => arg.value)
        const target = first ? this.#target(first, one.site) : null
        if (target?.t === 'module') {
          this.included.add(target.module)
          this.module(target.module, prefix, through)
        } else if (target) this.#patterns(target, prefix, through)
        return true
      }
      if (one.t === 'symbol' && one.path.endsWith('.urls')) {
        this.#router(one.of, prefix, through)
        return true
      }
      if (one.t === 'list' && one.items[0]) {
        this.#patterns(one.items[0], prefix, through)
        return true
      }
    }
    return false
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
    const own = syntax === 'regex' && prefix !== '' ? text.slice(prefix.length) : text
    const before = syntax === 'regex' ? prefix : ''
    for (const one of each(view)) {
      const wrapped = unwrapView(one)
      const at = site ?? wrapped.site
      if (!at) continue
      // What a regular expression is after a prefix of another syntax.
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
        for (const { method, fn, handlers, action } of this.#methods(wrapped.value, wrapped.actions))
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
            handlers: fn ? [fn] : handlers,
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

  /** What a view answers: a class by its methods and mixins, a function by `api_view` or `require_http_methods`, else any. */
  #methods(
    view: Value,
    actions: ReadonlyMap<string, string> | null,
  ): { method: string; fn: FuncValue | null; handlers: Value[]; action?: string }[] {
    if (view.t === 'class') return this.#classMethods(view.ref, actions)
    const functions = handlerFunctions(view)
    const [fn] = functions
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
            owner: ref,
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
    const ancestry = lookup.ancestry(ref)
    const names = classValue(this.#run, ref, 'http_method_names')
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
      handlers: [],
      action: named.get(method) ?? method.toLowerCase(),
    }))
  }

  // --- routers of Django REST framework ---

  #router(of: Value | null, prefix: string, through: readonly Site[]): void {
    // A class of the repository that adds to the urls of the one it extends.
    if (of?.t === 'symbol' && of.path.startsWith('super:') && of.of) {
      this.#registrations(of.of, prefix, through)
      return
    }
    if (of?.t !== 'symbol') {
      if (of?.t === 'object') this.#registrations(of, prefix, through)
      return
    }
    if (/admin\.site/.test(of.path)) return
    this.#registrations(of, prefix, through)
  }

  #registrations(router: Value, prefix: string, through: readonly Site[]): void {
    for (const { args, site } of this.#run.routing.registrations.get(identity(router)) ?? [])
      this.#registration(router, args, site, prefix, through)
  }

  #registration(
    router: Value,
    args: readonly ArgValue[],
    site: Site,
    prefix: string,
    through: readonly Site[],
  ): void {
    const [route, view, nested] = args
      .filter(({ name }) => name === null || name === 'prefix' || name === 'viewset')
      .map((arg) => arg.value)
    const text = textOf(route)
    const [cls] = view ? each(view) : []
    if (text === null || cls?.t !== 'class') return
    const base = `${prefix}${text.replace(/^\^?\/?/, '')}`
    const lookupField =
      classText(this.#run, cls.ref, 'lookup_url_kwarg') ??
      classText(this.#run, cls.ref, 'lookup_field') ??
      'pk'
    const field = lookupField === 'pk' ? 'id' : lookupField
    const isSlashed = !hasNoSlash(router)
    for (const [method, path, fn, action] of this.#viewSet(cls.ref, field)) {
      const joined = joinPaths(isSlashed ? [base, path, '/'] : [base, path], true)
      for (const template of mixed(joined))
        this.found.push({
          pack: django,
          method,
          template: {
            ...template,
            path: joinPaths([template.path], true),
            isUnsure: template.isUnsure || this.#isUnsure,
          },
          handlers: fn ? [fn] : [],
          view: { ref: cls.ref, action },
          errors: [],
          site,
          through: [...through],
          args: [],
          options: new Map(),
          fn: null,
        })
    }
    // Registrations that are given with it are of one of its things (vng-api-common's `Nested`).
    for (const inner of nested?.t === 'list' ? nested.items : [])
      if (inner.t === 'symbol')
        this.#registration(router, inner.args, inner.site ?? site, `${base}/{${field}}/`, [...through, site])
  }

  #viewSet(ref: ClassRef, field: string): [string, string, FuncValue | null, string][] {
    const { lookup, interpreter } = {
      lookup: this.#run.interpreter.lookup,
      interpreter: this.#run.interpreter,
    }
    const ancestry = lookup.ancestry(ref).map((name) => name.split('.').at(-1) ?? name)
    const own = (name: string): FuncValue | null => {
      const method = lookup.method(ref, name)
      return method
        ? {
            t: 'func',
            fn: method.fn,
            scope: method.owner.scope,
            self: viewOf(ref, name),
            owner: ref,
            module: method.owner.module,
            marks: [],
          }
        : null
    }
    const has = (mixin: string, action: string) =>
      own(action) !== null ||
      ancestry.includes(mixin) ||
      ancestry.includes('ModelViewSet') ||
      (ancestry.includes('ReadOnlyModelViewSet') && (action === 'list' || action === 'retrieve'))
    const routes: [string, string, FuncValue | null, string][] = []
    const one = `{${field}}`
    if (has('ListModelMixin', 'list')) routes.push(['GET', '', own('list'), 'list'])
    if (has('CreateModelMixin', 'create')) routes.push(['POST', '', own('create'), 'create'])
    if (has('RetrieveModelMixin', 'retrieve')) routes.push(['GET', one, own('retrieve'), 'retrieve'])
    if (has('UpdateModelMixin', 'update')) routes.push(['PUT', one, own('update'), 'update'])
    if (has('UpdateModelMixin', 'partial_update'))
      routes.push(['PATCH', one, own('partial_update') ?? own('update'), 'partial_update'])
    if (has('DestroyModelMixin', 'destroy')) routes.push(['DELETE', one, own('destroy'), 'destroy'])
    const seen = new Set<string>()
    for (const owner of [ref, ...this.#bases(ref)])
      for (const fn of owner.cls.members)
        for (const decorator of fn.decorators) {
          const mark = interpreter.evaluateIn(decorator, owner.scope)
          if (mark.t !== 'symbol' || !/(?:^|\.)action\(\)$/.test(mark.path) || seen.has(fn.name)) continue
          seen.add(fn.name)
          const isDetail = mark.args.some(
            ({ name, value }) => name === 'detail' && value.t === 'const' && value.v === true,
          )
          const path = textOf(mark.args.find(({ name }) => name === 'url_path')?.value) ?? fn.name
          for (const method of methodsOf(mark.args.find(({ name }) => name === 'methods')?.value, ['GET']))
            routes.push([method, isDetail ? `${one}/${path}` : path, own(fn.name), fn.name])
        }
    const allowed = methodsOf(classValue(this.#run, ref, 'http_method_names') ?? undefined, [])
    return allowed.length > 0 ? routes.filter(([method]) => allowed.includes(method)) : routes
  }

  #bases(ref: ClassRef, depth = 0): ClassRef[] {
    return depth > 6
      ? []
      : this.#run.interpreter.lookup.basesOf(ref).flatMap((base) => [base, ...this.#bases(base, depth + 1)])
  }
}

// `DefaultRouter(trailing_slash=False)`, or set on it later.
const hasNoSlash = (router: Value) =>
  (router.t === 'symbol' || router.t === 'object') &&
  router.args.some(({ name, value }) => name === 'trailing_slash' && value.t === 'const' && value.v === false)

const genericViews: Record<string, [string, string | null][]> = {
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
}

// `View.as_view({'get': 'list'})`, and decorators of views that are called (`csrf_exempt(view)`).
function unwrapView(
  value: Value,
  depth = 0,
): { value: Value; actions: ReadonlyMap<string, string> | null; site: Site | null } {
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
      if (of) return { value: of, actions, site: value.site }
    }
    const inner = value.args
      .map((arg) => arg.value)
      .find((arg) => arg.t === 'func' || (arg.t === 'symbol' && arg.path.endsWith('()')))
    if (inner && value.path.endsWith('()')) return { ...unwrapView(inner, depth + 1), site: value.site }
  }
  return { value, actions: null, site: null }
}

/** Parts of several syntaxes, as includes mix them. */
function mixed(text: string) {
  return text.includes('(?P')
    ? // A count in braces (`\\d{4}`) is none.
      templatesOf(text.replaceAll(/\{([a-z_]\w*)\}/gi, '(?P<$1>)'), 'regex')
    : templatesOf(text.replaceAll(/\{(\w+)\}/g, '<$1>'), 'angle')
}

function classValue(run: Run, ref: ClassRef, name: string): Value | null {
  const field = run.interpreter.lookup.field(ref, name)
  const own = field?.owner.cls.fields.find((one) => one.name === name)
  return own?.value ? run.interpreter.evaluateIn(own.value, field?.scope ?? ref.scope) : null
}

const classText = (run: Run, ref: ClassRef, name: string): string | null =>
  textOf(classValue(run, ref, name) ?? undefined)

const identity = (value: Value): unknown =>
  value.t === 'symbol' ? (value.site ? `${value.site.module.path}:${value.site.start}` : value) : value
