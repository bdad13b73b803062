import { joinPaths, templatesOf } from '../packs/path.ts'
import { django } from '../packs/django/django.ts'
import { classValue } from '../packs/django/mixins.ts'
import { viewOf } from '../packs/django/view-calls.ts'
import { methodsOf } from '../packs/methods.ts'
import type { OpenQuestion } from '../facts/fact-set.ts'
import type { Expr, Func, Module } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { ClassRef, FuncValue, Site, Value } from '../resolve/values.ts'
import { each, placeKey, printValue, textOf } from '../resolve/values.ts'
import type { Registration } from '../packs/django/registrations.ts'
import { settingsNamed } from './django-settings.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'

/** What others are registered below: its path, and what its view set finds things by. */
interface Above {
  route: string
  field: string
}

// What a function that is not here was given alone gives it back, maybe with more: `router = add_more(router)`.
function givenOn(router: Value): Value | null {
  if (router.t !== 'symbol' || !/(?:^|[.:])[a-z_]\w*\(\)$/.test(router.path) || router.args.length !== 1)
    return null
  const [{ value } = { value: null }] = router.args
  return value?.t === 'symbol' || value?.t === 'object' ? value : null
}

/** Routers of Django REST framework, of drf-nested-routers and of drf-extensions (django-rest-framework.org, "Routers"). */
export class RestRouters {
  readonly #run: Run
  #found: FoundOperation[] = []
  #isUnsure = false

  constructor(run: Run) {
    this.#run = run
  }

  /** What is registered with a router, below a prefix. `isUnsure`: more may stand before that. */
  operations(router: Value, prefix: string, through: readonly Site[], isUnsure: boolean): FoundOperation[] {
    this.#found = []
    this.#isUnsure = isUnsure
    const { registrations } = this.#run.routing
    // One of which nothing is known but where its routes are taken in.
    const at = router.t === 'symbol' || router.t === 'object' ? (router.site ?? through.at(-1)) : null
    const registered = registrations.of(router)
    const inner = givenOn(router)
    const others = inner ? this.operations(inner, prefix, through, isUnsure) : []
    this.#found = others
    if (at && registered.length === 0 && others.length === 0) registrations.empty.set(placeKey(at), at)
    const below = `${prefix}${this.#nest(router)}`
    for (const one of registered) this.#registration(router, one, below, through)
    return this.#found
  }

