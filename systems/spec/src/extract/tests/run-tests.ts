import { requestOf, valueOfCall } from './calls.ts'
import { ClassConstants } from './class-constants.ts'
import { DeclaredNames } from './declared-names.ts'
import { requestDeclared, statusOfError } from './java-calls.ts'
import { handlerNamed, isStatus, methodNamed, nameOf, readsStatus } from './names.ts'
import { Scope, joined, partsOf, textOf, unknown } from './values.ts'
import type { ProgramConstants } from './program-constants.ts'
import type { FunctionValue, SelfValue, TestRequest, TestRunner, TestValue, TestedAnswers } from './values.ts'
import type { RouteNames } from '../route-names.ts'
import type { Class, Expr, Func, Module, Span, Stmt } from '../../parse/ir.ts'
import { statusNamed } from '../../packs/status.ts'

/**
 * Follows tests as far as their requests need it: constants, helpers of tests, tables of cases, set-up. Requests are told by their method
 * and path wherever they are given to a call, expectations by what is compared with a status, in whatever library. `program`: files of what is
 * tested, whose constants tests name.
 */
export function testedAnswers(
  modules: readonly Module[],
  constants: ProgramConstants = () => undefined,
  routeNames: RouteNames = new Map(),
  program: readonly Module[] = [],
): TestedAnswers {
  const names = new DeclaredNames()
  const found: TestedAnswers = { expected: [], routed: [] }
  const ofClasses = new ClassConstants([...modules, ...program])
  const runs = modules.map((module) => new TestRun(module, names, ofClasses, constants, routeNames, found))
  for (const run of runs) run.attempt(() => run.declare())
  for (const run of runs) run.attempt(() => run.test())
  return found
}

/** Enough for long files of tests; one that takes more is left at that. */
const maxSteps = 150_000
const maxDepth = 6
const maxRounds = 60

class TestRun implements TestRunner {
  readonly module: Module
  readonly found: TestedAnswers
  asked: TestRunner['asked'] = null
  readonly #names: DeclaredNames
  readonly #ofClasses: ClassConstants
  readonly #constants: ProgramConstants
  readonly #routeNames: RouteNames
  readonly #top = new Scope(null)
  /** Where what is run stands. */
  #file: Module
  #steps = 0
  #depth = 0
  /** Helpers that are being run. */
  readonly #running = new Set<Func>()
  #titles: string[] = []
  #recorder: { scope: Scope; name: string } | null = null
  last: TestRequest | null = null
  /** The call of the test itself, while its helpers run. */
  #at: Span | null = null

  constructor(
    module: Module,
    names: DeclaredNames,
    ofClasses: ClassConstants,
    constants: ProgramConstants,
    routeNames: RouteNames,
    found: TestedAnswers,
  ) {
    this.module = module
    this.#file = module
    this.#names = names
    this.#ofClasses = ofClasses
    this.#constants = constants
    this.#routeNames = routeNames
    this.found = found
  }

  /** Makes known to all tests what this file declares. */
  declare(): void {
    for (const stmt of this.module.body) {
      const declared = stmt.k === 'export' && stmt.value ? stmt.value : stmt
      if (declared.k === 'func')
        this.#names.keep(declared.fn.name, this.#function(declared.fn, this.#top, null), this.module)
      else if (declared.k === 'class') this.#declareClass(declared.cls)
      else {
        const given = assigned(stmt)
        const value = given ? this.value(given.value, this.#top) : unknown
        if (given && value.t !== 'unknown') this.#names.keep(given.name, value, this.module)
      }
    }
  }

  #declareClass(cls: Class): void {
    const self: SelfValue = { t: 'self', cls, module: this.module, fields: new Map() }
    this.#names.keepClass(cls.name, self)
    for (const member of cls.members)
      this.#names.keep(member.name, this.#function(member, this.#top, self), this.module)
    for (const inner of cls.inner) this.#declareClass(inner)
  }

