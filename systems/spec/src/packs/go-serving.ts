import { keptIn } from '../facts/once-for.ts'
import type { Func } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { constant, each, printValue, symbol, textOf, union } from '../resolve/values.ts'
import type {
  ArgValue,
  ClassRef,
  FuncValue,
  ObjectValue,
  Site,
  SymbolValue,
  Value,
} from '../resolve/values.ts'
import { unchained } from './go-chains.ts'
import { makeRouter, routerOf } from './router.ts'
import type { Entry, Router } from './router.ts'

/**
 * A router that a handler hands requests on to. `stripped`: what is taken off their paths before; null where nothing is. `around`: the outermost function of
 * the repository that hands them on, which may answer by itself.
 */
interface Inside {
  router: Router
  stripped: Value | null
  around?: FuncValue
  /** Middleware that code outside was given to stand around it, the outermost first. */
  outside?: readonly Value[]
  /** It is asked for the handler alone (gorilla/mux's `Match`), which runs later. */
  isMatched?: true
}

/** Code outside that is given middleware and a router to hand on to, by what makes it (pkg.go.dev/github.com/urfave/negroni). */
const standsAround = /^github\.com\/(?:urfave|codegangsta)\/negroni(?:\/v\d+)?\.(?:New|Classic)\(\)$/

/** Of a field: what it holds. */
interface HeldNote {
  held: Value
}

/** Keeps an answer for the program itself (pkg.go.dev/net/http/httptest). */
const recorder = 'net/http/httptest.NewRecorder()'
/** Functions of packages outside, and methods of routers, that begin to serve. */
const serves = /^(?:ListenAndServe|Serve|Listen|Start|Run)(?:[A-Z]\w*)?$/
/** Fields of commands (cobra, urfave/cli) and of a program's life (fx) that hold what they do. */
const runs = /^(?:(?:(?:Persistent)?(?:Pre|Post)?Run|Action|Exec|Before)E?|OnStart)$/
/** Handlers in each other that are looked into. */
const maxDepth = 6
/** Steps for one handler that is asked what it hands requests on to. */
const stepsOfHandler = 4000

/**
 * Where routers of Go end up: what a server is given, what handlers hand requests on to, and which fields of structs hold one. A router that was followed
 * up to a server is `isServed`: only of such a one all of the path is known.
 */
export class GoServing {
  /** What commands do, that a library calls. */
  readonly commands: FuncValue[] = []
  readonly #interpreter: Interpreter
  readonly #routerAt: (value: Value, site: Site) => Router | null
  readonly #ofProcess: () => readonly Router[]
  readonly #given: { value: Value; site: Site }[] = []
  /** What may serve, by the struct and the field that holds it. */
  readonly #held = new Map<string, Value[]>()
  readonly #heldNames = new Set<string>()
  /** Routers of which only the type is known where code routes on them, and what the field that has them holds. */
  readonly #parts: { router: Router; held: Value; site: Site }[] = []
  /** What is made by code outside, and handlers that it was given. */
  readonly #handedTo = new Map<SymbolValue, Value[]>()
  /** Middleware that it was given to stand around them. */
  readonly #outside = new Map<SymbolValue, { value: Value; isLate: boolean }[]>()
  /** What the handler that runs hands on to; null while none is asked. */
  #asked: Inside[] | null = null
  #depth = 0
  readonly #foundIn = new Map<Func, { of: FuncValue; depth: number; found: Inside[] }[]>()
  readonly #wholes = new Map<Router, Router>()
  readonly #made: Router[] = []
  #isDefaultServed = false

  /** `ofProcess`: the routers that functions of net/http route on. */
  constructor(
    interpreter: Interpreter,
    routerAt: (value: Value, site: Site) => Router | null,
    ofProcess: () => readonly Router[],
  ) {
    this.#interpreter = interpreter
    this.#routerAt = routerAt
    this.#ofProcess = ofProcess
  }

