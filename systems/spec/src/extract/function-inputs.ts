import { orNothing } from './given-nothing.ts'
import { schemeCredential } from '../packs/credentials.ts'
import type { Param, TypeRef } from '../parse/ir.ts'
import { simpleName } from '../resolve/annotations.ts'
import { argOf } from '../packs/status.ts'
import { unwrap } from '../resolve/lookup.ts'
import type { ArgValue, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { noteWritten } from '../resolve/declared.ts'
import { asMade } from '../resolve/made-beans.ts'
import { each, symbol, textOf, writtenAt } from '../resolve/values.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'
import { withoutNull } from '../facts/shape.ts'
import type { Shape } from '../facts/shape.ts'
import { defaultText, ofItems } from './shapes.ts'
import type { Shapes } from './shapes.ts'
import type { FunctionInput } from './function-input.ts'
import { pagedInputs, patchOf } from './paged-inputs.ts'
import { aliasedType } from './python-aliases.ts'
import { taggedInputs } from './tagged-inputs.ts'
import { ownTable } from '../parse/own-table.ts'

/** What FastAPI injects: a function or class whose own parameters are the request's, or a scheme of authentication. */
export interface Dependency {
  value: Value
  site: Site
  /** Asked for by a route or a router: what it gives nobody gets. */
  isUnused?: true
}

/** Where what is marked so is of the request. */
export const places: Record<string, FunctionInput['in']> = ownTable({
  Query: 'query',
  Path: 'path',
  Header: 'header',
  Cookie: 'cookie',
  Body: 'body',
  Form: 'form',
  File: 'form',
})
/** Whether a call says that FastAPI is to inject something. */
export const isDependency = (path: string) => /(?:^|\.)(?:Depends|Security)\(\)$/.test(path)
const formMedia = 'multipart/form-data'
// "Header Parameters": what stands for hyphens, unless the code says that it does not.
const headerName = (name: string, marker: Value | null): string =>
  marker?.t === 'symbol' &&
  marker.args.some(
    (arg) => arg.name === 'convert_underscores' && arg.value.t === 'const' && arg.value.v === false,
  )
    ? name
    : name.replaceAll('_', '-')
// Types of parameters that a container of the program fills.
const provided = /^(?:NamedDependency|FromDishka|FromComponent)$/
const isNoSingle = (shape: Shape): boolean =>
  shape.type === 'model' ||
  shape.type === 'array' ||
  shape.type === 'map' ||
  (shape.type === 'union' && shape.of.some(isNoSingle))
const simple = /^(?:string|number|integer|boolean)$/
// Litestar, "Parameters": `Parameter(header="X-Key")` names place and name.
function placeSaid({ args }: SymbolValue): { place: 'header' | 'cookie' | 'query'; name: string } | null {
  for (const place of ['header', 'cookie', 'query'] as const) {
    const name = textOf(argOf(args, place))
    if (name !== null) return { place, name: place === 'header' ? name.toLowerCase() : name }
  }
  return null
}
// `Body(media_type=RequestEncodingType.MULTI_PART)`
const isForm = (marker: Value | null): boolean => {
  const media = marker?.t === 'symbol' ? argOf(marker.args, 'media_type') : undefined
  return media?.t === 'symbol'
    ? /\.(?:MULTI_PART|URL_ENCODED)$/.test(media.path)
    : /form/.test(textOf(media) ?? '')
}
const injected = /(?:^|\.)(?:Request|Response|BackgroundTasks|WebSocket|HTTPConnection|SecurityScopes)$/

/** Inputs that the parameters of a function are, and its dependencies, by FastAPI's rules ("Dependencies", "Body - Multiple Parameters"). */
export function functionInputs(run: Run, shapes: Shapes, operation: FoundOperation): FunctionInput[] {
  if (operation.pack.functionParameters === 'tags') return taggedInputs(run, shapes, operation)
  if (operation.pack.functionParameters !== 'fastapi') return []
  const inputs: FunctionInput[] = []
  const embedded = new Set<FunctionInput>()
  const seen = new Set<unknown>()
  // `via`: the parameters that ask for it, from the handler's on.
  const fromFunction = (fn: FuncValue, via: readonly Site[]) => {
    const original = fn.marks.find((mark) => mark.t === 'func')
    const own = original?.t === 'func' ? original : fn
    if (seen.has(own.fn)) return
    seen.add(own.fn)
    const params = own.owner && !own.fn.isStatic ? own.fn.params.slice(1) : own.fn.params
    const isGiven = operation.pack.isGivenRequest === true
    for (const param of params.slice(isGiven ? 1 : 0)) fromParam(own, param, via)
  }
  const fromParam = (fn: FuncValue, param: Param, via: readonly Site[]) => {
    const inside = [...via, siteOf(fn, param)]
    if (param.isRest) return
    const { value, type, scope } = declared(run, fn, param, operation.provides)
    const marker = value && value.t === 'symbol' ? simpleName(value.path.replace(/\(\)$/, '')) : ''
    if (operation.pack.named?.given.includes(param.name) || marker === 'Dependency') return
    if (marker === 'Depends' || marker === 'Security') {
      const given =
        value?.t === 'symbol'
          ? (argOf(value.args, { at: 0, name: 'dependency' }) ?? typeValue(run, fn, param))
          : null
      const form =
        value?.t === 'symbol' && type && !argOf(value.args, { at: 0, name: 'dependency' })
          ? pathOf(run, fn, type.name)
          : given?.t === 'symbol'
            ? given.path
            : ''
      for (const field of operation.pack.forms?.[form] ?? [])
        inputs.push({
          ...field,
          in: 'form',
          isFramework: true,
          media: formMedia,
          site: siteOf(fn, param),
          more: [...via],
        })
      for (const one of given ? each(given) : []) {
        for (const dependency of handlerFunctions(one)) fromFunction(dependency, inside)
        if (one.t === 'class') {
          const init = run.interpreter.lookup.method(one.ref, '__init__')
          if (init)
            fromFunction(
              {
                t: 'func',
                fn: init.fn,
                scope: init.owner.scope,
                self: null,
                owner: init.owner,
                module: init.owner.module,
                marks: [],
              },
              inside,
            )
          else
            for (const field of shapes.fieldsOf(one.ref))
              inputs.push({
                in: 'query',
                name: field.name,
                shape: withoutNull(field.shape),
                isRequired: field.isRequired,
                constraints: field.constraints,
                media: '',
                site: siteOf(fn, param),
                more: [...via],
              })
        }
        if (one.t === 'object' && one.ref) {
          const call = run.interpreter.lookup.method(one.ref, '__call__')
          if (call)
            fromFunction(
              {
                t: 'func',
                fn: call.fn,
                scope: call.owner.scope,
                self: one,
                owner: call.owner,
                module: call.owner.module,
                marks: [],
              },
              inside,
            )
        }
      }
      return
    }
    if (type && (injected.test(pathOf(run, fn, type.name)) || provided.test(type.name))) return
    const single = type ? unwrap(type) : null
    const patched = patchOf(pathOf(run, fn, type?.name ?? ''), type, scope, shapes)
    if (patched) {
      inputs.push({ ...patched, name: param.name, site: siteOf(fn, param), more: [...via] })
      return
    }
    const { shape: typed, constraints } = shapes.ofDeclared(
      { type, decorators: [], tag: '', value: null },
      scope,
      0,
      null,
    )
    // What may be null may be left out: outside of a body nothing is sent for it.
    const bare = withoutNull(typed)
    // "Request Files": bytes of a file are one.
    const shape: Shape = marker === 'File' && bare.type === 'string' ? { type: 'file' } : bare
    // What is no single value is the body, where nothing says that it is of the query.
    const isWhole = isNoSingle(shape)
    const isFile = shape.type === 'file' || (shape.type === 'array' && shape.items.type === 'file')
    const inPath = operation.template.variables.some(({ name }) => name === param.name)
    const { named } = operation.pack
    const said = named && value?.t === 'symbol' && marker === named.marker ? placeSaid(value) : null
    const isMarked = value?.t === 'symbol' && (places[marker] !== undefined || marker === named?.marker)
    const found = isMarked && value?.t === 'symbol' ? shapes.ofFieldCall(value) : null
    // What is neither the body, nor of the path, nor a simple value is provided.
    const isOther = isWhole && !(shape.type === 'array' && simple.test(shape.items.type))
    if (named && !said && param.name !== named.body && !inPath && (isOther || shape.type === 'unknown'))
      return
    const ofName = named
      ? (said?.place ?? (inPath ? 'path' : param.name === named.body ? null : 'query'))
      : null
    const ofBody = named && param.name === named.body ? (isForm(value) ? 'form' : 'body') : null
    const place =
      ofName ?? ofBody ?? places[marker] ?? (inPath ? 'path' : isFile ? 'form' : isWhole ? 'body' : 'query')
    const alias =
      said?.name ??
      (value?.t === 'symbol' ? textOf(value.args.find(({ name }) => name === 'alias')?.value) : null)
    const name = alias ?? (place === 'header' ? headerName(param.name, value) : param.name)
    const own = param.default === null && found === null
    const isGiven =
      isMarked && param.default !== null && isDefault(param, marker)
        ? found?.isRequired
        : param.default === null
    const otherwise =
      param.default && value?.t !== 'symbol' ? run.interpreter.evaluateIn(param.default, fn.scope) : null
    const fallback =
      found && param.default !== null && isDefault(param, marker)
        ? defaultText(found.default)
        : defaultText(otherwise)
    const isRequired = place === 'path' || (own ? true : (isGiven ?? false))
    if (shape.type === 'model' && place !== 'body' && place !== 'path') {
      // "Query Parameter Models", and those of headers, cookies and forms: each field is one of them.
      for (const field of shapes.models.get(shape.name)?.fields ?? [])
        inputs.push({
          in: place,
          name: place === 'header' ? headerName(field.name, value) : field.name,
          shape: withoutNull(field.shape),
          isRequired: field.isRequired,
          constraints: field.constraints,
          media: place === 'form' ? formMedia : '',
          site: siteOf(fn, param),
          more: [...via],
        })
      return
    }
    const isEmbedded =
      place === 'body' &&
      value?.t === 'symbol' &&
      value.args.some((arg) => arg.name === 'embed' && arg.value.t === 'const' && arg.value.v === true)
    const input: FunctionInput = {
      in: place,
      name,
      shape: isEmbedded
        ? { type: 'object', fields: [{ name, shape, isRequired, constraints }] }
        : shape.type === 'unknown' && single === null
          ? { type: 'string' }
          : shape,
      isRequired,
      ...(fallback === undefined ? {} : { default: fallback }),
      constraints: noteWritten(
        [
          ...constraints,
          ...(found?.constraints ?? []).map((one) => (shape.type === 'array' ? ofItems(one) : one)),
        ].filter(
          (one, index, all) =>
            all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index,
        ),
        fallback === undefined ? [] : writtenAt([found?.default ?? otherwise]),
      ),
      media: place === 'form' ? formMedia : 'application/json',
      site: siteOf(fn, param),
      more: [...via],
    }
    if (isEmbedded) embedded.add(input)
    inputs.push(input)
  }
  for (const value of operation.handlers)
    for (const fn of handlerFunctions(value)) {
      for (const { value: given, site } of classDependencies(run, fn))
        for (const asked of handlerFunctions(given)) fromFunction(asked, [site])
      fromFunction(fn, [])
      inputs.push(...pagedInputs(fn, operation.site))
    }
  for (const { value, site } of dependenciesOf(operation))
    for (const fn of handlerFunctions(value)) fromFunction(fn, [site])
  return withOneBody(inputs, embedded)
}

// Of several parameters that are the body's each is a field of it, by its name.
function withOneBody(
  inputs: readonly FunctionInput[],
  embedded: ReadonlySet<FunctionInput>,
): FunctionInput[] {
  const bodies = inputs.filter((one) => one.in === 'body')
  // "Request Forms and Files": beside one of a form all that is read of the body is of the form.
  if (bodies.length > 0 && inputs.some((one) => one.in === 'form'))
    return inputs.map((one): FunctionInput => {
      if (one.in !== 'body') return one
      const [field] = embedded.has(one) && one.shape.type === 'object' ? one.shape.fields : []
      return { ...one, ...(field ? { shape: field.shape } : {}), in: 'form', media: formMedia }
    })
  const [first] = bodies
  if (!first || bodies.length === 1) return [...inputs]
  const fields = bodies.flatMap((one) =>
    embedded.has(one) && one.shape.type === 'object'
      ? one.shape.fields
      : [{ name: one.name, shape: one.shape, isRequired: one.isRequired, constraints: one.constraints }],
  )
  return [
    ...inputs.filter((one) => one.in !== 'body'),
    {
      ...first,
      shape: { type: 'object', fields },
      isRequired: fields.some(({ isRequired }) => isRequired),
      constraints: [],
      more: [...(first.more ?? []), ...bodies.slice(1).map(({ site }) => site)],
    },
  ]
}

// `x: int = Query(10)` has its default inside; `x: Annotated[int, Query()] = 10` beside.
function isDefault(param: Param, marker: string): boolean {
  const call = param.default
  return (
    call?.k === 'call' &&
    (call.callee.k === 'name' ? call.callee.name : call.callee.k === 'member' ? call.callee.name : '') ===
      marker
  )
}

/** The marker of a parameter (`Query(…)`, `Depends(…)`), from its default or its `Annotated` type, behind aliases of types. */
export function declared(run: Run, fn: FuncValue, param: Param, provides?: ReadonlyMap<string, Value>) {
  let { type } = param
  let scope = fn.scope
  for (let hop = 0; type && hop < 3 && !type.annotations; hop++) {
    const alias = aliasedType(run.interpreter, type, scope)
    if (!alias) break
    type = alias.type
    scope = alias.scope ?? scope
  }
  // Django Ninja, "Request Body": `Query[int]` is what `Annotated[int, Query()]` is.
  const [inner, ...others] = type?.args ?? []
  const marking = type && inner && others.length === 0 ? pathOf(run, fn, type.name) : ''
  if (marking.startsWith('ninja.') && places[simpleName(marking)])
    return { value: symbol(`${marking}()`, param.name), type: inner ?? null, scope }
  const annotation = (type?.annotations ?? [])
    .map((one) => run.interpreter.evaluateIn(one, scope))
    .find((one): one is SymbolValue => one.t === 'symbol')
  const given = param.default ? run.interpreter.evaluateIn(param.default, fn.scope) : null
  const own = given?.t === 'symbol' && given.path.endsWith('()') ? given : (annotation ?? given)
  const source = own?.t === 'symbol' ? undefined : provides?.get(param.name)
  const value = source ? symbol('Depends()', param.name, { args: [{ name: null, value: source }] }) : own
  return { value, type, scope }
}

/** What FastAPI hands to a function for the parameters that ask for a dependency: what a scheme finds is of the request. */
export function dependencyArguments(
  run: Run,
  fn: FuncValue,
  operation: FoundOperation,
  depth = 0,
): ArgValue[] {
  const { provides } = operation
  const { lookup } = run.interpreter
  const asked = fn.fn.params.flatMap((param) => {
    const { value, type, scope } = declared(run, fn, param, provides)
    if (value?.t !== 'symbol' || !isDependency(value.path)) return []
    const given = argOf(value.args, { at: 0, name: 'dependency' })
    const shown = given ? schemeCredential(schemePath(run, given), argsOf(given)) : null
    return [{ param, type, scope, given, shown: shown && `${shown.in}.${shown.name}` }]
  })
  return asked.map(({ param, type, scope, given, shown }): ArgValue => {
    // Of two schemes that look at one header each finds what the other does not.
    const isAlone = shown !== null && asked.filter((one) => one.shown === shown).length === 1
    const text = isAlone ? shown : param.name
    const made =
      given?.t === 'func' && depth < maxDependencies ? madeBy(run, given, operation, text, depth) : null
    const isGiven = given?.t === 'func' && run.meaning.gives.has(given.fn)
    const lacking = given?.t === 'func' ? run.meaning.givesNothing.get(given.fn) : undefined
    if (made)
      return { name: param.name, value: orNothing(isGiven ? { ...made, isThere: true } : made, lacking) }
    const found =
      type || given?.t !== 'func'
        ? lookup.instanceOf(type, scope, text)
        : lookup.instanceOf(yielded(given.fn.returns), given.scope, text)
    // What whoever else asks is refused is there; a scheme of FastAPI's refuses by itself, unless it is told not to.
    const refuses =
      given?.t === 'func'
        ? run.meaning.gives.has(given.fn)
        : given?.t === 'symbol' && given.path.startsWith('fastapi.security.') && !isOff(given)
    const whole: Value = refuses && found.t === 'symbol' ? { ...found, isThere: true } : found
    return { name: param.name, value: orNothing(whole, lacking) }
  })
}

/** Dependencies of dependencies that are followed to what is made of them. */
const maxDependencies = 4

// A thing of a class of the repository that a dependency makes, with what it is made of.
function madeBy(
  run: Run,
  given: FuncValue,
  operation: FoundOperation,
  text: string,
  depth: number,
): SymbolValue | null {
  const type = yielded(given.fn.returns)
  const target = type && run.interpreter.lookup.typeTarget(type.name, given.scope)
  if (!target || typeof target === 'string') return null
  const site = { module: given.module, start: given.fn.start, end: given.fn.headEnd, symbol: given.fn.name }
  const value = run.interpreter.asSetUp(() =>
    run.interpreter.call(given, dependencyArguments(run, given, operation, depth + 1), site),
  )
  return asMade(value, text)
}

// What a function gives that is a dependency: of one that yields what it yields.
const yielded = (type: TypeRef | null): TypeRef | null =>
  type && /^(?:typing\.|collections\.abc\.)?(?:Async)?(?:Iterator|Iterable|Generator)$/.test(type.name)
    ? (type.args[0] ?? null)
    : type

/** Whether a scheme of FastAPI's is told to let everybody pass, or may be. */
export const isOff = (scheme: Value): boolean =>
  argsOf(scheme).some(
    ({ name, value, isSpread }) =>
      isSpread || (name === 'auto_error' && !(value.t === 'const' && value.v === true)),
  )

const argsOf = (value: Value) => (value.t === 'symbol' || value.t === 'object' ? value.args : [])

/** The class of FastAPI's that a scheme is of, or that its class extends. */
export const schemePath = (run: Run, value: Value): string =>
  value.t === 'object' && value.ref
    ? (run.interpreter.lookup.ancestry(value.ref).find((name) => name.startsWith('fastapi.security.')) ?? '')
    : value.t === 'symbol' && value.path.startsWith('fastapi.security.')
      ? value.path
      : ''

function typeValue(run: Run, fn: FuncValue, param: Param): Value | null {
  if (!param.type) return null
  const target = run.interpreter.lookup.typeTarget(param.type.name, fn.scope)
  return typeof target === 'string' ? null : { t: 'class', ref: target }
}

function pathOf(run: Run, fn: FuncValue, name: string): string {
  const target = run.interpreter.lookup.typeTarget(name, fn.scope)
  return typeof target === 'string' ? target : ''
}

function siteOf(fn: FuncValue, param: Param): Site {
  return {
    module: fn.module,
    start: param.start,
    end: param.end,
    symbol: fn.owner ? `${fn.owner.cls.name}.${fn.fn.name}` : fn.fn.name,
  }
}

/** Dependencies that a route or its routers ask for beside the function's own, and where. */
export const dependenciesOf = ({
  handlers,
  handlersAt,
  site,
}: FoundOperation): (Dependency & Pick<AskedFunction, 'scopes'>)[] =>
  handlers.slice(0, -1).flatMap((value) =>
    value.t === 'symbol'
      ? value.args
          .filter(({ name }) => name !== 'scopes')
          .map((arg) => ({
            value: arg.value,
            site: value.site ?? handlersAt?.get(value) ?? site,
            scopes: withScopes([], value.args),
          }))
      : [],
  )

// Of a class that has its routes as methods: what its fields ask for, the inherited ones too.
function classDependencies(run: Run, fn: FuncValue): Dependency[] {
  const found: Dependency[] = []
  const chain = fn.owner ? [fn.owner] : []
  for (let at = 0; at < chain.length && at < 12; at++) {
    const ref = chain[at]
    if (!ref) break
    chain.push(...run.interpreter.lookup.basesOf(ref).filter((base) => !chain.includes(base)))
    for (const { value, start, end } of ref.cls.fields) {
      const given = value ? run.interpreter.evaluateIn(value, ref.scope) : null
      if (given?.t !== 'symbol' || !isDependency(given.path)) continue
      const site = { module: ref.module, start, end, symbol: ref.cls.name }
      const asked = argOf(given.args, { at: 0, name: 'dependency' })
      for (const one of asked ? each(asked) : []) found.push({ value: one, site })
    }
  }
  return found
}

/** A function that runs before a handler, and the scopes that those who ask for it ask for (FastAPI, "OAuth2 scopes"): null where one is not known. */
interface AskedFunction {
  fn: FuncValue
  scopes: readonly Value[] | null
}

/** Functions that run before a handler because its parameters ask for them, the innermost first. */
export function dependencyFunctions(
  run: Run,
  operation: FoundOperation,
): { functions: AskedFunction[]; schemes: Dependency[] } {
  const functions: AskedFunction[] = []
  const schemes: Dependency[] = []
  const seen = new Set<unknown>()
  const visit = (fn: FuncValue, scopes: AskedFunction['scopes']) => {
    const original = fn.marks.find((mark) => mark.t === 'func')
    const own = original?.t === 'func' ? original : fn
    if (seen.has(own.fn)) return
    seen.add(own.fn)
    for (const param of own.fn.params) {
      const { value } = declared(run, own, param, operation.provides)
      if (value?.t !== 'symbol' || !isDependency(value.path)) continue
      const given = argOf(value.args, { at: 0, name: 'dependency' }) ?? typeValue(run, own, param)
      const more = withScopes(scopes, value.args)
      for (const one of given ? each(given) : []) add(one, siteOf(own, param), more)
    }
  }
  const add = (
    value: Value,
    site: Site,
    scopes: AskedFunction['scopes'],
    unused: Pick<Dependency, 'isUnused'> = {},
  ) => {
    if (run.meaning.knownOf(value, operation.pack).length > 0) schemes.push({ value, site })
    else if (value.t === 'symbol' && /fastapi\.security\./.test(value.path))
      schemes.push({ value, site, ...unused })
    if (value.t === 'object' && value.ref) {
      const ancestry = run.interpreter.lookup.ancestry(value.ref)
      const call = run.interpreter.lookup.method(value.ref, '__call__')
      if (call) {
        const fn: FuncValue = {
          t: 'func',
          fn: call.fn,
          scope: call.owner.scope,
          self: value,
          owner: call.owner,
          module: call.owner.module,
          marks: [],
        }
        visit(fn, scopes)
        functions.push({ fn, scopes })
        // It asks the scheme that it extends.
        if (
          /\bsuper\(\)\.__call__\(/.test(fn.module.text.slice(fn.fn.start, fn.fn.end)) &&
          schemePath(run, value) !== ''
        )
          schemes.push({ value, site, ...unused })
      } else if (ancestry.some((name) => name.startsWith('fastapi.security.')))
        schemes.push({ value, site, ...unused })
    }
    if (value.t === 'class') {
      const init = run.interpreter.lookup.method(value.ref, '__init__')
      if (init) {
        const self: Value = {
          t: 'object',
          props: new Map(),
          ref: value.ref,
          args: [],
          isOpen: true,
          site: null,
        }
        const { owner } = init
        const fn: FuncValue = {
          t: 'func',
          fn: init.fn,
          scope: owner.scope,
          self,
          owner,
          module: owner.module,
          marks: [],
        }
        visit(fn, scopes)
        functions.push({ fn, scopes })
      }
    }
    for (const fn of value.t === 'func' ? [value] : []) {
      visit(fn, scopes)
      functions.push({ fn, scopes })
    }
  }
  // What a route and its routers ask for comes before what its function does.
  for (const { value, scopes } of dependenciesOf(operation))
    add(value, operation.site, scopes, { isUnused: true })
  for (const value of operation.handlers.slice(-1))
    for (const fn of handlerFunctions(value)) {
      for (const { value: given, site } of classDependencies(run, fn)) add(given, site, [])
      visit(fn, [])
    }
  return { functions, schemes }
}

function withScopes(scopes: AskedFunction['scopes'], args: readonly ArgValue[]): AskedFunction['scopes'] {
  const given = argOf(args, 'scopes')
  if (!given || scopes === null) return scopes
  return given.t === 'list' && !given.isOpen ? [...scopes, ...given.items] : null
}

/** The scopes that a route or a router asks for with what it asks for; null of anything else. */
export const scopesAsked = (value: Value): AskedFunction['scopes'] =>
  value.t === 'symbol' && isDependency(value.path) ? withScopes([], value.args) : null

/** What a function that asks for the scopes is given: those of all that lead to it. */
export function scopeArguments(run: Run, { fn, scopes }: AskedFunction): ArgValue[] {
  return fn.fn.params.flatMap(({ name, type }): ArgValue[] => {
    if (scopes === null || !type || !/(?:^|\.)SecurityScopes$/.test(pathOf(run, fn, type.name))) return []
    const given: Value = { t: 'list', items: [...scopes], isOpen: false }
    const props = new Map([['scopes', given]])
    return [{ name, value: { t: 'object', props, ref: null, args: [], isOpen: true, site: null } }]
  })
}
