import type { Func, TypeRef } from '../parse/ir.ts'
import { parameterPlaces } from '../facts/fact.ts'
import { pathKey } from '../facts/fact-id.ts'
import type { Pack } from '../packs/pack.ts'
import { templatesOf } from '../packs/path.ts'
import type { ClassRef, FuncValue, Value } from '../resolve/values.ts'
import { classBases, guardsOf } from './annotated.ts'
import type { AnnotatedOperation, BoundParameter } from './annotated.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import { describedOperations } from './api-files.ts'
import { describedAlone } from './described-alone.ts'
import type { DescribedOperation } from './api-files.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { GoServers } from './go-served.ts'
import type { Repository } from './read-repository.ts'
import type { Run } from './run-code.ts'

/** An operation that an API description has and code is generated from; without a handler where no method of the repository implements it. */
export interface ContractOperation extends FoundOperation {
  contract: DescribedOperation
  /** What stands before the handler checks all that it takes, bodies with all that they hold. */
  checksAll: boolean
}

// Interfaces that openapi-generator writes for Spring have `@Validated`, and their bodies `@Valid`, but where it is told otherwise ("spring", `useBeanValidation`).
const checksAll = (run: Run, { framework }: Pack): boolean =>
  framework === 'Spring' &&
  ![...run.project.manifests.values()].some((text) => /useBeanValidation.{1,20}false/.test(text))

/** What generators of code from API descriptions are called in builds, and in what they write. */
const generators =
  /openapi-generator|swagger-codegen|openapi-processor|openapi-typescript-codegen|oapi-codegen|ogen-go\/ogen|go-swagger|connexion/

/** An operation that is named for what does it: `package.module.function`, or beside the module that has it. */
const namesCode =
  /["']?operationId["']?\s*:\s*["']?\w+(?:\.\w+)*[.:]\w|\bx-(?:(?:swagger|openapi)-router|exegesis)-controller\b|\bx-eov-operation-handler\b/

/**
 * Operations of API descriptions that code is generated from. Such a description is a source: a class that extends a type from outside
 * the repository, or a type of Go, has methods named for its operations, or the build names a generator.
 */
export function contractOperations(
  run: Run,
  repository: Repository,
  known: readonly FoundOperation[],
): ContractOperation[] {
  const isSource = namesGenerator(run, repository) || hasOutsideInterfaces(run)
  const seen = new Set(known.map(({ method, template }) => `${method} ${pathKey(template.path)}`))
  const routed = new Set(
    known.flatMap(({ handlers }) =>
      handlers.slice(-1).flatMap((one) => handlerFunctions(one).map(({ fn }) => fn)),
    ),
  )
  const methods = methodIndex(run)
  const found: ContractOperation[] = []
  for (const [path, text] of [...repository.manifests].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isSource && !namesCode.test(text)) continue
    const described = describedOperations(path, text).filter(({ operationId }) => operationId !== '')
    const candidates = described.map((one) => implementing(run, methods, one))
    const servers = new GoServers(run.interpreter.lookup, run.given.types, candidates.map(servedInGo))
    const matched = described.map((one, at) => {
      const all = candidates[at] ?? []
      const [near] = all
      const isOfGo = near?.module.language === 'go'
      // Of several types of Go no name tells which is served.
      return { one, near, by: (isOfGo ? servers.of(servedInGo(all))?.by : near) ?? null }
    })
    const count = matched.filter(({ near }) => near).length
    if (described.length === 0 || count * 2 < described.length) continue
    // What code routes by itself is no source: the description was made from it, or from its comments.
    if (matched.filter(({ near }) => near && routed.has(near.fn)).length * 2 > count) continue
    const filled = generatedRoutes(run, matched)
    const alone = aloneBase(run, repository, matched)
    for (const { one, near, by } of matched) {
      const operation = operationOf(run, one, by, packOf(run, near ?? null), alone)
      for (const made of operation.flatMap((plain) => aroundBy(plain, filled.get(one) ?? []))) {
        const key = `${made.method} ${pathKey(made.template.path)}`
        if (seen.has(key)) continue
        seen.add(key)
        found.push(made)
      }
    }
  }
  // Methods of Go that are named for its operations, and are given no request, ask for them.
  const isAsked = (all: readonly DescribedOperation[]) =>
    all.filter((one) => methods.has(squeeze(one.operationId)) && implementing(run, methods, one).length === 0)
      .length *
      2 >=
    all.length
  const alone = describedAlone(run, repository, [...known, ...found], isAsked)
  return [...found, ...alone.flatMap((one) => operationOf(run, one, null, described))]
}

