import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Field } from '../facts/shape.ts'
import { registeredWhen } from './registered-when.ts'
import { unchained } from '../packs/go-chains.ts'
import { isLeftOut } from '../packs/marked-handlers.ts'
import { isFunction } from '../packs/router.ts'
import type { Entry, PlacedMethod, Router } from '../packs/router.ts'
import { joinPaths, knownOfRegex, pathTexts, templatesOf, plainWays, unknownPart } from '../packs/path.ts'
import type { PathTemplate } from '../packs/path.ts'
import { versionBefore } from './versioned-paths.ts'
import type { Pack } from '../packs/pack.ts'
import type { Class } from '../parse/ir.ts'
import type { Outcome } from '../resolve/running.ts'
import { linesOf, numberOf, textOf } from '../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, Site, Value } from '../resolve/values.ts'
import type { Caught } from './caught.ts'

/** What pipes of NestJS stand before a handler: its own one that checks, one of another kind, and whether texts are made into what parameters are. */
export interface NestPipes {
  checks: boolean
  isOwn: boolean
  makes: boolean
}

/** One operation as the code has it, before it is looked into. */
export interface FoundOperation {
  pack: Pack
  method: string
  template: PathTemplate
  /** Middleware, then the handler. */
  handlers: Value[]
  /**
   * `status`: of what an error's handler gives back, where that says none (`own`: that of the error); `site`: what says so, where it is no function. `rank`: the place of those that belong
   * together (Spring's advices) among others, null where only the program knows it.
   */
  errors: {
    handler: Value
    type: Value | null
    status?: number | 'own'
    /** Each is answered by its own status, and not with what it says. */
    isOwn?: true
    /** Paths that it is for, where it is not for all. */
    below?: readonly string[]
    /** Errors of what stands outside of it (guards of Nest) do not pass it. */
    isInner?: true
    /** Go: middleware that errors of what it hands on to pass on their way. */
    isAround?: true
    /** Python: what a decorator makes of an error that the function which it wraps raises. */
    catches?: (error: Value) => Caught
    /** It is middleware: all handlers of errors are asked before. */
    isOutermost?: true
    /** It may leave an error to what comes after it. */
    mayPass?: true
    site?: Site
    rank?: { group: Class; order: number | null }
  }[]
  /** Go: the router that its path was followed up to, where nothing was seen to serve that one. */
  unserved?: Site
  /** Where it is routed, then what leads there. */
  site: Site
  through: Site[]
  args: ArgValue[]
  options: ReadonlyMap<string, Value>
  /** Of annotated classes: the function with its parameters. */
  fn: FuncValue | null
  /** What the framework runs around the handler: guards, pipes, filters of requests. */
  around?: readonly Around[]
  /** The name of its route, where the framework has one and code may ask for it. */
  endpoint?: string
  /** Names by which code and tests ask for its path. */
  names?: readonly string[]
  /** Functions that run before all handlers, with no place among them. */
  before?: readonly Value[]
  /** What the program asks before it routes this; absent where it always does. */
  when?: Condition
  /** The same of middleware that only some settings put before it. */
  handlersWhen?: ReadonlyMap<Value, Condition>
  /** Where middleware is put before it, where that is not where it is routed. */
  handlersAt?: ReadonlyMap<Value, Site>
  /** Where a framework takes the path of a mount off what code below it sees: that path, for each of its handlers; null where it differs. */
  belowOf?: ReadonlyMap<Value, string | null>
  /** How many of its handlers, at the end, are its route's own: the others come before all that is below them. */
  own?: number
  /** The name of its route, and of those that come first and may answer what is asked of it. */
  route?: string
  earlier?: readonly EarlierRoute[]
  /** What comes to it of what is asked of it: others are answered before. */
  behind?: Condition
  /** Of class-based views: the class, and its method that answers. */
  view?: { ref: ClassRef; action: string }
  /** What rules of the program ask of its path. `isUnsure`: another one, whose paths are not known, may come before. */
  secured?: {
    guard: 'authentication' | 'role'
    roles: string[]
    when: Condition
    site: Site
    isUnsure: boolean
    /** What it is called by that asks, where that is none of Spring Security's rules. */
    name?: string
    through?: readonly Site[]
  }[]
  /** Spring Security: what its chain answers who is refused by an error that code throws. */
  denied?: { unknown: number; forbidden: number; isForAll: boolean }
  /** A handler of all paths below one asks for this one by itself, or for some others than what is left for it. */
  asksPath?: 'own' | 'others'
  /** The folder of the program that it belongs to, where another one answers the same requests. */
  program?: string
  /** What raises an error stands around the handlers of errors: it is answered with this status, whatever it is, where none takes it. */
  raisedAs?: number
  /** What its functions are given by name. */
  provides?: ReadonlyMap<string, Value>
  /** The status of a request that does not fit, where the program gives it another; 0 where there is none. */
  invalidStatus?: number
  /** Nest: the pipes before it, and of which parts of a request one checks the classes. */
  pipes?: NestPipes & { checked: ReadonlySet<string> }
  /** Nest: files that an interceptor takes out of its body. */
  uploads?: readonly Field[]
  /** Nest: what interceptors make of what it gives, and where. */
  mapped?: (given: Value) => { value: Value; at: Site[] }
  /** The method of a controller that it stands for. */
  of?: PlacedMethod
  /** What an API description says of it by which it is routed. */
  contract?: object
  /** What stands before the handler checks all that it takes, bodies with all that they hold. */
  checksAll?: boolean
  /** Go: the name under which an error is kept in the request for the middleware that answers it. */
  keptAs?: string
  /** Callers sign in here: whom it refuses is no guard's. */
  isSignIn?: true
}

