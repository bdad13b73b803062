import { ownTable } from '../parse/own-table.ts'
import { WrittenNames } from './written-names.ts'
import type { Class, Expr, Func, Module, Stmt } from '../parse/ir.ts'
import { alikeIn } from '../packs/alike.ts'
import type { Pack } from '../packs/pack.ts'
import { fastify } from '../packs/fastify/fastify.ts'
import { flask } from '../packs/flask/flask.ts'
import { parserCall, parserMember } from '../packs/flask/request-parsers.ts'
import { django } from '../packs/django/django.ts'
import { askedAnnotation } from '../packs/asked-annotations.ts'
import { errorChain } from '../packs/go-chains.ts'
import { modelCall } from '../packs/django/named-models.ts'
import { viewCall, viewMember } from '../packs/django/view-calls.ts'
import { goOpenapiCall } from '../packs/validators/go-openapi.ts'
import { NodeSettings } from '../packs/node-settings.ts'
import { isOfBase } from '../packs/nestjs/base-guards.ts'
import { isSchemaCall, parseCall, parsedMember } from '../packs/validators/parse-calls.ts'
import { programUses } from '../packs/programs.ts'
import type { LearnedRouters } from '../packs/learned-routers.ts'
import { Meaning } from '../packs/meaning.ts'
import { callersOf, givesRouter } from './router-givers.ts'
import type { Giver } from './router-givers.ts'
import { routerOf } from '../packs/router.ts'
import { Routing } from '../packs/routing.ts'
import { modulesOfPrograms, routeFiles, routeFilesOf, sharedModules } from './file-routes.ts'
import { startFastify } from './fastify-starts.ts'
import { startPlugins } from './forgotten-plugins.ts'
import { GoInjection } from './go-injection.ts'
import { NamedParts } from './named-parts.ts'
import { goMakers } from './go-makers.ts'
import { leadingFunctions } from './leading-functions.ts'
import { makingIn } from './making-calls.ts'
import { GeneratedRoutes } from './go-generated.ts'
import { GivenAway } from './go-served.ts'
import { beanCall, startBeans } from './java-beans.ts'
import { startJava } from './java-starts.ts'
import { pythonMakers } from './python-makers.ts'
import { Programs } from './programs.ts'
import { Interpreter } from '../resolve/interpreter.ts'
import { fileOf, folderOf, metaOf } from '../resolve/node-files.ts'
import { takeOwnEnums } from '../resolve/own-enums.ts'
import { namedOperations } from './named-operations.ts'
import { settleNamed } from '../packs/described-routes.ts'
import type { Project } from '../resolve/project.ts'
import { constant, each as eachOf, symbol } from '../resolve/values.ts'
import type { FuncValue, Site, Value } from '../resolve/values.ts'

/** A run of a repository's code, with the routers that it filled. */
export interface Run {
  interpreter: Interpreter
  routing: Routing
  meaning: Meaning
  /** Packs whose framework is imported somewhere. */
  packs: readonly Pack[]
  project: Project
  programs: Programs
  /** Types of Go that code outside is given. */
  given: GivenAway
  /** What generated code of Go is given to route on. */
  generated: GeneratedRoutes
  /** Files whose code goes deeper than the stack. */
  tooDeep: string[]
  /** What requests call fields. */
  names: WrittenNames
}

/** Runs `work`; one that goes deeper than the stack is left there, and `otherwise` is called. */
export function attempt(work: () => void, otherwise: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    otherwise()
  }
}

/** Sources that a module imports, by name; what is named like a framework's own stands for that. */
function importsOf(project: Project, module: Module, packs: readonly Pack[]): string[] {
  const found = module.body.flatMap((stmt) =>
    stmt.k === 'import'
      ? [stmt.source, ...project.copiesIn(module, stmt)]
      : stmt.k === 'export' && stmt.source !== null
        ? [stmt.source]
        : [],
  )
  // Those that stand in functions.
  const inside = innerImports[module.language]
  if (inside)
    for (const [, source] of module.text.matchAll(inside))
      if (source) found.push(project.copied(module, source) ?? source)
  for (const pack of packs)
    if (pack.language === module.language && pack.alike && alikeIn(module, pack).length > 0)
      found.push(pack.alike.as.replace(/\.\w+$/, ''))
  return found
}

