import { assumedText } from '../resolve/assumed-text.ts'
import { foundClass } from '../resolve/python-found.ts'
import { askedOfKept, noteType } from './gin/kept-errors.ts'
import {
  always,
  failing,
  misfit,
  normalizeCondition,
  unfit,
  unknownCaller,
  unsaid,
} from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { keptIn } from '../facts/once-for.ts'
import { mappedFrom } from '../resolve/java-async.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Func } from '../parse/ir.ts'
import { exactly } from '../resolve/java-builtins.ts'
import { javaParents } from '../resolve/java-classes.ts'
import { pythonParents } from '../resolve/python-errors.ts'
import { fillFromRequest } from '../resolve/members.ts'
import { queryBehind } from '../resolve/patterns.ts'
import { ended } from '../resolve/values.ts'
import { allOf, both, isOfInput, knownTruth, not, truth } from '../resolve/conditions.ts'
import { shown } from '../facts/expression.ts'
import { waysOf, whenTrueOf } from '../resolve/when.ts'
import { passedMark } from '../resolve/passed.ts'
import { isCaught } from '../resolve/caught-errors.ts'
import { errorChain, isMadeError, mayBeError } from '../resolve/go-errors.ts'
import { outsideError } from '../resolve/go-library-errors.ts'
import {
  calledWith,
  constant,
  each,
  joined,
  nothing,
  numberOf,
  printValue,
  saidText,
  symbol,
  textOf,
  union,
  writtenAt,
} from '../resolve/values.ts'
import type {
  ArgValue,
  ClassRef,
  Effect,
  FuncValue,
  ObjectValue,
  Site,
  SymbolValue,
  Value,
  Way,
} from '../resolve/values.ts'
import type { HandlerAnnotations } from './asked-annotations.ts'
import { KeptInputs } from './kept-inputs.ts'
import { mayShow } from './credentials.ts'
import { nothingShown, withoutSignIn } from './nothing-shown.ts'
import { handedAnswer, isHandedAway, isWrittenTo, wrappedWriter } from './handed-away.ts'
import { boomOutput, isBoom } from './boom.ts'
import { unparsed } from './java-errors.ts'
import { Containers } from './containers.ts'
import { ContextValues } from './context-values.ts'
import { answersItself } from './put-in-front.ts'
import { DatabaseErrors, databaseParents } from './database-errors.ts'
import { maySayOther } from './errors-of-others.ts'
import type { CallRule, Pack, ParameterPlace, StatusRule } from './pack.ts'
import { askedOfNodeError } from './node-error-parts.ts'
import { nodeErrorBases } from './node-errors.ts'
import { ofResult } from './results.ts'
import { callBack, madeWithCallback } from './passport-callbacks.ts'
import { routerOf } from './router.ts'
import { hasOption, knownRefusals, refuseByCall } from './refusals.ts'
import type { KnownRefusal } from './refusals.ts'
import { Errors, statusMembers } from './errors.ts'
import { executed } from './nestjs/cqrs.ts'
import { reflected } from './nestjs/reflector.ts'
import type { HandlerMetadata } from './nestjs/reflector.ts'
import { mayReadRequest, readsBody } from './request-sources.ts'
import {
  argOf,
  isUnknownStatus,
  mayBeOther,
  sitesOfStatus,
  statusNamed,
  statusWays,
  statusesBy,
  statusesOf,
  waysOfStatus,
} from './status.ts'
import { joinStatuses, noteWays, setAt, setWays } from './joined-statuses.ts'
import type { Statuses } from './joined-statuses.ts'
import { ownTable } from '../parse/own-table.ts'

/** What Gin's bindings read (pkg.go.dev/github.com/gin-gonic/gin/binding, "Variables"). */
const bindings: Record<string, string> = ownTable({
  Query: 'query',
  Header: 'header',
  Uri: 'path',
  Form: 'application/x-www-form-urlencoded',
  FormPost: 'application/x-www-form-urlencoded',
  FormMultipart: 'multipart/form-data',
  XML: 'application/xml',
  YAML: 'application/yaml',
})
const hasBody = /^(?:POST|PUT|PATCH)$/
const formOrQuery = /^net\/http\.Request\(\)\.Form$/
const sent = '@sent'
/** What has the method of a request, in the frameworks' own terms. */
const requests =
  /^(?:tornado:handler\.request|(?:fastapi(?:\.requests)?|starlette\.requests)\.Request\(\)|express:req|koa:ctx(?:\.request)?|hono:c\.req|fastify:request|hapi:request|next:re(?:q|quest)|nest:req|django:request|pyramid:request|flask\.request|quart\.request|bottle\.request|(?:aiohttp\.web|sanic|falcon)\.Request\(\)|net\/http\.Request\(\)|.*\.Context\(\)\.Request(?:\(\))?|.*HttpServletRequest\(\)|.*ContainerRequestContext\(\))$/
/** What has the whole path of a request. */
const pathMembers =
  /^(?:(?:koa:ctx|hapi:request|nest:req|tornado:handler\.request|hono:c\.req)\.path|next:re(?:q|quest)\.nextUrl\.pathname|django:request\.path(?:_info)?|(?:flask|quart|bottle)\.request\.path|(?:aiohttp\.web|sanic|falcon)\.Request\(\)\.path|(?:fastapi(?:\.requests)?|starlette\.requests)\.Request\(\)\.url\.path|(?:.*\.)?Request(?:\(\))?\.URL\.Path)$/
/** What has the path as it is routed (fastify.dev, "Request"). */
const patternMembers = /^fastify:request\.(?:routeOptions\.url|routerPath)$/
/** What has it with the query behind. */
const urlMembers =
  /^(?:express:req\.originalUrl|fastify:request\.(?:originalUrl|url)|koa:ctx\.(?:originalUrl|url)|(?:.*\.)?Request(?:\(\))?\.RequestURI)$/
const notable =
  /^nest:consumer|\.useGlobal(?:Guards|Filters|Pipes|Interceptors)$|\.(?:permitAll|anonymous|authenticated|fullyAuthenticated|rememberMe|hasRole|hasAnyRole|hasAuthority|hasAnyAuthority|access|denyAll|hasIpAddress|securityMatchers?|antMatcher|mvcMatcher|httpBasic|oauth2ResourceServer|bearerTokenResolver|csrf|formLogin|oauth2Login|saml2Login|authenticationEntryPoint|accessDeniedHandler|addFilter(?:Before|After|At)?|addInterceptor)$|\.(?:add|exclude)PathPatterns$|HttpSecurity\(\).*\.(?:apply|with)$|\/httpx\.SetErrorHandler(?:Ctx)?$|FilterRegistrationBean\(\)\.(?:addUrlPatterns|set(?:UrlPatterns|Filter|Enabled))$|^super:.*\.AbstractAuthenticationProcessingFilter$|Authentication(?:Processing)?Filter\(\)\.set(?:FilterProcessesUrl|RequiresAuthenticationRequestMatcher|Authentication(?:Success|Failure)Handler)$|\.(?:requestMatchers|ignoring)\(\)\.\w+Matchers$/
/** What an ASGI program is called with of a request (asgi.readthedocs.io, "HTTP & WebSocket ASGI Message Format"). */
const asgiScope = 'asgi:scope'

/** What is kept around branches. */
interface Kept {
  statuses: Statuses
  /** Whether an answer was given on the way. */
  isAnswered: boolean
  headers: ReadonlySet<string>
  last: Effect | null
  heads: Heads
}

interface Heads {
  answers: readonly Effect[]
  conditions: readonly Condition[]
}
const noHeads: Heads = { answers: [], conditions: [] }

interface BodyNote {
  bodyPath: string[]
  /** The status of the error that reading it gives, where that is returned as it is. */
  fails?: number
}

/** What calls, members and settings mean while a handler runs: reads of the request, answers, errors. */
export class Meaning {
  readonly #packs: readonly Pack[]
  readonly #rules = new Map<string, CallRule | null>()
  readonly #knowing = new Map<string, readonly Pack[]>()
  readonly #interpreter: Interpreter
  #statuses: Statuses = {}
  #isAnswered = false
  /** Headers of the request that the program set itself, lower case. */
  #headers: ReadonlySet<string> = new Set()
  #last: Effect | null = null
  /** Answers of which so far the status alone was sent, and what held there. */
  #heads: Heads = noHeads
  readonly #errors: Errors
  /** What programs set on their routers, by its name. */
  readonly #parts = new Map<string, Set<Value>>()
  /** A handler of errors runs, of one error: what it answers is of that. */
  isHandling = false
  /** Functions of FastAPI's dependencies that give something whenever they come back. */
  readonly gives = new Set<Func>()
  /** Those that give nothing where a part of the request is missing, and when. */
  readonly givesNothing = new Map<Func, Condition>()
  readonly #containers: Containers
  readonly #databases: DatabaseErrors
  /** What is kept in the request for what comes after. */
  readonly context: ContextValues

  constructor(packs: readonly Pack[], interpreter: Interpreter) {
    this.#packs = packs
    this.#interpreter = interpreter
    this.context = new ContextValues(interpreter)
    this.#containers = new Containers(interpreter)
    this.#databases = new DatabaseErrors(interpreter)
    this.#errors = new Errors(packs, interpreter, (value) => this.answersOf(value))
  }

  save(): unknown {
    return {
      statuses: this.#statuses,
      isAnswered: this.#isAnswered,
      headers: this.#headers,
      last: this.#last,
      heads: this.#heads,
    } satisfies Kept
  }

  restore(state: unknown): void {
    this.unanswer(state)
    this.#headers = (state as Kept).headers
  }

  /**
   * After several ways of which one was gone: what was answered on the way has its status, and counts no more where another way answered nothing; unless what comes after
   * cannot tell which it was (`isTold`), and may add to the answer.
   */
  join(ways: readonly { state: unknown; when: () => Condition }[], isTold = true): void {
    const kept = ways.map(({ state, when }) => ({ ...(state as Kept), when }))
    const isAnswered = !isTold && kept.some((one) => one.isAnswered)
    const open = kept.filter((one) => one.isAnswered === isAnswered)
    const left = open.length > 0 ? open : kept
    const last = left.at(-1)
    if (!last) return
    this.restore(last)
    // Where all have answered, the last one stands.
    if (open.length > 0 && !isAnswered) this.#statuses = joinStatuses(open)
  }

  /** The framework of the operation that runs: what its errors are answered with. */
  set serving(pack: Pack) {
    this.#errors.serving = pack
    this.#answerMembers = pack.answerMembers
  }