/** A route that comes before another one and fits what is asked of it. */
export interface EarlierRoute {
  route: string
  title: string
  /** It is of the same path, not of another one that fits. */
  isSame: boolean
}

/** One thing that runs before a handler and may refuse: running it notes what it does. */
export interface Around {
  /** Gives the ways on which it lets a request pass by coming back, where it says so. */
  run(): readonly Outcome[] | void
  /** What it throws comes to handlers of errors that stand around all of it alone. */
  isOutside?: true
  /** Where only a setting puts it there. */
  when?: Condition
}

/** Everything that a router answers, with prefixes, middleware and error handlers of what it is mounted in. */
export function flattenRouter(root: Router): FoundOperation[] {
  const found: FoundOperation[] = []
  const whole = [{ text: '', isRegex: false, isUnsure: false }]
  walk(root, whole, whole, [], forAll(root), errorsForAll(root), [], [], new Set(), new Map(), found)
  return found
}

const hasOther = ({ entries }: Router, above: readonly FoundOperation['errors'][number][]): boolean =>
  above.length > 0 || entries.some((entry) => entry.kind === 'error' && !entry.when)

const pathsBelow = (here: readonly Prefix[], path: Value, router: Router): string[] =>
  here.flatMap((prefix) =>
    pathTexts(path).flatMap(({ text }) => {
      const joined = joinPaths([prefix.text, text.replace(/\/?\*$/, '')], false)
      return templatesOf(joined, syntaxOf(router, joined)).map((one) => one.path)
    }),
  )

// What any part of a program has run before all of its requests.
function forAll(router: Router, above: ReadonlySet<Router> = new Set()): Value[] {
  if (above.has(router)) return []
  const inside = new Set([...above, router])
  return router.entries.flatMap((entry) => {
    if (entry.kind === 'before') return entry.isForAll ? [entry.handler] : []
    return entry.kind === 'mount' ? forAll(entry.child, inside) : []
  })
}

// What any part of a program answers errors of all of it with.
function errorsForAll(router: Router, above: ReadonlySet<Router> = new Set()): FoundOperation['errors'] {
  if (above.has(router)) return []
  const inside = new Set([...above, router])
  return router.entries.flatMap((entry) => {
    if (entry.kind === 'error') return entry.isForAll ? [{ handler: entry.handler, type: entry.type }] : []
    return entry.kind === 'mount' ? errorsForAll(entry.child, inside) : []
  })
}

/** Middleware before a route, and the paths below which it runs; null is all. */
interface Before {
  value: Value
  below: string[] | null
  /** It runs for these paths alone. */
  isExact?: boolean
  when?: readonly Condition[]
  site: Site
  /** What it is mounted at, where the framework takes that off the path that it sees. */
  taken: readonly string[]
}

// A router that is not known writes `:id` as most do.
const syntaxOf = ({ isLearned, pack }: Pick<Router, 'isLearned' | 'pack'>, path: string) =>
  (isLearned || pack.wasColon) && /\/:\w/.test(path) ? 'colon' : pack.syntax

const unnamed = (path: string) => path.replaceAll(/\{[^{}]*\}/g, '{}')
const isAlike = (path: string, other: string): boolean =>
  unnamed(path).replace(/\/$/, '') === unnamed(other).replace(/\/$/, '')
