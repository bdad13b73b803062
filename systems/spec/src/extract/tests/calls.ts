import { catches, handsOver, statusOfError } from './java-calls.ts'
import {
  handlerNamed,
  isMethod,
  methodNamed,
  methodWritten,
  nameOf,
  readsStatus,
  saysEqual,
  saysExpect,
  saysStatus,
  statusAsserted,
} from './names.ts'
import { knownText, partsOf, pathIn, textOf, unknown } from './values.ts'
import type { FunctionValue, Scope, SelfValue, TestRequest, TestRunner, TestValue } from './values.ts'
import type { Expr } from '../../parse/ir.ts'

type Call = Expr & { k: 'call' }
const isFunction = (value: TestValue): value is FunctionValue => value.t === 'function'

/** What a call of a test comes to; what it expects is kept, functions in it are run. */
export function valueOfCall(run: TestRunner, e: Call, scope: Scope, self: SelfValue | null): TestValue {
  const value = comesTo(run, e, scope, self)
  if (value.t === 'request') run.asked = value
  return value
}

function comesTo(run: TestRunner, e: Call, scope: Scope, self: SelfValue | null): TestValue {
  const name = nameOf(e.callee)
  const of = e.callee.k === 'member' ? run.value(e.callee.of, scope, self) : unknown
  const args = e.args.map(({ value }) => run.value(value, scope, self))
  const rows = tableOf(run, e, scope, self)
  if (rows) return (eachRow(run, rows, args), unknown)
  switch (of.t) {
    case 'request':
      return ofRequest(run, e, name, of, args)
    case 'expectation':
      return ofExpectation(run, e, name, of, args)
    case 'status':
      return readsStatus(name) || /^(?:value|intValue|getStatusCode|code|is\w+)$/.test(name)
        ? of
        : shouldBe(run, e, name, of, args)
    case 'status-matcher':
      return name === 'is' ? (args[0] ?? unknown) : numberOf(statusAsserted(name))
    case 'number':
      return /^(?:value|code|getStatusCode|intValue|toString)$/.test(name) ? of : unknown
    case 'method':
      return ofMethod(name, of, args)
    case 'path': {
      const more = pathIn(args[0], true)
      if (name === 'path' && more) return { t: 'path', parts: [...of.parts, '/', ...more] }
      const method =
        name === 'method'
          ? methodWritten(knownText(args[0]) ?? '')
          : isMethod(name)
            ? methodNamed(name)
            : null
      return method ? { t: 'request', request: { method, path: of.parts } } : of
    }
    case 'text':
      if (/^(?:format|formatted|replace\w*|toString|String|trim|strip|rstrip)$/.test(name)) return of
      if (name === 'concat') return { t: 'text', parts: [...of.parts, ...(partsOf(args[0]) ?? [null])] }
      break
    case 'list':
      for (const each of args.filter(isFunction))
        for (const item of of.items.slice(0, 60)) run.inline(each, item)
      return unknown
  }
  const route = asksForRoute.test(name) ? knownText(args[0]) : null
  if (route !== null) {
    const named = run.routeNamed(route, givenTo(e, args))
    if (named.t !== 'unknown') return named
  }
  if (handsOver(name)) return args.find(isFunction) ?? unknown
  if (catches(name)) return caught(run, e, args)
  if (name === 'NewRecorder') return { t: 'recorder' }
  if (name === 'status' && args.length === 0 && (e.callee.k === 'name' || isMatcher(e.callee)))
    return { t: 'status-matcher' }
  const expected = expectedBy(run, e, name, args)
  if (expected) return expected
  const given = new Map(
    e.args.flatMap(({ name: key }, at) => (key === null ? [] : [[key, args[at] ?? unknown]])),
  )
  const positional = args.filter((_, at) => e.args[at]?.name === null)
  const instance = e.callee.k === 'name' ? run.instance(name, positional, given) : null
  if (instance) return instance
  const helper = helperOf(run, e, of, name, scope, self)
  if (helper && !isTitled(name)) {
    const before = run.found.expected.length
    const value = run.call(helper, positional, e, given)
    if (value.t !== 'unknown' || run.found.expected.length > before) return value
  }
  const request = madeBy(run, e, name, args, scope)
  if (request) {
    if (request.t === 'request') run.last = request.request
    // WebTest's clients are told the status that has to come.
    for (const [at, { name: key }] of e.args.entries()) {
      const status = args[at]
      if (request.t === 'request' && key === 'status' && status?.t === 'number')
        run.expect(request.request, status.value, e)
    }
    for (const each of args.filter(isFunction)) run.inline(each, request)
    return request
  }
  return otherwise(run, e, name, args, scope, self)
}

