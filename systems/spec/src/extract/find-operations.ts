import type { OpenQuestion } from '../facts/fact-set.ts'
import type { Func } from '../parse/ir.ts'
import { djangoMiddleware } from './around/django-middleware.ts'
import { joinPaths, unknownPart } from '../packs/path.ts'
import type { PathTemplate } from '../packs/path.ts'
import type { Router } from '../packs/router.ts'
import { nestjs } from '../packs/nestjs/nestjs.ts'
import { loopback } from '../packs/loopback/loopback.ts'
import { tsoa } from '../packs/tsoa/tsoa.ts'
import { djangoNinja } from '../packs/django-ninja/django-ninja.ts'
import { flask } from '../packs/flask/flask.ts'
import { formForgery } from '../packs/flask/forgery.ts'
import { spring } from '../packs/spring/spring.ts'
import { pyramid } from '../packs/pyramid/pyramid.ts'
import { assumedText } from '../resolve/assumed-text.ts'
import { constant, placeKey, textOf } from '../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, Value } from '../resolve/values.ts'
import { annotatedOperations, isAnnotated } from './annotated.ts'
import { JavaAround } from './around/java.ts'
import { NestAround } from './around/nest.ts'
import { ninjaAround } from './around/ninja.ts'
import { PyramidAround } from './around/pyramid.ts'
import { RestFramework } from './around/rest-framework.ts'
import { classPrefixes, errorAdvice } from './class-settings.ts'
import { contractOperations } from './contract.ts'
import { routesOf } from './earlier-routes.ts'
import { distinctOperations } from './distinct-operations.ts'
import { djangoOperations } from './django-urls.ts'
import { flattenRouter, handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { belowContexts } from './java-paths.ts'
import type { Repository } from './read-repository.ts'
import type { Run } from './run-code.ts'
import { listedAlone } from './listed-alone.ts'
import { onRouters } from './controllers-put.ts'
import { servletOperations } from './servlets.ts'
import { loopbackSignIns } from './around/loopback.ts'
import { tsoaSignIns } from './around/tsoa.ts'

/** Questions for routes that nothing takes in: dead code, or something that only the running program does. */
export function unmounted({ routing }: Run): OpenQuestion[] {
  // What code makes several times is used where one of these is.
  const used = new Set(routing.routers.flatMap(({ isMounted, site }) => (isMounted ? [placeKey(site)] : [])))
  return routing.routers.flatMap((router) => {
    const count = router.isApp || used.has(placeKey(router.site)) ? 0 : flattenRouter(router).length
    if (count === 0) return []
    const { module, start } = router.site
    return [
      {
        text: `Is the router with ${count} ${count === 1 ? 'route' : 'routes'} in ${module.path} used?`,
        why: 'Nothing in the code that was read mounts it, so its routes are no operations.',
        path: module.path,
        line: module.text.slice(0, start).split('\n').length,
      },
    ]
  })
}

/** One question of each file about routers of code outside that it mounts: what they route is not read. */
export function givenFromOutside({ routing }: Run): OpenQuestion[] {
  return [...Map.groupBy(routing.given, ({ site }) => site.module).values()].flatMap((all) => {
    const texts = [...new Set(all.map(({ text }) => text))]
    const [first] = all
    if (!first) return []
    const { module, start } = first.site
    const more = texts.length > 1 ? ` and ${texts.length - 1} more` : ''
    return [
      {
        text: `Which operations ${texts.length > 1 ? 'do' : 'does'} \`${first.text}\`${more} route?`,
        why: 'Its code is not in the repository.',
        path: module.path,
        line: module.text.slice(0, start).split('\n').length,
      },
    ]
  })
}

/** What is known of a framework's routes and is none, since only the running program knows its path. */
export function unplaced({ routing }: Run): OpenQuestion[] {
  const { traversed } = routing.pyramid
  const [first] = traversed
  if (!first) return []
  const { length } = traversed
  return [
    {
      text: `Which paths lead to ${length === 1 ? 'the view' : `the ${length} views`} that ${length === 1 ? 'has' : 'have'} no route?`,
      why: 'What a path leads to by traversal is only known when the program runs, so these are no operations.',
      path: first.module.path,
      line: first.module.text.slice(0, first.start).split('\n').length,
    },
  ]
}

export const tooDeep = (path: string): OpenQuestion => ({
  text: `What does ${path} do?`,
  why: 'Its code is nested too deeply to be run here.',
  path,
  line: 1,
})

/** Everything that a run routes: by routers, by annotations, by Django's patterns, and by API descriptions that code is generated from. */
export function findOperations(run: Run, repository: Repository): FoundOperation[] {
  const settings = classPrefixes(run)
  const { annotated, routed } = onRouters(
    run,
    run.packs.flatMap((pack) => annotatedOperations(run.interpreter, pack, settings)),
    () => routedOperations(run),
  )
  const advice = errorAdvice(run)
  const java = new JavaAround(run)
  const nest = run.packs.includes(nestjs) ? new NestAround(run, nestjs) : null
  const signIns = tsoaSignIns(run)
  const ofLoopback = loopbackSignIns(run)
  for (const operation of annotated) {
    operation.errors = [...operation.errors, ...advice(operation)]
    if (operation.pack === tsoa) signIns(operation)
    if (operation.pack === loopback) ofLoopback(operation)
    if (operation.pack === nestjs) nest?.add(operation)
    else if (operation.pack.language === 'java') java.add(operation)
  }
  const pyramidAround = new PyramidAround(run)
  for (const operation of routed) {
    const [last] = operation.handlers.slice(-1)
    if (last?.t === 'func') operation.handlers.splice(-1, 1, asDecorated(run, last))
    if (operation.pack === pyramid) pyramidAround.add(operation)
    else if (operation.pack === spring) {
      operation.errors = [...operation.errors, ...advice(operation)]
      java.addRouted(operation)
    } else if (viewClass(operation)) operation.method = 'class'
  }
  const rest = new RestFramework(run)
  const views = djangoOperations(run).filter((one) => one.pack === djangoNinja || rest.takes(one))
  if (views.length > 0) {
    const before = djangoMiddleware(run)
    for (const operation of views) {
      if (operation.pack === djangoNinja) operation.around = ninjaAround(run, operation)
      else rest.add(operation)
      if (before.length > 0) operation.before = before
    }
  }
  const listed = listedAlone(run, routed)
  const all = [
    ...routed,
    ...listed,
    ...annotated,
    ...views,
    ...servletOperations(run),
    ...java.signIns,
  ].filter((one) => !isPreflight(one))
  const methods: DecoratedMethods = new Map()
  const inCode = distinctOperations([
    ...all.filter(({ method }) => method !== 'class'),
    ...all
      .filter(({ method }) => method === 'class')
      .flatMap((operation) => expandClass(run, operation, methods)),
  ])
  const forgery = run.packs.includes(flask) ? formForgery(run.interpreter) : null
  if (forgery)
    for (const operation of inCode) {
      if (operation.pack !== flask || !/^(?:POST|PUT|PATCH|DELETE)$/.test(operation.method)) continue
      const refused = forgery(operation.handlers.slice(-1).flatMap(handlerFunctions), operation.site)
      if (refused) operation.handlers = [refused, ...operation.handlers]
    }
  const contract = contractOperations(run, repository, inCode)
  for (const operation of contract) if (isAnnotated(operation)) operation.errors = advice(operation)
  return belowContexts([...inCode, ...contract], repository.manifests)
}

// flask-cors answers who asks by OPTIONS whether others may be asked, before the function is called (flask-cors.readthedocs.io, "Decorator").
const isPreflight = ({ method, handlers }: FoundOperation): boolean => {
  const [last] = handlers.slice(-1)
  return (
    method === 'OPTIONS' &&
    last?.t === 'func' &&
    last.marks.some(
      (mark) => mark.t === 'symbol' && /^flask_cors\.(?:\w+\.)?cross_origin(?:\(\))?$/.test(mark.path),
    )
  )
}

// An application that only puts the program's own below a setting's path, where there is such a setting: without it that one is served by itself. Which path it is is not known as it is.
function standsAround({ entries }: Router): void {
  const [only, ...others] = entries
  if (only?.kind === 'mount' && others.length === 0 && assumedText(only.prefix ?? constant('')) === null)
    delete only.when
}

// What a router of Go or JavaScript routes that was followed up to no server may be below anything, unless it is made once more by the same code and served.
function routedOperations({ routing }: Run): FoundOperation[] {
  const isKnown = (router: Router) =>
    (router.pack.language !== 'go' && router.pack.language !== 'javascript') || router.isServed
  const apps = unlessMounted(
    routing.routers.filter((router) => router.isApp && (router.isServed || !router.isMounted)),
    routing.routers,
  )
  if (apps.length === 1) for (const app of apps) standsAround(app)
  const roots = apps.map((router) => ({ router, operations: routesOf(router) }))
  const programs = programsOf(roots)
  const known = new Map<string, Set<string>>()
  for (const { router, operations } of roots)
    for (const one of isKnown(router) ? operations : [])
      known.set(codeOf(one), (known.get(codeOf(one)) ?? new Set()).add(one.template.path))
  const sure = new Set(
    roots.flatMap(({ router, operations }) =>
      isKnown(router)
        ? operations.flatMap((one) => (one.template.isUnsure ? [] : `${codeOf(one)} ${knownPath(one)}`))
        : [],
    ),
  )
  return roots.flatMap(({ router, operations }) => {
    const made = new Set<string>()
    return operations.flatMap((one): FoundOperation[] => {
      const key = `${codeOf(one)} ${one.template.path}`
      // Below what is not known, beside where it surely is.
      if (one.template.isUnsure && sure.has(`${codeOf(one)} ${knownPath(one)}`)) return []
      if (isKnown(router)) {
        // A part of a program of JavaScript that was run twice.
        if (router.pack.language === 'javascript' && made.has(key)) return []
        made.add(key)
        return [withProgram(one, programs.get(router))]
      }
      const paths = known.get(codeOf(one))
      if (!paths) return [{ ...one, unserved: router.site }]
      // The same thing once more, maybe seen to do more.
      return router.pack.language === 'go' && paths.has(one.template.path) ? [one] : []
    })
  })
}

const codeOf = ({ site, method, handlers }: FoundOperation) =>
  [
    `${site.module.path}:${site.start} ${method}`,
    ...handlers.slice(-1).flatMap((one) => handlerFunctions(one).map(placeOf)),
  ].join(' ')

// What a program of Python makes once more and puts nowhere (a script that writes down what it routes) is no other application than the one that it mounts.
function unlessMounted(apps: readonly Router[], routers: readonly Router[]): Router[] {
  const known = new Map<Router, Set<string>>()
  const routesAt = (router: Router) => {
    const found =
      known.get(router) ?? new Set(flattenRouter(router).map((one) => `${codeOf(one)} ${one.template.path}`))
    known.set(router, found)
    return found
  }
  const mounted = Map.groupBy(
    routers.filter(({ pack, isApp, isMounted }) => pack.language === 'python' && isApp && isMounted),
    ({ site }) => placeKey(site),
  )
  return apps.filter((app) => {
    const others = app.isServed || app.isMounted ? [] : (mounted.get(placeKey(app.site)) ?? [])
    if (others.length === 0) return true
    const own = [...routesAt(app)]
    if (own.length === 0) return true
    return others.map(routesAt).every((other) => own.some((one) => !other.has(one)))
  })
}

// Its path without what is not known of it.
const knownPath = ({ template }: FoundOperation) =>
  joinPaths([template.path.replaceAll(unknownPart, '')], false)

type Root = { router: Router; operations: readonly FoundOperation[] }

const withProgram = (one: FoundOperation, program: string | undefined): FoundOperation =>
  program === undefined ? one : { ...one, program }

// Two applications that are made in different folders and answer one request by different code are programs of their own, with no manifest that says so.
function programsOf(roots: readonly Root[]): Map<Router, string> {
  const folder = ({ site }: Router) => site.module.path.split('/').slice(0, -1).join('/')
  const routes = new Map<string, { router: Router; code: string }[]>()
  for (const { router, operations } of roots)
    for (const { method, template, handlers } of operations) {
      const key = `${method} ${template.path}`
      const code = handlers.slice(-1).flatMap((one) => handlerFunctions(one).map(placeOf))
      routes.set(key, [...(routes.get(key) ?? []), { router, code: code.join(' ') }])
    }
  const found = new Map<Router, string>()
  for (const all of routes.values())
    if (
      new Set(all.map(({ router }) => folder(router))).size > 1 &&
      new Set(all.map(({ code }) => code)).size > 1
    )
      for (const { router } of all) found.set(router, folder(router))
  return found
}

const placeOf = ({ fn, module }: FuncValue) => `${module.path}:${fn.start}`

// `View.as_view('name')` stands for the class.
function viewClass(operation: FoundOperation): Extract<Value, { t: 'class' }> | null {
  const [last] = operation.handlers.slice(-1)
  if (last?.t === 'class') return last
  // Falcon: a thing of a class handles.
  if (last?.t === 'object' && last.ref && operation.pack.methodPrefix !== undefined)
    return { t: 'class', ref: last.ref }
  const of =
    last?.t === 'symbol' && last.path.endsWith('.as_view()') && last.of?.t === 'symbol' ? last.of.of : null
  return of?.t === 'class' ? of : null
}

/** What decorators made of methods, by the class that is asked and the method: the same wherever the class is routed. */
type DecoratedMethods = Map<object, Map<Func, FuncValue>>

// What such a class is made with for a request, where its own code keeps something of that; a thing that was routed is that thing.
function thingOf(run: Run, { handlers, options, site }: FoundOperation, ref: ClassRef): Value | null {
  const [last] = handlers.slice(-1)
  if (last?.t === 'object') return last
  if (ref.module.language !== 'python' || !run.interpreter.lookup.method(ref, '__init__')) return null
  // Flask ("View.as_view") and Flask-RESTful ("add_resource").
  const [plain, named] = [options.get('resource_class_args'), options.get('resource_class_kwargs')]
  const given: ArgValue[] = [
    ...(plain?.t === 'list' ? plain.items : []).map((value) => ({ name: null, value })),
    ...(named?.t === 'object' ? [...named.props] : []).map(([name, value]) => ({ name, value })),
  ]
  return run.interpreter.instantiate(ref, last?.t === 'symbol' ? last.args.slice(1) : given, site)
}

type ModuleValue = Extract<Value, { t: 'module' }>

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

// Falcon ("Routing", `suffix`).
function responder({ options, pack }: FoundOperation, verb: string): string {
  const suffix = textOf(options.get('suffix'))
  return `${pack.methodPrefix ?? ''}${verb}${suffix === null ? '' : `_${suffix}`}`
}

// Falcon asks what it is given for functions by their names: a module has them as well as a thing.
function expandModule(run: Run, operation: FoundOperation, { scope }: ModuleValue): FoundOperation[] {
  return verbs.flatMap((name): FoundOperation[] => {
    const called = responder(operation, name)
    const fn = scope.get(called)
    if (fn?.t !== 'func') return []
    return [
      {
        ...operation,
        method: name.toUpperCase(),
        handlers: [...operation.handlers.slice(0, -1), ...hooksOf(run, operation.pack, fn, null), fn],
        through: [operation.site, ...operation.through],
        site: { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: called },
      },
    ]
  })
}

// A class whose methods are named for methods of HTTP.
function expandClass(run: Run, operation: FoundOperation, methods: DecoratedMethods): FoundOperation[] {
  const cls = viewClass(operation)
  const [last] = operation.handlers.slice(-1)
  if (last?.t === 'module') return expandModule(run, operation, last)
  if (!cls) return []
  const key = last?.t === 'object' ? last : cls.ref.cls
  const known = methods.get(key) ?? new Map<Func, FuncValue>()
  methods.set(key, known)
  const self = thingOf(run, operation, cls.ref)
  return verbs.flatMap((name): FoundOperation[] => {
    const called = responder(operation, name)
    const method = run.interpreter.lookup.method(cls.ref, called)
    if (!method) return []
    const own: FuncValue = {
      t: 'func',
      fn: method.fn,
      scope: method.owner.scope,
      self,
      owner: cls.ref,
      module: method.owner.module,
      marks: [],
    }
    const fn =
      known.get(own.fn) ?? (cls.ref.module.language === 'python' ? decorated(run, own, cls.ref) : own)
    known.set(own.fn, fn)
    const before = (operation.pack.runsBefore ?? []).flatMap((hook): Value[] => {
      const found = run.interpreter.lookup.method(cls.ref, hook)
      return found ? [{ ...own, fn: found.fn, scope: found.owner.scope, module: found.owner.module }] : []
    })
    before.push(...hooksOf(run, operation.pack, fn, cls.ref))
    const template = operation.pack.namesByPosition
      ? namedTemplate(operation.template, method.fn)
      : operation.template
    const { module, symbol } = { module: method.owner.module, symbol: `${cls.ref.cls.name}.${called}` }
    return [
      {
        ...operation,
        method: name.toUpperCase(),
        template,
        handlers: [...operation.handlers.slice(0, -1), ...before, fn],
        through: [operation.site, ...operation.through],
        site: { module, start: method.fn.start, end: method.fn.headEnd, symbol },
      },
    ]
  })
}

// What decorators of a class and of its method are given to run before it, the outermost first.
function hooksOf(
  run: Run,
  { hookMarks }: FoundOperation['pack'],
  fn: FuncValue,
  of: ClassRef | null,
): Value[] {
  if (!hookMarks) return []
  const ofClass = of ? of.cls.decorators.map((one) => run.interpreter.evaluateIn(one, of.scope)) : []
  return [...ofClass, ...fn.marks.toReversed()].flatMap((mark) =>
    mark.t === 'symbol' && hookMarks.test(mark.path) && mark.args[0] ? [mark.args[0].value] : [],
  )
}

// Parts of a path that have no name are called as the parameters that they are given to.
function namedTemplate(template: PathTemplate, { params }: Func): PathTemplate {
  const names = params
    .slice(1)
    .filter(({ isRest }) => !isRest)
    .map(({ name }) => name)
  const unnamed = template.variables.filter(({ name }) => /^p\d+$/.test(name))
  const called = new Map(unnamed.map(({ name }, index) => [name, names[index] ?? name]))
  const call = (name: string) => called.get(name) ?? name
  return {
    ...template,
    path: template.path.replaceAll(
      /\{(p\d+)(\*?)\}/g,
      (_whole, name: string, rest: string) => `{${call(name)}${rest}}`,
    ),
    variables: template.variables.map((one) => ({ ...one, name: call(one.name) })),
  }
}

// Python: a method of a thing is what its decorators made of it, which is given the thing first.
function asDecorated({ interpreter }: Run, method: FuncValue): FuncValue {
  const { self, owner, module, marks, fn } = method
  const isMethod = module.language === 'python' && owner !== null && self !== null && self.t !== 'class'
  if (!isMethod || marks.length > 0 || fn.decorators.length === 0) return method
  interpreter.budget = 20_000
  const { bound = [], ...plain } = method
  const made = interpreter.decoratedMethod(plain)
  return { ...made, bound: made.fn === fn ? bound : [{ name: null, value: self }, ...bound] }
}

// With its own decorators, and those that its class lists for all of its methods (Flask's `decorators`, `method_decorators` of its extensions).
function decorated(run: Run, method: FuncValue, of: ClassRef): FuncValue {
  const { interpreter, routing } = run
  interpreter.budget = 20_000
  let value = interpreter.decoratedMethod(method)
  const site = { module: of.module, start: of.cls.start, end: of.cls.headEnd, symbol: of.cls.name }
  for (const name of ['method_decorators', 'decorators']) {
    const listed = run.interpreter.lookup.field(of, name) ? interpreter.staticMember(of, name) : null
    for (const one of listed?.t === 'list' ? listed.items : []) {
      const made = routing.decorate(value, one, site)
      if (made.t === 'func') value = made
    }
  }
  return value
}