const isBelow = (path: string, prefix: string): boolean => {
  const [own, above] = [unnamed(path), unnamed(prefix)]
  return own === above || own.startsWith(above.endsWith('/') ? above : `${above}/`)
}

// Handlers of all methods (`router.route('/a').all(signedIn).get(…)`, `app.all('/api/*', signedIn)`) that are given what comes next, where that is a route.
function isPassedBy(
  { methods, path, handlers }: Extract<Entry, { kind: 'route' }>,
  router: Router,
  later: readonly Entry[],
  here: readonly Prefix[],
): boolean {
  const given = router.pack.parameters ?? []
  const last = handlers.at(-1)
  if (router.pack.language !== 'javascript' || methods[0] !== '*' || path === null) return false
  const isWild = pathTexts(path).some(({ text }) => text.endsWith('*'))
  // What a library makes (`.all(passport.authenticate('jwt'))`) hands on what has the very same path: else nothing would answer there.
  const isOfLibrary = last?.t === 'symbol' && !isWild
  const isHandingOn =
    last?.t === 'func' && given.at(-1)?.endsWith(':next') === true && last.fn.params.length >= given.length
  if (!isHandingOn && !isOfLibrary) return false
  const own = pathsBelow(here, path, router)
  return later.some(
    (one) =>
      one.kind === 'route' &&
      one.path !== null &&
      one.methods[0] !== '*' &&
      pathsBelow(here, one.path, router).some((text) =>
        own.some((prefix) => (isWild ? isBelow(text, prefix) : isAlike(text, prefix))),
      ),
  )
}

interface Prefix {
  text: string
  isRegex: boolean
  isUnsure: boolean
}