  // drf-nested-routers: one thing of what another router has below a prefix.
  #nest(router: Value): string {
    const { args } = router.t === 'symbol' || router.t === 'object' ? router : { args: [] }
    const [parent, prefix] = args.filter(({ name }) => name === null).map(({ value }) => value)
    const lookup = textOf(args.find(({ name }) => name === 'lookup')?.value)
    const below = textOf(prefix)
    if (!parent || below === null || lookup === null) return ''
    const registered = this.#run.routing.registrations.of(parent)
    const views = registered.flatMap(({ args: [route, view] }) =>
      route && view && textOf(route.value) === below ? each(view.value) : [],
    )
    const field = views.flatMap((one) => (one.t === 'class' ? this.#lookupOf(one.ref) : []))[0] ?? 'pk'
    return `${this.#nest(parent)}${below.replace(/^\/|\/$/g, '')}/{${lookup}_${field}}/`
  }

  #lookupOf(ref: ClassRef): string {
    return classText(this.#run, ref, 'lookup_url_kwarg') ?? classText(this.#run, ref, 'lookup_field') ?? 'pk'
  }

  #registration(
    router: Value,
    registration: Registration,
    prefix: string,
    through: readonly Site[],
    above: readonly Above[] = [],
  ): void {
    const { args, site } = registration
    const [route, view, nested] = args
      .filter(({ name }) => name === null || name === 'prefix' || name === 'viewset')
      .map((arg) => arg.value)
    const text = textOf(route)
    const [cls] = view ? each(view) : []
    if (text === null || cls?.t !== 'class') return
    const own = text.replace(/^\^?\/?/, '')
    const base = `${prefix}${own}`
    const lookupField = this.#lookupOf(cls.ref)
    const field = lookupField === 'pk' ? 'id' : lookupField
    const isSlashed = !hasNoSlash(router)
    const basename =
      textOf(args.find(({ name }) => name === 'basename' || name === 'base_name')?.value) ??
      textOf(args.filter(({ name }) => name === null)[2]?.value) ??
      modelOf(this.#run, cls.ref)
    for (const [method, path, fn, action] of this.#viewSet(cls.ref, field)) {
      const joined = joinPaths(isSlashed ? [base, path, '/'] : [base, path], true)
      for (const template of mixed(joined))
        this.#found.push({
          pack: django,
          method,
          template: {
            ...template,
            path: joinPaths([template.path], true),
            isUnsure: template.isUnsure || this.#isUnsure,
          },
          handlers: fn ? [fn] : [],
          view: { ref: cls.ref, action },
          ...(basename === null ? {} : { names: [`${basename}-${nameOfRoute(path, field)}`] }),
          errors: [],
          site,
          through: [...through],
          args: [],
          options: new Map(),
          fn: null,
        })
    }
    // drf-extensions: what is registered with a registration is of one of its things. Which name each of those above has, it says itself.
    const parents = [...above, { route: above.length === 0 ? base : own, field: lookupField }]
    for (const inner of this.#run.routing.registrations.below(registration)) {
      const lookups = inner.args.find(({ name }) => name === 'parents_query_lookups')?.value
      if (lookups?.t !== 'list') continue
      const names = lookups.items.slice(-parents.length)
      const named =
        textOf(
          settingsNamed(this.#run, 'REST_FRAMEWORK_EXTENSIONS').get(
            'DEFAULT_PARENT_LOOKUP_KWARG_NAME_PREFIX',
          ),
        ) ?? 'parent_lookup_'
      const path = parents.map(
        ({ route, field: ofParent }, at) => `${route}/{${named}${lookupText(names[at]) ?? ofParent}}/`,
      )
      this.#registration(router, inner, path.join(''), [...through, site], parents)
    }
    // Registrations that are given with it are of one of its things (vng-api-common's `Nested`).
    for (const inner of nested?.t === 'list' ? nested.items : [])
      if (inner.t === 'symbol')
        this.#registration(router, { args: inner.args, site: inner.site ?? site }, `${base}/{${field}}/`, [
          ...through,
          site,
        ])
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
            owner: method.owner,
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
    const paths = new Map<string, string>()
    const members = [ref, ...this.#bases(ref)].flatMap((owner) =>
      owner.cls.members.map((fn) => ({ fn, owner })),
    )
    for (const { fn, owner } of members)
      for (const decorator of fn.decorators) {
        const mark = interpreter.evaluateIn(decorator, owner.scope)
        if (mark.t !== 'symbol' || !/(?:^|\.)action\(\)$/.test(mark.path) || paths.has(fn.name)) continue
        const isDetail = mark.args.some(
          ({ name, value }) => name === 'detail' && value.t === 'const' && value.v === true,
        )
        const path = textOf(mark.args.find(({ name }) => name === 'url_path')?.value) ?? fn.name
        paths.set(fn.name, isDetail ? `${one}/${path}` : path)
        for (const method of methodsOf(mark.args.find(({ name }) => name === 'methods')?.value, ['GET']))
          routes.push([method, paths.get(fn.name) ?? path, own(fn.name), fn.name])
      }
    // `@password.mapping.delete`: another method of an action.
    for (const { fn } of members)
      for (const { action, method } of mappingsOf(fn)) {
        const path = paths.get(action)
        if (path !== undefined) routes.push([method, path, own(fn.name), fn.name])
      }
    const allowed = methodsOf(classValue(interpreter, ref, 'http_method_names') ?? undefined, [])
    return allowed.length > 0 ? routes.filter(([method]) => allowed.includes(method)) : routes
  }

  #bases(ref: ClassRef, depth = 0): ClassRef[] {
    return depth > 6
      ? []
      : this.#run.interpreter.lookup.basesOf(ref).flatMap((base) => [base, ...this.#bases(base, depth + 1)])
  }
}

const mappingsOf = ({ decorators }: Func): { action: string; method: string }[] =>
  decorators.flatMap((one: Expr) =>
    one.k === 'member' && one.of.k === 'member' && one.of.name === 'mapping' && one.of.of.k === 'name'
      ? [{ action: one.of.of.name, method: one.name.toUpperCase() }]
      : [],
  )