  call(callee: Value, args: readonly ArgValue[], site: Site): Value | null {
    // A handler that is asked what it hands on to does nothing else: what it would set stays as it is.
    if (callee.t === 'func') return this.#asked && !callsServe(callee) ? symbol('?', callee.fn.name) : null
    if (callee.t !== 'symbol') return null
    const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
    const { of } = callee
    if (this.#asked) {
      const matched = name === 'Match' && of ? this.#routerAt(of, site) : null
      if (matched?.pack.framework === 'gorilla/mux')
        this.#asked.push({ router: matched, stripped: null, isMatched: true })
      if (name !== 'ServeHTTP' || !of) return null
      const found = this.#inside(of, site)
      this.#asked.push(...found)
      return found.length > 0 ? symbol('?', 'ServeHTTP') : null
    }
    if (this.#interpreter.effects !== null) return null
    // What a program asks a router of its own is asked by nobody outside.
    const [to] = args
    if (name === 'ServeHTTP' && to?.value.t === 'symbol' && to.value.path === recorder) return null
    if (!serves.test(name)) {
      if (of?.t !== 'symbol') return null
      if (/^Use(?:Func)?$/.test(name) && standsAround.test(of.path))
        this.#putAround(of, this.#middleware(args, site))
      else this.#handOver(of, args)
      return null
    }
    if (of) this.#give(of, site)
    for (const { value } of args) this.#give(value, site)
    if (/^net\/http\.(?:ListenAndServe|Serve)/.test(callee.path))
      this.#isDefaultServed ||= args.some(({ value }) => value.t === 'const' && value.v === null)
    return null
  }

  #give(value: Value, site: Site): void {
    if (mayServe(value) || isMadeOutside(value)) this.#given.push({ value, site })
  }