  /** Brings back what was set on answers, and leaves what was set on the request. */
  unanswer(state: unknown): void {
    const { statuses, isAnswered, last, heads } = state as Kept
    this.#statuses = statuses
    this.#isAnswered = isAnswered
    this.#last = last
    this.#heads = heads
  }

  #answerMembers: Pack['answerMembers']

  /** Calls that set up what runs around handlers, as they came, and what the branches ask that they stand in. */
  readonly noticed: { callee: SymbolValue; args: ArgValue[]; site: Site; when: Condition[] }[] = []
  /** It runs for who shows nothing of who he is: no header, cookie or key of a query that may. */
  isNobody = false
  /** The method of the request that a handler runs for; null where any may come. */
  method: string | null = null
  /** The path that a handler runs for, its variables left open; null where not all of it is known. */
  wholePath: Value | null = null
  /** The path as it is routed, its variables written as Echo and Gin have them; null where not all of it is known. */
  pattern: string | null = null
  /** What a thing fails with that middleware of Starlette's hands on to, while that is run to see what it does then; null where it fails with nothing. */
  nextFails: Value | null | undefined = undefined
  readonly #setOnBody = new Map<string, Value>()
  readonly #keptInputs = new KeptInputs()
  /** The error that a handler is run for which asks the request for it, and what it asks. */
  failed: { at: string; error: Value } | null = null
  /** The name of the route of the request. */
  endpoint: string | null = null
  /** The function of that route, where it is one of the repository's. */
  view: FuncValue | null = null
  /** What its route was made with; null where no request is. */
  options: ReadonlyMap<string, Value> | null = null
  /** The path without what the code that runs is mounted at, where the framework takes that off. */
  seenPath: Value | null = null
  /** Names of the parts of its path; null where not all are known. */
  path: ReadonlySet<string> | null = null
  /** Names of the parts that its path surely has, and that are not empty. */
  placed: ReadonlySet<string> = new Set()
  /** What annotations say of the handler whose guard runs; null where none does. */
  metadata: HandlerMetadata | null = null
  /** What a guard asks of the one of a library that it extends, while it runs; null where none does. */
  baseOfGuard: ((callee: SymbolValue, args: readonly ArgValue[], site: Site) => Value | null) | null = null
  /** Java: the annotations of the method that handles the request; null where that is not known. */
  annotations: HandlerAnnotations | null = null
  /** What is asked of who calls before a function of the repository runs, in one operation; null where nothing is. */
  asked: ((fn: FuncValue, site: Site, args: readonly ArgValue[]) => void) | null = null
  /** What comes after the middleware that runs; null where there is nothing. */
  next: (() => void) | null = null
  /** What was kept for the middleware that runs: an error. */
  kept: Extract<Value, { t: 'list' }> | null = null
  /** What the call of what comes next gives the middleware that runs: an error; null where that is not known. */
  givenBack: Value | null = null
  /** How often it was asked for. */
  nextCalls = 0

  /** The status that a thrown or returned error stands for. */
  errorStatuses(value: Value): number[] {
    return this.#errors.statusesOf(value)
  }

  /** What an error that is made without a text says by its class. */
  errorText(value: Value): string {
    return this.#errors.textOf(value)
  }

  /** Each of several that an error is made with, when it is that one. */
  errorWays(value: Value): ReturnType<Errors['waysOf']> {
    return this.#errors.waysOf(value)
  }

  /** Statuses that are set on an answer and not sent. */
  pending(): number[] {
    return Object.entries(this.#statuses).flatMap(([on, statuses]) =>
      on.includes('@') || setWays.get(statuses)?.isJoined ? [] : statuses,
    )
  }