  /** Runs the file's tests. */
  test(): void {
    this.#steps = 0
    this.#run(this.module.body, this.#top, null)
    for (const stmt of this.module.body) {
      if (stmt.k === 'func' && isTestName(stmt.fn.name)) this.#case(stmt.fn, this.#top, this.#selfOf(stmt.fn))
      if (stmt.k === 'class') this.#ofClass(stmt.cls)
    }
  }

  // A suite of Go: its methods have one receiver.
  #selfOf(fn: Func): SelfValue | null {
    return fn.receiver ? { t: 'self', cls: null, module: this.module, fields: new Map() } : null
  }

  #ofClass(cls: Class, outer: SelfValue | null = null): void {
    const self: SelfValue = { t: 'self', cls, module: this.module, fields: new Map(outer?.fields), outer }
    const all = this.#names.lineOf(cls, this.module)
    for (const one of all.toReversed())
      this.#inFile(one.module, () => {
        for (const field of one.cls.fields)
          if (field.value) self.fields.set(field.name, this.value(field.value, this.#top, self))
      })
    for (const one of all.toReversed()) this.#run(one.cls.body, this.#top, self)
    const head = { start: cls.start, end: cls.headEnd }
    for (const one of all.toReversed())
      for (const member of one.cls.members)
        if (isSetUp(member))
          this.attempt(() => {
            this.call(this.#function(member, this.#top, self, one.module), [], one.cls === cls ? null : head)
          })
    // Those that a class has of what it extends are run with what it is; they stand elsewhere.
    const names = new Set<string>()
    for (const one of all)
      for (const member of one.cls.members) {
        const isOwn = one.cls === cls
        if (names.has(member.name) || !isTest(member) || (!isOwn && this.module.language !== 'java')) continue
        names.add(member.name)
        this.#at = isOwn ? null : head
        this.#inFile(one.module, () => this.#case(member, this.#top, self))
        this.#at = null
      }
    for (const one of cls.inner) this.#ofClass(one, self)
  }

  #case(fn: Func, scope: Scope, self: SelfValue | null): void {
    if (fn.decorators.some((one) => /^(?:xfail|expectedFailure)$/.test(nameOf(one)))) return
    const run = (given: Map<string, TestValue>) =>
      this.attempt(() => {
        const own = new Scope(scope)
        for (const [name, value] of given) own.put(name, value)
        for (const { name } of fn.params) if (!given.has(name)) this.#fixture(name, own)
        this.asked = null as TestRunner['asked']
        this.titled(fn.name, () => this.#run(fn.body, own, self))
        for (const one of fn.decorators)
          if (one.k === 'call' && this.asked)
            for (const { name, value } of one.args)
              if (name === 'expected') this.expect(this.asked.request, statusOfError(value), fn)
      })
    for (const decorator of fn.decorators) {
      if (decorator.k !== 'call' || nameOf(decorator) !== 'parametrize') continue
      const [names, rows] = decorator.args.map(({ value }) => this.value(value, scope))
      const parts = names?.t === 'list' ? names.items.map(partsOf) : [partsOf(names)]
      const keys = parts.flatMap((one) => (one ?? []).join('').split(',')).map((name) => name.trim())
      if (rows?.t !== 'list') continue
      for (const row of rows.items.slice(0, maxRounds)) {
        const values = keys.length > 1 && row.t === 'list' ? row.items : [row]
        run(new Map(keys.map((key, at) => [key, values[at] ?? unknown])))
      }
      return
    }
    run(new Map())
  }

  // Pytest: a parameter is what the fixture of its name gives.
  #fixture(name: string, scope: Scope): void {
    const known = this.#known(name)
    if (known?.t !== 'function' || !known.fn.decorators.some((one) => nameOf(one).endsWith('fixture'))) return
    const value = this.call(known, [], null)
    if (value.t !== 'unknown') scope.put(name, value)
  }

  /** An object of a class of Python's tests, made as its class makes it. */
  instance(
    name: string,
    args: readonly TestValue[],
    named: ReadonlyMap<string, TestValue>,
  ): TestValue | null {
    const found = this.#names.onlyClass(name)
    if (!found?.cls || found.module.language !== 'python' || this.#depth >= maxDepth) return null
    const self: SelfValue = { ...found, fields: new Map() }
    for (const { cls } of this.#names.lineOf(found.cls, found.module).toReversed()) {
      for (const field of cls.fields)
        if (field.value) self.fields.set(field.name, this.value(field.value, this.#top, self))
      const init = cls.members.find((one) => one.name === '__init__')
      if (init) this.call(this.#function(init, this.#top, self), args, null, named)
    }
    return self
  }

  /** Does it as far as the steps go. */
  attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof TooLong)) throw error
    }
  }

  titled(title: string, work: () => void): void {
    this.#titles.push(title)
    try {
      work()
    } finally {
      this.#titles.pop()
    }
  }

  expect(request: TestRequest, status: number | null, span: Span): void {
    if (status === null || !isStatus(status)) return
    this.found.expected.push({
      ...request,
      status,
      module: this.module,
      span: this.#at ?? span,
      test: this.#titles.join(' › '),
    })
  }

  #function(fn: Func, scope: Scope, self: SelfValue | null, module = this.#file): FunctionValue {
    return { t: 'function', fn, module, scope, self }
  }

  routeNamed(name: string, given: number | null): TestValue {
    const all = [...(this.#routeNames.get(name) ?? this.#routeNames.get(name.replace(/^.*:/, '')) ?? [])]
    const isOf = (path: string) => (path.match(/\{/g)?.length ?? 0) === given
    const fitting = given === null || all.length < 2 ? all : all.filter(isOf)
    const [path, ...more] = fitting
    if (path === undefined || more.length > 0) return unknown
    return {
      t: 'text',
      parts: path.split(/(\{[^{}]*\})/).map((part) => (part.startsWith('{') ? null : part)),
    }
  }

  // What stands in another file is read with the names that it has there.
  #inFile<T>(module: Module, work: () => T): T {
    const outer = this.#file
    this.#file = module
    try {
      return work()
    } finally {
      this.#file = outer
    }
  }

  /** What a name calls with so many arguments: in this file, in its class or one around it, else the one function of tests that has it. */
  functionNamed(
    name: string,
    self: SelfValue | null,
    scope: Scope,
    arity: number | null = null,
  ): FunctionValue | null {
    const own = scope.get(name)
    if (own?.t === 'function') return own
    for (let around = self; around?.cls; around = around.outer ?? null) {
      const member = this.#memberOf(around, name, arity)
      if (member) return member
    }
    const known = this.#known(name, arity)
    return known?.t === 'function' ? known : null
  }

  /** A method of what a field of Java's is declared to be. */
  methodOf(of: Expr, name: string, self: SelfValue | null, arity: number): FunctionValue | null {
    const type = this.#names.typeOf(of, self)
    return type && this.#memberOf(type, name, arity)
  }

  #memberOf(self: SelfValue, name: string, arity: number | null): FunctionValue | null {
    const found = this.#names.memberOf(self, name, arity)
    return found && this.#function(found.fn, this.#top, self, found.module)
  }

  // `isBare`: it is no member of anything.
  #known(name: string, arity: number | null = null, isBare = false): TestValue | undefined {
    return this.#names.named(name, this.module, this.#file, arity, isBare)
  }

  // A constant of Java: by its name alone, or of a class (`Paths.LOANS`).
  #constant(of: string | null, name: string, self: SelfValue | null): TestValue | undefined {
    if (this.module.language !== 'java') return undefined
    return this.#ofClasses.value(of, name, self?.cls ?? null, this.#file, (one, owner) =>
      this.#inFile(owner.module, () => this.value(one, new Scope(null), owner)),
    )
  }

  /** What a function of tests gives; what it expects is expected by who calls it. */
  call(
    callee: FunctionValue,
    args: readonly TestValue[],
    at: Span | null,
    named?: ReadonlyMap<string, TestValue>,
  ): TestValue {
    const { fn } = callee
    // `client.target(…)` in a helper that is called `target` is not that helper.
    if (this.#depth >= maxDepth || this.#running.has(fn)) return unknown
    const scope = new Scope(callee.scope)
    const declared = requestDeclared(fn, callee.self?.cls ?? null, (e) => this.value(e, scope, callee.self))
    if (declared) return { t: 'request', request: declared }
    const params = callee.module.language === 'python' && callee.self ? fn.params.slice(1) : fn.params
    for (const [index, param] of params.entries()) {
      const value =
        named?.get(param.name) ??
        (param.isRest ? ({ t: 'list', items: args.slice(index) } as const) : args[index])
      const given = value ?? (param.default ? this.value(param.default, scope, callee.self) : unknown)
      if (param.pattern) this.bind(param.pattern, given, scope, callee.self)
      else scope.put(param.name, given)
    }
    const outer = this.#at
    this.#at ??= at
    this.#depth++
    this.#running.add(fn)
    try {
      return this.#inFile(callee.module, () => this.#run(fn.body, scope, callee.self) ?? unknown)
    } finally {
      this.#running.delete(fn)
      this.#depth--
      this.#at = outer
    }
  }

  /** Runs a function that stands in a call, where it stands. */
  inline(callee: FunctionValue, given: TestValue | null): TestValue {
    if (this.#depth >= maxDepth * 3) return unknown
    const scope = new Scope(callee.scope)
    for (const param of callee.fn.params)
      if (param.pattern) this.bind(param.pattern, given ?? unknown, scope, callee.self)
      else scope.put(param.name, given ?? unknown)
    this.#depth++
    try {
      return this.#run(callee.fn.body, scope, callee.self) ?? unknown
    } finally {
      this.#depth--
    }
  }

  // Gives what the first return that is known gives; every branch is gone through.
  #run(body: readonly Stmt[], scope: Scope, self: SelfValue | null): TestValue | null {
    let result: TestValue | null = null
    const keep = (value: TestValue | null) => {
      if (value && (!result || result.t === 'unknown')) result = value
    }
    for (const stmt of body)
      if (stmt.k === 'func' && stmt.fn.name !== '')
        scope.put(stmt.fn.name, this.#function(stmt.fn, scope, self))
    for (const stmt of body) keep(this.#statement(stmt, scope, self))
    return result
  }

  #statement(stmt: Stmt, scope: Scope, self: SelfValue | null): TestValue | null {
    this.#step()
    switch (stmt.k) {
      case 'expr':
        // Python's assert.
        if (stmt.e.k === 'binary') this.#compared(stmt.e, '==', scope, self)
        this.value(stmt.e, scope, self)
        return null
      case 'defer':
        return null
      case 'let':
        // What another file of tests exports is known by its name.
        if (stmt.value?.k === 'call' && nameOf(stmt.value.callee) === 'require') return null
        if (stmt.value) {
          const value = this.value(stmt.value, scope, self)
          this.#noteHandler(stmt.target, stmt.value, value, scope)
          this.bind(stmt.target, value, scope, self)
        } else if (stmt.target.k === 'name') scope.put(stmt.target.name, unknown)
        return null
      case 'return':
        return stmt.value ? this.value(stmt.value, scope, self) : null
      case 'export':
        if (stmt.value) this.value(stmt.value, scope, self)
        return null
      case 'if': {
        this.#run(stmt.before, scope, self)
        if (fails(stmt.whenTrue)) this.#compared(stmt.test, '!=', scope, self)
        else this.value(stmt.test, scope, self)
        const first = this.#run(stmt.whenTrue, scope, self)
        const second = this.#run(stmt.whenFalse, scope, self)
        return first ?? second
      }
      case 'loop':
        return this.#loop(stmt, scope, self)
      case 'try': {
        this.asked = null as TestRunner['asked']
        const first = this.#run(stmt.body, scope, self)
        const { asked } = this
        for (const handler of stmt.handlers) {
          const inside = new Scope(scope)
          if (handler.name && asked) inside.put(handler.name, asked)
          this.#run(handler.body, inside, self)
        }
        return first ?? this.#run(stmt.finally, scope, self)
      }
      case 'switch':
        for (const one of stmt.cases) this.#run(one.body, scope, self)
        return null
      case 'block':
        return this.#block(stmt.body, scope, self)
      default:
        return null
    }
  }

  // Python: the error that `with pytest.raises(…) as error` takes is what the last request in it was answered with.
  #block(body: readonly Stmt[], scope: Scope, self: SelfValue | null): TestValue | null {
    const [opened] = body
    const isTaken =
      opened?.k === 'let' &&
      opened.value?.k === 'call' &&
      /^(?:raises|assertRaises(?:Regex)?)$/.test(nameOf(opened.value.callee))
    const before = this.last
    if (isTaken) this.last = null
    const result = this.#run(body, scope, self)
    if (isTaken && this.last) this.bind(opened.target, { t: 'request', request: this.last }, scope, self)
    this.last ??= before
    return result
  }

  #loop(stmt: Stmt & { k: 'loop' }, scope: Scope, self: SelfValue | null): TestValue | null {
    const over = stmt.over ? this.value(stmt.over, scope, self) : unknown
    const item = stmt.isIndexed ? stmt.vars[1] : stmt.vars[0]
    const items: readonly TestValue[] =
      over.t === 'list' ? over.items : over.t === 'object' ? [...over.props.values()] : [unknown]
    let result: TestValue | null = null
    for (const [at, one] of items.slice(0, maxRounds).entries()) {
      const round = new Scope(scope)
      for (const each of stmt.vars) this.bind(each, unknown, round, self, true)
      const [first] = stmt.vars
      if (stmt.isIndexed && first && over.t === 'list')
        this.bind(first, { t: 'number', value: at }, round, self, true)
      const pair = !stmt.isIndexed && stmt.vars.length > 1 && one.t === 'list' ? one.items : null
      if (pair)
        for (const [of, each] of stmt.vars.entries()) this.bind(each, pair[of] ?? unknown, round, self, true)
      else if (item) this.bind(item, one, round, self, true)
      result ??= this.#run(stmt.body, round, self)
    }
    return result
  }

  // `response.status == 404` where it has to hold, or `!=` before what fails.
  #compared(test: Expr, op: string, scope: Scope, self: SelfValue | null): void {
    if (test.k !== 'binary') return
    if (test.op === '||' || test.op === '&&' || test.op === 'and' || test.op === 'or') {
      const isAll = op === '==' ? /&&|and/ : /\|\||or/
      if (!isAll.test(test.op)) return
      this.#compared(test.left, op, scope, self)
      this.#compared(test.right, op, scope, self)
    } else if (test.op === op || test.op === `${op}=`) {
      const [left, right] = [this.value(test.left, scope, self), this.value(test.right, scope, self)]
      if (left.t === 'status' && right.t === 'number') this.expect(left.request, right.value, test)
      if (right.t === 'status' && left.t === 'number') this.expect(right.request, left.value, test)
    }
  }

  #noteHandler(target: Expr, e: Expr, value: TestValue, scope: Scope): void {
    const to = target.k === 'array' ? target.items[0] : target
    if (this.module.language !== 'go' || value.t !== 'unknown' || to?.k !== 'name') return
    if (e.k === 'call' || e.k === 'member') scope.handlers.set(to.name, handlerNamed(e, scope))
  }

  bind(target: Expr, value: TestValue, scope: Scope, self: SelfValue | null, isNew = true): void {
    switch (target.k) {
      case 'name':
        if (value.t === 'recorder') this.#recorder = { scope, name: target.name }
        if (isNew && this.module.language !== 'python') scope.put(target.name, value)
        else if (self?.cls && this.module.language === 'java' && scope.get(target.name) === undefined)
          self.fields.set(target.name, value)
        else scope.set(target.name, value)
        return
      case 'member': {
        const of = this.value(target.of, scope, self)
        if (of.t === 'self') of.fields.set(target.name, value)
        // What a test puts in something from outside: `context.Request = …`.
        else if (target.of.k === 'name' && of.t === 'unknown')
          scope.put(`${target.of.name}.${target.name}`, value)
        // Go: the request of a context that is made for what records its answer.
        if (value.t === 'request' && target.name === 'Request') this.record(value)
        return
      }
      case 'array':
        for (const [at, item] of target.items.entries()) {
          const one =
            value.t === 'list'
              ? (value.items[at] ?? unknown)
              : at === 0 || value.t === 'request'
                ? value
                : unknown
          this.bind(item, one, scope, self, isNew)
        }
        return
      case 'object':
        for (const { key, value: part } of target.entries) {
          if (key?.k === 'str') this.bind(part, this.member(value, key.value), scope, self, isNew)
        }
        return
      case 'assign':
        this.bind(target.target, value, scope, self, isNew)
    }
  }

  member(of: TestValue, name: string): TestValue {
    switch (of.t) {
      case 'request':
        return readsStatus(name) ? { t: 'status', request: of.request } : of
      case 'status':
        return of
      case 'object':
        return of.props.get(name) ?? unknown
      case 'self':
        return of.fields.get(name) ?? unknown
      case 'expectation':
        return name === 'not' ? { ...of, isNot: true } : readsStatus(name) ? { ...of, isOfStatus: true } : of
      case 'list':
        return name === 'length' ? unknown : of
      case 'number':
        return /^(?:value|code|intValue)$/.test(name) ? of : unknown
      default:
        return unknown
    }
  }

  /** Go: what was last made to record an answer records this one. */
  record(request: TestValue): void {
    this.#recorder?.scope.put(this.#recorder.name, request)
  }

  #step(): void {
    if (this.#steps++ > maxSteps) throw new TooLong()
  }

  value(e: Expr, scope: Scope, self: SelfValue | null = null): TestValue {
    this.#step()
    const of = (one: Expr) => this.value(one, scope, self)
    switch (e.k) {
      case 'str':
        return textOf(e.value)
      case 'num':
        return { t: 'number', value: e.value }
      case 'template':
        return e.parts.map(of).reduce((a, b) => joined(a, b), textOf(''))
      case 'name':
        if (e.name === 'this' || e.name === 'self') return self ?? unknown
        return (
          scope.get(e.name) ??
          (this.module.language === 'java' ? self?.fields.get(e.name) : undefined) ??
          this.#constant(null, e.name, self) ??
          this.#known(e.name, null, true) ??
          this.#constants(this.module, e.name) ??
          named(e.name)
        )
      case 'member': {
        const owner = of(e.of)
        if (owner.t !== 'unknown') {
          // A response that a field of a test's own object keeps.
          const found = this.member(owner, e.name)
          // `response.should.have`: what is expected of it.
          if (e.name === 'should' && owner.t === 'request')
            return { t: 'expectation', request: owner.request, isOfStatus: false, isNot: false }
          if (e.name === 'should' && owner.t === 'status')
            return { t: 'expectation', request: owner.request, isOfStatus: true, isNot: false }
          return found
        }
        const put = e.of.k === 'name' ? scope.get(`${e.of.name}.${e.name}`) : undefined
        if (put) return put
        // Go's `http.MethodPost`, which Fiber and Hertz have too.
        const method = /^Method[A-Z]/.test(e.name) ? methodNamed(e.name) : null
        if (method !== null) return textOf(method)
        const isStatusName = /^[A-Z]/.test(e.name) || /(?:status|codes?)$/i.test(nameOf(e.of))
        const status = isStatusName ? statusNamed(e.name) : null
        if (status !== null) return { t: 'number', value: status }
        const constant = this.#constant(nameOf(e.of), e.name, self)
        if (constant) return constant
        const known = e.of.k === 'name' ? this.#known(e.name) : undefined
        return known && known.t !== 'function' ? known : unknown
      }
      case 'index': {
        const owner = of(e.of)
        const at = of(e.at)
        if (owner.t === 'list' && at.t === 'number') return owner.items[at.value] ?? unknown
        return at.t === 'text' && at.parts.length === 1 ? this.member(owner, at.parts[0] ?? '') : unknown
      }
      case 'array':
        return { t: 'list', items: e.items.map(of) }
      case 'object': {
        const props = new Map<string, TestValue>()
        for (const [at, { key, value }] of e.entries.entries()) {
          const name =
            key?.k === 'str' ? key.value : key?.k === 'name' ? key.name : e.type?.fields?.[at]?.name
          const one = of(value)
          if (name !== undefined) props.set(name, one)
          else if (!key && one.t === 'object') for (const [own, part] of one.props) props.set(own, part)
          else props.set(`#${at}`, one)
        }
        const request = requestOf([{ t: 'object', props }], '')
        return request && e.type ? { t: 'request', request } : { t: 'object', props }
      }
      case 'func':
        return { t: 'function', fn: e.fn, module: this.#file, scope, self }
      case 'binary': {
        const [left, right] = [of(e.left), of(e.right)]
        if (e.op === '+') return joined(left, right)
        // Python's "…%s" % value
        if (e.op === '%' && left.t === 'text') return left
        return e.op === '||' || e.op === '??' ? (left.t === 'unknown' ? right : left) : unknown
      }
      case 'cond': {
        of(e.test)
        const [first, second] = [of(e.whenTrue), of(e.whenFalse)]
        return first.t === 'unknown' ? second : first
      }
      case 'unary':
        return e.op === '&' || e.op === '*' || e.op === 'await' ? of(e.of) : (of(e.of), unknown)
      case 'spread':
      case 'as':
        return of(e.of)
      case 'assign': {
        const value = of(e.value)
        this.#noteHandler(e.target, e.value, value, scope)
        this.bind(e.target, e.op === '=' || e.op === ':=' ? value : unknown, scope, self, e.op === ':=')
        return value
      }
      case 'call':
        return valueOfCall(this, e, scope, self)
      case 'other':
        for (const part of e.parts) of(part)
        return unknown
      default:
        return unknown
    }
  }
}