/**
 * Interfaces that the generator of Spring writes have the operations' own paths: its `requestMappingMode` puts the path of the description's server on controllers
 * that it writes itself, behind which delegates stand, or on the interface where it is told so (openapi-generator.tech, "spring"). Gives what stands before them in the
 * classes that implement these, null where the server's path does.
 */
function aloneBase(
  run: Run,
  { manifests }: Repository,
  matched: readonly { by: FuncValue | null }[],
): string | null {
  const [first] = matched.flatMap(({ by }) => (by?.owner ? [{ by, owner: by.owner }] : []))
  const pack = first ? packOf(run, first.by) : null
  if (!first || pack?.framework !== 'Spring' || !pack.annotations) return null
  if (first.owner.cls.bases.some(({ name }) => name.endsWith('Delegate'))) return null
  if (
    [...manifests].some(([, text]) =>
      /requestMappingMode.{1,20}api_interface|useRequestMappingOnInterface.{1,20}true/.test(text),
    )
  )
    return null
  return classBases(run.interpreter, pack.annotations, first.owner)[0] ?? ''
}

// What code of Go that is generated from the description routes, by its operations.
function generatedRoutes(run: Run, matched: readonly { one: DescribedOperation; by: FuncValue | null }[]) {
  const all = matched.flatMap(({ one, by }) =>
    by?.module.language === 'go'
      ? [{ one, by, described: { method: one.method, path: one.ownPath, security: [], data: one } }]
      : [],
  )
  const filled = run.generated.fill(all, run.routing.routers, run.interpreter.lookup)
  return new Map(all.map(({ one, described }) => [one, filled.get(described) ?? []]))
}

// With what the program puts around it on the router that generated code is given; where that may be below another path the description says its own.
function aroundBy(plain: ContractOperation, routed: readonly FoundOperation[]): ContractOperation[] {
  if (routed.length === 0) return [plain]
  const { contract } = plain
  return routed.map(({ unserved, ...one }) => ({
    ...plain,
    ...one,
    contract,
    fn: plain.fn,
    site: plain.site,
    through: [...plain.through, one.site, ...one.through],
    template: unserved || one.template.isUnsure ? plain.template : one.template,
  }))
}

function namesGenerator(run: Run, { manifests, files }: Repository): boolean {
  return (
    [...manifests].some(([path, text]) => !/\.(?:json|ya?ml)$/.test(path) && generators.test(text)) ||
    files.some(({ outcome }) => outcome === 'generated') ||
    [...run.project.modules.values()].some(
      ({ language, text }) =>
        (language === 'go' && text.includes('oapi-codegen')) ||
        (language === 'python' && /^\s*(?:import|from) connexion\b/m.test(text)),
    )
  )
}

const isOutside = (run: Run, ref: ClassRef) =>
  ref.cls.bases.some(({ name }) => typeof run.interpreter.lookup.typeTarget(name, ref.scope) === 'string')

/**
 * A client that is generated of a description is made with what sends its requests, and no annotation makes it answer any: a class that extends one of these
 * asks for the operations (openapi-generator.tech, "java").
 */
function isClient({ cls, module }: ClassRef): boolean {
  const text = module.text.slice(cls.start, cls.end)
  return (
    /\bextends\s/.test(module.text.slice(cls.start, cls.headEnd)) &&
    /\bsuper\(\s*[^\s)]/.test(text) &&
    !/@(?:\w+\.)*(?:\w*Controller|Path|RequestMapping)\b/.test(text)
  )
}

function hasOutsideInterfaces(run: Run): boolean {
  return run.interpreter.lookup
    .classes()
    .some(
      (ref) =>
        ref.module.language === 'java' &&
        ref.cls.bases.some(({ name }) => /Api(?:Delegate|Service)?$/.test(name)),
    )
}

interface Method {
  fn: Func
  owner: ClassRef
}

const squeeze = (name: string) => name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase()