  basesOf(path: string): readonly string[] {
    const bare = path.replace(/\(\)$/, '')
    return [
      ...javaParents(bare),
      ...pythonParents(bare),
      ...databaseParents(bare),
      ...this.#packs.flatMap(({ errorBases = [], language }) =>
        [...(language === 'javascript' ? nodeErrorBases : []), ...errorBases].flatMap(({ of, bases }) =>
          of.test(bare) ? bases : [],
        ),
      ),
    ]
  }

  knowsError(path: string): boolean {
    return this.#packs.some(({ errors, language }) => language === 'python' && errors?.[path] !== undefined)
  }

  neverRaises(callee: Value, error: Value): boolean {
    return (
      callee.t === 'symbol' &&
      error.t === 'symbol' &&
      this.#packs.some(({ neverRaise = [] }) =>
        neverRaise.some((one) => one.of.test(callee.path) && one.errors.test(error.path)),
      )
    )
  }

  /** What middleware or a decorator from outside refuses with, or answers to who comes to sign in. */
  refusalsOf(value: Value, pack: Pack): KnownRefusal[] {
    return this.knownOf(value, pack).filter(
      ({ isOff, status, signsIn }) => signsIn !== null || (!isOff && status !== 0),
    )
  }

  /** What is known of middleware or a decorator from outside that may refuse. */
  knownOf(value: Value, pack: Pack): KnownRefusal[] {
    const { method } = this
    return knownRefusals(value, pack, this.#interpreter.project).filter(
      ({ on }) => !on || method === null || on.test(method),
    )
  }

  /** `keeps`: what is kept in the request stays. */
  reset(keeps = false): void {
    this.#statuses = {}
    this.#isAnswered = false
    this.#headers = new Set()
    this.#last = null
    this.#heads = noHeads
    this.asked = null
    this.#setOnBody.clear()
    this.#keptInputs.reset()
    this.#databases.reset()
    if (!keeps) this.context.reset()
  }

  call(callee: Value, args: ArgValue[], site: Site): Value | null {
    if (callee.t === 'func') this.asked?.(callee, site, args)
    if (
      callee.t === 'func' &&
      this.#interpreter.effects === null &&
      this.#containers.isPassedOver(callee, args)
    )
      return symbol('?', `${callee.self ? `${printValue(callee.self)}.` : ''}${callee.fn.name}()`, { site })
    if (callee.t !== 'symbol') return null
    const ofKept = this.kept ? askedOfKept(this.kept, callee, args[0]?.value) : null
    if (ofKept) return ofKept
    const { of, path } = callee
    if (path.endsWith('.get') && of?.t === 'symbol' && this.#isView(of, textOf(args[0]?.value)))
      return this.view
    const shown = schemeCall(callee, site)
    if (shown) return shown
    const nobody = this.isNobody ? withoutSignIn(callee) : null
    if (nobody) return nobody
    const answered = this.#sentByCall(callee, args, site)
    if (answered) return answered
    if (notable.test(callee.path))
      this.noticed.push({ callee, args, site, when: this.#interpreter.branches() })
    // What holds inputs is one however it is written.
    if (/^(?:Object\.fromEntries|dict)$/.test(callee.path) && args[0] && args.length === 1) {
      const inputs = allInputs(args[0].value)
      if (inputs) return inputs
    }
    // werkzeug's and Starlette's dictionaries of several values.
    if (/\.(?:to_dict|dict)$/.test(callee.path) && callee.of && site.module.language === 'python') {
      const inputs = allInputs(callee.of)
      if (inputs) return inputs
    }
    if (decodes.test(callee.path) && args[0]) return bodyIn(args[0].value)
    // What reading the request failed of is another error than the one that has a status.
    if (callee.path === 'errors.Unwrap' && args[0]?.value.t === 'symbol' && failsWith(args[0].value) !== null)
      return symbol(outsideError, args[0].value.text, { of: callee, args, site, isThere: true })
    if (callee.path === '@hapi/boom.isBoom' && args[0]) {
      const [{ value }] = args as [ArgValue]
      if (value.t === 'symbol' && isBoom(value)) return constant(true)
      return this.errorStatuses(value).length > 0 ? constant(false) : null
    }
    const isOwn = askedOfNodeError(
      callee.path,
      args[0]?.value,
      (value) => this.errorStatuses(value).length > 0,
    )
    if (isOwn) return isOwn
    if (this.nextFails !== undefined && callee.path === 'fastapi:call_next') {
      if (this.nextFails) this.#interpreter.raise(this.nextFails, site)
      return ended
    }
    const said = this.metadata ? reflected(this.metadata, callee, args) : null
    if (said) return said
    const done =
      executed(this.#interpreter, callee, args, site) ?? ofResult(this.#interpreter, callee, args, site)
    if (done) return done
    const asked = callee.note as { statuses?: number[] } | null
    if (asked?.statuses && callee.path.startsWith('@status.'))
      return callee.path.endsWith('esponse')
        ? symbol('@answer()', callee.text, { of: callee, note: { statuses: asked.statuses } })
        : union(asked.statuses.map((status) => constant(status)))
    const passport = site.module.language === 'javascript' ? madeWithCallback(callee, args, site) : null
    if (passport) return passport
    if (callee.path.endsWith('()')) {
      refuseByCall(this.#interpreter, this.#packs, callee, site)
      callBack(this.#interpreter, callee, site, this.isNobody)
    }
    const contained = site.module.language === 'javascript' ? this.#containers.call(callee, args) : null
    if (contained) return contained
    const kept = this.context.call(callee, args, site)
    if (kept) return kept
    const rule = this.#ruleOf(callee.path, site.module.language)
    if (rule) return this.#apply(rule, callee, args, site)
    if (site.module.language === 'java') this.#mayFail(callee, args, site)
    if (site.module.language === 'python') this.#databases.call(callee, args, site)
    const wrapped = site.module.language === 'go' ? wrappedWriter(callee, args) : null
    if (wrapped) return wrapped
    const answer = site.module.language === 'go' ? handedAnswer(callee, args) : null
    if (answer?.at !== undefined) {
      const { at, body } = answer
      const rule = { does: 'respond', status: { arg: at }, ...(body === undefined ? {} : { body }) } as const
      return this.#apply(rule, callee, args, site)
    }
    if (answer?.named !== undefined) {
      this.#interpreter.emit('respond', symbol('?', 'body'), answer.named, site, { isNamed: true })
      return null
    }
    if (site.module.language === 'go' && isHandedAway(callee, args)) {
      this.#interpreter.emit('handed-away', callee, null, site)
      // One that is handed an error, or is named for what it does with one, answers it.
      if (answersErrors.test(callee.path) || args.some(({ value }) => mayBeError(value)))
        this.#interpreter.emit('respond', callee, null, site, { by: callee.text })
    }
    if (site.module.language !== 'python') return null
    return (
      this.#copied(callee, args) ??
      this.#partOfBody(callee, args, site) ??
      this.#partsOfInputs(callee, args, site)
    )
  }

  // What a call means is the same wherever code of its language calls it.
  #ruleOf(path: string, language: Pack['language']): CallRule | null {
    return keptIn(this.#rules, `${language} ${path}`, () => {
      const last = path.slice(path.lastIndexOf('.') + 1)
      for (const { calls, lastCalls, language: own } of this.#packs) {
        const rule = calls?.[path] ?? (own === language ? lastCalls?.[last] : undefined)
        if (rule) return rule
      }
      return null
    })
  }

  // Packs that say something of a member of something outside.
  #packsKnowing(key: string): readonly Pack[] {
    return keptIn(this.#knowing, key, () =>
      this.#packs.filter(
        (pack) =>
          pack.pathBelow === key ||
          pack.endpoint === key ||
          [pack.keptErrors, pack.saysAnswered].some((names) => names?.includes(key)) ||
          [pack.constants, pack.routeOptions, pack.holds, pack.assigns, pack.inputs].some(
            (table) => table?.[key] !== undefined,
          ),
      ),
    )
  }

  // ASGI: an answer is sent by calling it with what the program was called with.
  #sentByCall(callee: SymbolValue, args: readonly ArgValue[], site: Site): Value | null {
    const [scope] = args
    if (scope?.value.t !== 'symbol' || scope.value.path !== asgiScope || !callee.path.endsWith('()'))
      return null
    for (const { statuses, body } of this.answersOf(callee))
      for (const status of statuses)
        this.#interpreter.emit('respond', body ?? symbol('?', 'body'), status, site)
    return symbol('?', 'answered', { note: 'answered' })
  }

  // Java: a text of the request that a call makes something of may be none such.
  #mayFail(callee: SymbolValue, args: ArgValue[], site: Site): void {
    const error = isOfInput(printValue(args[0]?.value ?? nothing)) ? unparsed(callee, args) : null
    if (error === null) return
    this.#interpreter.within(failing(calledWith(callee.text, args)), () =>
      this.#interpreter.emit('raise', symbol(`${error}()`, error, { note: exactly }), null, site, {
        isDocumented: true,
      }),
    )
  }

  // Python: what holds inputs has the same of them when it is copied.
  #copied({ path, of }: SymbolValue, args: readonly ArgValue[]): Value | null {
    if (args.length > 0 || !/\.(?:copy|to_dict)$/.test(path) || of?.t !== 'symbol') return null
    const note = of.note as { inputs?: string; bodyPath?: string[] } | null | 'answered'
    return note && note !== 'answered' && (note.inputs ?? note.bodyPath) !== undefined ? of : null
  }

  // Python: `body.get("name")`.
  #partOfBody({ path, of }: SymbolValue, args: readonly ArgValue[], site: Site): Value | null {
    const note = of?.t === 'symbol' ? (of.note as Partial<BodyNote> | null | 'answered') : null
    const name = path.endsWith('.get') ? textOf(args[0]?.value) : null
    if (name === null || of?.t !== 'symbol' || !note || note === 'answered' || !note.bodyPath) return null
    return this.#bodyPart(of, [...note.bodyPath, name], site, writtenAt([args[0]?.value]))
  }

  // Python: `form.getall("name")` of what holds inputs.
  #partsOfInputs({ path, of }: SymbolValue, args: readonly ArgValue[], site: Site): Value | null {
    const note =
      of?.t === 'symbol' ? (of.note as { inputs?: ParameterPlace | 'body' } | null | 'answered') : null
    const name = /\.get(?:all|one|list)$/.test(path) ? textOf(args[0]?.value) : null
    if (name === null || of?.t !== 'symbol' || !note || note === 'answered') return null
    return note.inputs && note.inputs !== 'body' ? this.#read(of, note.inputs, name, site) : null
  }

  // Whether the function of the route that a request is for is asked for by its name.
  #isView({ path }: SymbolValue, name: string | null): boolean {
    return (
      this.view !== null &&
      name !== null &&
      name === this.endpoint &&
      this.#packs.some(({ views }) => views?.includes(path) === true)
    )
  }

  // The statuses that a thing sets as it is written: 200 where it sets none, null where one is set and not known.
  #rendered(one: Value, method: string, args: ArgValue[], site: Site): (number | null)[] {
    const fn = this.#interpreter.memberOf(one, method, site)
    if (fn?.t !== 'func') return []
    const before = this.#statuses
    this.#statuses = {}
    this.#interpreter.call(fn, args, site)
    const set = Object.values(this.#statuses)
    this.#statuses = before
    const statuses = set.flat()
    return set.length === 0 ? [200] : statuses.length === 0 ? [null] : statuses
  }

  // Of several statuses those that cannot come here, where some can.
  #possible<Way extends { when: Condition }>(ways: readonly Way[] | null): readonly Way[] | null {
    if (!ways) return null
    const here = allOf(this.#interpreter.running.conditions)
    const possible = ways.filter(({ when }) => normalizeCondition(both(here, when)).length > 0)
    return possible.length > 0 ? possible : ways
  }

  // What is written after its status, wherever that is sent, is the same answer's.
  #sendBody(body: Value | undefined, media: string, site: Site): void {
    const { answers, conditions } = this.#heads
    const now = this.#interpreter.running.conditions
    const isAlways = conditions.length === now.length && conditions.every((one, at) => one === now[at])
    this.#heads = noHeads
    if (!body || !isAlways) return
    for (const answer of answers) {
      const { statusAt, ...note } = answer.note
      answer.value = body
      answer.note = { ...note, media, statusAt: [...((statusAt as Site[] | undefined) ?? []), answer.site] }
      answer.site = site
    }
  }

  // A status that is set for what the handler returns later.
  #setOfReturned(status: Value, site: Site, on: string): void {
    this.#interpreter.emit('set-status', constant(null), null, site, {
      on,
      ways: waysOf(status).map((way) => ({
        status: statusesOf(way.value)[0] ?? null,
        conditions: way.conditions,
      })),
    })
  }

  // What was given to be sent is sent once the handler is through, with the status that it has then.
  #setOfSent(statuses: readonly number[], site: Site): boolean {
    const now = this.#interpreter.running.conditions
    const sent = this.#interpreter.effects?.findLast(({ kind }) => kind === 'respond')
    const isSame =
      sent?.conditions.length === now.length && sent.conditions.every((one, at) => one === now[at])
    if (!isSame) return false
    const [status = null, ...others] = statuses
    sent.status = status
    sent.note = { ...sent.note, statusAt: [site], ...(others.length > 0 ? { ways: statuses.length } : {}) }
    this.#interpreter.effects?.push(...others.map((other) => ({ ...sent, status: other })))
    return true
  }

  // What is sent has the status that was set for it: what is returned later has none.
  #takeSet(on: string): void {
    const { effects } = this.#interpreter
    const now = this.#interpreter.running.conditions
    const at = effects?.findLastIndex(
      ({ kind, note, conditions }) =>
        kind === 'set-status' &&
        note['on'] === on &&
        conditions.length === now.length &&
        conditions.every((one, index) => one === now[index]),
    )
    if (effects && at !== undefined && at >= 0) effects.splice(at, 1)
  }

  // Fastify (lib/error-status.js): an error that is sent is handed on, and answered with its own status where no other than 200 was set.
  #errorSent(body: Value | undefined, on: string, site: Site): Value | null {
    const [only, ...others] = body ? each(body) : []
    if (!only || others.length > 0 || this.#statuses[on]?.some((status) => status !== 200)) return null
    if (this.errorStatuses(only).length === 0 && !isCaught(only)) return null
    this.#interpreter.raise(only, site, true)
    return symbol('?', 'sent', { site, note: 'answered' })
  }

  #apply(rule: CallRule, callee: SymbolValue, args: ArgValue[], site: Site): Value | null {
    const self = callee.of ?? callee
    const on = self.t === 'symbol' ? self.path : ''
    const emit = (kind: string, value: Value, status: number | null, note: Record<string, unknown> = {}) =>
      this.#interpreter.emit(
        kind,
        value,
        status,
        site,
        kind === 'respond' && sendsAtOnce.test(callee.path) ? { ...note, isSent: true } : note,
      )
    switch (rule.does) {
      case 'status': {
        const key = rule.key ? argOf(args, rule.key.arg) : null
        if (rule.key && !(key?.t === 'symbol' && key.path === rule.key.is)) return null
        const statuses = statusesBy(rule.status, args)
        setAt.set(statuses, [
          site,
          ...statuses.flatMap((one) => args.flatMap((arg) => sitesOfStatus(arg.value, one))),
        ])
        noteWays(
          statuses,
          typeof rule.status === 'object' && 'arg' in rule.status ? argOf(args, rule.status.arg) : undefined,
        )
        // One that is not known is none of those that were set before.
        const one = rule.isOfOne && self.t === 'symbol' ? answerKey(self) : on
        const owner = rule.key?.is.replace(/\.\w+$/, '') ?? rule.of ?? one
        this.#statuses = { ...this.#statuses, [owner]: statuses }
        const given =
          typeof rule.status === 'object' && 'arg' in rule.status ? argOf(args, rule.status.arg) : null
        if (rule.isForSent && this.#setOfSent(statuses, site)) return self
        if (rule.isForReturned && given) this.#setOfReturned(given, site, owner)
        return rule.key ? null : self
      }
      case 'answer': {
        const value = argOf(args, rule.arg)
        for (const { statuses } of value ? this.answersOf(value) : [])
          // A filter that sends some requests elsewhere says nothing of the operation.
          for (const status of statuses) if (status >= 400) emit('answer-error', callee, status)
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site, note: 'answered' })
      }
      case 'resume': {
        const value = argOf(args, rule.arg)
        for (const one of value ? each(value) : []) {
          const answers = this.answersOf(one)
          for (const { statuses, body } of answers)
            for (const status of statuses) emit('respond', body ?? nothing, status)
          if (answers.length === 0 && isThrowable(one)) this.#interpreter.raise(one, site)
          else if (answers.length === 0) emit('respond', one, 200)
        }
        return nothing
      }
      case 'give':
        if (rule.made && !(args[0]?.value.t === 'symbol' && rule.made.test(args[0].value.path))) return null
        return symbol(
          rule.path,
          rule.keepsText ? calledWith(callee.text, args) : (rule.path.split(':').at(-1) ?? rule.path),
          { of: callee, site },
        )
      case 'same':
        return argOf(args, rule.arg) ?? null
      case 'render': {
        const value = argOf(args, rule.arg)
        const ways = (value ? waysOf(value) : []).map((way) => ({
          one: way.value,
          when: allOf(way.conditions),
        }))
        const answers = (this.#possible(ways) ?? []).flatMap(({ one, when }) => {
          const statuses = this.#rendered(one, rule.method, args.slice(0, 2), site)
          return statuses.map((status) => ({ one, when, status, ways: statuses.length }))
        })
        const [first, ...others] = answers
        // What broke is one answer, whatever it was.
        const isBroken =
          first?.status && first.status >= 500 && others.every(({ status }) => status === first.status)
        if (isBroken && value) emit('respond', value, first.status, { media: 'application/json', ways: 1 })
        else
          for (const { one, when, status, ways: count } of answers)
            this.#interpreter.within(when, () =>
              emit('respond', one, status, { media: 'application/json', ways: count }),
            )
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site })
      }
      case 'next':
        this.nextCalls++
        this.next?.()
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site })
      case 'respond': {
        const holder = rule.of ?? on
        if (rule.to && self.t === 'symbol') {
          const target = (rule.toAt === undefined ? self.args[0] : args[rule.toAt])?.value
          if (!target || !isWrittenTo(target, rule.to)) return null
        }
        this.#takeSet(on)
        const error = rule.sendsErrors ? this.#errorSent(argOf(args, rule.body), on, site) : null
        if (error) return error
        const [said] = rule.maySayStatus && args[0]?.value.t !== 'object' ? statusesOf(args[0]?.value) : []
        if (said !== undefined) {
          const set = [said]
          setAt.set(set, [site, ...sitesOfStatus(args[0]?.value, said)])
          this.#statuses = { ...this.#statuses, [holder]: set }
          args = args.slice(1)
        }
        if (rule.sends === 'body' && this.#statuses[sent]) {
          this.#sendBody(argOf(args, rule.body), rule.media ?? '', site)
          return null
        }
        const before = this.#interpreter.effects?.length ?? 0
        this.#isAnswered = true
        if (rule.sends) this.#statuses = { ...this.#statuses, [sent]: [1] }
        const isKept =
          rule.keepsStatus !== undefined &&
          this.#statuses[holder] !== undefined &&
          argOf(args, rule.keepsStatus) === undefined
        const redirects = rule.keepsRedirect ? (this.#statuses[holder] ?? []) : []
        const isElsewhere = redirects.length > 0 && redirects.every((one) => one >= 300 && one < 400)
        const given =
          isKept || isElsewhere
            ? (this.#statuses[holder] ?? [])
            : rule.status === undefined
              ? []
              : statusesBy(rule.status, args)
        const isUnclear = rule.status !== undefined && isUnknownStatus(rule.status, args)
        const statuses: readonly number[] =
          given.length > 0
            ? given
            : rule.status === undefined || typeof rule.status === 'number'
              ? (this.#statuses[holder] ?? [200])
              : isUnclear
                ? []
                : (this.#statuses[holder] ??
                  (rule.status.otherwise === undefined ? [] : [rule.status.otherwise]))
        const body = argOf(args, rule.body)
        const statusAt = (status: number) => [
          ...(setAt.get(statuses) ?? []),
          ...args.flatMap((arg) => sitesOfStatus(arg.value, status)),
        ]
        const isUnknown = statuses.length === 0
        const media = rule.media ?? ''
        const set = setWays.get(statuses)
        const isOfSome = site.module.language === 'go' && !this.isHandling
        const ways = this.#possible(
          set ? set.ways : rule.status === undefined ? null : statusWays(rule.status, args, isOfSome),
        )
        const isRefused = ways?.every(({ status }) => status !== null && status >= 400) === true
        for (const { status, when } of ways ?? [])
          this.#interpreter.within(when, () =>
            emit('respond', body ?? constant(null), status, {
              media,
              statusAt: status === null ? [] : statusAt(status),
              ...(isRefused ? { oneOf: ways } : {}),
            }),
          )
        // One that may be another too comes sometimes.
        const count = statuses.length + (isUnclear || set?.isUnclear === true ? 1 : 0)
        for (const status of ways ? [] : statuses)
          emit('respond', body ?? constant(null), status, { media, ways: count, statusAt: statusAt(status) })
        if (isUnknown) emit('respond', body ?? constant(null), null, { media: rule.media ?? '' })
        if (rule.maySetLater) this.#last = this.#interpreter.effects?.at(-1) ?? null
        if (rule.sends === 'head') {
          for (const one of this.#interpreter.effects?.slice(before) ?? [])
            one.note = { ...one.note, isHead: true }
          this.#heads = {
            answers: this.#interpreter.effects?.slice(before) ?? [],
            conditions: [...this.#interpreter.running.conditions],
          }
        }
        if (rule.givesSelf) return self
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site, note: 'answered' })
      }
      case 'read': {
        const given = assumedText(argOf(args, rule.name))
        const asked = rule.isOfGateway ? headerOfGateway(given) : given
        // A setting that is empty names none.
        if (asked === null || asked === '')
          return rule.allWithout === true && args.length === 0
            ? symbol(`${callee.path}()`, rule.in, { of: callee, args, site, note: { inputs: rule.in } })
            : null
        const isNamed = rule.namesPath === true && asked.startsWith(':')
        const name = isNamed ? asked.slice(1) : asked
        const isOfPath = isNamed || (rule.orPath === true && this.path?.has(name) === true)
        const text = `${callee.text}(${printValue(constant(name))})`
        if (rule.in === 'header' && this.#headers.has(name.toLowerCase())) return symbol('?', text)
        const place = isOfPath
          ? 'path'
          : rule.withBody && hasBody.test(this.method ?? '')
            ? rule.withBody
            : rule.in
        // The path has no such part.
        if (place === 'path' && this.path && !this.path.has(name))
          return constant(site.module.language === 'go' ? '' : null)
        const isAsked =
          rule.requiredBy === undefined
            ? argOf(args, rule.otherwise) === undefined
            : hasOption(args, { option: rule.requiredBy, is: true })
        const missing = rule.missing !== undefined && isAsked
        const { unfit: unfitting } = rule
        if (unfitting !== undefined)
          this.#interpreter.within(ofOtherKind(`${place}.${name}`, rule.type), () =>
            this.#interpreter.raise(symbol(`${unfitting}()`, unfitting), site),
          )
        if (missing)
          this.#interpreter.within([[{ subject: `${place}.${name}`, op: 'absent' }]], () =>
            this.#interpreter.raise(symbol(`${rule.missing}()`, rule.missing), site),
          )
        emit('read', isOfPath ? constant(name) : (argOf(args, rule.name) ?? constant(name)), null, {
          in: place,
          name,
          otherwise: argOf(args, rule.otherwise),
          type: rule.type ?? '',
          isRequired: rule.isRequired === true || missing,
          typed: argOf(args, 'type'),
        })
        if (rule.orBody && hasBody.test(this.method ?? '')) {
          emit('read', constant(name), null, {
            in: rule.orBody,
            name,
            type: rule.type ?? '',
            isRequired: false,
          })
          return symbol(`${callee.path}()`, text, { of: callee, args, site })
        }
        if (this.isNobody && mayShow(place, name))
          return nothingShown(place, argOf(args, rule.otherwise), site)
        // `self.kwargs.get("id") or …`: what comes instead is never asked.
        const isThere = callee.path === 'django:kwargs.get' && this.placed.has(name)
        return symbol(`${callee.path}()`, `${place}.${name}`, {
          of: callee,
          args,
          site,
          ...(isThere ? { isThere } : {}),
        })
      }
      case 'set-header': {
        const name = textOf(argOf(args, rule.name))
        if (name !== null) this.#headers = new Set([...this.#headers, name.toLowerCase()])
        return nothing
      }
      case 'own-part':
        return this.#ownPart(rule, self, args, site)
      case 'error-answer': {
        const error = argOf(args, rule.error) ?? nothing
        const set = this.noticed.findLast((one) => one.callee.path.startsWith(rule.by))?.args[0]?.value
        const first = set?.t === 'func' && set.fn.params.length > 1 ? args.slice(0, 1) : []
        const made = (one: Value): readonly Way[] =>
          set?.t === 'func'
            ? waysOf(this.#interpreter.call(set, [...first, { name: null, value: one }], site))
            : [
                {
                  value: { t: 'list', items: [constant(rule.otherwise), one], isOpen: false },
                  conditions: maySayOther(this.#interpreter.project, rule, one) ? [[[unsaid]]] : [],
                },
              ]
        const within = (conditions: readonly Condition[], work: () => void) =>
          this.#interpreter.within(conditions.reduce(both, always), work)
        for (const way of waysOf(error))
          within(way.conditions, () => {
            for (const { value, conditions } of made(way.value))
              within(conditions, () => {
                const [status = nothing, body = nothing] = value.t === 'list' ? value.items : []
                const ways = each(status).length
                for (const one of each(status))
                  emit('respond', body, numberOf(one), { ways, isFramework: set?.t !== 'func' })
              })
          })
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site, note: 'answered' })
      }
      case 'error-status': {
        const value = argOf(args, rule.arg)
        const chain = value ? errorChain(value) : []
        const statuses = chain.flatMap((one) => this.errorStatuses(one))
        if (statuses.length > 0) return union(statuses.map((status) => constant(status)))
        const isKnown = chain.every(
          (one) =>
            one.t === 'object' || isMadeError(one) || (one.t === 'symbol' && one.path === outsideError),
        )
        return isKnown && chain.length > 0 ? constant(0) : null
      }
      case 'handled': {
        const value = argOf(args, rule.arg)
        const statuses = value ? this.errorStatuses(value) : []
        return statuses.length > 0
          ? symbol('@answer()', callee.text, { of: callee, note: { statuses }, isThere: true })
          : symbol('?', callee.text)
      }
      case 'body': {
        const own = rule.ownPart ? this.#ownPart(rule.ownPart, self, args, site) : null
        if (own) return own
        if (rule.neverOnGet && /^(?:GET|HEAD)$/.test(this.method ?? '')) return symbol('?', 'body')
        // What a program reads when it starts is its settings.
        if (site.module.language === 'go' && this.#interpreter.effects === null) return null
        if (rule.isReader && callee.of && !mayReadRequest(callee.of)) return null
        if (rule.from !== undefined && !readsBody(argOf(args, rule.from))) return null
        const field = textOf(argOf(args, rule.field))
        if (field !== null)
          return this.#bodyMember(
            symbol(callee.path, 'body', { of: callee, note: { bodyPath: [] } satisfies BodyNote }),
            [],
            field,
            site,
          )
        const into = argOf(args, rule.into)
        const binding = argOf(args, rule.binding)
        const named = binding?.t === 'symbol' ? bindings[binding.path.split('.').at(-1) ?? ''] : undefined
        const media =
          named ?? (this.method === 'GET' ? rule.onGet : undefined) ?? rule.media ?? 'application/json'
        const { answers } = rule
        if (answers !== undefined)
          this.#interpreter.within(failing(placeOf(media)), () =>
            emit('answer-error', callee, answers, { isFramework: true }),
          )
        const reads = media === 'application/json' && !hasOption(args, { option: 'silent', is: true })
        const pack = reads ? this.#packs.find(({ calls }) => calls?.[callee.path] === rule) : undefined
        if (pack) this.#unread(pack, site)
        emit('body', into ?? symbol('?', 'body'), null, {
          media,
          ...(rule.isByType ? { isByType: true } : {}),
        })
        const isGo = site.module.language === 'go'
        if (into && isGo)
          for (const one of each(into)) {
            const place = placeOf(media)
            const tag = this.#packs.find(({ uses }) => uses.test(callee.path))?.inputTags?.[place]
            const undo = fillFromRequest(one, { place, tag })
            this.#interpreter.undo?.push(undo)
          }
        // Read into something, what comes back in Go is whether that failed.
        return symbol(`${callee.path}()`, into && isGo ? `${placeOf(media)} failed` : 'body', {
          of: callee,
          args,
          site,
          // Where it is read into something, what comes back is no body.
          note: {
            ...(into || rule.isOpaque ? {} : { bodyPath: [] }),
            ...(rule.fails === undefined ? {} : { fails: rule.fails }),
          } satisfies Partial<BodyNote>,
        })
      }
      case 'raise': {
        if (rule.unless && hasOption(args, rule.unless)) return null
        if (rule.on && !rule.on.test(shown(callee.text))) return null
        if (rule.asks) emit('sign-in', callee, null, { credentials: rule.asks, mayFail: !rule.never })
        const asserted = rule.asserts === undefined ? undefined : argOf(args, rule.asserts)
        if (asserted) {
          if (knownTruth(asserted) !== true)
            this.#interpreter.within(not(whenTrueOf(asserted) ?? truth(asserted)), () =>
              this.#refuse(rule, callee, args, site),
            )
          return nothing
        }
        if (!rule.never && !rule.always) {
          const when = rule.asks ? [[unknownCaller]] : failing(calledWith(callee.text, args))
          this.#interpreter.within(when, () => this.#refuse(rule, callee, args, site))
        } else this.#refuse(rule, callee, args, site)
        if (rule.never) return ended
        const asked = site.module.language === 'python' ? calledWith(callee.text, args) : `${callee.text}()`
        return symbol(`${callee.path}()`, asked, {
          of: callee,
          args,
          site,
          ref: site.module.language === 'python' ? foundClass(callee, args) : null,
          // What goes on after an error that may come is no answer.
          note: rule.error === undefined ? 'answered' : null,
        })
      }
      case 'throw': {
        const given = argOf(args, rule.arg)
        // RxJS is given what makes the error.
        const made = given?.t === 'func' ? this.#interpreter.call(given, [], site) : given
        const value = made && rule.isHandedOn && site.module.language === 'javascript' ? thereOf(made) : made
        if (value && rule.isHandedOn && site.module.language === 'go') noteType(value, site)
        if (value && !(value.t === 'const' && (value.v === null || /^router?$/.test(String(value.v)))))
          this.#interpreter.raise(value, site, rule.isHandedOn === true)
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site, note: 'answered' })
      }
      case 'pass':
        emit('passed', callee, null)
        return this.givenBack ?? symbol(`${callee.path}()`, callee.text, { of: callee, args, site })
      case 'asked':
        if (args.length > 0) return null
        if (rule.of === 'path') return this.wholePath
        if (rule.of === 'pattern') return this.pattern === null ? null : constant(this.pattern)
        return this.method === null ? null : constant(this.method)
      case 'self':
        return self
      case 'bind': {
        const bound = argOf(args, rule.arg)
        if (bound) emit('bind', bound, null, { order: argOf(args, rule.order) })
        return self
      }
      case 'list':
        return { t: 'list', items: args.map(({ value }) => value), isOpen: false }
      case 'checked': {
        const check = argOf(args, rule.by)
        if (rule.in === 'body') emit('body', symbol('?', 'body'), null, { media: 'application/json' })
        const given = symbol(`${callee.path}()`, rule.in, {
          of: callee,
          site,
          note: rule.in === 'body' ? ({ bodyPath: [] } satisfies BodyNote) : { inputs: rule.in },
        })
        const { effects } = this.#interpreter
        const before = effects?.length ?? 0
        const made = check ? this.#interpreter.call(check, [{ name: null, value: given }], site) : given
        // Whatever it throws is the request's fault.
        if (effects) effects.push(...effects.splice(before).filter(({ kind }) => kind !== 'raise'))
        const { status } = rule
        this.#interpreter.within(unfit, () => emit('answer-error', callee, status, { isFramework: true }))
        return made === ended || made.t === 'const' ? given : made
      }
      case 'inputs':
        return symbol(`${callee.path}()`, rule.in, { of: callee, args, site, note: { inputs: rule.in } })
    }
  }

  // What a call that refuses answers, or raises.
  // http-errors ("createError([status], [message])"): an error that it is given is that one, with a status where it has none.
  #thrown(path: string, says: Value | undefined, status: number, callee: SymbolValue): Value {
    if (says && says.t !== 'const' && this.errorStatuses(says).length > 0) return says
    const args = [constant(status), ...(says ? [says] : [])].map((value) => ({ name: null, value }))
    const error = symbol(`${path}()`, callee.text, { args })
    thrown.set(error, { status, message: saidText(says) })
    return error
  }

  #refuse(
    rule: Extract<CallRule, { does: 'raise' }>,
    callee: SymbolValue,
    args: ArgValue[],
    site: Site,
  ): void {
    const statuses = statusesBy(rule.status, args)
    const message = saidText(argOf(args, rule.message))
    // An answer that is given instead of a status.
    const [given] = args
    if (statuses.length === 0 && given && rule.never)
      statuses.push(...this.answersOf(given.value).flatMap((one) => one.statuses))
    // Which status it is only the program knows: that of an error, or of a number.
    if (statuses.length === 0 && site.module.language === 'java' && rule.throws === undefined)
      this.#interpreter.emit('respond', nothing, null, site)
    for (const status of statuses) {
      const error = rule.errors?.get(status)
      if (rule.throws !== undefined) {
        this.#interpreter.raise(this.#thrown(rule.throws, argOf(args, rule.message), status, callee), site)
        continue
      }
      if (error === undefined)
        this.#interpreter.emit('answer-error', callee, status, site, {
          message,
          ways: statuses.length,
          statusAt: args.flatMap((arg) => sitesOfStatus(arg.value, status)),
        })
      else {
        const says = argOf(args, rule.message)
        const given = says ? [{ name: 'description', value: says }] : []
        this.#interpreter.raise(symbol(`${error}()`, callee.text, { args: given }), site)
      }
    }
    if (statuses.length === 0)
      this.#interpreter.emit(
        'raise',
        symbol(`${rule.error ?? callee.path}()`, rule.error ?? callee.text, {
          // Of an error whose status is its own, what the call is given is not what it says.
          args:
            rule.message === undefined &&
            this.#packs.some(({ errors }) => typeof errors?.[rule.error ?? ''] === 'number')
              ? []
              : args,
        }),
        null,
        site,
        rule.isNamed ? { isDocumented: true } : {},
      )
  }

  member(of: Value, name: string, site: Site): Value | null {
    if (this.failed && of.t === 'symbol' && `${of.path}.${name}` === this.failed.at) return this.failed.error
    if (this.failed && of === this.failed.error && !(of.t === 'symbol' && isBoom(of))) {
      if (name === 'isBoom') return constant(true)
      if (name === 'output') return boomOutput(this.errorStatuses(of)[0] ?? 500)
    }
    const ofError = this.#errors.member(of, name, site)
    if (ofError) return ofError
    const instance = this.#instanceMember(of, name, site) ?? this.#refusesItself(of, name)
    if (instance) return instance
    // What is kept says what the error in it says.
    if (of.t === 'object' && of === this.kept?.items[0] && name === 'Error')
      return this.#interpreter.memberOf(of.props.get('Err') ?? of, name, site)
    if (of.t !== 'symbol') return null
    if (this.#isView(of, name)) return this.view
    const held = this.#containers.member(of, name)
    if (held) return held
    if (of.path === asgiScope) {
      if (name === 'type') return constant('http')
      if (name === 'method' && this.method !== null) return constant(this.method)
      return name === 'path' ? this.wholePath : null
    }
    const key = `${of.path}.${name}`
    // Statuses by name: `http.StatusNotFound`, `httpStatus.NOT_FOUND`, `StatusCodes.NOT_FOUND`.
    const named =
      /^http-status(?:-codes)?\b|^@nestjs\/common\.HttpStatus$/.test(of.path) ||
      (of.path === 'net/http' && /^Status[A-Z]/.test(name))
        ? statusNamed(name)
        : null
    if (named !== null) return constant(named)
    const verb = of.path === 'net/http' ? /^Method([A-Z]\w+)$/.exec(name)?.[1] : undefined
    if (verb !== undefined) return constant(verb.toUpperCase())
    if (/^[mM]ethod$/.test(name) && requests.test(of.path))
      return this.method === null ? symbol(key, 'request.method', { of, site }) : constant(this.method)
    if (this.wholePath && pathMembers.test(key)) return this.wholePath
    if (this.pattern !== null && patternMembers.test(key)) return constant(this.pattern)
    if (this.wholePath && urlMembers.test(key))
      return joined([this.wholePath, symbol('?', `${of.text}.${name}`, { note: queryBehind })])
    const note = of.note as
      | (Partial<BodyNote> & { inputs?: ParameterPlace | 'body'; isPathToo?: boolean })
      | null
      | 'answered'
    if (note && note !== 'answered') {
      if (note.bodyPath) return this.#bodyMember(of, note.bodyPath, name, site)
      if (note.inputs && note.inputs !== 'body') {
        const kept = this.#keptInputs.member(of, name, site)
        if (kept) return { ...this.context.member(of, name, site), ...kept }
        const place = note.isPathToo && this.path?.has(name) ? 'path' : note.inputs
        return this.#read(of, place, name, site)
      }
    }
    for (const pack of this.#packsKnowing(key)) {
      if (this.kept && pack.keptErrors?.includes(key)) return this.kept
      // Nothing did so yet.
      if (
        pack.saysAnswered?.includes(key) &&
        this.#interpreter.effects?.every(({ kind }) => kind !== 'respond')
      )
        return constant(false)
      const named = pack.constants?.[key]
      if (named !== undefined) return constant(named)
      if (this.seenPath && pack.pathBelow === key) return this.seenPath
      if (this.endpoint !== null && pack.endpoint === key) return constant(this.endpoint)
      const option = pack.routeOptions?.[key]
      if (option !== undefined && this.options) return wholly(this.options.get(option))
      const held = pack.holds?.[key]
      if (held !== undefined) return symbol(held, `${of.text}.${name}`, { of, site })
      // What was set is read again: Koa's status after the handler.
      if (pack.assigns?.[key] === 'status' && this.#statuses[sent])
        return union(this.#statuses[sent].map((one) => constant(one)))
      const own = pack.inputs?.[key]
      // Of POST, PUT and PATCH what the body has comes first (net/http, Request.ParseForm).
      const isOfForm = formOrQuery.test(key) && /^(?:POST|PUT|PATCH)$/.test(this.method ?? '')
      const place = own && isOfForm ? 'form' : own
      if (place === 'body') {
        this.#unread(pack, site)
        this.#interpreter.emit('body', symbol('?', 'body'), null, site, { media: 'application/json' })
        return symbol(key, 'body', { of, site, note: { bodyPath: [] } satisfies BodyNote })
      }
      if (place) {
        const isPathToo = place === 'query' && pack.queryHoldsPath === true
        return symbol(key, place, { of, site, note: { inputs: place, isPathToo } })
      }
    }
    return this.context.member(of, name, site)
  }

  // Reading a body that is none raises what the framework says.
  #unread({ unreadBody }: Pack, site: Site): void {
    if (!unreadBody || unreadBody.isBefore || this.#interpreter.effects === null) return
    const { raises, status } = unreadBody
    this.#interpreter.within(failing('body'), () =>
      this.#interpreter.raise(
        symbol(`${raises}()`, raises, { site, note: status > 0 ? { fails: status } : null }),
        site,
      ),
    )
  }

  // What an instance has of a class outside that its class extends.
  #instanceMember(of: Value, name: string, site: Site): Value | null {
    const ref = of.t === 'object' || of.t === 'symbol' ? of.ref : null
    if (!ref || (of.t === 'object' && of.props.has(name))) return null
    for (const { instances, language } of this.#packs) {
      if (!instances || language !== ref.module.language) continue
      const { lookup } = this.#interpreter
      const base = lookup.ancestry(ref).find((one) => instances[one] !== undefined)
      if (base === undefined || lookup.method(ref, name) || lookup.field(ref, name)) continue
      const path = instances[base] ?? ''
      const self = symbol(path, 'self', { site }) as SymbolValue
      return this.member(self, name, site) ?? symbol(`${path}.${name}`, `self.${name}`, { of: self, site })
    }
    return null
  }

  // Whether a scheme of FastAPI's that a class extends was told to refuse by itself.
  #refusesItself(of: Value, name: string): Value | null {
    if (name !== 'auto_error' || of.t !== 'object' || !of.ref || of.props.has(name)) return null
    const isScheme = this.#interpreter.lookup
      .ancestry(of.ref)
      .some((one) => one.startsWith('fastapi.security.'))
    if (!isScheme || of.args.some(({ isSpread }) => isSpread)) return null
    return of.args.find((arg) => arg.name === name)?.value ?? constant(true)
  }

  // JavaScript: what code sets on a body by itself is no field that a client sends.
  #setInBody({ note }: SymbolValue, name: string, value: Value, { module }: Site): void {
    const path = (note as Partial<BodyNote> | null)?.bodyPath
    const isOwn = module.language === 'javascript' && this.#interpreter.branches().length === 0
    if (path && isOwn && !/\bbody\b/.test(printValue(value)))
      this.#setOnBody.set([...path, name].join('.'), value)
  }

  #bodyMember(of: SymbolValue, path: string[], name: string, site: Site): Value | null {
    if (isMethod(name, site))
      return symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, site, note: null })
    const set = this.#setOnBody.get([...path, name].join('.'))
    if (set) return set
    return this.#bodyPart(of, [...path, name], site)
  }

  // `from`: where its name is written.
  #bodyPart(of: SymbolValue, path: string[], site: Site, from: readonly Site[] = []): Value {
    const name = path.at(-1) ?? ''
    this.#interpreter.emit('body-field', { t: 'const', v: path.join('.'), from: [...from] }, null, site, {
      path,
    })
    return symbol(`${of.path}.${name}`, `${of.text}.${name}`, {
      of,
      site,
      note: { bodyPath: path } satisfies BodyNote,
    })
  }

  #read(of: SymbolValue, place: ParameterPlace, name: string, site: Site): Value {
    // Methods of Go's `url.Values` and `http.Header`.
    if (site.module.language === 'go' && /^(?:Get|Has|Values|Set|Add|Del|Encode|Clone|Write)$/.test(name))
      return symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, site, note: null })
    const isOfView = of.path === 'django:kwargs'
    if (isOfView && this.path && !this.path.has(name) && !holderMethod.test(name))
      // A view may be asked at several addresses; the key of a thing is its `id` there.
      return name === 'pk' && this.path.has('id') ? this.#read(of, place, 'id', site) : symbol('?', name)
    if (place === 'path' && !isOfView && this.path && !this.path.has(name)) {
      // Express, "req.params": what has no name has a number.
      const numbered = /^\d+$/.test(name) ? unnamedPart(this.path, Number(name)) : null
      return numbered === null ? constant(null) : this.#read(of, place, numbered, site)
    }
    // Methods of what holds the inputs.
    const { language, text } = site.module
    const isCopy = language === 'python' && name === 'copy'
    if (isCalled(name, site) || ((place !== 'path' || isOfView) && (holderMethod.test(name) || isCopy)))
      return symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, site, note: null })
    // Go keeps all that came under a name; the first of them is one.
    const isList =
      language === 'go' && place !== 'path' && !/^\s*\[0\]/.test(text.slice(site.end, site.end + 8))
    const isFile = this.#packs.some(({ fileInputs }) => fileInputs?.includes(of.path) === true)
    const type = isFile ? { type: 'file' } : isList ? { type: 'list' } : {}
    const missing =
      language === 'python' && text[site.end - 1] === ']'
        ? this.#packs.find(({ inputs }) => inputs?.[of.path] !== undefined)?.missingInput
        : undefined
    if (missing !== undefined && !this.#isHeldThere(`${place}.${name}`))
      this.#interpreter.within([[{ subject: `${place}.${name}`, op: 'absent' }]], () =>
        this.#interpreter.raise(symbol(`${missing}()`, missing), site),
      )
    this.#interpreter.emit('read', { t: 'const', v: name, from: site.named ?? [] }, null, site, {
      in: place,
      name,
      isRequired: false,
      ...type,
    })
    if (this.isNobody && mayShow(place, name)) return nothingShown(place, undefined, site, isList)
    return symbol(`${of.path}.${name}`, `${place}.${name}`, { of, site })
  }

  // Whether what was asked before says that a part of the request is there.
  #isHeldThere(subject: string): boolean {
    return this.#interpreter
      .holding()
      .some(
        (condition) =>
          condition.length > 0 &&
          condition.every((row) =>
            row.some((one) => one.subject === subject && /^(?:present|true|==|in|matches)$/.test(one.op)),
          ),
      )
  }

  // What the program set on its router under a name does, where that is one thing: it is given the context where it asks for one.
  #ownPart(
    { part, method }: { part: string; method: string },
    context: Value,
    args: readonly ArgValue[],
    site: Site,
  ): Value | null {
    const [only, ...others] = this.#parts.get(part) ?? []
    const own = only && others.length === 0 ? this.#interpreter.memberOf(only, method, site) : null
    if (own?.t !== 'func') return null
    const left = [...args]
    const given = own.fn.params.flatMap(({ type }) =>
      type && /(?:^|\.)Context$/.test(type.name) ? [{ name: null, value: context }] : left.splice(0, 1),
    )
    return this.#interpreter.call(own, given, site)
  }

  assign(of: Value, name: string, value: Value, site: Site): boolean {
    const router = routerOf(of)
    const sets = router?.pack.routerSets?.[name]
    const handler =
      typeof sets === 'object'
        ? this.#interpreter.memberOf(value, sets.method, null)
        : sets === 'errors'
          ? value
          : null
    if (router && handler) router.entries.push({ kind: 'error', handler, type: null, site })
    if (sets === 'part') this.#parts.set(name, new Set(this.#parts.get(name)).add(value))
    if (sets) return true
    if (of.t !== 'symbol') return false
    this.#setInBody(of, name, value, site)
    this.#keptInputs.set(of, name, value, site)
    if (of.path === '@answer()' && statusMembers.test(name)) {
      const statuses = statusesOf(value)
      if (statuses.length > 0) (of.note as { statuses: number[] }).statuses = statuses
      return true
    }
    const on = answerKey(of)
    for (const pack of this.#packs) {
      const what = pack.assigns?.[`${of.path}.${name}`]
      if (what === 'status') {
        const statuses = statusesOf(value)
        const [status] = statuses
        const sites = status === undefined ? [] : [site, ...sitesOfStatus(value, status)]
        setAt.set(statuses, sites)
        noteWays(statuses, value)
        // One that is not known is none of those that were set before.
        const isSet = statuses.length > 0 || mayBeOther(value)
        if (isSet) this.#statuses = { ...this.#statuses, [on]: statuses, [sent]: statuses }
        // The body came first.
        if (this.#last && this.#interpreter.effects?.at(-1) === this.#last && status !== undefined) {
          this.#last.status = status
          this.#last.note = { ...this.#last.note, statusAt: sites }
        } else if (pack.functionParameters === 'fastapi' || pack.framework === 'Elysia')
          this.#setOfReturned(value, site, on)
        else if (status !== undefined) this.#interpreter.emit('set-status', constant(null), status, site)
        return true
      }
      if (what === 'body') {
        const ofEmpty = value.t === 'const' && value.v === null ? pack.emptyStatus : undefined
        const statuses = ofEmpty === undefined ? (this.#statuses[on] ?? [200]) : [ofEmpty]
        const statusAt = setAt.get(statuses) ?? []
        const { ways, isUnclear } = setWays.get(statuses) ?? { ways: null, isUnclear: false }
        const emit = (status: number | null, count: number) =>
          this.#interpreter.emit('respond', value, status, site, { media: '', statusAt, ways: count })
        for (const { status, when } of ways ?? []) this.#interpreter.within(when, () => emit(status, 1))
        for (const status of ways ? [] : statuses) emit(status, statuses.length + (isUnclear ? 1 : 0))
        if (statuses.length === 0) emit(null, 1)
        if (!this.#statuses[on]) this.#last = this.#interpreter.effects?.at(-1) ?? null
        this.#isAnswered = true
        this.#statuses = { ...this.#statuses, [sent]: statuses }
        return true
      }
    }
    // What stands in front of a framework's own (`res.json = …`, to look at what is sent) answers as that does.
    const isAnswering = (member: string) =>
      this.#packs.some(({ calls }) => calls?.[`${of.path}.${member}`]?.does === 'respond')
    if (
      value.t === 'func' &&
      isAnswering(name) &&
      !answersItself(value, { of, name }, this.#interpreter, isAnswering)
    )
      return true
    this.context.set(of, name, value)
    return false
  }

  /** An answer that a status was set on keeps it where it is given back, whatever is set on other ways. */
  returned(value: Value): Value {
    const set = value.t === 'symbol' && !givenWith.has(value) ? this.#statuses[answerKey(value)] : undefined
    if (set === undefined || value.t !== 'symbol' || !value.path.endsWith('()')) return value
    const copy = { ...value }
    givenWith.set(copy, set)
    return copy
  }

  /** Statuses and bodies of a returned value that is itself an answer, and when it comes, beyond what holds for all of it. */
  answersOf(value: Value, depth = 0): MadeAnswer[] {
    if (depth > 16) return []
    return each(value).flatMap((one) => {
      if (one.t === 'list' && one.items.length === 2) {
        // Django Ninja: status and body.
        const [first] = one.items
        const isStatus = first?.t === 'const' || (first?.t === 'symbol' && !first.path.endsWith('()'))
        const [status = 0] = isStatus ? statusesOf(first) : []
        if (status >= 200 && status < 600 && this.#packs.some(({ isGivenRequest }) => isGivenRequest))
          return [{ statuses: [status], body: one.items[1], isError: false, via: '' }]
      }
      if (one.t === 'list' && one.items.length >= 2) {
        // Flask: body and status.
        const statuses = statusesOf(one.items[1])
        if (statuses.length > 0 && statuses.every((status) => status >= 100))
          return eachStatus(waysOfStatus(one.items[1]), {
            statuses,
            // `jsonify({…}), 404`: what the answer is made of.
            body: (one.items[0] && this.answersOf(one.items[0], depth + 8)[0]?.body) ?? one.items[0],
            isError: false,
            via: '',
          })
      }
      // Flask ("About Responses"): a body with a status as a text (`409 Conflict`), or with headers alone.
      if (one.t === 'list' && one.items.length >= 2 && this.#errors.serving?.framework === 'Flask') {
        const [body, second] = one.items
        const said = /^([1-5]\d\d)\b/.exec(textOf(second) ?? '')?.[1]
        const isHeaders = one.items.length === 2 && second?.t === 'object' && second.ref === null
        if (said !== undefined || (isHeaders && body && this.answersOf(body, depth + 8).length === 0))
          return [{ statuses: [Number(said ?? 200)], body, isError: false, via: '' }]
        if (isHeaders && body) return this.answersOf(body, depth + 8)
      }
      // A status beside a body that is not known is no 200.
      if (one.t === 'list' && one.items.length >= 2 && isStatusOf(one.items[1])) return []
      const said = this.#answerMembers && one.t === 'object' && one.ref === null ? one.props : undefined
      const status = said?.get(this.#answerMembers?.status ?? '')
      if (status) {
        const statuses = statusesOf(status)
        const body = said?.get(this.#answerMembers?.body ?? '')
        return statuses.length > 0 ? [{ statuses, body, isError: false, via: '' }] : []
      }
      const error = this.errorStatuses(one)
      if (error.length > 0)
        return [{ statuses: error, body: undefined, isError: true, via: printValue(one), error: one }]
      // Sent already.
      if (one.t === 'symbol' && one.note === 'answered') return []
      // Go: an answer and an error.
      if (one.t === 'list' && one.items.length === 2 && !one.isOpen)
        return one.items.flatMap((item) => this.answersOf(item, depth + 8))
      if (one.t === 'object' && one.ref) return this.#answerOfClass(one, one.ref)
      if (one.t !== 'symbol') return []
      // What wraps an error of Go is another one.
      if (/^(?:errors\.Join|fmt\.Errorf)\(\)$/.test(one.path)) return []
      if (one.path === '@answer()') {
        const { statuses } = one.note as { statuses: number[] }
        return [{ statuses, body: undefined, isError: false, via: one.text }]
      }
      const generated = generatedStatus(one)
      if (generated !== null)
        return [{ statuses: [generated], body: undefined, isError: generated >= 400, via: one.text }]
      const [thing] = one.args
      if (thingOrNothing.test(one.path) && thing) {
        // One of a problem has its status.
        const problem = thing.value.t === 'symbol' && problemDetail.test(thing.value.path)
        return problem ? this.answersOf(thing.value, depth + 1) : answersOfThing(thing.value, one.text)
      }
      for (const pack of this.#packs) {
        const path = one.path.endsWith('()') ? one.path.slice(0, -2) : one.path
        const rule = pack.answers?.[path]
        // Set on it after it was made.
        const set = givenWith.get(one) ?? this.#statuses[answerKey(one)]
        const args = rule?.ofReturned ? partsOfReturned(one.args) : one.args
        if (rule && !set && isOfHandler(rule.status, args)) return []
        const [only] = args
        const wrapped =
          rule?.ofReturned && !set && only && args.length === 1
            ? this.#wrapped(only.value, statusesBy(rule.status, args), one.text, depth)
            : null
        if (wrapped) return wrapped
        if (rule)
          return eachStatus(set ? (setWays.get(set)?.ways ?? null) : statusWays(rule.status, args, false), {
            ...(set ? { statusAt: setAt.get(set) ?? [] } : {}),
            statuses:
              set ??
              (args.length === 0 && rule.emptyStatus !== undefined
                ? [rule.emptyStatus]
                : statusesBy(rule.status, args)),
            body:
              argOf(args, rule.body) ??
              (rule.isNamed ? ofNamed(one) : undefined) ??
              // Java: named to be called with its body (`map(ResponseEntity::ok)`).
              (pack.language === 'java' && path === one.path && rule.body !== undefined ? one : undefined),
            isError: false,
            via: one.text,
            // It may be another one too.
            ...(isUnknownStatus(rule.status, args) ? { when: [[[unsaid]]] } : {}),
          })
      }
      // A builder that is given another status later.
      const later = /\.(?:status|code|withStatus)\(\)$/.test(one.path) ? statusesOf(one.args[0]?.value) : []
      const earlier = later.length > 0 && one.of ? this.answersOf(one.of, depth + 1) : []
      if (earlier.length > 0) return earlier.map((answer) => ({ ...answer, statuses: later }))
      const empty = emptyCase.test(one.path) ? one.of : null
      const source = empty?.t === 'symbol' && empty.of ? mappedFrom(empty.of) : null
      if (source) {
        // What comes of a thing that is there, and what comes instead.
        const [some, none] = [truthOfThing(source), not(truthOfThing(source))]
        const instead = one.args.flatMap((arg) => this.#answersOfGiven(arg.value, one, depth))
        const own = empty?.t === 'symbol' && empty.of ? this.answersOf(empty.of, depth + 1) : []
        if (instead.length > 0)
          return [
            ...own.map((answer) => ({ ...answer, when: [some, ...(answer.when ?? [])] })),
            ...instead.map((answer) => ({ ...answer, when: [none, ...(answer.when ?? [])] })),
          ]
      }
      // A builder: what its first call says holds (`ResponseEntity.notFound().build()`), else what it is made from.
      // What a builder is filled with is no answer of its own: an error may say its status there.
      const filled =
        filling.test(one.path) && one.of ? this.#answersOfGiven(one.of, one, depth - ofChain) : []
      const body = one.args.length === 1 && filledBody.test(one.path) ? one.args[0]?.value : undefined
      if (filled.length > 0)
        return body && body.t !== 'func' ? filled.map((answer) => ({ ...answer, body })) : filled
      const inside = [one.of, ...one.args.map((arg) => arg.value)].filter(
        (inner) => inner !== null && inner !== undefined,
      )
      // Of a long chain of calls each has one before it.
      return inside.flatMap((inner) =>
        this.#answersOfGiven(inner, one, inner === one.of ? depth - ofChain : depth),
      )
    })
  }

  // Flask: an answer made of what a handler or a decorator of one gave, by each way that it may be; null where none of them is an answer. One that is looked into by itself answers for itself.
  #wrapped(value: Value, statuses: number[], via: string, depth: number): MadeAnswer[] | null {
    const isUnknown = value.t === 'union' && !value.ways && !value.when
    let isWrapped = false
    const answers = waysOf(value).flatMap((way): MadeAnswer[] => {
      const isPassed = way.value.t === 'symbol' && way.value.path === passedMark
      const own = isPassed ? [] : this.answersOf(way.value, depth + 1)
      isWrapped ||= isPassed || own.length > 0
      const when = isUnknown ? [[[unsaid]]] : way.conditions
      if (own.length > 0 || isPassed)
        return own.map((answer) => ({
          ...answer,
          statusAt: [
            ...answer.statuses.flatMap((status) => sitesOfStatus(way.value, status)),
            ...(answer.statusAt ?? []),
          ],
          when: [...when, ...(answer.when ?? [])],
        }))
      return [{ statuses, body: way.value, isError: false, via, when }]
    })
    return isWrapped ? answers : null
  }

  // An answer of a class of the repository: what it gave the class outside that it extends.
  #answerOfClass({ args }: ObjectValue, ref: ClassRef): MadeAnswer[] {
    const names = this.#interpreter.lookup.ancestry(ref)
    const rule = this.#packs.flatMap(({ answers }) => names.flatMap((name) => answers?.[name] ?? []))[0]
    if (!rule) return []
    const when = isUnknownStatus(rule.status, args) ? { when: [[[unsaid]]] } : {}
    const body = argOf(args, rule.body)
    return [{ statuses: statusesBy(rule.status, args), body, isError: false, via: ref.cls.name, ...when }]
  }

  #answersOfGiven(inner: Value, { path, of, site }: SymbolValue, depth: number): MadeAnswer[] {
    if (inner.t !== 'func') return this.answersOf(inner, depth + 1)
    // What a callback gives is what the call gives (`map`, `flatMap`, `orElseGet`), when it gives that.
    const thing = /\.(?:map|flatMap)\(\)$/.test(path) && of?.t === 'symbol' ? of.of : null
    const { result } = this.#interpreter.record(
      () =>
        this.#interpreter.outcomes(
          inner,
          thing ? [{ name: null, value: thing }] : [],
          site ?? { module: inner.module, start: 0, end: 0, symbol: '' },
        ),
      500,
    )
    return result.flatMap(({ value: given, conditions }) =>
      this.answersOf(given, depth + 4).map((answer) => ({
        ...answer,
        when: [...conditions, ...(answer.when ?? [])],
      })),
    )
  }
}

/** Errors that a framework's own call throws, with what they are answered with. */
export const thrown = new WeakMap<Value, { status: number; message: string }>()

/** The statuses of answers that were given back. */
// Flask, "Flask.make_response": a tuple stands for a body, a status and headers.
const partsOfReturned = (args: readonly ArgValue[]): readonly ArgValue[] => {
  const [first, ...others] = args
  return first?.value.t === 'list' && !first.value.isOpen && others.length === 0
    ? first.value.items.map((value) => ({ name: null, value }))
    : args
}

const givenWith = new WeakMap<SymbolValue, number[]>()

/** Node: an answer that is on its way when the call comes back; a file or a page may still fail. */
const answersErrors = /(?:err(?:or)?s?|problem|fail)\w*(?:\.\w+)?$/i
const sendsAtOnce = /:(?:res|reply)\.(?!sendFile$|download$|render$)\w+$/

// An answer with each status that it may have, when it has that one, where that is known.
const eachStatus = (
  ways: readonly { status: number | null; when: Condition }[] | null,
  made: MadeAnswer,
): MadeAnswer[] =>
  ways?.flatMap(({ status, when }) =>
    status === null ? [] : { ...made, statuses: [status], when: [when, ...(made.when ?? [])] },
  ) ?? [made]

// Of what may be nothing, what it is where it is something: `next(known ? undefined : new Lost())`.
function thereOf(value: Value): Value {
  if (value.t !== 'union') return value
  const at = value.of.flatMap((one, index) => (one.t === 'const' && one.v === null ? [] : [index]))
  if (at.length === 0 || at.length === value.of.length) return value
  const picked = <T>(all: readonly T[]) => at.flatMap((index) => all[index] ?? [])
  return { t: 'union', of: picked(value.of), ...(value.when ? { when: picked(value.when) } : {}) }
}

/** The status of the error that reading the request gives. */
export const failsWith = ({ note }: SymbolValue): number | null =>
  note === null || note === 'answered' ? null : ((note as Partial<BodyNote>).fails ?? null)

// Methods of texts and lists are no fields.
const methods =
  /^(?:length|map|filter|forEach|trim|toString|toLowerCase|split|includes|get|items|keys|values|pop|find|some|every|join|push|slice|reduce|match|replace|startsWith|endsWith|sort|strip|lower|upper|copy|update|hasOwnProperty|dict|model_dump|json|get_json|then|catch|decode)$/
/** What is called on a part of a request in Python or JavaScript: texts, lists and tables hold nothing that runs. */
const isCalled = (name: string, { module: { language, text }, start, end }: Site) =>
  (language === 'python' || language === 'javascript') &&
  text.slice(start, end).endsWith(`.${name}`) &&
  /^(?:\?\.)?(?:<[^<>()]*>)?\(/.test(text.slice(end, end + 80))

const isMethod = (name: string, site: Site) => methods.test(name) || isCalled(name, site)

/** Methods of what holds inputs by their names. */
const holderMethod = /^(?:get|getlist|getAll|has|to_dict|items|keys|entries|toString)$/

/** An answer that a value is or is made into. */
interface MadeAnswer {
  statuses: number[]
  body: Value | undefined
  isError: boolean
  via: string
  error?: Value
  when?: readonly Condition[]
  /** Where its status was set, where that was later. */
  statusAt?: readonly Site[]
}

/** How much less deep what a call is made of counts than what is in it. */
const ofChain = 0.75

/** Calls of builders of answers in Java that put something into them. */
const filling = /\.(?:entity|body|bodyValue|header|type)\(\)$/
const filledBody = /\.(?:entity|body|bodyValue)\(\)$/

/** Calls that say what comes where there is nothing: of Java's `Optional`, of Reactor's and RxJava's publishers. */
const emptyCase = /\.(?:orElse|orElseGet|defaultIfEmpty|switchIfEmpty)\(\)$/

/** Spring ("ResponseEntity", `of`, `ofNullable`): 200 with a thing that is there, else 404. */
const thingOrNothing = /^org\.springframework\.http\.ResponseEntity\.of(?:Nullable)?\(\)$/

const problemDetail = /^org\.springframework\.http\.ProblemDetail\.\w+\(\)$/

function answersOfThing(thing: Value, via: string): MadeAnswer[] {
  const source = mappedFrom(thing)
  const isThere = source.t === 'const' ? source.v !== null : source.t === 'object' ? true : null
  const of = (status: number, body: Value | undefined, when: readonly Condition[]): MadeAnswer => ({
    statuses: [status],
    body,
    isError: false,
    via,
    when,
  })
  return [
    ...(isThere === false ? [] : [of(200, thing, isThere === null ? [truthOfThing(source)] : [])]),
    ...(isThere === true ? [] : [of(404, undefined, isThere === null ? [not(truthOfThing(source))] : [])]),
  ]
}

const truthOfThing = (value: Value): Condition => [[{ subject: printValue(value), op: 'present' }]]

const decodes = /^(?:JSON\.parse|json\.loads|tornado\.escape\.json_decode)$/

// A body that is decoded is that body.
function bodyIn(value: Value): Value | null {
  const isText = value.t === 'symbol' && value.path.endsWith('.decode()')
  const one = isText && value.of?.t === 'symbol' ? value.of.of : value
  const note = one?.t === 'symbol' ? (one.note as Partial<BodyNote> | null | 'answered') : null
  return one && note && note !== 'answered' && note.bodyPath ? one : null
}

// Parameters of a query or headers, or all of them as pairs.
function allInputs(value: Value): Value | null {
  const one = value.t === 'symbol' && value.path.endsWith('.entries()') ? value.of : value
  const holder = one !== value && one?.t === 'symbol' ? one.of : one
  if (holder?.t !== 'symbol') return null
  const note = holder.note as { inputs?: string } | null | 'answered'
  return note !== null && note !== 'answered' && note.inputs !== undefined ? holder : null
}

// Where in a request a form of reading it looks.
const placeOf = (media: string) =>
  media === 'query' || media === 'path' || media === 'header' || media === 'cookie'
    ? media
    : /form/.test(media)
      ? 'form'
      : 'body'

function ofNamed({ args, site }: SymbolValue): Value | undefined {
  const props = new Map(args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])))
  return props.size === 0
    ? undefined
    : { t: 'object', props, ref: null, args: [], isOpen: false, site: site ?? null }
}

