import { keptIn } from '../facts/once-for.ts'
import { differenceOf } from '../facts/code-mark.ts'
import { isLog } from '../parse/code-words.ts'
import type { Expr, Func, Module, Param, Span, Stmt } from '../parse/ir.ts'
import type { OwnCalls } from '../resolve/own-calls.ts'
import type { FuncValue } from '../resolve/values.ts'
import type { Declaration, Declarations, Named } from './declarations.ts'
import { DeclaredParts } from './declared-parts.ts'
import { Decisions, never, no, yes } from './flow-decisions.ts'
import { digest, nil, own, word } from './flow-digest.ts'
import { errorHandedOn, heldBy, isSelf, runOf, Several } from './flow-runs.ts'
import { asksOnly, casesOf, isMadeError, isWritten, saysWords } from './flow-forms.ts'
import type { Run } from './flow-runs.ts'
import { innerMethods } from './inner-classes.ts'
import { FlowTests } from './flow-tests.ts'
import type { FileWords } from './flow-tests.ts'
import { FlowWaits } from './flow-waits.ts'
import { Doing, endWithin, givenBack } from './flow-steps.ts'

/** Expressions that are followed for one operation, with those in the functions that it calls. */
const mostFollowed = 60_000
const maxDepth = 24

interface Called {
  out: Doing
  value: number
  handed: readonly number[]
}

/** In how many ways one call is told by what it is given. */
const mostCalls = 64

/**
 * What code does in its order, whatever functions it stands in: calls of the repository's own functions are what these do, and variables what was put into
 * them. A function that is taken out, put in, moved or renamed, and a variable that gets a name, leave it as it is.
 */
export class CodeFlow {
  readonly #calls: OwnCalls
  readonly #declarations: Declarations
  readonly #wordsOf: (module: Module) => FileWords
  readonly #parts = new DeclaredParts()
  readonly #ran: ReadonlySet<Func>
  readonly #constants = new Map<string, number>()
  readonly #called = new Map<string, Called>()
  readonly #numbers = new Map<Func, number>()
  readonly #decisions = new Decisions()
  readonly #several = new Several(this.#decisions)
  readonly #tests: FlowTests
  readonly #waits = new FlowWaits()
  /** Values of Go that are errors for sure. */
  readonly #errors = new Set<number>()
  /** What objects hold that are written out. */
  readonly #objects = new Map<number, ReadonlyMap<number, number>>()
  readonly #closures = new Map<Func, Run>()
  readonly #outer = new Map<Func, Run>()
  /** Functions by what variables hold that are called as they are. */
  readonly #functions = new Map<number, Func>()
  /** Bodies of functions: of one that a framework gives other parameters too. */
  #entered = new Set<readonly Stmt[]>()
  /** Functions that were followed in a function, so that they are known where it is not followed anew. */
  readonly #innerOf = new Map<Func, Set<Func>>()
  /** Of sets that functions were added to with what was followed in them: how many that were. */
  readonly #added = new WeakMap<object, Map<Func, number>>()
  #running: Func[] = []
  #handed = new Set<number>()
  #left = 0
  /** What stands alone, so that nobody takes what it gives. */
  #statement: Expr | null = null