const innerImports: Partial<Record<Module['language'], RegExp>> = {
  javascript: /\b(?:require|import|use)\(\s*['"]([^'"\n]+)['"]\s*\)/g,
  python: /^[ \t]+(?:from|import)[ \t]+([\w.]+)/gm,
}

/** Runs what starts: tops of modules that have to do with a framework, `main` and `init` of Go, and functions that make a router and that nothing called. */
export function runCode(project: Project, packs: readonly Pack[], learned?: LearnedRouters): Run {
  for (const pack of packs) ownTable(pack)
  const imports = new Map(
    [...project.modules.values()].map((module) => [module, importsOf(project, module, packs)]),
  )
  const byPlace = new Map(packs.map((pack) => [pack, routeFilesOf(project, pack)]))
  const used = packs.filter(
    (pack) =>
      (byPlace.get(pack)?.length ?? 0) > 0 ||
      (!pack.files &&
        [...imports].some(
          ([module, sources]) =>
            module.language === pack.language && sources.some((source) => pack.uses.test(source)),
        )),
  )
  project.share(sharedModules(project, used))
  const interpreter = new Interpreter(project)
  takeOwnEnums(project, interpreter.lookup)
  const settings = new NodeSettings(interpreter)
  const routing = new Routing(used, interpreter, settings, learned, namedOperations(project))
  const meaning = new Meaning(used, interpreter)
  const programs = new Programs()
  const names = new WrittenNames(interpreter)
  const injection = new GoInjection(interpreter, used)
  const named = new NamedParts(interpreter)
  const given = new GivenAway()
  const generated = new GeneratedRoutes()
  const isDjango = used.includes(django)
  const isPython = used.some(({ language }) => language === 'python')
  const isFlask = used.includes(flask)
  interpreter.hooks = {
    call: (callee, args, site) => {
      programs.call(callee, args, site)
      if (interpreter.effects === null && site.module.language === 'go') {
        given.note(callee, args)
        generated.note(callee, args, site, interpreter.branches())
      }
      return (
        (isPython && callee.t === 'symbol' ? routing.ofApps.call(callee, args, site) : null) ??
        (callee.t === 'symbol' && site.module.language === 'javascript'
          ? settings.call(callee, args, site)
          : null) ??
        routing.call(callee, args, site) ??
        injection.call(callee, args, site) ??
        named.call(callee, args, site) ??
        beanCall(interpreter, callee, args, site) ??
        (meaning.annotations ? askedAnnotation(meaning.annotations, callee, args, site) : null) ??
        meaning.call(callee, args, site) ??
        parseCall(interpreter, callee, args, site) ??
        (isFlask ? parserCall(interpreter, callee, args, site, meaning.method) : null) ??
        goOpenapiCall(callee, args, site) ??
        (site.module.language === 'go' ? errorChain(interpreter, callee, args, site) : null) ??
        (isDjango
          ? (modelCall(interpreter, callee, args) ?? viewCall(interpreter, callee, args, site))
          : null)
      )
    },
    member: (of, name, site) =>
      (isPython ? routing.ofApps.member(of, name, site) : null) ??
      routing.member(of, name) ??
      settings.member(of, name, site) ??
      meaning.member(of, name, site) ??
      (isFlask ? parserMember(of, name) : null) ??
      (of.t === 'symbol' ? parsedMember(of, name, site) : null) ??
      (isDjango ? viewMember(interpreter, of, name) : null),
    assign: (of, name, value, site) => {
      if (site.module.language === 'go') routing.serving.assign(of, name, value, site)
      if (site.module.language === 'javascript') routing.node.keep(name, value)
      if (isPython) routing.ofApps.assign(of, name, value)
      return meaning.assign(of, name, value, site)
    },
    writtenName: (field, scope, owner) => names.of(field, scope, owner),
    made: (value, site) => routing.serving.made(value, site),
    keep: (of, name, value) => {
      routing.serving.keep(of, name, value)
      routing.node.keep(name, value)
    },
    taken: (value, type) => routing.learner.taken(value, type),
    decorate: (fn, decorator, site) => {
      programs.decorate(fn, decorator, site)
      return routing.decorate(fn, decorator, site)
    },
    returned: (value) => meaning.returned(value),
    basesOf: (path) => meaning.basesOf(path),
    knowsError: (path) => meaning.knowsError(path),
    isSeen: (callee) => isSchemaCall(callee) || (meaning.baseOfGuard !== null && isOfBase(callee)),
    ofBase: (callee, args, site) => meaning.baseOfGuard?.(callee, args, site) ?? null,
    neverRaises: (callee, error) => meaning.neverRaises(callee, error),
    passedOn: () => meaning.nextCalls,
    kept: () => meaning.context.count(),
    cameBack: (since, returns, depth) => meaning.context.cameBack(since, returns, depth),
    save: () => meaning.save(),
    restore: (state) => meaning.restore(state),
    join: (ways, isTold) => meaning.join(ways, isTold),
  }
  const routesByCalls = used.filter((pack) => pack.routers ?? pack.functions)
  interpreter.short = new Set(
    modulesOfPrograms(project, used).filter(
      (module) =>
        !imports.get(module)?.some((source) => routesByCalls.some((pack) => pack.uses.test(source))),
    ),
  )
  const concerned = reaching(project, imports, used, [...byPlace.values()].flat())
  // What only requires what it finds in its folder imports nothing by a name.
  for (const module of project.modules.values()) {
    const scope = interpreter.lookup.scopeOf(module)
    if (module.language === 'javascript') {
      scope.declare('__dirname', constant(folderOf(module)))
      scope.declare('__filename', constant(fileOf(module)))
      scope.declare('import.meta', metaOf(module))
      scope.declare('require', symbol('require'))
    }
  }
  // What listens is what is started: modules that import each other are run from there.
  const isStart = ({ language, text }: Module) => language === 'javascript' && /\.listen\s*\(/.test(text)
  const ordered = [...concerned].toSorted((a, b) =>
    isStart(a) === isStart(b) ? (a.path < b.path ? -1 : 1) : isStart(a) ? -1 : 1,
  )
  const tooDeep: string[] = []
  const each = (work: (module: Module) => void) => {
    for (const module of ordered)
      attempt(
        () => work(module),
        () => tooDeep.push(module.path),
      )
  }
  const leading = leadingFunctions(project, concerned, (module) => makingIn(module, used))
  interpreter.leading = leading.all
  each((module) => interpreter.runModule(module))
  if (used.includes(fastify))
    attempt(
      () => startFastify(interpreter, routing),
      () => undefined,
    )
  const makers = goMakers(interpreter, ordered, used)
  interpreter.followed = new Map(makers.map(({ fn, module }) => [fn, module]))
  interpreter.handled = new Set(
    used
      .filter(({ language }) => language === 'go')
      .flatMap(({ calls }) =>
        Object.keys(calls ?? {}).flatMap((path) => /^([^()]+)\(\)\./.exec(path)?.[1] ?? []),
      ),
  )
  for (const module of project.modules.values())
    if (module.language === 'go' && !concerned.has(module)) setOthers(interpreter, module)
  each((module) => module.language === 'go' && startGo(interpreter, module))
  const startAll = (all: Iterable<FuncValue>) => {
    for (const one of all)
      if (!interpreter.invoked.has(one.fn)) {
        interpreter.budget = 300_000
        attempt(
          () => interpreter.outcomes(one, [], start(one.module)),
          () => tooDeep.push(one.module.path),
        )
      }
  }
  startAll(routing.serving.commands)
  each((module) => module.language === 'go' && startAll(injection.forgotten(module)))
  injection.start((work, path) => attempt(work, () => tooDeep.push(path)))
  // What containers start once all is made.
  startAll(routing.serving.commands)
  for (const { fn, module } of makers) {
    if (interpreter.invoked.has(fn)) continue
    attempt(
      () => callIt(interpreter, fn, module, 2_000_000),
      () => tooDeep.push(module.path),
    )
  }
  const { followed } = interpreter
  interpreter.followed = null
  for (const { fn, module } of pythonMakers(interpreter, ordered, used))
    if (!interpreter.invoked.has(fn))
      attempt(
        () => callIt(interpreter, fn, module, 2_000_000),
        () => tooDeep.push(module.path),
      )
  for (const { fn, module } of leading.first)
    if (!interpreter.invoked.has(fn))
      attempt(
        () => callIt(interpreter, fn, module, 2_000_000),
        () => tooDeep.push(module.path),
      )
  // What makes a router before what is given one: the latter is then called by the former.
  const givers: Giver[] = []
  each((module) => startForgotten(interpreter, routing, module, used, true, givers))
  for (const { fn, router } of routing.begun) {
    interpreter.budget = 300_000
    attempt(
      () => interpreter.outcomes(fn, [{ name: null, value: router }], start(fn.module)),
      () => tooDeep.push(fn.module.path),
    )
  }
  for (const { fn, module, cls } of callersOf(givers, ordered))
    if (!interpreter.invoked.has(fn))
      attempt(
        () => (cls ? callMethod(interpreter, fn, cls, module) : callIt(interpreter, fn, module, 2_000_000)),
        () => tooDeep.push(module.path),
      )
  each((module) => startForgotten(interpreter, routing, module, used, false, givers))
  startPlugins(interpreter, routing, used)
  interpreter.followed = followed
  each((module) => module.language === 'go' && startServing(interpreter, module, used))
  interpreter.followed = null
  if (!learned && routing.learner.found.size > 0) return runCode(project, packs, routing.learner.found)
  routeFiles(interpreter, routing, used)
  interpreter.budget = 1_000_000
  routing.settle()
  routing.hapi.settle(routing.routers)
  routing.adonis.settle(routing.routers)
  routing.pyramid.settle(routing.routers)
  startBeans(interpreter, routing)
  startJava(interpreter, used, (work, path) => attempt(work, () => tooDeep.push(path)))
  settleNamed(routing.routers)
  routing.serving.settle(routing.routers)
  const imported = new Set(
    [...imports].flatMap(([module, sources]) =>
      module.language === 'javascript' ? sources.map((source) => project.resolve(module, source)) : [],
    ),
  )
  routing.node.settle(routing.routers, (module) => imported.has(module))
  return { interpreter, routing, meaning, packs: used, project, programs, given, generated, tooDeep, names }
}

// Modules that import a framework, themselves or by what they import.
function reaching(
  project: Project,
  imports: ReadonlyMap<Module, string[]>,
  packs: readonly Pack[],
  routed: readonly Module[],
): Set<Module> {
  const importers = new Map<Module, Module[]>()
  const found = new Set<Module>()
  const queue: Module[] = [...routed]
  for (const [module, sources] of imports) {
    const mine = packs.filter((pack) => pack.language === module.language)
    if (sources.some((source) => programUses.test(source) || mine.some((pack) => pack.uses.test(source))))
      queue.push(module)
    for (const source of sources)
      for (const target of module.language === 'go'
        ? project.resolveGo(source).slice(0, 1)
        : [project.resolve(module, source)])
        if (target) importers.set(target, [...(importers.get(target) ?? []), module])
  }
  for (let module = queue.pop(); module; module = queue.pop()) {
    if (found.has(module)) continue
    found.add(module)
    const sameFolder = module.language === 'go' ? project.folderOf(module) : [module]
    for (const one of sameFolder) {
      if (one.language === 'go') found.add(one)
      queue.push(...(importers.get(one) ?? []).filter((importer) => !found.has(importer)))
    }
  }
  return found
}

const start = (module: Module): Site => ({ module, start: 0, end: 0, symbol: '' })

function callIt(interpreter: Interpreter, fn: Func, module: Module, budget = 300_000): Value[] {
  interpreter.budget = budget
  const scope = interpreter.lookup.scopeOf(module)
  const type = fn.receiver?.type ? interpreter.lookup.typeTarget(fn.receiver.type.name, scope) : ''
  const value: FuncValue = {
    t: 'func',
    fn,
    scope,
    // What a method sets on its receiver stays for what it calls.
    self:
      typeof type === 'string'
        ? null
        : { t: 'object', props: new Map(), ref: type, args: [], isOpen: true, site: null },
    owner: null,
    module,
    marks: [],
  }
  const made = interpreter.outcomes(value, [], start(module))
  // What it gives to be called later.
  for (const { value: given } of made)
    for (const one of eachOf(given))
      if (one.t === 'func' && one.fn.name === '') interpreter.outcomes(one, [], start(module))
  return made.map(({ value: given }) => given)
}

function callMethod(interpreter: Interpreter, fn: Func, cls: Class, module: Module): void {
  const scope = interpreter.lookup.scopeOf(module)
  const ref = interpreter.lookup.refOf(cls, module, scope, null)
  interpreter.budget = 100_000
  const self: Value = fn.isStatic ? { t: 'class', ref } : interpreter.instantiate(ref, [], start(module))
  // What its constructor does is another matter.
  interpreter.budget = 300_000
  interpreter.outcomes({ t: 'func', fn, scope, self, owner: ref, module, marks: [] }, [], start(module))
}

// What a package of Go that routes nothing sets in others as the program begins: which store they use.
function setOthers(interpreter: Interpreter, module: Module): void {
  for (const stmt of module.body)
    if (
      stmt.k === 'func' &&
      !stmt.fn.receiver &&
      stmt.fn.name === 'init' &&
      /^\s*\w+\.[A-Z]\w*\s*=[^=]/m.test(module.text.slice(stmt.fn.start, stmt.fn.end))
    )
      attempt(
        () => callIt(interpreter, stmt.fn, module, 10_000),
        () => undefined,
      )
}

function startGo(interpreter: Interpreter, module: Module): void {
  for (const stmt of module.body)
    if (
      stmt.k === 'func' &&
      !stmt.fn.receiver &&
      (stmt.fn.name === 'init' || (stmt.fn.name === 'main' && module.package === 'main'))
    )
      callIt(interpreter, stmt.fn, module)
}

// Functions that begin to serve and that nothing called: what their structs hold is known by then.
function startServing(interpreter: Interpreter, module: Module, packs: readonly Pack[]): void {
  const begins = packs.some(
    ({ routers, uses, framework }) =>
      framework !== 'net/http' &&
      routers !== undefined &&
      importsOf(interpreter.project, module, packs).some((source) => uses.test(source)),
  )
    ? /\bListenAndServe|\bServer\{|\.(?:Serve|Listen|Start|Run)(?:[A-Z]\w*)?\(/
    : /\bListenAndServe|\bhttp\.Serve|\bServer\{/
  for (const stmt of module.body)
    if (
      stmt.k === 'func' &&
      !interpreter.invoked.has(stmt.fn) &&
      begins.test(module.text.slice(stmt.fn.start, stmt.fn.end))
    )
      callIt(interpreter, stmt.fn, module, 20_000)
}

// Factories that a program outside calls (a server of WSGI, a container of dependencies), and functions given a router by one.
function startForgotten(
  interpreter: Interpreter,
  routing: Routing,
  module: Module,
  packs: readonly Pack[],
  isMaker: boolean,
  givers: Giver[],
): void {
  const mine = packs.filter((pack) => pack.language === module.language)
  const types = mine.flatMap((pack) => Object.keys(pack.routerTypes ?? {}))
  const listing = new Set(
    mine.flatMap(({ routers }) =>
      Object.entries(routers ?? {}).flatMap(([path, { routes }]) => (routes === undefined ? [] : [path])),
    ),
  )
  if (module.language === 'java') return
  const scope = interpreter.lookup.scopeOf(module)
  const isMaking = makingIn(module, mine)
  const says = (fn: Func) => isMaking(module.text.slice(fn.start, fn.end))
  const isConcerned = mine.some((pack) => mentions(interpreter.project, module, pack))
  const all = functionsOf(module.body)
  // Classes whose objects hold a router of theirs: who makes one goes on with it, so that comes first.
  const holders = new Set(
    all.flatMap(({ fn, cls }) =>
      cls && (fn.name === 'constructor' || fn.name === '__init__') && isConcerned && says(fn)
        ? [cls.name]
        : [],
    ),
  )
  const makesHolder = ({ fn, cls }: { fn: Func; cls: Class | null }) =>
    !cls &&
    [...module.text.slice(fn.start, fn.end).matchAll(/\b([A-Z]\w*)\(/g)].some(([, name = '']) =>
      holders.has(name),
    )
  const makes = (fn: Func) => isConcerned && says(fn)
  const takes = (fn: Func) => {
    return fn.params.some((param) => {
      if (!param.type) return false
      const target = interpreter.lookup.typeTarget(param.type.name, scope)
      return typeof target === 'string' && types.includes(target)
    })
  }
  // A function that fills a router of its module, and that a program outside calls. One that is routed by its decorator is a handler.
  const held = [...scope.names()].flatMap(([name, value]) => (routerOf(value) ? [name] : []))
  const words = mine.flatMap((pack) => Object.keys(pack.methods ?? {}))
  const filling =
    held.length > 0 && words.length > 0
      ? new RegExp(
          String.raw`(?<![\w.])(?:${held.map((name) => name.replaceAll('$', String.raw`\$`)).join('|')})\.(?:${words.join('|')})\(`,
        )
      : null
  // What no other file names is dead.
  const isNamed = (name: string) => {
    const word = new RegExp(String.raw`\b${name.replaceAll('$', String.raw`\$`)}\b`)
    return [...interpreter.project.modules.values()].some(
      (other) => other !== module && other.language === module.language && word.test(other.text),
    )
  }
  const fills = (fn: Func) =>
    filling !== null &&
    module.language !== 'go' &&
    fn.name !== '' &&
    filling.test(module.text.slice(fn.headEnd, fn.end)) &&
    !filling.test(module.text.slice(fn.start, fn.headEnd)) &&
    isNamed(fn.name)
  // A program that is an instance of a class of its own: whoever starts it makes one.
  if (isMaker && module.language === 'python')
    for (const stmt of module.body) {
      const ref = stmt.k === 'class' ? interpreter.lookup.refOf(stmt.cls, module, scope, null) : null
      if (!ref || !interpreter.lookup.ancestry(ref).some((name) => listing.has(name))) continue
      interpreter.budget = 300_000
      routing.routerAt(interpreter.instantiate(ref, [], start(module)), start(module))
    }
  const ordered =
    isMaker && holders.size > 0
      ? all.toSorted((a, b) => Number(makesHolder(b)) - Number(makesHolder(a)))
      : all
  for (const one of ordered) {
    const { fn, cls } = one
    if (interpreter.invoked.has(fn)) continue
    if (!(isMaker ? makes(fn) || (!cls && fills(fn)) || makesHolder(one) : takes(fn))) continue
    if (cls) {
      const ref = interpreter.lookup.refOf(cls, module, scope, null)
      interpreter.budget = 100_000
      if (fn.name === 'constructor' || fn.name === '__init__') interpreter.instantiate(ref, [], start(module))
      else callMethod(interpreter, fn, cls, module)
    } else {
      const given = callIt(interpreter, fn, module, isMaker ? 2_000_000 : 300_000)
      if (isMaker && module.language === 'python' && givesRouter(given)) givers.push({ fn, module })
    }
  }
}

const mentions = (project: Project, module: Module, pack: Pack): boolean =>
  importsOf(project, module, [pack]).some((source) => pack.uses.test(source))

function functionsOf(body: readonly Stmt[]): { fn: Func; cls: Class | null }[] {
  return body.flatMap((stmt): { fn: Func; cls: Class | null }[] => {
    if (stmt.k === 'func') return [{ fn: stmt.fn, cls: null }]
    if (stmt.k === 'class') return stmt.cls.members.map((fn) => ({ fn, cls: stmt.cls }))
    if (stmt.k === 'let' && stmt.value?.k === 'func') return [{ fn: { ...stmt.value.fn }, cls: null }]
    // `module.exports = async (config) => { … }`
    if (
      stmt.k === 'expr' &&
      stmt.e.k === 'assign' &&
      stmt.e.value.k === 'func' &&
      /^(?:module\.)?exports\b/.test(nameOf(stmt.e.target))
    )
      return [{ fn: stmt.e.value.fn, cls: null }]
    if (stmt.k === 'export' && stmt.value?.k === 'func') return [{ fn: stmt.value.fn, cls: null }]
    if (stmt.k === 'let' && stmt.value?.k === 'object' && stmt.value.type)
      return stmt.value.entries.flatMap(({ value }) =>
        value.k === 'func' ? [{ fn: value.fn, cls: null }] : [],
      )
    return []
  })
}

const nameOf = (e: Expr): string =>
  e.k === 'name' ? e.name : e.k === 'member' ? `${nameOf(e.of)}.${e.name}` : ''