// One answer that code makes and changes, by where it is made; of the framework's own there is one.
const answerKey = ({ path, site }: SymbolValue) =>
  path.endsWith('()') && site ? `${path}@${site.module.path}:${site.start}` : path.replace(/\.response$/, '')

/** The status in the name of an answer that oapi-codegen's strict server makes types for: `GetPet404JSONResponse`. */
function generatedStatus({ path }: SymbolValue): number | null {
  const status = /[a-z](\d{3})\w*Response(?:\(\))?$/i.exec(path)?.[1]
  return status === undefined || !/^[1-5]/.test(status) ? null : Number(status)
}

// What is written out has no other keys; what is not there has none.
function wholly(value: Value | undefined): Value {
  if (!value)
    return { t: 'object', props: new Map(), ref: null, args: [], isOpen: false, isWhole: true, site: null }
  return value.t === 'object' && value.ref === null && !value.isOpen ? { ...value, isWhole: true } : value
}

const isStatusOf = (value: Value | undefined): boolean =>
  value?.t === 'symbol' && /\.(?:code|status|status_?code)$/i.test(shown(value.text))

/** What FastAPI's schemes give is there, where they are not told to let everybody pass: else they refuse by themselves. */
function schemeCall({ path, of }: SymbolValue, site: Site): Value | null {
  if (!/^super:fastapi\.security\..*\.__call__$/.test(path)) return null
  const self = of?.t === 'symbol' ? of.of : null
  const isOff =
    self?.t !== 'object' ||
    self.args.some(({ name, value }) => name === 'auto_error' && !(value.t === 'const' && value.v === true))
  return isOff ? null : symbol('?', 'credentials', { isThere: true, site })
}