function walk(
  router: Router,
  prefixes: readonly Prefix[],
  // What was taken off the path that it sees.
  taken: readonly Prefix[],
  before: readonly Before[],
  first: readonly Value[],
  errors: readonly FoundOperation['errors'][number][],
  // What leads here.
  leading: readonly Site[],
  asked: readonly Condition[],
  above: ReadonlySet<Router>,
  handed: ReadonlyMap<string, Value>,
  found: FoundOperation[],
): void {
  if (above.has(router) || above.size > 12) return
  const inside = new Set([...above, router])
  const options = router.options.size > 0 ? new Map([...handed, ...router.options]) : handed
  const here = router.prefix ? extend(prefixes, router.prefix) : prefixes
  const through = router.prefix ? [...leading, router.site, ...linesOf(router.prefix, router.site)] : leading
  const middleware: Before[] = [...before]
  const ownHooks = router.entries.flatMap((entry) =>
    entry.kind === 'before' && !entry.isForAll ? [entry.handler] : [],
  )
  const allHooks = [...first, ...(router.pack.lastComesFirst ? ownHooks.toReversed() : ownHooks)]
  for (const entry of router.entries)
    if (entry.kind === 'before') {
      if (entry.when) hookWhen.set(entry.handler, entry.when)
      hookAt.set(entry.handler, entry.site)
    }
  const outer = router.keepsErrors ? [] : errors
  const own = router.entries.flatMap((entry) =>
    // One that only some settings put there says nothing where there is another.
    entry.kind === 'error' &&
    !entry.isForAll &&
    !(entry.when && router.pack.errorsGoUp && hasOther(router, errors))
      ? [
          {
            handler: entry.handler,
            type: entry.type,
            ...(entry.path ? { below: pathsBelow(here, entry.path, router) } : {}),
            ...(entry.isOwn ? { isOwn: true as const } : {}),
            ...(entry.status === undefined ? {} : { status: entry.status, site: entry.site }),
          },
        ]
      : [],
  )
  // Those of a part come before those of the whole; where the last one counts they stand behind these.
  const handlers = router.pack.lastErrorFirst ? [...outer, ...own] : [...own, ...outer]
  const isUse = ({ kind }: Entry) => kind === 'use'
  const takenOff = (off: readonly Prefix[]): string[] =>
    router.pack.pathBelow === undefined
      ? []
      : off.flatMap(({ text }) =>
          templatesOf(joinPaths([text], false), router.pack.syntax).map(({ path }) => path),
        )
  const { usesComeFirst } = router.pack
  const entries = (usesComeFirst === 'app' ? router.isApp : usesComeFirst)
    ? router.entries.toSorted((a, b) => Number(isUse(b)) - Number(isUse(a)))
    : router.entries
  for (const [index, entry] of entries.entries()) {
    const when = entry.when ? { when: entry.when } : {}
    if (entry.kind === 'route' && isPassedBy(entry, router, entries.slice(index + 1), here)) {
      const isExact = !pathTexts(entry.path ?? undefined).some(({ text }) => text.endsWith('*'))
      const below = entry.path ? pathsBelow(here, entry.path, router) : here.map(({ text }) => text)
      middleware.push(
        ...entry.handlers.map((value) => ({
          value,
          below,
          isExact,
          ...when,
          site: entry.site,
          taken: takenOff(here),
        })),
      )
    } else if (entry.kind === 'use') {
      const own = entry.path === null ? [] : pathTexts(entry.path)
      const isForAll = own.every(({ text }) => /^\/?(?:\*|…)?$/.test(text))
      for (const value of entry.handlers) errorsOf.set(value, handlers)
      // Middleware of a path is for what is below it.
      if (isForAll)
        middleware.push(
          ...entry.handlers.map((value) => ({
            value,
            below: null,
            ...when,
            site: entry.site,
            taken: takenOff(here),
          })),
        )
      else if (own.every(({ isRegex, isUnsure }) => !isRegex && !isUnsure)) {
        const below = here.flatMap((prefix) =>
          own.map(({ text }) => joinPaths([prefix.text, text.replace(/\/?\*$/, '')], false)),
        )
        const templates = below.flatMap((text) =>
          templatesOf(text, syntaxOf(router, text)).map(({ path }) => path),
        )
        middleware.push(
          ...entry.handlers.map((value) => ({
            value,
            below: templates,
            ...when,
            site: entry.site,
            taken: router.pack.pathBelow === undefined ? [] : templates,
          })),
        )
      }
    } else if (entry.kind === 'mount') {
      const from = entry.isWhole ? taken : here
      const below = entry.prefix ? extend(from, entry.prefix) : from
      const params = entry.prefix
        ? pathTexts(entry.prefix).flatMap(({ text }) =>
            templatesOf(text, syntaxOf(router, text)).flatMap((one) => paramHandlers(router, one)),
          )
        : []
      const before = found.length
      walk(
        entry.child,
        below,
        entry.isWhole ? below : taken,
        [
          ...middleware,
          ...[...new Set(params), ...entry.middleware].map((value) => ({
            value,
            below: null,
            site: entry.site,
            taken: takenOff(below),
          })),
        ],
        allHooks,
        handlers,
        [...through, entry.site, ...linesOf(entry.prefix, entry.site)],
        [...asked, ...(entry.when ?? [])],
        inside,
        options,
        found,
      )
      if (entry.only) found.push(...found.splice(before).flatMap(onlyOf(entry.only, here, router)))
    } else if (entry.kind === 'route') {
      const registered = registeredWhen([...asked, ...(entry.when ?? [])])
      const isAlways = registered.some((row) => row.length === 0)
      const own = entry.path ? pathTexts(entry.path) : [{ text: '', isRegex: false, isUnsure: false }]
      for (const prefix of here)
        for (const path of own) {
          const isStrict = router.pack.isStrictSlash === true
          const joined = joinPaths(
            router.pack.isAppended ? [prefix.text + path.text] : [prefix.text, path.text],
            isStrict,
          )
          const templates = path.isRegex
            ? templatesOf(path.text, 'regex').map((one) => ({
                ...one,
                path: joinPaths([prefix.text, knownOfRegex(one.path)], isStrict),
              }))
            : templatesOf(joined, syntaxOf(router, joined))
          for (const template of templates) {
            const hooks = allHooks.filter(
              (hook) => !isLeftOut(hook, router.pack, entry.options, template.path),
            )
            for (const method of entry.methods) {
              const above = middleware.filter(
                ({ below, isExact }) =>
                  below === null ||
                  below.some((prefix) =>
                    isExact === true ? isAlike(template.path, prefix) : isBelow(template.path, prefix),
                  ),
              )
              // What the route itself is put there by needs no saying of what comes before it.
              const around = new Set([...asked, ...(entry.when ?? [])])
              const handlersWhen = new Map(
                [
                  ...above,
                  ...hooks.map((value) => ({ value, when: hookWhen.get(value) })),
                  ...[...(entry.handlersWhen ?? [])].map(([value, when]) => ({ value, when })),
                ].flatMap(({ value, when: of }) => {
                  const own = of?.filter((one) => !around.has(one)) ?? []
                  const condition = own.length > 0 ? registeredWhen(own) : always
                  return condition.some((row) => row.length === 0) ? [] : [[value, condition] as const]
                }),
              )
              const params = paramHandlers(router, template)
              const seen = [
                ...above.map(({ value, taken }) => [value, taken] as const),
                ...[...params, ...entry.handlers].map((value) => [value, takenOff(here)] as const),
              ]
              const endpoint = router.pack.endpoint === undefined ? null : endpointOf(entry, inside)
              found.push({
                pack: router.pack,
                method,
                ...(endpoint === null ? {} : { endpoint }),
                ...(router.pack.pathBelow === undefined ? {} : { belowOf: belowOf(seen, template.path) }),
                template: {
                  ...template,
                  path: joinPaths(
                    [versionBefore(router.pack, options, entry.options), template.path],
                    isStrict,
                  ),
                  isUnsure:
                    prefix.isUnsure || path.isUnsure || (path.isRegex && template.path.includes(unknownPart)),
                },
                handlersAt: new Map([
                  ...above.map((one) => [one.value, one.site] as const),
                  ...hooks.flatMap((value) => {
                    const at = hookAt.get(value)
                    return at ? [[value, at] as const] : []
                  }),
                ]),
                handlers: [
                  ...above.map(({ value }) => value),
                  ...params,
                  ...entry.handlers.flatMap(unchained),
                ],
                own: entry.handlers.flatMap(unchained).length,
                errors: handlers.filter(
                  ({ below }) => below === undefined || below.some((one) => isBelow(template.path, one)),
                ),
                site: entry.site,
                through: [...through, ...(entry.by ?? []), ...linesOf(entry.path, entry.site)],
                args: entry.args,
                options: options.size > 0 ? new Map([...options, ...entry.options]) : entry.options,
                ...invalidStatusOf(router.pack, entry.options),
                fn: null,
                ...(entry.of ? { of: entry.of } : {}),
                ...(entry.described ? { contract: entry.described.data } : {}),
                ...(router.pack.marked
                  ? { provides: new Map([...inside].flatMap(({ provides }) => [...provides])) }
                  : {}),
                ...(hooks.length > 0 ? { before: hooks } : {}),
                ...(isAlways ? {} : { when: registered }),
                ...(handlersWhen.size > 0 ? { handlersWhen } : {}),
              })
            }
          }
        }
    }
  }
}