// `DefaultRouter(trailing_slash=False)`, or set on it later.
const hasNoSlash = (router: Value) =>
  (router.t === 'symbol' || router.t === 'object') &&
  router.args.some(({ name, value }) => name === 'trailing_slash' && value.t === 'const' && value.v === false)

/** Asks where viewsets are that code registers by a name which only the running program knows: one question of each place, with how many of the repository no other place routes. */
export function unregistered(run: Run, operations: readonly FoundOperation[]): OpenQuestion[] {
  const { interpreter, project, routing } = run
  const places = new Map<string, { module: Module; start: number }>()
  for (const [key, site] of routing.registrations.empty) places.set(key, site)
  for (const { args, site } of routing.registrations.all())
    if (args[1] && each(args[1].value).every(({ t }) => t === 'symbol'))
      places.set(`${site.module.path}:${site.start}`, site)
  if (places.size === 0) return []
  const routed = new Set(operations.flatMap(({ view }) => (view ? [view.ref.cls] : [])))
  const views = [...project.modules.values()].flatMap((module) =>
    module.language !== 'python' || !/View[sS]et/.test(module.text)
      ? []
      : module.body.flatMap((stmt) => {
          const found = stmt.k === 'class' ? interpreter.runModule(module).get(stmt.cls.name) : null
          const ref = found?.t === 'class' ? found.ref : null
          return ref && isServedView(interpreter, ref) && !routed.has(ref.cls) ? [ref.cls.name] : []
        }),
  )
  if (views.length === 0) return []
  const named = views.toSorted().slice(0, 3).join(', ')
  const more = views.length > 3 ? ` and ${views.length - 3} more` : ''
  return [...places.values()].map(({ module, start }) => ({
    text: `At which paths are the ${views.length} viewsets (${named}${more}) that are registered here?`,
    why: 'Which viewset is registered, and by which name, is only known when the program runs: its routes are no operations.',
    path: module.path,
    line: module.text.slice(0, start).split('\n').length,
  }))
}

// A viewset that has things to show: not one that others extend.
const isServedView = ({ lookup }: Interpreter, ref: ClassRef): boolean =>
  ref.cls.fields.some(({ name }) => name === 'queryset' || name === 'serializer_class') &&
  lookup.ancestry(ref).some((name) => /^rest_framework\.viewsets\.\w*ViewSet$/.test(name))

/** Parts of several syntaxes, as includes mix them. */
export function mixed(text: string) {
  return /\(\?|\(.*\)\?/.test(text)
    ? // A count in braces (`\\d{4}`) is none.
      templatesOf(
        text
          .replaceAll(/(?<!\?P?)<(?:(\w+):)?(\w+)>/g, (_, kind: string | undefined, name: string) =>
            kind === 'int' ? `(?P<${name}>[0-9]+)` : kind === 'path' ? `(?P<${name}>.+)` : `(?P<${name}>)`,
          )
          .replaceAll(/\{([a-z_]\w*)\}/gi, '(?P<$1>)'),
        'regex',
      )
    : templatesOf(text.replaceAll(/\{(\w+)\}/g, '<$1>'), 'angle')
}

// What routes of a view set are called (`routers.py`, "SimpleRouter.routes"): an action by the last part of its path.
const nameOfRoute = (path: string, field: string): string => {
  if (path === '') return 'list'
  if (path === `{${field}}`) return 'detail'
  return (path.split('/').at(-1) ?? path).replaceAll('_', '-')
}

// Without a name of its own a view set has that of its model, in lower case.
const modelOf = (run: Run, ref: ClassRef): string | null => {
  const queryset = classValue(run.interpreter, ref, 'queryset')
  const name = queryset ? /^(\w+)\.objects\b/.exec(printValue(queryset))?.[1] : undefined
  return name?.toLowerCase() ?? null
}

const classText = (run: Run, ref: ClassRef, name: string): string | null =>
  textOf(classValue(run.interpreter, ref, name) ?? undefined)

// A name of a lookup. View sets that don't say what they find things by do it by `pk` (`GenericAPIView`).
const lookupText = (value: Value | undefined): string | null => {
  if (value?.t !== 'text') return textOf(value)
  const parts = value.parts.map(
    (part) => textOf(part) ?? (part.t === 'symbol' && part.path.endsWith('.lookup_field') ? 'pk' : null),
  )
  return parts.includes(null) ? null : parts.join('')
}