  /** `ran`: functions that count for who runs them, though they stand in others. */
  constructor(
    calls: OwnCalls,
    declarations: Declarations,
    wordsOf: (module: Module) => FileWords,
    ran: ReadonlySet<Func>,
  ) {
    this.#ran = ran
    this.#calls = calls
    this.#declarations = declarations
    this.#wordsOf = wordsOf
    this.#tests = new FlowTests(this.#decisions, this.#several, {
      value: (e, run) => this.#value(e, run),
      within: (test, isHigh, run, find) => this.#within(test, isHigh, run, find),
      isFound: (value) => this.#waits.isWaited(value),
    })
  }

  /** Whether it knows so much that the next operation is better asked of a new one: the same comes of it. */
  get isFull(): boolean {
    return this.#decisions.isFull
  }

  /** What an operation's handlers do, and what else ran for it. */
  of(handlers: readonly FuncValue[], ran: ReadonlySet<FuncValue>): number {
    this.#entered = new Set()
    const functions = new Set([...ran].map(({ fn }) => fn))
    const alone = ({ fn, module }: FuncValue) => {
      const outer = this.#outerOf(fn, module)
      this.#left = mostFollowed
      return this.#decisions.within(() => this.#alone(fn, module, outer, true))
    }
    const first = handlers.map(alone)
    const rest: number[] = []
    const held = new Set<unknown>()
    for (const one of ran) {
      if (!this.#entered.has(one.fn.body) && one.fn.hasBody) rest.push(alone(one))
      const around = this.#parts.around(one.module, one.fn.start).at(-1)
      if (!around || !functions.has(around)) rest.push(...heldBy(one, held))
    }
    return digest('operation', ...first, ...rest.toSorted((a, b) => a - b))
  }

  /** What stands around a function that is made in another one, as that has it when it ends. */
  #outerOf(fn: Func, module: Module): Run | null {
    const around = this.#parts.around(module, fn.start).at(-1)
    if (!around) return null
    const known = this.#outer.get(around)
    if (known) return known
    const run = runOf(module, this.#outerOf(around, module))
    this.#outer.set(around, run)
    const entered = this.#entered
    this.#entered = new Set()
    this.#left = mostFollowed
    for (const [at, param] of around.params.entries()) this.#bindParam(param, digest('given', at), run)
    this.#decisions.within(() => this.#body(around, run))
    this.#entered = entered
    return run
  }

  /** What a function does by itself; `isRan`: code outside calls it, by what its head says. */
  #alone(fn: Func, module: Module, outer: Run | null, isRan = false): number {
    const key = outer === null ? `alone ${this.#numberOf(fn)} ${isRan}` : ''
    const known = this.#called.get(key)
    if (known) {
      this.#enter(fn)
      return known.value
    }
    if (this.#running.includes(fn)) return digest('again')
    const handed = this.#handed
    this.#handed = new Set()
    const run = runOf(module, outer)
    const said: number[] = []
    for (const [at, param] of fn.params.entries()) {
      this.#bindParam(param, isSelf(param, at, module) ? own : digest('param', at), run)
      if (isRan) said.push(word(`: ${param.type?.name ?? ''}`))
      said.push(...this.#all(param.decorators, run), ...this.#all(param.type?.annotations ?? [], run))
    }
    said.push(...this.#written(fn, run))
    this.#body(fn, run)
    this.#handed = handed
    const value = digest('does', ...said, run.out.end(this.#decisions))
    if (key !== '') this.#called.set(key, { out: new Doing(), value, handed: [] })
    return value
  }

  #numberOf(fn: Func): number {
    let found = this.#numbers.get(fn)
    if (found === undefined) this.#numbers.set(fn, (found = this.#numbers.size))
    return found
  }

  // A function, and all that was followed in it: only what is new since it was last added to the same.
  #enter(fn: Func): void {
    const within = this.#innerOf.get(fn) ?? noFunctions
    if (this.#isNew(this.#entered, fn, within.size)) {
      this.#entered.add(fn.body)
      for (const one of within) this.#entered.add(one.body)
    }
    this.#addToOuter(fn)
  }

  // What was followed in a function was followed in the one that runs it; those around that get it when it ends.
  #addToOuter(fn: Func): void {
    const outer = this.#running.at(-1)
    if (!outer || outer === fn) return
    const within = this.#innerOf.get(fn) ?? noFunctions
    const all = keptIn(this.#innerOf, outer, () => new Set())
    if (!this.#isNew(all, fn, within.size)) return
    all.add(fn)
    for (const one of within) all.add(one)
  }

  // Whether so many functions within one were not added to `all` yet; notes that they are.
  #isNew(all: object, fn: Func, count: number): boolean {
    let added = this.#added.get(all)
    if (!added) this.#added.set(all, (added = new Map()))
    if (added.get(fn) === count) return false
    added.set(fn, count)
    return true
  }

  /** Whether a declaration is a function that was not followed for the operation whose flow was asked for last, nor stands in one that was. */
  isUnfollowed(at: Declaration): boolean {
    const { fn } = at.cls ? { fn: null } : this.#parts.at(at)
    if (!fn?.hasBody || this.#entered.has(fn.body)) return false
    return !this.#parts.around(at.module, fn.start).some((one) => this.#entered.has(one.body))
  }

  /** Whether a declaration is a function. */
  isFunction(at: Declaration): boolean {
    return !at.cls && this.#parts.at(at).fn !== null
  }

  #body(fn: Func, run: Run): void {
    this.#enter(fn)
    this.#running.push(fn)
    if (fn.receiver) run.variables.set(fn.receiver.name, own)
    this.#block(fn.body, run)
    this.#running.pop()
    this.#addToOuter(fn)
  }

  /** Annotations and decorators, but for those that only compilers and readers of descriptions take. */
  #written({ decorators }: Func, run: Run): number[] {
    const words = this.#wordsOf(run.module)
    return this.#all(
      // What the repository declares counts by nothing, and what it is given counts.
      decorators.filter((one) => words.sumOf(one) !== 0 || saysWords(one, run.module)),
      run,
    )
  }

  #bindParam(param: Param, value: number, run: Run): void {
    if (param.pattern) this.#bind(param.pattern, value, run)
    else run.variables.set(param.name, value)
    if (param.default && run.isLast) this.#do(run, 'default', value, this.#value(param.default, run))
  }

  #do(run: Run, what: string, ...of: number[]): void {
    run.out.do(digest(what, ...of))
  }

  // What is done where something is asked is done in these cases.
  #doing(value: number, run: Run): void {
    const parts = this.#decisions.partsOf(value)
    if (!parts) {
      if (value !== never) this.#do(run, 'call', value)
      return
    }
    const [test, ...ways] = parts
    const [high, low] = ways.map((one) => this.#apart(run, () => this.#doing(one, run)).out)
    if (high && low) run.out.case(test, high, low)
  }

  #apart<T>(run: Run, follow: () => T): { out: Doing; value: T } {
    const { out } = run
    run.out = new Doing()
    const value = follow()
    const own = run.out
    run.out = out
    return { out: own, value }
  }

  #within(test: number, isHigh: boolean, run: Run, find: () => number): number {
    const { out, value } = this.#apart(run, find)
    run.out.case(test, isHigh ? out : new Doing(), isHigh ? new Doing() : out)
    return value
  }

  #all(all: readonly Expr[], run: Run): number[] {
    return all.map((one) => this.#value(one, run))
  }

  #block(all: readonly Stmt[], run: Run): void {
    // They may be called before they are written.
    for (const stmt of all) if (stmt.k === 'func') this.#function(stmt.fn, run)
    for (const stmt of all)
      if (this.#left < 0) this.#do(run, 'more', this.#wordsOf(run.module).sumOf(stmt))
      else this.#step(stmt, run)
  }

  #if(stmt: Extract<Stmt, { k: 'if' }>, run: Run): void {
    this.#block(stmt.before, run)
    const handed = run.module.language === 'go' ? this.#handedOn(stmt, run) : null
    if (handed !== null) {
      if (handed.some((one) => !this.#handed.has(one))) this.#do(run, 'handed on', ...handed)
      for (const one of handed) this.#handed.add(one)
      return
    }
    this.#either(
      this.#tests.test(stmt.test, run),
      () => this.#block(stmt.whenTrue, run),
      () => this.#block(stmt.whenFalse, run),
      run,
    )
  }

  #either(test: number, high: () => void, low: () => void, run: Run): void {
    const before = run.variables
    const [one, other] = [high, low].map((follow) => {
      run.variables = new Map(before)
      const { out } = this.#apart(run, follow)
      return { out, variables: run.variables }
    })
    run.variables = before
    if (!one || !other) return
    run.out.case(test, one.out, other.out)
    if (!one.out.goesOn && !other.out.goesOn) return
    run.variables = !one.out.goesOn
      ? other.variables
      : !other.out.goesOn
        ? one.variables
        : this.#joined(test, one.variables, other.variables)
  }

  #joined(test: number, a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
    const all = new Map(a)
    for (const [name, value] of b) {
      const other = all.get(name)
      if (other === value) continue
      const [high, low] = [other, value].map((one, at) =>
        this.#decisions.given(one ?? word('unset'), at === 0 ? test : this.#decisions.not(test)),
      )
      all.set(name, this.#decisions.either(test, high ?? nil, low ?? nil))
    }
    return all
  }

  #handedOn(stmt: Extract<Stmt, { k: 'if' }>, run: Run): readonly number[] | null {
    const error = errorHandedOn(stmt)
    if (!error) return null
    const value = this.#value(error, run)
    run.out.handOn(value)
    return this.#decisions.leaves(value).filter((one) => one !== nil)
  }

  #step(stmt: Stmt, run: Run): void {
    switch (stmt.k) {
      case 'expr': {
        this.#statement = stmt.e
        const value = this.#value(stmt.e, run)
        if (stmt.e.k === 'unary' || stmt.e.k === 'name' || stmt.e.k === 'member') this.#do(run, 'as', value)
        if (stmt.e.k === 'call' && this.#waits.isSaid(value)) this.#do(run, 'as', value)
        return
      }
      case 'let':
        if (stmt.value?.k === 'func' && stmt.target.k === 'name') this.#closures.set(stmt.value.fn, run)
        this.#bind(stmt.target, stmt.value ? this.#value(stmt.value, run) : word('unset'), run, true)
        return
      case 'return':
        this.#return(stmt, run)
        return
      case 'throw':
        run.out.leave('throw', stmt.value ? this.#value(stmt.value, run) : 0)
        return
      case 'if':
        this.#if(stmt, run)
        return
      case 'loop':
        this.#loop(stmt, run)
        return
      case 'try':
        this.#try(stmt, run)
        return
      case 'switch':
        this.#switch(stmt, run)
        return
      case 'func':
        this.#function(stmt.fn, run)
        return
      case 'block':
        this.#block(stmt.body, run)
        return
      case 'jump':
        run.out.leave('jump', this.#wordsOf(run.module).sumOf(stmt))
        return
      case 'defer':
        this.#do(run, 'defer', this.#value(stmt.e, run))
        return
      case 'class':
        this.#do(run, 'class', this.#wordsOfClass(stmt, run))
        return
      case 'import':
      case 'export':
        return
    }
  }

  /** What the variables are that a round goes on by, which is in no other form than its text. */
  #namedAbove({ start, end, body }: Extract<Stmt, { k: 'loop' }>, { module, variables }: Run): number[] {
    const head = module.text.slice(start, body[0]?.start ?? end)
    return (head.match(/\b[A-Za-z_]\w*/g) ?? []).flatMap((name) => variables.get(name) ?? [])
  }

  #wordsOfClass(span: Span, { module }: Run): number {
    const words = this.#wordsOf(module)
    return innerMethods(module, span, this.#ran).reduce(
      (sum, one) => differenceOf(sum, words.sumOf(one)),
      words.sumOf(span),
    )
  }

  #function(fn: Func, run: Run): void {
    this.#closures.set(fn, run)
    const named = digest('function', this.#numberOf(fn))
    this.#functions.set(named, fn)
    run.variables.set(fn.name, named)
  }

  #loop(stmt: Extract<Stmt, { k: 'loop' }>, run: Run): void {
    const head = { start: stmt.start, end: stmt.body[0]?.start ?? stmt.end }
    const over = stmt.over
      ? this.#value(stmt.over, run)
      : digest('while', this.#wordsOf(run.module).sumOf(head), ...this.#namedAbove(stmt, run))
    const before = new Map(run.variables)
    const { out } = this.#apart(run, () => {
      for (const [at, one] of stmt.vars.entries()) this.#bind(one, digest('each', at, over), run, true)
      this.#block(stmt.body, run)
    })
    this.#closed(
      digest(stmt.isBackward ? 'loop back' : 'loop', over, endWithin(out, this.#decisions)),
      [out],
      run,
    )
    // Nobody knows how often it is done.
    for (const [name, value] of run.variables) {
      const was = before.get(name)
      if (was !== value) run.variables.set(name, digest('looped', over, was ?? word('unset'), value))
    }
  }

  #try(stmt: Extract<Stmt, { k: 'try' }>, run: Run): void {
    const { out } = this.#apart(run, () => this.#block(stmt.body, run))
    const caught = stmt.handlers.map(({ types, name, body }) => {
      const of = this.#all(types, run)
      if (name !== null) run.variables.set(name, digest('caught', ...of))
      return { of, ...this.#apart(run, () => this.#block(body, run)) }
    })
    const last = this.#apart(run, () => this.#block(stmt.finally, run))
    const end = (one: Doing) => endWithin(one, this.#decisions)
    const handlers = caught.map((one) => digest('catch', ...one.of, end(one.out)))
    const all = [out, ...caught.map((one) => one.out), last.out]
    this.#closed(digest('try', end(out), ...handlers, end(last.out)), all, run)
  }

  /** A choice of which no case runs on into the next is cases that are asked one after the other. */
  #switch(stmt: Extract<Stmt, { k: 'switch' }>, run: Run): void {
    const subject = stmt.subject && this.#value(stmt.subject, run)
    const cases = casesOf(stmt, run.module)
    if (!cases) {
      const ways = stmt.cases.map(({ tests, body }) => ({
        of: this.#all(tests, run),
        ...this.#apart(run, () => this.#block(body, run)),
      }))
      const said = ways.map(({ of, out }) => digest('case', ...of, endWithin(out, this.#decisions)))
      this.#closed(
        digest('switch', subject ?? 0, ...said),
        ways.map(({ out }) => out),
        run,
      )
      return
    }
    const ask = ([first, ...more]: typeof cases): void => {
      if (!first) return
      const { tests, body } = first
      const test = tests?.reduce((found, one) => {
        const value = this.#value(one, run)
        const asked =
          subject === null
            ? this.#decisions.test(value)
            : this.#tests.isCase(subject, value, run, one.k === 'str')
        return this.#decisions.either(asked, yes, found)
      }, no)
      this.#either(
        test ?? yes,
        () => this.#block(body, run),
        () => ask(more),
        run,
      )
    }
    ask(cases)
  }

  #closed(step: number, all: readonly Doing[], run: Run): void {
    const given = all.map((one) => givenBack(one, never, this.#decisions)).filter((one) => one !== never)
    const value = given.reduce(
      (found, one, at) =>
        found === never
          ? one
          : this.#decisions.either(this.#decisions.atom(digest('way', step, at)), one, found),
      never,
    )
    run.out.closed(step, value)
  }

  #return({ value: given }: Extract<Stmt, { k: 'return' }>, run: Run): void {
    if (given?.k === 'call' && run.isLast) {
      // What the last call comes back with is what this does.
      const value = this.#call(given, run, true)
      if (value === null) run.out.exit(nil)
      else this.#comeBack(this.#returned(value, run), run)
      return
    }
    if (given) {
      const value = this.#returned(this.#value(given, run), run)
      const last = given.k === 'array' ? given.items.at(-1) : null
      const error = last && this.#several.failed(value)
      if (last && error && isMadeError(last) && this.#variableOf(last, run) === null) this.#errors.add(error)
      this.#comeBack(value, run)
    } else run.out.exit(nil)
  }

  #returned = (value: number, { module }: Run): number =>
    this.#decisions.map(value, (one) => this.#waits.returned(one, module))

  #comeBack(value: number, run: Run): void {
    const error = run.module.language === 'go' ? this.#several.failed(value) : null
    const ways = error === null ? null : this.#decisions.partsOf(error)
    if (error === null) this.#back(value, run)
    else if (!ways && !this.#errors.has(error)) {
      // What something else came back with may be none.
      const besides = (this.#several.partsOf(value) ?? []).slice(0, -1)
      this.#errors.add(error)
      this.#either(
        this.#decisions.not(this.#decisions.atom(digest('null', error))),
        () => this.#comeBack(value, run),
        () => this.#back(this.#several.list([...besides, nil]), run),
        run,
      )
      this.#errors.delete(error)
    } else if (!ways) {
      this.#handed.add(error)
      run.out.fail(digest('return', error, ...this.#several.besides(value)), value)
    } else {
      const besides = (this.#several.partsOf(value) ?? []).slice(0, -1)
      const back = (one: number) => this.#comeBack(this.#several.list([...besides, one]), run)
      const [test, high, low] = ways
      // Where it was called for it ended there if it failed.
      if (run.out.handOn(error)) {
        for (const one of this.#decisions.leaves(error)) this.#handed.add(one)
        back(nil)
      } else
        this.#either(
          test,
          () => back(high),
          () => back(low),
          run,
        )
    }
  }

  #variableOf = (e: Expr, run: Run): number | null => (e.k === 'name' ? this.#variable(e.name, run) : null)

  #back(value: number, run: Run): void {
    if (run.isLast) run.out.leave('return', value)
    else run.out.exit(value)
  }

  /** `isNew`: where names are made. */
  #bind(target: Expr, value: number, run: Run, isNew = false): void {
    switch (target.k) {
      case 'name':
        if (!isNew && !run.variables.has(target.name)) this.#setAround(target.name, value, run)
        run.variables.set(target.name, value)
        return
      case 'array':
        for (const [at, one] of target.items.entries()) this.#bind(one, this.#part(value, at), run, isNew)
        return
      case 'object':
        for (const { key, value: one } of target.entries)
          this.#bind(one, key ? this.#member(this.#key(key, run), value) : digest('rest', value), run, isNew)
        return
      case 'assign':
        this.#bind(target.target, digest('or', value, this.#value(target.value, run)), run, isNew)
        return
      case 'spread':
        this.#bind(target.of, digest('rest', value), run, isNew)
        return
      case 'member': {
        const of = this.#value(target.of, run)
        const place = this.#objects.has(of) ? digest('.', word(target.name), of) : this.#value(target, run)
        this.#do(run, 'set', place, value)
        return
      }
      default:
        this.#do(run, 'set', this.#value(target, run), value)
    }
  }

  #part = (value: number, at: number): number =>
    this.#decisions.map(value, (of) => this.#several.partsOf(of)?.[at] ?? digest('part', at, of))

  // A variable of the function around has another value for that too.
  #setAround(name: string, value: number, run: Run): void {
    const was = run.outer && this.#variable(name, run.outer)
    if (was !== null) this.#do(run, 'set', was, value)
  }

  #member = (name: number, of: number): number =>
    this.#decisions.spread(of, (one) => this.#member(name, one)) ??
    this.#objects.get(of)?.get(name) ??
    (of === nil ? nil : digest('.', name, of))

  /** Of what is asked for with `?.` nothing where it is not there. */
  #asked({ start, end }: Span, of: number, made: number, { module }: Run): number {
    if (module.language !== 'javascript' || !/^\s*\?\./.test(module.text.slice(start, end))) return made
    const test = this.#decisions.test(of)
    return this.#decisions.either(test, this.#decisions.given(made, test), nil)
  }

  #literal = (value: number, of: string | number | boolean): number =>
    this.#several.literal(of ? this.#several.constant(value) : value)

  #key = (key: Expr, run: Run): number => (key.k === 'str' ? word(key.value) : this.#value(key, run))

  #value(e: Expr, run: Run): number {
    if (--this.#left < 0) return digest('more', this.#wordsOf(run.module).sumOf(e))
    switch (e.k) {
      case 'str':
        return this.#literal(word(`'${e.value}'`), e.value)
      case 'num':
      case 'bool':
        return this.#literal(word(String(e.value)), e.value)
      case 'null':
        return nil
      case 'regex':
        return word(e.source)
      case 'template':
        return this.#tests.text(e.parts, run)
      case 'name':
      case 'member':
        return this.#named(e, run)
      case 'index': {
        const [of, at] = [this.#value(e.of, run), this.#value(e.at, run)]
        const part = e.at.k === 'num' && e.at.value >= 0 ? this.#part(of, e.at.value) : digest('at', of, at)
        return this.#asked({ start: e.of.end, end: e.at.start }, of, part, run)
      }
      case 'call':
        return this.#call(e, run, false) ?? nil
      case 'func':
        return this.#alone(e.fn, run.module, run)
      case 'class':
        return digest('class', this.#wordsOfClass(e, run))
      case 'array': {
        const items = this.#all(e.items, run)
        return this.#several.list(items)
      }
      case 'object': {
        const entries = e.entries.map(({ key, value }): [number, number] => [
          key ? this.#key(key, run) : 0,
          this.#value(value, run),
        ])
        return this.#object(entries)
      }
      case 'binary':
        return this.#tests.binary(e, run)
      case 'unary':
        return this.#tests.unary(e, run)
      case 'cond': {
        const test = this.#tests.test(e.test, run)
        const turned = this.#decisions.not(test)
        const high = this.#within(test, true, run, () => this.#value(e.whenTrue, run))
        const low = this.#within(test, false, run, () => this.#value(e.whenFalse, run))
        return this.#decisions.either(
          test,
          this.#decisions.given(high, test),
          this.#decisions.given(low, turned),
        )
      }
      case 'spread':
        return digest('...', this.#value(e.of, run))
      case 'as':
        return digest('as', word(e.type.name), this.#value(e.of, run))
      case 'each': {
        const over = this.#value(e.over, run)
        this.#bind(e.vars, digest('each', over), run, true)
        return digest('every', over, ...this.#all([...e.tests, e.body], run))
      }
      case 'assign': {
        const value = this.#value(e.value, run)
        this.#bind(e.target, e.op === '=' ? value : digest(e.op, this.#value(e.target, run), value), run)
        return value
      }
      case 'other': {
        const value = digest('other', this.#wordsOf(run.module).sumOf(e), ...this.#all(e.parts, run))
        this.#do(run, 'as', value)
        return value
      }
    }
  }

  #variable(name: string, run: Run): number | null {
    for (let at: Run | null = run; at !== null; at = at.outer) {
      const found = at.variables.get(name)
      if (found !== undefined) return found
    }
    return null
  }

  /** What a name or a chain of them stands for, where no variable of a function is at its beginning. */
  #declared(e: Expr, run: Run): Named {
    if (e.k === 'name')
      return this.#variable(e.name, run) === null ? this.#declarations.of(run.module, e.name) : null
    return e.k === 'member' ? this.#declarations.member(this.#declared(e.of, run), e.name) : null
  }

  #named(e: Extract<Expr, { k: 'name' | 'member' }>, run: Run): number {
    const variable = e.k === 'name' ? this.#variable(e.name, run) : null
    const made = variable === null ? undefined : this.#functions.get(variable)
    const within = made && this.#closures.get(made)
    if (made && within) return this.#alone(made, within.module, within)
    if (variable !== null) return variable
    const named = this.#declared(e, run)
    if (named && 'at' in named) {
      const value = this.#constant(named.at)
      // Of what a class holds that is not told apart its name says which it is.
      const isOfClass = e.k === 'member' && named.at.cls && named.at.cls.name !== e.name
      const member = isOfClass ? digest('.', word(e.name), value) : value
      // A thing is but one of an enumeration's.
      return isOfClass && named.at.cls?.kind === 'enum' ? this.#literal(member, e.name) : member
    }
    if (named && 'outside' in named) return word(named.outside)
    if (e.k === 'name') return word(e.name)
    const of = this.#value(e.of, run)
    const type = of === own ? this.#parts.fieldType(run.module, e.start, e.name, this.#declarations) : null
    if (type !== null) return digest('field', word(type))
    const value = this.#asked({ start: e.of.end, end: e.end }, of, this.#member(word(e.name), of), run)
    const holder = this.#declared(e.of, run)
    return holder && 'outside' in holder ? this.#several.constant(value) : value
  }

  #constant(at: Declaration): number {
    const key = `${at.module.path}:${at.start}`
    const known = this.#constants.get(key)
    if (known !== undefined) return known
    this.#constants.set(key, digest('again'))
    const { fn, value, type, name } = this.#parts.at(at)
    const run = runOf(at.module, null)
    const found = at.cls
      ? digest('class', word(at.cls.name))
      : fn
        ? this.#alone(fn, at.module, null)
        : value
          ? this.#value(value, run)
          : type !== null
            ? digest('field', word(type))
            : digest('declared', word(name), this.#wordsOf(at.module).sumOf(at))
    this.#constants.set(key, found)
    return found
  }

  /** Whether a call makes something of nothing but literals, wherever it stands: of code outside, or of the language's own. */
  #isMade(call: Extract<Expr, { k: 'call' }>, run: Run): boolean {
    let root: Expr = call
    let given = 0
    while (root.k === 'member' || (root.k === 'call' && root.args.every(({ value }) => isWritten(value)))) {
      if (root.k === 'call') given += root.args.length
      root = root.k === 'member' ? root.of : root.callee
    }
    if (given === 0) return false
    if (root.k !== 'name' || this.#variable(root.name, run) !== null) return false
    const named = this.#declarations.of(run.module, root.name)
    return named === null ? /^[A-Z]/.test(root.name) : 'outside' in named
  }

  /** What a call gives; null of a last one that was followed, which says by itself what it comes back with. */
  #call(e: Extract<Expr, { k: 'call' }>, run: Run, isLast: boolean): number | null {
    const { callee, args } = e
    if (callee.k !== 'func' && isLog(run.module.text.slice(callee.start, callee.end))) return nil
    const asked = this.#tests.call(e, run)
    if (asked !== null) return asked
    const code = e.isNew ? [] : this.#ownCode(e, run)
    const of = callee.k === 'member' ? this.#value(callee.of, run) : 0
    const given = args.map(({ value, name }) => ({ name, value: this.#value(value, run) }))
    if (code.length > 0) {
      const all = code.map((one) => this.#follow(one, given, run, isLast && code.length === 1))
      const [only] = all
      for (const { handed } of all) for (const one of handed) this.#handed.add(one)
      if (all.length === 1 && only) {
        run.out.call(only.out, this.#several.failed(only.value) ?? only.value, this.#decisions)
        if (isLast) return null
        const value = code[0]?.fn.isAsync ? this.#waits.pending(only.value) : only.value
        return e.isAwaited ? this.#waits.waited(value) : value
      }
      const ways = all
        .map(({ out, value }) => digest('way', out.end(this.#decisions), value))
        .toSorted((a, b) => a - b)
      this.#do(run, 'one of', ...ways)
      return digest('one of', ...ways)
    }
    const named = this.#declared(callee, run)
    const what =
      named === null && callee.k === 'member' ? digest('.', word(callee.name), of) : this.#value(callee, run)
    const values = given.map(({ name, value }) =>
      name === null ? value : digest('by name', word(name), value),
    )
    const how = e.isNew ? 'new' : 'call'
    const made =
      (named === null && callee.k === 'member'
        ? this.#decisions.spread(
            of,
            (one) =>
              (this.#several.partsOf(one)?.length === 0 ? saidOfEmpty[callee.name] : undefined) ??
              this.#made(how, [this.#member(word(callee.name), one), ...values]),
          )
        : null) ?? this.#made(how, [what, ...values])
    const isTold =
      !e.isAwaited &&
      ((!e.isNew && asksOnly(e, run.module)) || (e !== this.#statement && this.#isMade(e, run)))
    const called = this.#asked({ start: callee.end, end: e.end }, what, made, run)
    const found =
      callee.k === 'member' ? this.#asked({ start: callee.of.end, end: callee.end }, of, called, run) : called
    if (!isTold) this.#doing(found, run)
    for (const one of this.#decisions.leaves(found)) this.#waits.outside(one)
    return e.isAwaited ? this.#decisions.map(found, (one) => this.#waits.waited(one)) : found
  }

  /** An object, one for each way where it holds few things that depend on what is asked. */
  #object(entries: readonly [key: number, value: number][]): number {
    const ways = entries.reduce((all, [, value]) => all * this.#decisions.leaves(value).length, 1)
    for (const [at, [key, value]] of ways > mostObjects ? [] : entries.entries()) {
      const spread = this.#decisions.spread(value, (one) => this.#object(entries.with(at, [key, one])))
      if (spread !== null) return spread
    }
    const all = entries.map(([key, value]) => digest('entry', key, value))
    const made = digest('object', ...all.toSorted((a, b) => a - b))
    if (entries.every(([key]) => key !== 0)) this.#objects.set(made, new Map(entries))
    return made
  }

  /** A call, one for each way where it is given or called of few things that depend on what is asked. `ways`: in how many it was told apart already. */
  #made(what: string, parts: readonly number[], ways = 1): number {
    for (const [at, part] of parts.entries()) {
      const all = ways * this.#decisions.leaves(part).length
      if (all > mostCalls) continue
      const spread = this.#decisions.spread(part, (one) => this.#made(what, parts.with(at, one), all))
      if (spread !== null) return spread
    }
    return digest(what, ...parts)
  }

  #ownCode(e: Extract<Expr, { k: 'call' }>, run: Run): { fn: Func; module: Module }[] {
    const seen = this.#calls.calledBy(run.module, e.end)
    if (seen.length > 0) return seen
    const named = this.#declared(e.callee, run)
    const fn = named && 'at' in named && !named.at.cls ? this.#parts.at(named.at).fn : null
    return fn?.hasBody && named && 'at' in named ? [{ fn, module: named.at.module }] : []
  }

  #follow(
    { fn, module }: { fn: Func; module: Module },
    given: readonly { name: string | null; value: number }[],
    from: Run,
    isLast: boolean,
  ): Called {
    const outer = this.#closures.get(fn) ?? this.#outerOf(fn, module)
    if (this.#running.includes(fn) || from.depth > maxDepth || this.#left < 0 || !fn.hasBody) {
      const value = digest('own', ...given.map((one) => one.value))
      const out = new Doing()
      out.do(value)
      return { out, value, handed: [] }
    }
    const key =
      outer === null
        ? `${this.#numberOf(fn)} ${isLast} ${given.map(({ name, value }) => `${name ?? ''}=${value}`).join(' ')}`
        : ''
    const known = key === '' ? undefined : this.#called.get(key)
    if (known) {
      this.#enter(fn)
      return known
    }
    const handed = this.#handed
    this.#handed = new Set()
    const run: Run = { ...runOf(module, outer), isLast, depth: from.depth + 1 }
    const [head] = fn.params
    const hasSelf = head !== undefined && isSelf(head, 0, module)
    if (hasSelf) run.variables.set(head.name, own)
    for (const [at, param] of fn.params.slice(hasSelf ? 1 : 0).entries()) {
      const value =
        given.find(({ name }) => name === param.name)?.value ??
        (given[at]?.name === null ? given[at].value : undefined)
      const rest = param.isRest ? digest('list', ...given.slice(at).map((one) => one.value)) : null
      this.#bindParam(
        param,
        rest ?? value ?? (param.default ? this.#value(param.default, run) : word('unset')),
        { ...run, isLast: false },
      )
    }
    const written = this.#written(fn, run)
    if (written.length > 0) this.#do(run, 'written', ...written)
    this.#body(fn, run)
    const called: Called = {
      out: run.out,
      value: this.#several.together(givenBack(run.out, nil, this.#decisions), module.language === 'go'),
      handed: [...this.#handed],
    }
    this.#handed = handed
    if (key !== '' && this.#left > 0 && !this.#decisions.isSpent) this.#called.set(key, called)
    return called
  }
}

/** Of how many objects one is told apart as which it is. */
const mostObjects = 16
const noFunctions: ReadonlySet<Func> = new Set()
/** What is said of a list of nothing. */
const saidOfEmpty: Record<string, number> = { some: no, includes: no, every: yes }