// What a route's schema says of requests that do not fit; of a status that is not known nothing is told.
function invalidStatusOf(
  { schemaStatus }: Pack,
  options: ReadonlyMap<string, Value>,
): { invalidStatus?: number } {
  const schema = options.get('schema')
  if (!schemaStatus || schema?.t !== 'object') return {}
  const goesOn = schema.props.get(schemaStatus.goesOn)
  const status = schema.props.get(schemaStatus.status)
  const isLeft = goesOn !== undefined && !(goesOn.t === 'const' && goesOn.v !== true)
  return isLeft || status ? { invalidStatus: (!isLeft && status && numberOf(status)) || 0 } : {}
}

// For each handler what of an operation's path it does not see.
function belowOf(
  seen: readonly (readonly [Value, readonly string[]])[],
  path: string,
): ReadonlyMap<Value, string | null> {
  const found = new Map<Value, string | null>()
  for (const [value, taken] of seen) {
    const own = taken.find((one) => isBelow(path, one)) ?? ''
    found.set(value, (found.get(value) ?? own) === own ? own : null)
  }
  return found
}

// Flask, "URL Building": the name that a route is given, else that of its function, behind those of its blueprints.
function endpointOf(
  { options, handlers }: Extract<Entry, { kind: 'route' }>,
  above: ReadonlySet<Router>,
): string | null {
  const last = handlers.at(-1)
  const given = textOf(options.get('endpoint'))
  const own =
    given ??
    (last?.t === 'func'
      ? innermost(last).fn.name
      : last?.t === 'symbol' && last.path.endsWith('.as_view()')
        ? textOf(last.args[0]?.value)
        : null)
  return own === null ? null : [...[...above].flatMap(({ name }) => name ?? []), own].join('.')
}

/** What takes the errors of middleware: the handlers of the part that uses it, and of those around that. */
export const errorsOf = new WeakMap<Value, FoundOperation['errors']>()
/** What the program asks before it puts something in front of all routes. */
const hookWhen = new WeakMap<Value, readonly Condition[]>()
/** Where it does. */
const hookAt = new WeakMap<Value, Site>()