  // What code outside made is given what it hands requests on to (negroni's `UseHandler`).
  #handOver(to: SymbolValue, args: readonly ArgValue[]): void {
    if (!isMadeOutside(to)) return
    const handlers = args.map(({ value }) => value).filter((value) => mayServe(value))
    if (handlers.length > 0) this.#handedTo.set(to, [...(this.#handedTo.get(to) ?? []), ...handlers])
  }

  #putAround(to: SymbolValue, middleware: readonly Value[]): void {
    const isLate = this.#handedTo.has(to)
    const known = this.#outside.get(to) ?? []
    this.#outside.set(to, [...known, ...middleware.map((value) => ({ value, isLate }))])
  }

  // Functions that are given what comes next, and methods of what stands around it.
  #middleware(args: readonly ArgValue[], site: Site): Value[] {
    return args.flatMap(({ value }): Value[] => {
      if (value.t === 'func') return [value]
      const [made] = value.t === 'symbol' && value.path.endsWith('.HandlerFunc()') ? value.args : []
      if (made?.value.t === 'func') return [made.value]
      if ((value.t !== 'object' && value.t !== 'symbol') || !value.ref) return []
      const method = this.#interpreter.memberOf(value, 'ServeHTTP', site)
      return method ? each(method).filter((one) => one.t === 'func') : []
    })
  }

  /** Something that is written with its fields: a server, a command, a struct of the repository. */
  made(value: ObjectValue | SymbolValue, site: Site): void {
    if (this.#interpreter.effects !== null) return
    if (value.t === 'object') {
      for (const [name, one] of value.props) this.keep(value, name, one)
      return
    }
    const handler = value.args.find(({ name }) => name === 'Handler')
    if (handler) this.#give(handler.value, site)
    else this.#isDefaultServed ||= value.path === 'net/http.Server()'
    for (const { name, value: one } of value.args)
      if (name !== null && runs.test(name) && one.t === 'func') this.commands.push(one)
  }

  /** A field of a struct is set; what a request sets serves nothing. */
  keep(of: ObjectValue | SymbolValue, name: string, value: Value): void {
    const { ref } = of
    if (this.#interpreter.effects !== null) return
    if (ref?.module.language !== 'go' || !mayServe(value)) return
    const key = `${ref.module.path} ${ref.cls.name}.${name}`
    const known = this.#held.get(key) ?? []
    if (!known.some((one) => one === value || (routerOf(one) ?? one) === (routerOf(value) ?? value)))
      this.#held.set(key, [...known, value])
    this.#heldNames.add(name)
  }

  /** A field of something else is set: a server's handler. */
  assign(of: Value, name: string, value: Value, site: Site): void {
    if (of.t !== 'symbol') return
    this.keep(of, name, value)
    if (name === 'Handler' && this.#interpreter.effects === null) this.#give(value, site)
  }

  /** A field of a struct of which nothing else is known, with the routers and handlers that it holds wherever such a struct is made. */
  member(of: Value, name: string): Value | null {
    if (!this.#heldNames.has(name) || (this.#interpreter.effects !== null && !this.#asked)) return null
    if ((of.t !== 'symbol' && of.t !== 'object') || !of.ref || (of.t === 'object' && of.props.has(name)))
      return null
    const { lookup } = this.#interpreter
    const field = lookup.field(of.ref, name)
    const held = this.#heldIn(of.ref, name)
    if (!field || held.length === 0) return null
    const value = lookup.instanceOf(field.type, field.scope, `${printValue(of)}.${name}`)
    return value.t === 'symbol' ? { ...value, note: { held: union(held) } satisfies HeldNote } : null
  }

  #heldIn(ref: ClassRef, name: string): readonly Value[] {
    const owner = this.#interpreter.lookup.field(ref, name)?.owner
    return (owner && this.#held.get(`${owner.module.path} ${owner.cls.name}.${name}`)) ?? []
  }

  /** A router is made for a value of which only the type is known. */
  typed(router: Router, { note }: SymbolValue, site: Site): void {
    const { held } = (note ?? {}) as Partial<HeldNote>
    if (held) this.#parts.push({ router, held, site })
  }

  /** Once all that sets a program up has run: puts routers below what hands requests on to them, and marks those that a server is given. */
  settle(routers: Router[]): void {
    const served: Router[] = []
    for (const { router: child, held, site } of this.#parts)
      for (const { router } of this.#inside(held, site)) {
        if (router === child || child.isMounted) continue
        child.isMounted = true
        child.prefix = null
        router.entries.push({ kind: 'mount', prefix: null, child, middleware: [], site: child.site })
      }
    for (const router of routers.slice()) if (router.pack.language === 'go') this.#mountInside(router)
    const ways = new Map<Router, { arounds: (readonly Value[])[]; site: Site }>()
    for (const { value, site } of this.#given)
      for (const one of this.#inside(value, site)) {
        const { router, stripped } = one
        if (stripped) served.push(this.#below(router, stripped, middlewareOf(one), site))
        else router.isServed = true
        const known = ways.get(router) ?? { arounds: [], site }
        ways.set(router, known)
        if (!stripped) known.arounds.push(middlewareOf(one))
      }
    // What stands around it wherever it is served.
    for (const [router, { arounds, site }] of ways) {
      const [first = []] = arounds
      if (first.length > 0 && arounds.every((one) => isSameCode(one, first)))
        router.entries.unshift({ kind: 'use', path: null, handlers: [...first], site })
    }
    if (this.#isDefaultServed) for (const router of this.#ofProcess()) router.isServed = true
    routers.push(...served, ...this.#made)
  }

  // What a server has that takes a prefix off before it hands on.
  #below(child: Router, prefix: Value, middleware: readonly Value[], site: Site): Router {
    const outer = makeRouter(child.pack, site, true, null)
    outer.isServed = true
    outer.entries.push({ kind: 'mount', prefix, isWhole: true, child, middleware: [...middleware], site })
    child.isMounted = true
    return outer
  }

  #mountInside(router: Router): void {
    const entries = router.entries.flatMap((entry): Entry[] => {
      const handler = entry.kind === 'route' || entry.kind === 'use' ? entry.handlers.at(-1) : undefined
      if (!handler || !('handlers' in entry)) return [entry]
      const byMethod = entry.kind === 'route' ? methodHandlers(handler) : []
      if (entry.kind === 'route' && byMethod.length > 0)
        return byMethod.map(([method, one]) => ({
          ...entry,
          methods: [method],
          handlers: [...entry.handlers.slice(0, -1), one],
        }))
      const found = this.#inside(handler, entry.site).filter(({ router: child }) => child !== router)
      const path = entry.kind === 'use' ? entry.path : null
      const mounts = found.map((one): Entry => {
        const { router: child, stripped } = one
        child.isMounted = true
        // chi has its own word for what of the path is left.
        const isOwn = path !== null && child.pack === router.pack
        return {
          kind: 'mount',
          prefix: isOwn ? path : stripped,
          isWhole: !isOwn,
          child,
          middleware: [...entry.handlers.slice(0, -1), ...middlewareOf(one)],
          site: entry.site,
        }
      })
      return mounts.length > 0 && (entry.kind === 'route' || path) ? mounts : [entry, ...mounts]
    })
    router.entries.splice(0, Infinity, ...entries)
  }

  /** Routers that a handler of requests is, wraps, or hands them on to by `ServeHTTP`. */
  #inside(value: Value, site: Site, depth = 0): Inside[] {
    if (depth > maxDepth) return []
    return each(value).flatMap((one): Inside[] => {
      if (one.t === 'symbol') return this.#insideSymbol(one, site, depth)
      if (one.t === 'func') return this.#handedOn(one, site)
      const router = routerOf(one)
      if (router) return [{ router: this.#whole(router), stripped: null }]
      if (one.t !== 'object' || one.ref?.module.language !== 'go') return []
      const method = this.#interpreter.memberOf(one, 'ServeHTTP', site)
      if (method?.t === 'func') return this.#handedOn(method, site)
      // What it embeds has the method.
      return one.ref.cls.fields.flatMap(({ name, isStatic }) => {
        const held = isStatic ? one.props.get(name) : undefined
        return held ? this.#inside(held, site, depth + 1) : []
      })
    })
  }

  // A router that asks for the whole path also where it is a part of another one.
  #whole(router: Router): Router {
    if (!router.above || router.pack.keepsPrefixes !== true) return router
    const known = this.#wholes.get(router)
    if (known) return known
    const made = makeRouter(router.pack, router.site, true, null)
    let from = made
    const above: Router[] = []
    for (let one: Router | null = router.above; one; one = one.above) above.unshift(one)
    for (const { prefix } of above) {
      const part = makeRouter(router.pack, router.site, true, prefix)
      from.entries.push({ kind: 'mount', prefix: null, child: part, middleware: [], site: router.site })
      part.isMounted = true
      from = part
    }
    from.entries.push({ kind: 'mount', prefix: null, child: router, middleware: [], site: router.site })
    this.#wholes.set(router, made)
    this.#made.push(made)
    return made
  }

  #insideSymbol(value: SymbolValue, site: Site, depth: number): Inside[] {
    const { held } = (value.note ?? {}) as Partial<HeldNote>
    if (held) return this.#inside(held, site, depth + 1)
    const [made] = value.args
    if (value.path === 'net/http.HandlerFunc()' && made?.value.t === 'func')
      return this.#handedOn(made.value, site)
    const own = this.#routerAt(value, site)
    if (own) return [{ router: own, stripped: null }]
    if (value.path === 'net/http.DefaultServeMux')
      return this.#ofProcess().map((router) => ({ router, stripped: null }))
    if (value.ref) {
      const { ref } = value
      const method = this.#interpreter.memberOf(value, 'ServeHTTP', site)
      const bodies = method ? each(method).filter((one) => one.t === 'func') : []
      if (bodies.length > 0) return bodies.flatMap((one) => this.#handedOn(one, site))
      return ref.cls.fields
        .flatMap(({ name, isStatic }) => (isStatic ? this.#heldIn(ref, name) : []))
        .flatMap((held) => this.#inside(held, site, depth + 1))
    }
    // `router.ServeHTTP` and methods of what wraps one, as functions.
    if (!value.path.endsWith('()')) return value.of ? this.#inside(value.of, site, depth + 1) : []
    const chain = unchained(value)
    const end = chain.length > 1 ? chain.at(-1) : undefined
    if (end)
      return this.#inside(end, site, depth + 1).map((one) => ({
        ...one,
        outside: [...chain.slice(0, -1), ...(one.outside ?? [])],
      }))
    const handed = this.#handedTo.get(value) ?? []
    if (handed.length > 0) {
      const outside = this.#outside.get(value) ?? []
      return handed
        .flatMap((one) => this.#inside(one, site, depth + 1))
        .map((one) => {
          // What comes after a router that answers runs when that is done.
          const own = outside.flatMap(({ value: each, isLate }) => (isLate && !one.isMatched ? [] : [each]))
          return own.length === 0 ? one : { ...one, outside: [...own, ...(one.outside ?? [])] }
        })
    }
    const [first, second] = value.args
    if (value.path === 'net/http.StripPrefix()' && first && second)
      return this.#inside(second.value, site, depth + 1).map(({ router, stripped }) => ({
        router,
        stripped: below(first.value, stripped),
      }))
    // What code outside makes of handlers hands on to them; what it is a method of may be one (`engine.Handler()`).
    const self = value.of?.t === 'symbol' ? value.of.of : null
    return [...value.args.map((one) => one.value), ...(self ? [self] : [])].flatMap((one) =>
      this.#inside(one, site, depth + 1),
    )
  }

  // What a function of the repository calls `ServeHTTP` of: middleware stands around many routes, and is asked once.
  #handedOn(fn: FuncValue, site: Site): Inside[] {
    if (!callsServe(fn) || this.#depth > 3) return []
    const known = keptIn(this.#foundIn, fn.fn, () => [])
    const before = known.find(
      ({ of, depth }) => of.scope === fn.scope && of.self === fn.self && depth === this.#depth,
    )
    if (before) return before.found
    const found = this.#askedOf(fn, site)
    known.push({ of: fn, depth: this.#depth, found })
    return found
  }

  #askedOf(fn: FuncValue, site: Site): Inside[] {
    const outer = this.#asked
    const found: Inside[] = []
    this.#asked = found
    this.#depth++
    try {
      this.#interpreter.record(() => this.#interpreter.outcomes(fn, [], site), stepsOfHandler)
    } finally {
      this.#asked = outer
      this.#depth--
    }
    return (
      found
        .filter((one, index) => found.findIndex((other) => isSame(one, other)) === index)
        // What it does where nothing matches is not done for what does.
        .map((one) => (one.isMatched ? one : { ...one, around: fn }))
    )
  }
}

const middlewareOf = ({ outside = [], around }: Inside): Value[] => [...outside, ...(around ? [around] : [])]

const isSameCode = (some: readonly Value[], others: readonly Value[]): boolean =>
  some.length === others.length &&
  some.every((one, at) => {
    const other = others[at]
    return one === other || (one.t === 'func' && other?.t === 'func' && one.fn === other.fn)
  })

const callsServe = ({ fn, module }: FuncValue) =>
  module.language === 'go' && module.text.slice(fn.start, fn.end).includes('ServeHTTP')

// A handler for each method, in a map that has them by their names (`MethodHandler` of gorilla/handlers, and a service's own).
function methodHandlers(value: Value): [string, Value][] {
  if (value.t !== 'object' || value.props.size === 0) return []
  if (value.ref && value.ref.cls.alias?.name !== 'map') return []
  const found = [...value.props]
  return found.every(([name, { t }]) => /^[A-Z]{3,7}$/.test(name) && t !== 'const') ? found : []
}

const isMadeOutside = (value: Value): boolean =>
  value.t === 'symbol' && value.ref === null && /^[\w.-]+\/[\w./-]+\.\w+\(\)$/.test(value.path)

// Whether it is worth to look into it.
function mayServe(value: Value, depth = 0): boolean {
  if (depth > maxDepth) return false
  return each(value).some((one) => {
    if (one.t === 'pack') return routerOf(one) !== null
    if (one.t === 'func') return callsServe(one)
    if (one.t === 'object') return one.ref?.module.language === 'go'
    return (
      one.t === 'symbol' &&
      (one.ref !== null ||
        /Mux\(\)$|Engine\(\)$|Router\(\)$|Echo\(\)$|App\(\)$|DefaultServeMux$/.test(one.path) ||
        one.args.some((arg) => mayServe(arg.value, depth + 1)) ||
        (one.of !== null && mayServe(one.of, depth + 1)))
    )
  })
}

function isSame(a: Inside, b: Inside): boolean {
  return (
    a.router === b.router &&
    (a.stripped === b.stripped || textOf(a.stripped ?? undefined) === textOf(b.stripped ?? undefined))
  )
}

function below(prefix: Value, stripped: Value | null): Value {
  if (!stripped) return prefix
  const [outer, inner] = [textOf(prefix), textOf(stripped)]
  return outer === null || inner === null ? symbol('?') : constant(outer + inner)
}