/** Methods that may implement an operation, by their name without case and signs. */
function methodIndex(run: Run): Map<string, Method[]> {
  const index = new Map<string, Method[]>()
  const add = (fn: Func, owner: ClassRef) => {
    const key = squeeze(fn.name)
    index.set(key, [...(index.get(key) ?? []), { fn, owner }])
  }
  for (const ref of run.interpreter.lookup.classes())
    if (
      ref.module.language === 'java' &&
      ref.cls.kind !== 'interface' &&
      isOutside(run, ref) &&
      !isClient(ref)
    )
      for (const fn of ref.cls.members) if (fn.hasBody) add(fn, ref)
  for (const { fn, owner } of run.interpreter.lookup.goMethods()) if (/^[A-Z]/.test(fn.name)) add(fn, owner)
  return index
}

/** A server's interfaces of Go have the answer's writer or a framework's context, or types that are made for the operation; a client's method may have its name too. */
function isServed({ params, returns }: Func, name: string): boolean {
  const own = (type: TypeRef | null | undefined, ends: RegExp) =>
    type !== null && type !== undefined && ends.test(type.name) && lastOf(type.name).startsWith(name)
  // What is given a framework's context answers by it: at most an error comes back, but of a strict server.
  const isStrict = [returns, ...(returns?.args ?? [])].some((type) => own(type, /ResponseObject$/))
  if (!isStrict && returns?.name === 'tuple' && params.some(({ type }) => type !== null && isContext(type)))
    return false
  return (
    params.some(
      ({ type }) => (type !== null && isContext(type)) || own(type, /(?:RequestObject|Params|Req)$/),
    ) || [returns, ...(returns?.args ?? [])].some((type) => own(type, /(?:ResponseObject|Res)$/))
  )
}

const isContext = ({ name }: TypeRef): boolean =>
  name !== 'context.Context' && /(?:^|\.)(?:ResponseWriter|Context|Ctx)$/.test(name)

const lastOf = (name: string) => squeeze(name.slice(name.lastIndexOf('.') + 1))

const servedInGo = (all: readonly FuncValue[]) =>
  all.flatMap((by) => (by.owner && by.module.language === 'go' ? [{ fn: by.fn, owner: by.owner, by }] : []))

// Of several, first the one whose class or interface is named for a tag of the operation or a part of its path.
function implementing(
  run: Run,
  methods: ReadonlyMap<string, Method[]>,
  one: DescribedOperation,
): FuncValue[] {
  if (one.controller !== '') return listed(functionOf(run, one))
  if (/[.:]/.test(one.operationId)) return listed(namedFunction(run, one.operationId))
  const name = squeeze(one.operationId)
  const all = (methods.get(name) ?? []).filter(
    ({ fn, owner }) => owner.module.language !== 'go' || isServed(fn, name),
  )
  const words = [...one.tags, ...one.path.split('/')].map(squeeze).filter((word) => word.length > 2)
  const near = ({ owner }: Method) => {
    const names = [owner.cls.name, ...owner.cls.bases.map(({ name }) => name)].map(squeeze)
    return words.filter((word) =>
      names.some((name) => name.includes(word) || name.includes(word.replace(/s$/, ''))),
    ).length
  }
  return all
    .toSorted((a, b) => near(b) - near(a))
    .map(({ fn, owner }) => ({
      t: 'func',
      fn,
      scope: owner.scope,
      self: null,
      owner,
      module: owner.module,
      marks: [],
    }))
}

const listed = (one: FuncValue | null): FuncValue[] => (one ? [one] : [])

// A function of a module of JavaScript that is named by its path below some folder of controllers.
function functionOf({ project, interpreter }: Run, { controller, operationId }: DescribedOperation) {
  const name = controller.replace(/\.[cm]?[jt]s$/, '').replace(/^[./]+/, '')
  const all = [...project.modules.values()].filter(
    ({ language, path }) =>
      language === 'javascript' && `/${path.replace(/(?:\/index)?\.[cm]?[jt]sx?$/, '')}`.endsWith(`/${name}`),
  )
  const named = all.filter(({ path }) => /controllers?|handlers?|routes?/i.test(path))
  const [module, ...others] = named.length > 0 ? named : all
  const value = module && others.length === 0 ? interpreter.exported(module, operationId) : null
  return value?.t === 'func' ? value : null
}