/** Calls that give the path of a route by its name: of Django, Flask, Pyramid and Starlette. */
const asksForRoute = /^(?:reverse|reverse_lazy|url_for|url_path_for|route_path|route_url)$/

// How many parts of a path are given; null where that is not known.
function givenTo({ args: written }: Call, args: readonly TestValue[]): number | null {
  const at = written.findIndex(({ name }) => name === 'kwargs' || name === 'args')
  const given = at < 0 ? undefined : args[at]
  if (given?.t === 'object') return given.props.size
  if (given?.t === 'list') return given.items.length
  return at < 0 && args.length === 1 ? 0 : null
}

// What a function that is expected to fail asked for.
function caught(run: TestRunner, e: Call, args: readonly TestValue[]): TestValue {
  run.asked = null as TestRunner['asked']
  for (const each of args.filter(isFunction)) run.inline(each, null)
  const { asked } = run
  if (!asked) return unknown
  for (const { value } of e.args) run.expect(asked.request, statusOfError(value), e)
  return asked
}

// `MockMvcResultMatchers.status()`
const isMatcher = (callee: Expr) => callee.k === 'member' && nameOf(callee.of).endsWith('Matchers')
const numberOf = (value: number | null): TestValue => (value === null ? unknown : { t: 'number', value })
const isTitled = (name: string) =>
  /^(?:it|test|describe|context|suite|Run|specify|before\w*|after\w*|Convey|Describe|Context|When|It)$/.test(
    name,
  )

function otherwise(
  run: TestRunner,
  e: Call,
  name: string,
  args: readonly TestValue[],
  scope: Scope,
  self: SelfValue | null,
): TestValue {
  // The status that a matcher is made with, a text that is made of parts, an address.
  if (
    /^(?:is|equalTo|eq|Equal|BeEquivalentTo|BeIdenticalTo|HaveHTTPStatus|valueOf|fromStatusCode|HttpStatusCode|from|int)$/.test(
      name,
    ) &&
    args[0]?.t === 'number'
  )
    return args[0]
  if (/^(?:Sprintf|format|URI|URL|create|String|Parse|urljoin|join|fromUriString|fromPath)$/.test(name)) {
    const texts = args.filter(({ t }) => t === 'text')
    const text = texts.find((one) => pathIn(one)) ?? texts[0]
    if (text) return filledIn(text, args.slice(args.indexOf(text) + 1))
  }
  if (/^(?:uri|url|newBuilder)$/.test(name)) {
    const path = args.map((one) => pathIn(one)).find((one) => one !== null)
    if (path) return { t: 'path', parts: path }
  }
  if (/^(?:target|resource)$/.test(name)) {
    const parts = pathIn(args[0], true)
    return { t: 'path', parts: parts && parts[0]?.startsWith('/') ? parts : ['/', ...(parts ?? [])] }
  }
  const title = isTitled(name) ? knownText(args[0]) : null
  const before = run.found.expected.length
  const work = () => {
    for (const each of args.filter(isFunction)) run.inline(each, null)
  }
  if (title === null) work()
  else run.titled(title, work)
  // What a helper is given and runs later, with what it makes (`it('…', withService((service) => …))`).
  if (title !== null && run.found.expected.length === before)
    for (const { value } of e.args) if (value.k === 'call') inlineGiven(run, value, scope, title)
  const request = args.find((one) => one.t === 'request')
  return (request && recordedBy(run, e, request, args, scope, self)) ?? request ?? unknown
}

// Go: what records the answer is the answer: `router.ServeHTTP(recorder, request)`, `list(recorder, request)`.
function recordedBy(
  run: TestRunner,
  e: Call,
  { request }: RequestValue,
  args: readonly TestValue[],
  scope: Scope,
  self: SelfValue | null,
): TestValue | null {
  const isServed = nameOf(e.callee) === 'ServeHTTP' && e.callee.k === 'member'
  const [recorder] = e.args
  // A recorder may be wrapped.
  const inner = recorder?.value.k === 'call' ? recorder.value.args.map(({ value }) => value) : []
  // A context is made of both, in either order (`echo.NewContext(request, recorder)`).
  const at =
    e.args.find((_, index) => args[index]?.t === 'recorder')?.value ??
    inner.find((one) => isRecorder(run, one, scope, self))
  if (run.module.language !== 'go' || !(isServed || at)) return null
  const by = isServed && e.callee.k === 'member' ? e.callee.of : e.callee
  const isContext = nameOf(e.callee).endsWith('Context')
  const answer: TestValue = {
    t: 'request',
    request: isContext ? request : { ...request, handler: handlerNamed(by, scope) },
  }
  const target = at ?? recorder?.value
  if (target?.k === 'name' || target?.k === 'member') run.bind(target, answer, scope, self, false)
  else run.record(answer)
  return answer
}