// Of what a router as a handler routes, what the path and the methods of that handler let through.
function onlyOf(
  { path, methods }: NonNullable<Extract<Entry, { kind: 'mount' }>['only']>,
  prefixes: readonly Prefix[],
  { pack }: Router,
): (operation: FoundOperation) => FoundOperation[] {
  const allowed = (path ? extend(prefixes, path) : []).flatMap(({ text, isUnsure, isRegex }) =>
    isUnsure || isRegex
      ? [/^/]
      : templatesOf(joinPaths([text], false), pack.syntax).map(
          (one) =>
            new RegExp(
              `^${one.path
                .split(/(\{[^{}]*\})/)
                .map((part) =>
                  part.startsWith('{')
                    ? part.endsWith('*}')
                      ? '.*'
                      : '[^/]+'
                    : part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`),
                )
                .join('')}/?$`,
            ),
        ),
  )
  return (operation) => {
    const own = operation.template.path.replaceAll(/\{[^{}]*\}/g, '\u0001')
    if (path && !allowed.some((one) => one.test(own) || one.test(`${own}/`))) return []
    if (methods.includes('*') || methods.includes(operation.method)) return [operation]
    return operation.method === '*' ? methods.map((method) => ({ ...operation, method })) : []
  }
}

// Handlers of the path's parameters run before those of the route, also where its path comes first (`router.route('/:id').get(…)`), and before a router that is put below them.
function paramHandlers(router: Router, { variables }: PathTemplate): Value[] {
  const { entries } = router.path && router.above ? router.above : router
  return entries.flatMap((entry) =>
    entry.kind === 'param' && variables.some(({ name }) => name === entry.name)
      ? entry.handlers.map((one) =>
          one.t === 'func' && entry.drops > 0
            ? { ...one, fn: { ...one.fn, params: one.fn.params.slice(entry.drops) } }
            : one,
        )
      : [],
  )
}

function extend(prefixes: readonly Prefix[], value: Value): Prefix[] {
  const more = pathTexts(value).flatMap((one) => (one.isRegex ? prefixesOf(one.text) : [one]))
  if (more.length === 0) return [...prefixes]
  return prefixes.flatMap((prefix) =>
    more.map((one) => ({
      text:
        one.text === '' ? prefix.text : `${prefix.text.replace(/\/$/, '')}/${one.text.replace(/^\//, '')}`,
      isRegex: one.isRegex,
      isUnsure: prefix.isUnsure || one.isUnsure,
    })),
  )
}

// What a regular expression before other paths is: with and without each part that may be left out.
const prefixesOf = (source: string): Prefix[] =>
  plainWays(source)?.map((text) => ({ text, isRegex: false, isUnsure: false })) ?? [
    { text: unknownPart, isRegex: false, isUnsure: true },
  ]

/** The function that decorators of the repository wrap, of one that they made. */
export const innermost = (fn: FuncValue): FuncValue => fn.marks.findLast((mark) => mark.t === 'func') ?? fn

/** express-validator ("Validation chain"): what checks of a program's own throw is noted of the request and goes nowhere. */
const collects = /^express-validator\..*\.(?:custom|customSanitizer)\(\)/

/** Functions that a handler's value stands for, behind what wraps them. */
export function handlerFunctions(value: Value, depth = 0): FuncValue[] {
  if (depth > 4) return []
  if (isFunction(value)) return [value]
  if (value.t === 'union') return value.of.flatMap((one) => handlerFunctions(one, depth + 1))
  if (value.t === 'list') return value.items.flatMap((one) => handlerFunctions(one, depth + 1))
  // Go: the method of what serves.
  if (value.t === 'symbol' && value.path.endsWith('.ServeHTTP') && value.of)
    return handlerFunctions(value.of, depth + 1)
  if (value.t === 'symbol' && collects.test(value.path)) return []
  if (value.t === 'symbol') {
    const found = value.args.flatMap(({ name, value: arg }) =>
      handlerFunctions(arg, depth + 1).map((fn) => ({ name, fn })),
    )
    const answering = found.filter(({ name }) => name === null || !onlyAsked.test(name))
    return (answering.length > 0 ? answering : found).slice(-1).map(({ fn }) => fn)
  }
  return []
}

/** Settings of Go's middleware that are asked something and answer nobody, where another one does. */
const onlyAsked = /^(?:Skipper|Next|Filter|KeyFunc|NewClaimsFunc|BeforeFunc)$/