// Connexion's dotted name of a function, and what routers of one's own make of it: `package.module:thing.method`.
function namedFunction(run: Run, name: string): FuncValue | null {
  const parts = name.split(/[.:]/)
  for (let cut = parts.length - 1; cut > 0; cut--) {
    const module = run.project.pythonNamed(parts.slice(0, cut).join('.'))
    if (!module) continue
    let value: Value | null = run.interpreter.runModule(module).get(parts[cut] ?? '')
    for (const member of parts.slice(cut + 1)) value = value && run.interpreter.memberOf(value, member, null)
    return value?.t === 'func' ? value : null
  }
  return null
}

// No framework is known to answer: nothing is implied.
const described: Pack = { framework: 'OpenAPI', language: 'javascript', uses: /$^/, syntax: 'braces' }

function operationOf(
  run: Run,
  contract: DescribedOperation,
  fn: FuncValue | null,
  pack: Pack | null = packOf(run, fn),
  alone: string | null = null,
): ContractOperation[] {
  if (!pack) return []
  const base: Omit<ContractOperation, 'template'> = {
    pack,
    method: contract.method,
    handlers: fn ? [fn] : [],
    errors: [],
    site: fn
      ? { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: fn.fn.name }
      : contract.site,
    through: fn ? [contract.site] : [],
    args: [],
    options: new Map(),
    // A function of JavaScript is given what its framework gives to any handler.
    fn: fn?.module.language === 'javascript' ? null : fn,
    contract,
    checksAll: checksAll(run, pack),
  }
  const { owner } = fn ?? {}
  const rules = pack.annotations
  // A controller's own path stands before that of the interface.
  const prefixes = owner && rules ? classBases(run.interpreter, rules, owner) : [alone ?? '']
  return prefixes.flatMap((prefix) =>
    templatesOf(
      alone === null ? joined(prefix, contract.path) : `${prefix}${contract.ownPath}`,
      'braces',
    ).map((template): ContractOperation => {
      const made = { ...base, template: { ...template, isUnsure: false } }
      if (!owner || !rules || !fn) return made
      const extra: Omit<AnnotatedOperation, keyof FoundOperation> & { fn: FuncValue } = {
        owner,
        fn,
        bound: boundBy(contract, fn.fn, owner),
        statuses: null,
        locators: [],
        guards: guardsOf(
          rules,
          [
            ...annotationsOf(run.interpreter, fn.fn.decorators, owner.scope, owner),
            ...annotationsOf(run.interpreter, owner.cls.decorators, owner.scope, owner),
          ].map((each) => ({ each, from: owner })),
        ),
      }
      return { ...made, ...extra }
    }),
  )
}

/**
 * Which parameter of a method is which of the description: generators write those that are required first, the body last of them, each by its name in another
 * case; the method may call it as it likes.
 */
function boundBy({ parameters, body }: DescribedOperation, fn: Func, owner: ClassRef): BoundParameter[] {
  const all = [...parameters, ...(body ? [null] : [])]
  const isAsked = (one: (typeof all)[number]) => (one ? one.isRequired : body?.isRequired === true)
  const inOrder = [...all.filter(isAsked), ...all.filter((one) => !isAsked(one))]
  const named = (text: string) => parameters.find(({ name }) => squeeze(name) === squeeze(text))
  return fn.params.flatMap((param, index): BoundParameter[] => {
    const one = named(param.name) ?? (inOrder.length === fn.params.length ? inOrder[index] : null)
    const place = parameterPlaces.find((each) => each === one?.in)
    return one && place
      ? [
          {
            in: place,
            name: one.name,
            param,
            owner,
            isRequired: one.isRequired,
            otherwise: undefined,
            media: '',
            annotations: [],
          },
        ]
      : []
  })
}

// The server of a description may already end as the controller's path does.
function joined(prefix: string, path: string): string {
  if (prefix === '' || path === prefix || path.startsWith(`${prefix}/`) || path.includes(`${prefix}/`))
    return path
  return `${prefix}${path}`
}

function packOf(run: Run, fn: FuncValue | null): Pack | null {
  const language = fn?.module.language
  const mine = run.packs.filter((pack) => language === undefined || pack.language === language)
  if (language === 'javascript') return mine.find(({ framework }) => framework === 'Express') ?? null
  return mine.find((pack) => pack.annotations !== undefined) ?? mine[0] ?? null
}