const isRecorder = (run: TestRunner, e: Expr, scope: Scope, self: SelfValue | null) =>
  (e.k === 'name' || e.k === 'member') && run.value(e, scope, self).t === 'recorder'

function inlineGiven(run: TestRunner, { args }: Call, scope: Scope, title: string): void {
  for (const { value } of args) {
    const given = value.k === 'func' ? run.value(value, scope) : unknown
    if (isFunction(given)) run.titled(title, () => void run.inline(given, null))
  }
}

// Verbs of a format, filled in as far as their values are known.
function filledIn(text: TestValue, given: readonly TestValue[]): TestValue {
  if (text.t !== 'text') return text
  let at = 0
  const parts = text.parts.flatMap((part) =>
    (part ?? '\0').split(/(%[a-z]|\0)/).flatMap((piece): (string | null)[] => {
      if (piece === '\0') return [null]
      return /^%[a-z]$/.test(piece) ? [...(partsOf(given[at++]) ?? [null])] : [piece]
    }),
  )
  return { t: 'text', parts }
}

function helperOf(
  run: TestRunner,
  e: Call,
  of: TestValue,
  name: string,
  scope: Scope,
  self: SelfValue | null,
): FunctionValue | null {
  const isJava = self?.module.language === 'java'
  const arity = isJava ? e.args.length : null
  if (e.callee.k === 'name') return run.functionNamed(name, isJava ? self : null, scope, arity)
  if (e.callee.k !== 'member') return null
  if (of.t === 'self') return run.functionNamed(name, of, scope, arity)
  if (of.t === 'object') {
    const found = of.props.get(name)
    return found?.t === 'function' ? found : null
  }
  if (of.t !== 'unknown') return null
  const typed = isJava ? run.methodOf(e.callee.of, name, self, e.args.length) : null
  return typed ?? (isMethod(name) ? null : run.functionNamed(name, self, scope, arity))
}

// `it.each([[1, 2]])('…', (a, b) => …)`
function tableOf(
  run: TestRunner,
  e: Call,
  scope: Scope,
  self: SelfValue | null,
): readonly TestValue[] | null {
  if (e.callee.k !== 'call' || nameOf(e.callee) !== 'each') return null
  const table = e.callee.args[0] ? run.value(e.callee.args[0].value, scope, self) : unknown
  return table.t === 'list' ? table.items.slice(0, 60) : null
}

function eachRow(run: TestRunner, rows: readonly TestValue[], args: readonly TestValue[]): void {
  const fn = args.find(isFunction)
  if (!fn) return
  for (const row of rows)
    run.titled(knownText(args[0]) ?? '', () => void run.call(fn, row.t === 'list' ? row.items : [row], null))
}

type RequestValue = TestValue & { t: 'request' }

function ofRequest(
  run: TestRunner,
  e: Call,
  name: string,
  of: RequestValue,
  args: readonly TestValue[],
): TestValue {
  const { request } = of
  const [first, second] = args
  if (name === 'isInstanceOf') run.expect(request, statusOfError(e.args[0]?.value), e)
  if (first?.t === 'text' && readsStatus(knownText(first) ?? '')) {
    if (second?.t === 'number') run.expect(request, second.value, e)
    else if (/^extract|property/i.test(name))
      return { t: 'expectation', request, isOfStatus: true, isNot: false }
  }
  if (name === 'expectStatus' && args.length === 0)
    return { t: 'expectation', request, isOfStatus: true, isNot: false }
  if (readsStatus(name) && args.length === 0) return { t: 'status', request }
  if (/^(?:reply|willReturn|thenReturn|respond|returns)$/.test(name)) return unknown
  if (saysStatus(name) || /^(?:expect|expecting|andExpect(?:All)?)$/.test(name))
    for (const arg of args) if (arg.t === 'number') run.expect(request, arg.value, e)
  if (args.length === 0 || saysStatus(name)) run.expect(request, statusAsserted(name), e)
  let next: TestValue = of
  for (const each of args.filter(isFunction)) {
    const result = run.inline(each, of)
    if (result.t === 'request') next = result
  }
  return next
}