const kinds: Record<string, string> = ownTable({
  integer: 'as a whole number',
  number: 'as a number',
  boolean: 'as true or false',
})
// When a value of a request is none of its type.
const ofOtherKind = (subject: string, type = ''): Condition => {
  const kind = kinds[type]
  return kind === undefined ? [[unsaid]] : misfit(subject, kind)
}

/** The name that a part of a path without one is told by, by its number. */
const unnamedPart = (path: ReadonlySet<string>, number: number): string | null =>
  [...path].filter((name) => /^(?:p\d+|rest\d*)$/.test(name))[number] ?? null

/** The header that a gateway's variable holds; null of any other. */
const headerOfGateway = (name: string | null): string | null =>
  name?.startsWith('HTTP_') ? name.slice(5).replaceAll('_', '-').toLowerCase() : null

// It says no status, and the framework none without: that of its handler counts.
const isOfHandler = (rule: StatusRule, args: readonly ArgValue[]): boolean =>
  typeof rule === 'object' &&
  'arg' in rule &&
  rule.otherwise === undefined &&
  argOf(args, rule.arg) === undefined

// Java: an error by its class.
const isThrowable = (value: Value): boolean =>
  value.t === 'symbol'
    ? /(?:Exception|Error)\(\)$/.test(value.path)
    : value.t === 'object' && /(?:Exception|Error)$/.test(value.ref?.cls.name ?? '')