class TooLong extends Error {}

// `const name = …`, `exports.name = …`, and what such a constant is exported as.
function assigned(stmt: Stmt): { name: string; value: Expr } | null {
  if (stmt.k === 'let' && stmt.target.k === 'name' && stmt.value)
    return { name: stmt.target.name, value: stmt.value }
  if (stmt.k === 'expr' && stmt.e.k === 'assign' && stmt.e.target.k === 'member')
    return { name: stmt.e.target.name, value: stmt.e.value }
  return null
}

const isTest = (fn: Func) => isTestName(fn.name) || fn.decorators.some((one) => nameOf(one).endsWith('Test'))
const isTestName = (name: string) => /^test|^Test/.test(name)
const isSetUp = (fn: Func) =>
  /^(?:setup|set_up|beforeeach|before|init|setuptest|setup_method)/i.test(fn.name) ||
  fn.decorators.some((one) => /^(?:Before|BeforeEach|BeforeAll|PostConstruct)$/.test(nameOf(one)))

// A status that is imported by its name.
function named(name: string): TestValue {
  const status = /^(?:HTTP_\d|SC_|[A-Z]{2})/.test(name) ? statusNamed(name) : null
  return status === null ? unknown : { t: 'number', value: status }
}

/** Whether a branch makes the test fail. */
function fails(body: readonly Stmt[]): boolean {
  return body.some(
    (stmt) =>
      stmt.k === 'throw' ||
      (stmt.k === 'expr' &&
        stmt.e.k === 'call' &&
        /^(?:Error|Fatal|Fail)(?:f|Now)?$|^fail$/.test(nameOf(stmt.e.callee))),
  )
}