function ofExpectation(
  run: TestRunner,
  e: Call,
  name: string,
  of: TestValue & { t: 'expectation' },
  args: readonly TestValue[],
): TestValue {
  if (of.isNot) return of
  const [first, second] = args
  const isNamed = first?.t === 'text' && readsStatus(knownText(first) ?? '')
  if (isNamed && second?.t === 'number') run.expect(of.request, second.value, e)
  else if (isNamed && /extract|property/i.test(name)) return { ...of, isOfStatus: true }
  else if (
    first?.t === 'number' &&
    /^(?:To|Should)$/.test(name) &&
    matchesEqual.test(nameOf(e.args[0]?.value ?? e))
  )
    run.expect(of.request, first.value, e)
  else if (first?.t === 'number' && (of.isOfStatus ? saysEqual(name) : saysStatus(name)))
    run.expect(of.request, first.value, e)
  else if (args.length === 0 && (of.isOfStatus || saysStatus(name)))
    run.expect(of.request, statusAsserted(name), e)
  else if (first?.t === 'object' && !of.isOfStatus)
    for (const [key, value] of first.props)
      if (readsStatus(key) && value.t === 'number') run.expect(of.request, value.value, e)
  return readsStatus(name) && args.length === 0 ? { ...of, isOfStatus: true } : of
}

// `response.status.should.equal(404)`
function shouldBe(
  run: TestRunner,
  e: Call,
  name: string,
  of: TestValue & { t: 'status' },
  args: readonly TestValue[],
): TestValue {
  if (saysEqual(name) && args[0]?.t === 'number') run.expect(of.request, args[0].value, e)
  return unknown
}

function ofMethod(name: string, of: TestValue & { t: 'method' }, args: readonly TestValue[]): TestValue {
  const path = /^(?:uri|url|path)$/.test(name) ? pathIn(args[0]) : null
  return path ? { t: 'request', request: { method: of.method, path } } : of
}

/** What goconvey's `So` is given between what it compares. */
const shouldEqual = /^Should(?:Equal|Resemble|AlmostEqual)$/
/** Gomega's matchers of a status. */
const matchesEqual = /^(?:Equal|BeEquivalentTo|BeIdenticalTo|HaveHTTPStatus)$/

/** Calls that compare a status, or say something of a request's answer. */
function expectedBy(run: TestRunner, e: Call, name: string, args: readonly TestValue[]): TestValue | null {
  const subject = args.find((one) => one.t === 'status') ?? args.find((one) => one.t === 'request')
  if (!subject || (subject.t !== 'status' && subject.t !== 'request')) return null
  const { request } = subject
  const isOfStatus = subject.t === 'status'
  const numbers = args.flatMap((one) => (one.t === 'number' ? [one.value] : []))
  const isSure = isOfStatus
    ? saysEqual(name) ||
      saysExpect(name) ||
      saysStatus(name) ||
      e.args.some(({ value }) => shouldEqual.test(nameOf(value)))
    : saysStatus(name) && /assert|expect|check|verify|require|status/i.test(name)
  if (numbers.length > 0 && isSure) {
    for (const status of numbers) run.expect(request, status, e)
    return subject
  }
  if (saysExpect(name)) return { t: 'expectation', request, isOfStatus, isNot: false }
  const said = statusAsserted(name)
  if (said !== null && numbers.length === 0) {
    run.expect(request, said, e)
    return subject
  }
  return null
}

