import { normalizeCondition } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { shown, whole } from '../facts/expression.ts'
import { allOf, knownTruth, truth } from '../resolve/conditions.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Outcome } from '../resolve/running.ts'
import { follows, impliedBy, tell } from '../resolve/told.ts'
import { constant, each, kept, printArgument, printValue, symbol, textOf, union } from '../resolve/values.ts'
import type { ArgValue, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { waysOf } from '../resolve/when.ts'
import { keptConstant } from './kept-constants.ts'

/** Something that code keeps in a request or its context, and what held there. */
interface Kept {
  key: string
  value: Value
  conditions: readonly Condition[]
  /** The place among all that was kept, asked for and handed on. */
  at: number
}

/** What holds where middleware hands on to what comes after it. */
interface Pass {
  conditions: readonly Condition[]
  at: number
}

/** Things that live as long as a request, in the frameworks' own terms, and what is read of them. */
const holders =
  /^(?:(?:express:re[qs]|nest:req|koa:ctx|fastify:re(?:quest|ply)|hapi:request|next:re[qs]|h3:event|svelte:event|elysia:c|astro:context|flask\.g|quart\.g|django:request|bottle\.request)|(?:fastapi(?:\.requests)?|starlette\.requests)\.Request\(\)\.state|sanic\.Request\(\)\.ctx)(?:\.\w+)*$/
/** Calls that keep a value under a name (hono.dev, "Context"; pkg.go.dev of Gin, Echo and Fiber; jakarta.ee, `ServletRequest`). */
const keeps =
  /^hono:c\.set$|(?:gin-gonic\/gin|labstack\/echo(?:\/v\d+)?)\.Context\(\)\.Set$|gofiber\/fiber(?:\/v\d+)?\.Ctx\(\)\.Locals$|ServletRequest\(\)\.setAttribute$|ContainerRequestContext\(\)\.setProperty$|io\.javalin\.http\.Context\(\)\.attribute$|go-restful(?:\/v\d+)?\.Request\(\)\.SetAttribute$/
/** Calls that give it. */
const gives =
  /^hono:c\.get$|(?:gin-gonic\/gin|labstack\/echo(?:\/v\d+)?)\.Context\(\)\.(?:Get|MustGet)$|gin-gonic\/gin\.Context\(\)\.Get(?:String|Bool|U?[iI]nt(?:64)?|Float64|Time|Duration|StringSlice|StringMap(?:String)?)$|gofiber\/fiber(?:\/v\d+)?\.Ctx\(\)\.Locals$|ServletRequest\(\)\.getAttribute$|ContainerRequestContext\(\)\.getProperty$|io\.javalin\.http\.Context\(\)\.attribute$|Context\(\)\.Value$|go-restful(?:\/v\d+)?\.Request\(\)\.Attribute$/
/** What is called, or handed to other code, where what comes after middleware is to run. */
const next =
  /^\w+:next$|^net\/http\.Handler(?:Func)?\(\)(?:\.ServeHTTP)?$|labstack\/echo(?:\/v\d+)?\.HandlerFunc\(\)$|(?:gin-gonic\/gin\.Context|gofiber\/fiber(?:\/v\d+)?\.Ctx)\(\)\.Next$|^svelte:event\.resolve$|\.servlet\.FilterChain\(\)\.doFilter$|\.web\.server\.WebFilterChain\(\)\.filter$|\/go-restful(?:\/v\d+)?\.FilterChain\(\)\.ProcessFilter$/
/** Go: a request is given a context with more in it (pkg.go.dev/context, `WithValue`). */
const replaces = /Request\(\)\.WithContext$|Ctx\(\)\.SetUserContext$/

/**
 * What middleware keeps in a request for what comes after it: of each name whether something is always there. What code outside puts there is not seen, so
 * that nothing is there is never said.
 */
export class ContextValues {
  readonly #interpreter: Interpreter
  /** What is there on every way to the function that runs. */
  readonly #there = new Set<string>()
  /** What it is, of texts, numbers and flags. */
  readonly #constants = new Map<string, Value>()
  /** Functions, and what holds some, that code put there: for one request, and for all while the program was set up. */
  readonly #functions = new Map<string, Value>()
  readonly #ofAll = new Map<string, Value>()
  /** Go: the names that code has for what was kept (`r.Context().Value("state")`), each with what it is kept under. */
  readonly #names = new Map<string, string>()
  /** What the function that runs kept, asked for, and where it handed on. */
  readonly #kept = new Map<string, Kept[]>()
  #asked = new Map<string, { key: string; at: number }>()
  #passes: Pass[] = []
  /** Where it left the route (`next('route')` of Express), and the router. */
  #left: Pass[] = []
  #leftRouter: Pass[] = []
  #at = 0
  /** Go: what middleware asks for once what it hands on to is done: what comes after it keeps an error there, to be answered. */
  readonly answering = new Map<string, FuncValue[]>()
  /** An error that is kept, while what answers it runs. */
  #held: { key: string; error: Value } | null = null

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  reset(): void {
    this.#there.clear()
    this.#constants.clear()
    this.#functions.clear()
    this.#names.clear()
    this.#begin()
  }

  /** Runs code that finds what was kept so far, and of which nothing stays. */
  aside<T>(work: () => T): T {
    const [there, constants, functions, kept] = [
      [...this.#there],
      [...this.#constants],
      [...this.#functions],
      [...this.#kept].map(([key, all]): [string, Kept[]] => [key, [...all]]),
    ]
    const [asked, passes, left, leftRouter, at] = [
      this.#asked,
      this.#passes,
      this.#left,
      this.#leftRouter,
      this.#at,
    ]
    this.#begin()
    try {
      return work()
    } finally {
      this.reset()
      for (const key of there) this.#there.add(key)
      for (const [key, value] of constants) this.#constants.set(key, value)
      for (const [key, value] of functions) this.#functions.set(key, value)
      for (const [key, all] of kept) this.#kept.set(key, all)
      this.#asked = asked
      this.#passes = passes
      this.#left = left
      this.#leftRouter = leftRouter
      this.#at = at
    }
  }

  /** Names under which middleware that ran, and has not ended, asks for something after it handed on. */
  askedAfter(): string[] {
    const first = this.#passes[0]?.at
    return first === undefined
      ? []
      : [...new Set([...this.#asked.values()].flatMap(({ key, at }) => (at > first ? [key] : [])))]
  }

  #begin(): void {
    this.#kept.clear()
    this.#asked = new Map()
    this.#passes = []
    this.#left = []
    this.#leftRouter = []
  }

  /** Runs code that is to find an error under a name; what it keeps, asks for and hands on to is its own. */
  withError<T>(held: { key: string; error: Value }, work: () => T): T {
    const [outer, asked, passes, kept] = [this.#held, this.#asked, this.#passes, [...this.#kept]]
    this.#held = held
    this.#begin()
    try {
      return work()
    } finally {
      this.#held = outer
      this.#begin()
      this.#asked = asked
      this.#passes = passes
      for (const [key, all] of kept) this.#kept.set(key, all)
    }
  }

  /** What is read of a request or of what is kept in it; null of anything else, and where nothing is known of it. */
  member(of: SymbolValue, name: string, site: Site): Value | null {
    if (!holders.test(of.path)) {
      const part = site.module.language === 'go' ? this.#partOf(of, name) : null
      if (part !== null)
        return this.#typed(of, name, this.#given(part, `${of.path}.${name}`, `${of.text}.${name}`, of, site))
      // Hono: `c.var.user`.
      return of.path === 'hono:c.var'
        ? this.#given(name, `hono:c.var.${name}`, `c.var.${name}`, of, site)
        : null
    }
    return this.#given(`${of.path}.${name}`, `${of.path}.${name}`, `${of.text}.${name}`, of, site)
  }

  // Go: what a part of what is kept stands under; null where it is a part of something else.
  #partOf({ text }: SymbolValue, name: string): string | null {
    for (const [whole, key] of this.#names)
      if (text === whole || text.startsWith(`${whole}.`)) return `${key}${text.slice(whole.length)}.${name}`
    return null
  }

  // Go: a field is of its type.
  #typed({ ref }: SymbolValue, name: string, value: Value | null): Value | null {
    const { lookup } = this.#interpreter
    const field = ref && value?.t === 'symbol' ? lookup.field(ref, name) : null
    if (!field?.type || value?.t !== 'symbol') return value
    const typed = lookup.instanceOf(field.type, field.scope, value.text)
    return typed.t === 'symbol' ? { ...typed, note: value.note } : value
  }

  #given(
    key: string,
    path: string,
    text: string,
    of: SymbolValue,
    site: Site,
    args: ArgValue[] = [],
  ): Value | null {
    const called = this.#functions.get(key) ?? this.#ofAll.get(key)
    // What is called as a member is given what holds it.
    if (called) return mapped(called, (one) => (one.t === 'func' ? { ...one, self: one.self ?? of } : one))
    this.#asked.set(text, { key, at: ++this.#at })
    if (site.module.language === 'go') this.#names.set(text, key)
    if (this.#held) return this.#held.key === key ? found(path, this.#held.error) : null
    // Where errors are kept under a type of the program's own, no other code keeps one.
    if (this.answering.has(key) && isOwnKey(args) && !this.#mayBeKept(key)) return constant(null)
    const known = this.#constantAt(key)
    if (known) return found(path, known)
    const isKnown = this.#there.has(key) || this.#kept.has(key)
    if (!isKnown || !this.#isThereAt(key, this.#interpreter.holding())) return null
    return symbol(this.#interpreter.project.canonical(path), text, {
      of,
      site,
      args,
      // What is there in Go may be false all the same.
      ...(site.module.language === 'go' ? {} : { isThere: true }),
      note: kept,
    })
  }

  /** Notes that something is set on a request, or on what is kept in it. */
  set(of: SymbolValue, name: string, value: Value): void {
    const part = this.#partOf(of, name)
    if (part !== null) this.#keep(part, value)
    if (!holders.test(of.path)) return
    const key = `${of.path}.${name}`
    this.#keep(key, value)
    this.#keepParts(key, value)
  }

  // What is written out as a thing keeps each of its parts; what stood under them before is gone.
  #keepParts(key: string, value: Value): void {
    const isWritten =
      value.t === 'object' &&
      !value.isOpen &&
      (value.ref === null || (value.ref.cls.kind === 'struct' && value.ref.module.language === 'go'))
    const parts = new Map([...(isWritten ? value.props : [])].slice(0, maxKept))
    const before = [...this.#kept.keys(), ...this.#there].filter((one) => one.startsWith(`${key}.`))
    const keys = new Set([...before, ...[...parts.keys()].map((part) => `${key}.${part}`)])
    for (const one of keys)
      this.#note({
        key: one,
        value: parts.get(one.slice(key.length + 1)) ?? unknown,
        conditions: this.#interpreter.conditions(),
        at: ++this.#at,
      })
  }

  #keep(key: string, value: Value, site: Site | null = null): void {
    const known = this.#interpreter.effects === null ? this.#ofAll : this.#functions
    if (holdsFunction(value)) {
      const before = this.#interpreter.conditions().length > 0 ? known.get(key) : undefined
      known.set(key, before ? union([before, value]) : value)
    } else known.delete(key)
    if (site && this.answering.has(key) && this.#interpreter.effects !== null)
      this.#interpreter.raise(value, site, true, key)
    this.#note({
      key,
      value: site && !isPlain(value) ? inGo(value) : value,
      conditions: this.#interpreter.conditions(),
      at: ++this.#at,
    })
  }

  #note(kept: Kept): void {
    const all = this.#kept.get(kept.key) ?? []
    this.#kept.set(kept.key, all)
    // What is set over and over is no thing that is kept.
    if (all.length === maxKept) all.splice(0, maxKept, { ...kept, value: unknown, conditions: [] })
    else all.push(kept)
  }

  /** A call that keeps something, gives it, or hands on. */
  call(callee: SymbolValue, args: ArgValue[], site: Site): Value | null {
    const [name, given] = args
    if (callee.path === 'Object.assign' && name?.value.t === 'symbol')
      for (const { value } of args.slice(1))
        if (value.t === 'object') for (const [key, one] of value.props) this.set(name.value, key, one)
    if (replaces.test(callee.path) && name) this.#carried(name.value, site)
    if (
      next.test(callee.path) ||
      (args.some(({ value }) => isNext(value)) && !callee.path.endsWith('.catch'))
    ) {
      // An error is handed to the handlers of errors, `route` leaves those of this route.
      if (!name || !isNext(callee) || site.module.language === 'go' || knownTruth(name.value) === false)
        this.#pass()
      else if (callee.path === 'express:next') this.#leave(textOf(name.value))
      // Those of frameworks note it by themselves.
      if (/^net\/http\.Handler(?:Func)?\(\)/.test(callee.path) && !isKnownHandler(callee))
        this.#interpreter.emit('passed', callee, null, site)
      return null
    }
    if (!name) return null
    if (given && keeps.test(callee.path)) {
      this.#keepGiven(keyOf(name.value), given.value, site)
      return null
    }
    return args.length === 1 && gives.test(callee.path)
      ? this.#given(
          keyOf(name.value),
          `${callee.path}()`,
          `${callee.text}(${printArgument(name.value)})`,
          callee,
          site,
          args,
        )
      : null
  }

  // expressjs.com, "Using middleware": what is handed on by these names is no error.
  #leave(name: string | null): void {
    if (name !== 'route' && name !== 'router') return
    const way = { conditions: this.#interpreter.holding(), at: ++this.#at }
    if (name === 'route') this.#left.push(way)
    else this.#leftRouter.push(way)
  }

  /** What holds on each way on which the function that runs hands on, leaves its route, and leaves its router. */
  ways(): Record<'passed' | 'left' | 'leftRouter', (readonly Condition[])[]> {
    const of = (all: readonly Pass[]) => all.map(({ conditions }) => conditions)
    return { passed: of(this.#passes), left: of(this.#left), leftRouter: of(this.#leftRouter) }
  }

  #pass(): void {
    this.#passes.push({ conditions: this.#interpreter.holding(), at: ++this.#at })
  }

  // `context.WithValue(r.Context(), key, value)`: what is kept in it.
  #carried(value: Value, site: Site, depth = 0): void {
    if (value.t !== 'symbol' || depth > 12) return
    const [first, key, given] = value.args
    if (value.path !== 'context.WithValue()' || !first || !key || !given) return
    this.#carried(first.value, site, depth + 1)
    this.#keepGiven(keyOf(key.value), given.value, site)
  }

  #keepGiven(key: string, value: Value, site: Site): void {
    const isGo = site.module.language === 'go'
    this.#keep(key, value, isGo ? site : null)
    if (isGo) this.#keepParts(key, value)
  }

  /** Whether a function gives something on each way on which it comes back. */
  isAlwaysThere(returns: readonly Outcome[]): boolean {
    return returns.length > 0 && returns.every(({ value, conditions }) => this.#isThere(value, conditions))
  }

  /** The place of what is kept next. */
  count(): number {
    return this.#at
  }

  /** What a function kept on each way on which it returns is kept by who called it. */
  cameBack(since: number, returns: readonly Outcome[], depth: number): void {
    if (![...this.#kept.values()].some((all) => (all.at(-1)?.at ?? 0) > since)) return
    const conditions = this.#interpreter.conditions().slice(0, depth)
    for (const [key, all] of this.#kept) {
      const own = all.filter((one) => one.at > since)
      const found =
        own.length === 0 ? [] : returns.map(({ conditions: on }) => own.findLast((one) => isOn(one, on)))
      const isAlways = found.every(
        (one, index) => one && this.#isThere(one.value, returns[index]?.conditions ?? []),
      )
      const [first] = found
      if (first && isAlways) this.#note({ key, value: there(first.value), conditions, at: ++this.#at })
    }
  }

  /**
   * Ends what middleware did: what it kept on each way on which it hands on is there for what comes after it, and so is what it asked for. Gives what holds on each of these
   * ways. `passed`: ways on which it hands on by coming back; `isSure`: it is run before each request, and all of it was followed.
   */
  end(passed: readonly Outcome[], isSure: boolean): readonly Condition[] {
    const ways: Pass[] = [
      ...this.#passes,
      ...passed.map(({ conditions }) => ({ conditions, at: this.#at + 1 })),
    ]
    const isKnown = isSure && ways.length > 0
    const keys = new Set([...this.#kept.keys(), ...[...this.#asked.values()].map(({ key }) => key)])
    for (const key of keys) {
      if (isKnown && ways.every((way) => this.#isThereAt(key, way.conditions, way.at))) this.#there.add(key)
      else if (this.#kept.has(key)) this.#there.delete(key)
      if (this.#kept.has(key)) this.#settle(key, isKnown ? ways : [])
    }
    const [first, ...others] = ways
    const ensured =
      isKnown && first
        ? first.conditions.filter((one) => others.every(({ conditions }) => follows(conditions, one)))
        : []
    // What is set anew is another thing than what was asked.
    const set = [...this.#asked].flatMap(([text, { key, at }]) =>
      this.#kept.get(key)?.some((one) => one.at > at) === true ? [text] : [],
    )
    this.#begin()
    return ensured.filter(
      (one) => !one.some((row) => row.some(({ subject }) => set.some((text) => subject.includes(text)))),
    )
  }

  // What stands under a name here, where that is a text, a number or a flag.
  #constantAt(key: string): Value | null {
    const kept = this.#kept.get(key)
    if (!kept) return this.#constants.get(key) ?? null
    const conditions = this.#interpreter.holding()
    const last = kept.findLast((one) => mayBeOn(one, conditions))
    return last && isOn(last, conditions) ? keptConstant([{ value: last.value, conditions: [] }]) : null
  }

  // What stands under a name after middleware that kept something there.
  #settle(key: string, ways: readonly Pass[]): void {
    const last = ways.map(({ conditions, at }) => ({
      kept: (this.#kept.get(key) ?? []).findLast((one) => one.at < at && mayBeOn(one, conditions)),
      conditions,
    }))
    const sure = last.flatMap(({ kept, conditions }) =>
      kept && isOn(kept, conditions) ? [{ value: kept.value, conditions }] : [],
    )
    const value = sure.length === last.length ? keptConstant(sure) : null
    if (value) this.#constants.set(key, value)
    else this.#constants.delete(key)
  }

  // Whether code that was followed kept something under a name on a way that may lead here.
  #mayBeKept(key: string): boolean {
    const holding = this.#interpreter.holding()
    const mayHold = ({ conditions }: Kept) =>
      normalizeCondition(allOf([...holding, ...conditions])).length > 0
    return this.#there.has(key) || this.#kept.get(key)?.some(mayHold) === true
  }

  // Whether something stands under a name where all of this holds: what was kept last on the way there, or code asked for it.
  #isThereAt(key: string, conditions: readonly Condition[], before = Infinity): boolean {
    const own = (this.#kept.get(key) ?? []).filter((one) => one.at < before)
    const last = own.at(-1)?.at ?? 0
    for (const one of own.toReversed()) {
      if (one.conditions.some((condition) => impliedBy(conditions, condition) === false)) continue
      if (!this.#isThere(one.value, conditions)) return this.#wasAsked(key, conditions, last)
      if (isOn(one, conditions)) return true
    }
    return this.#there.has(key) || this.#wasAsked(key, conditions, last)
  }

  #wasAsked(key: string, conditions: readonly Condition[], since: number): boolean {
    return [...this.#asked].some(
      ([text, one]) => one.key === key && one.at > since && saysThere(conditions, text),
    )
  }

  #isThere(value: Value, conditions: readonly Condition[]): boolean {
    if (value.t === 'union' && saysThere(conditions, printValue(value))) return true
    return waysOf(value).every(
      (way) =>
        way.conditions.some((one) => impliedBy(conditions, one) === false) ||
        this.#isOneThere(way.value, [...conditions, ...way.conditions]),
    )
  }

  #isOneThere(value: Value, conditions: readonly Condition[]): boolean {
    if (value.t === 'union') return value.of.every((one) => this.#isOneThere(one, conditions))
    if (value.t === 'const') return Boolean(value.v)
    if (value.t !== 'symbol') return true
    if (value.isThere === true) return true
    if (knownTruth(value) === true || verifies.test(value.path)) return true
    const isAsked =
      conditions.length > 0 &&
      (impliedBy(conditions, tell(truth(value), [value])) === true ||
        saysThere(conditions, printValue(value)))
    if (isAsked) return true
    // The key of a thing that is there.
    return isKey.test(value.path) && value.of !== null && this.#isOneThere(value.of, conditions)
  }
}

/** A token that does not fit is thrown. */
const verifies = /(?:^|[./])(?:jsonwebtoken|jwt|jose)\.\w*[vV]erify\w*\(\)(?:\.payload)?$/
const isKey = /\.(?:_?id|uid|sub|\w*(?:Id|_id))$/

/** Times that something is kept under one name by one function, past which it is not told what stands there. */
const maxKept = 24

const unknown = symbol('?', 'kept')

// What a variable of Go holds is there, be it nothing of its type: only a nil that is written is none.
const inGo = (value: Value): Value => (value.t === 'const' && value.v === null ? value : something)
const isPlain = (value: Value): boolean => each(value).every((one) => one.t === 'const' && one.v !== null)
const something = symbol('?', 'kept', { isThere: true })

const there = (value: Value): Value => (value.t === 'symbol' ? { ...value, isThere: true } : value)

const isNext = (value: Value) => value.t === 'symbol' && next.test(value.path)

const mayBeOn = (one: Kept, conditions: readonly Condition[]) =>
  !one.conditions.some((condition) => impliedBy(conditions, condition) === false)

const isOn = (one: Kept, conditions: readonly Condition[]) =>
  one.conditions.every((condition) => follows(conditions, condition))

const holdsFunction = (value: Value): boolean =>
  each(value).some(
    (one) =>
      one.t === 'func' ||
      (one.t === 'object' && [...one.props.values()].some(one.ref ? isOfRequest : ({ t }) => t === 'func')),
  )

// A thing of a class that holds the request, its answer, or what comes next: its methods answer.
const isOfRequest = (value: Value): boolean =>
  each(value).some((one) => one.t === 'symbol' && (holders.test(one.path) || next.test(one.path)))

const mapped = (value: Value, make: (one: Value) => Value): Value =>
  value.t === 'union' ? union(value.of.map(make)) : make(value)

const keyOf = (value: Value) =>
  value.t === 'const' && value.named
    ? `${value.named.module.path}:${value.named.cls.name}:${value.v}`
    : (textOf(value) ?? printValue(value))

// A handler whose code is here is run where it is called.
const isKnownHandler = ({ of, args }: SymbolValue): boolean =>
  [...args, ...(of?.t === 'symbol' ? of.args : [])].some(({ value }) =>
    each(value).some((one) => one.t === 'func'),
  )

// Gin's `Get` says beside it that it is there.
const found = (path: string, value: Value): Value =>
  path.endsWith('gin.Context().Get()') ? { t: 'list', items: [value, constant(true)], isOpen: false } : value

// A name of a type of the repository: no other code has it.
const isOwnKey = ([first]: readonly ArgValue[]): boolean =>
  first !== undefined &&
  (first.value.t === 'const'
    ? first.value.named !== undefined
    : first.value.t === 'object' && first.value.ref !== null)

// Whether code asked for it before, by these words.
function saysThere(conditions: readonly Condition[], text: string): boolean {
  const [asked, all] = [shown(text), whole(text)]
  return conditions.some(
    (condition) =>
      condition.length > 0 &&
      condition.every((row) =>
        row.some(
          ({ subject, op }) =>
            (op === 'present' || op === 'true') &&
            (subject === asked ||
              (subject.startsWith('‹') && (shown(subject) === asked || whole(subject) === all))),
        ),
      ),
  )
}