/** The request that a call makes by what it is called and given; a route that the test itself makes is kept as such. */
function madeBy(
  run: TestRunner,
  e: Call,
  name: string,
  args: readonly TestValue[],
  scope: Scope,
): TestValue | null {
  const { module } = run
  const method = methodNamed(name) ?? (/^(?:multipart|fileUpload)$/.test(name) ? 'POST' : null)
  noteRoute(run, e, name, args, scope)
  if (method && isMethod(name)) {
    // What RestAssured is asked may begin without a slash.
    const path = pathIn(args[0]) ?? (isAssured(e) ? pathIn(args[0], true) : null)
    if (path) {
      const request = { method, path }
      if (routes(args) || routesByName(e)) run.found.routed.push({ ...request, module })
      return routes(args) ? unknown : { t: 'request', request }
    }
    if (args.length === 0) return { t: 'method', method }
  }
  if (name === 'method' && args.length === 1) {
    const asked = methodIn(e.args[0]?.value, args[0])
    if (asked) return { t: 'method', method: asked }
  }
  const written = e.args.map(({ value }, at) => methodIn(value, args[at])).find((one) => one !== null)
  const path = args.map((one) => (one.t === 'text' ? pathIn(one) : null)).find((one) => one !== null)
  if (written && path) {
    if (routes(args)) run.found.routed.push({ method: written, path, module })
    return { t: 'request', request: { method: written, path } }
  }
  const request = requestOf(args, name)
  if (request) return { t: 'request', request }
  const [to] = args
  if (to?.t === 'path' && /^(?:send|sendAsync|execute|newCall)$/.test(name))
    return { t: 'request', request: { method: 'GET', path: to.parts } }
  if (path && method) return { t: 'request', request: { method, path } }
  if (path && routes(args)) run.found.routed.push({ method: '*', path, module })
  return null
}

// Go: a route that a test makes for one handler: `router.Get("/loans", list(db))`, `mux.HandleFunc("GET /loans", api.list)`.
function noteRoute(
  { module, found }: TestRunner,
  e: Call,
  name: string,
  args: readonly TestValue[],
  scope: Scope,
): void {
  const [, second] = e.args
  const isRoute = isMethod(name) || /^Handle(?:r?Func)?$/.test(name)
  if (module.language !== 'go' || !isRoute || args[1]?.t !== 'unknown' || !second) return
  const [, asked, rest] = /^([A-Z]+) (.*)$/.exec(knownText(args[0]) ?? '') ?? []
  const path = pathIn(rest === undefined ? args[0] : textOf(rest))
  const handler = handlerNamed(second.value, scope)
  if (path && handler !== '')
    found.routed.push({ method: asked ?? methodNamed(name) ?? '*', path, handler, module })
}

// `given().….get("loans")`
function isAssured(e: Call): boolean {
  let of: Expr = e
  while (of.k === 'call' || of.k === 'member') {
    if (of.k === 'call' && /^(?:given|when|with)$/.test(nameOf(of.callee))) return true
    of = of.k === 'call' ? of.callee : of.of
  }
  return false
}

// A function that takes a request and answers it.
const routes = (args: readonly TestValue[]) =>
  args.some(
    (one) =>
      one.t === 'function' && /^(?:_?req(?:uest)?|_?ctx|c|w|rw|_|writer)$/.test(one.fn.params[0]?.name ?? ''),
  )
// Go's and JavaScript's routers are given a handler by its name.
const routesByName = ({ args: [, second] }: Call) =>
  second?.value.k === 'name' && /handler|middleware/i.test(second.value.name)

/** A request that is written as an object, or of which only the address is given. */
export function requestOf(args: readonly TestValue[], name: string): TestRequest | null {
  const isSent =
    /^(?:fetch|request|Request|inject|axios|visit|handle|simulate|simulate_request|retrieve|exchange)$/.test(
      name,
    )
  for (const one of args) {
    if (one.t !== 'object') continue
    const [path, method] = [inObject(one, /^(?:url|uri|path|endpoint)$/i), inObject(one, /^method$/i)]
    const found = pathIn(path)
    if (found && (method || isSent))
      return { method: methodWritten(knownText(method)?.toUpperCase() ?? '') ?? 'GET', path: found }
  }
  if (!isSent) return null
  const path = args.map((one) => pathIn(one)).find((one) => one !== null)
  if (!path) return null
  const options = args.find((one) => one.t === 'object')
  const method = options?.t === 'object' ? inObject(options, /^method$/i) : undefined
  return { method: methodWritten(knownText(method)?.toUpperCase() ?? '') ?? 'GET', path }
}

const inObject = (of: TestValue & { t: 'object' }, name: RegExp) =>
  [...of.props].find(([key]) => name.test(key))?.[1]

function methodIn(e: Expr | undefined, value: TestValue | undefined): string | null {
  const text = knownText(value)
  if (text !== null) return methodWritten(text)
  const name = e?.k === 'member' || e?.k === 'name' ? e.name : ''
  return /^(?:Method[A-Z]|[A-Z]+$)/.test(name) ? methodNamed(name.replace(/^Method/, '')) : null
}
