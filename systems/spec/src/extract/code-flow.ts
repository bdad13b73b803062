import { keptIn } from '../facts/once-for.ts'
import { differenceOf, sumOf } from '../facts/code-mark.ts'
import { isLog } from '../parse/code-words.ts'
import type { Expr, Func, Handler, Module, Param, Span, Stmt } from '../parse/ir.ts'
import type { OwnCalls } from '../resolve/own-calls.ts'
import type { FuncValue } from '../resolve/values.ts'
import type { Declaration, Declarations, Named } from './declarations.ts'
import { DeclaredParts } from './declared-parts.ts'
import {
  branches,
  digest,
  ended,
  heldBy,
  isSelf,
  joined,
  nil,
  noReturn,
  own,
  runOf,
  word,
  errorHandedOn,
  Several,
} from './flow-runs.ts'
import type { Run } from './flow-runs.ts'
import { innerMethods } from './inner-classes.ts'
import { FlowTests } from './flow-tests.ts'
import type { FileWords } from './flow-tests.ts'
import { FlowWaits } from './flow-waits.ts'
import { concat, nothingDone, steps } from './step-sequence.ts'
import type { Steps } from './step-sequence.ts'

/** Expressions that are followed for one operation, with those in the functions that it calls. */
const mostFollowed = 60_000
const maxDepth = 24

interface Called {
  out: Steps
  value: number
  handed: readonly number[]
}

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
  readonly #several = new Several()
  readonly #tests: FlowTests
  readonly #waits = new FlowWaits()
  readonly #closures = new Map<Func, Run>()
  readonly #outer = new Map<Func, Run>()
  /** Functions by what variables hold that are called as they are. */
  readonly #functions = new Map<number, Func>()
  /** Bodies of functions: of one that a framework gives other parameters too. */
  #entered = new Set<readonly Stmt[]>()
  /** Functions that were followed in a function, so that they are known where it is not followed anew. */
  readonly #within = new Map<Func, Set<Func>>()
  /** Of sets that functions were added to with what was followed in them: how many that were. */
  readonly #added = new WeakMap<object, Map<Func, number>>()
  #running: Func[] = []
  #handed = new Set<number>()
  #left = 0

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
    this.#tests = new FlowTests(wordsOf, (e, run) => this.#value(e, run))
  }

  /** What an operation's handlers do, and what else ran for it. */
  of(handlers: readonly FuncValue[], ran: ReadonlySet<FuncValue>): number {
    this.#entered = new Set()
    const functions = new Set([...ran].map(({ fn }) => fn))
    const alone = ({ fn, module }: FuncValue) => {
      const outer = this.#outerOf(fn, module)
      this.#left = mostFollowed
      return this.#alone(fn, module, outer, true)
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
    this.#body(around, run)
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
    const value = digest('does', ...said, ...ended(run.out))
    if (key !== '') this.#called.set(key, { out: nothingDone, value, handed: [] })
    return value
  }

  #numberOf(fn: Func): number {
    let found = this.#numbers.get(fn)
    if (found === undefined) this.#numbers.set(fn, (found = this.#numbers.size))
    return found
  }

  // A function, and all that was followed in it: only what is new since it was last added to the same.
  #enter(fn: Func): void {
    const within = this.#within.get(fn) ?? noFunctions
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
    const within = this.#within.get(fn) ?? noFunctions
    const all = keptIn(this.#within, outer, () => new Set())
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

  #body(fn: Func, run: Run): void {
    this.#enter(fn)
    this.#running.push(fn)
    if (fn.receiver) run.variables.set(fn.receiver.name, own)
    this.#block(fn.body, run)
    run.out = { ...run.out, words: sumOf(run.out.words, this.#valuesOf(fn, run)) }
    this.#running.pop()
    this.#addToOuter(fn)
  }

  // Of what stands in it without what its steps tell, and without the functions that have a name in it: these are told where they are called.
  #valuesOf(fn: Func, { module, told }: Run): number {
    const words = this.#wordsOf(module)
    let sum = words.valuesIn(fn)
    for (const inner of [...this.#parts.namedIn(fn), ...innerMethods(module, fn, this.#ran)]) {
      sum = differenceOf(sum, words.valuesIn(inner))
      told.delete(inner.start)
    }
    for (const values of told.values()) sum = differenceOf(sum, values)
    return sum
  }

  /** Annotations and decorators, but for those that only compilers and readers of descriptions take. */
  #written({ decorators }: Func, run: Run): number[] {
    const words = this.#wordsOf(run.module)
    return this.#all(
      decorators.filter((one) => words.sumOf(one) !== 0),
      run,
    )
  }

  #bindParam(param: Param, value: number, run: Run): void {
    if (param.pattern) this.#bind(param.pattern, value, run)
    else run.variables.set(param.name, value)
    if (param.default && run.isLast) this.#do(run, 'default', value, this.#value(param.default, run))
  }

  #do(run: Run, what: string, ...of: number[]): void {
    run.out = concat(run.out, steps(digest(what, ...of)))
  }

  #all(all: readonly Expr[], run: Run): number[] {
    return all.map((one) => this.#value(one, run))
  }

  #block(all: readonly Stmt[], run: Run): void {
    // They may be called before they are written.
    for (const stmt of all) if (stmt.k === 'func') this.#function(stmt.fn, run)
    for (const [at, stmt] of all.entries()) {
      if (stmt.k !== 'if') {
        this.#statement(
          stmt,
          run,
          at === all.length - 1 && run.returns.every((one) => this.#several.failed(one) !== null),
        )
        continue
      }
      for (const one of stmt.before) this.#statement(one, run, false)
      const handed = run.module.language === 'go' ? this.#handedOn(stmt, run) : null
      if (handed !== null) {
        if (handed.some((one) => !this.#handed.has(one))) this.#do(run, 'handed on', ...handed)
        for (const one of handed) this.#handed.add(one)
        continue
      }
      const asked = this.#tests.of(stmt.test, run)
      const before = run.variables
      const { first, last, isLeft, isFalseFirst } = branches(
        stmt,
        all.slice(at + 1),
        asked.isTurned,
        run.module,
      )
      this.#do(run, 'if', this.#tests.said({ ...asked, isTurned: asked.isTurned !== isFalseFirst }))
      const [one, other] = [first, last].map((own) => {
        run.variables = new Map(before)
        if (own === last) this.#do(run, 'else')
        this.#block(own, run)
        return run.variables
      })
      if (isLeft) return
      this.#do(run, 'end')
      run.variables = joined(one ?? before, other ?? before)
    }
  }

  #handedOn(stmt: Extract<Stmt, { k: 'if' }>, run: Run): readonly number[] | null {
    const error = errorHandedOn(stmt)
    return error && this.#several.waysOf(this.#value(error, run)).filter((one) => one !== nil)
  }

  #statement(stmt: Stmt, run: Run, isEnd: boolean): void {
    const isAround = stmt.k === 'loop' || stmt.k === 'try' || stmt.k === 'switch'
    if (isAround) run.within++
    this.#step(stmt, run, isEnd)
    if (isAround) run.within--
  }

  #step(stmt: Stmt, run: Run, isEnd: boolean): void {
    switch (stmt.k) {
      case 'expr': {
        const value = this.#value(stmt.e, run)
        // What is only done in some cases (`isOld && remove()`).
        if (stmt.e.k === 'binary' || stmt.e.k === 'cond') this.#do(run, 'as', value)
        if (stmt.e.k === 'call' && this.#waits.isSaid(value)) this.#do(run, 'as', value)
        return
      }
      case 'let':
        if (stmt.value?.k === 'func' && stmt.target.k === 'name') this.#closures.set(stmt.value.fn, run)
        this.#bind(stmt.target, stmt.value ? this.#value(stmt.value, run) : word('unset'), run)
        return
      case 'return':
        this.#return(stmt, run, isEnd)
        return
      case 'throw':
        this.#do(run, 'throw', stmt.value ? this.#value(stmt.value, run) : 0)
        return
      case 'loop': {
        const over = stmt.over ? this.#value(stmt.over, run) : digest('while', ...this.#namedAbove(stmt, run))
        this.#do(run, stmt.isBackward ? 'loop back' : 'loop', over)
        for (const [at, one] of stmt.vars.entries()) this.#bind(one, digest('each', at, over), run)
        this.#block([...stmt.body, ...noReturn], run)
        this.#do(run, 'end')
        return
      }
      case 'try':
        this.#do(run, 'try')
        this.#block([...stmt.body, ...noReturn], run)
        for (const handler of stmt.handlers) this.#handler(handler, run)
        this.#do(run, 'finally')
        this.#block([...stmt.finally, ...noReturn], run)
        this.#do(run, 'end')
        return
      case 'switch':
        this.#do(run, 'switch', stmt.subject ? this.#value(stmt.subject, run) : 0)
        for (const { tests, body } of stmt.cases) {
          this.#do(run, 'case', ...this.#all(tests, run))
          this.#block([...body, ...noReturn], run)
        }
        this.#do(run, 'end')
        return
      case 'func':
        this.#function(stmt.fn, run)
        return
      case 'block':
        this.#block(stmt.body, run)
        return
      case 'jump':
        this.#do(run, 'jump', this.#wordsOf(run.module).sumOf(stmt))
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

  #handler({ types, name, body }: Handler, run: Run): void {
    const caught = this.#all(types, run)
    this.#do(run, 'catch', ...caught)
    if (name !== null) run.variables.set(name, digest('caught', ...caught))
    this.#block([...body, ...noReturn], run)
  }

  #return(stmt: Extract<Stmt, { k: 'return' }>, run: Run, isEnd: boolean): void {
    const { value: given } = stmt
    if (given?.k === 'call' && run.isLast) {
      // What the last call comes back with is what this does.
      const value = this.#call(given, run, true)
      if (value !== null) this.#do(run, 'return', this.#waits.returned(value, run.module))
      return
    }
    const value = given ? this.#waits.returned(this.#value(given, run), run.module) : nil
    run.returns.push(value)
    // That nothing comes after it is told by where what follows stands.
    if (!given && run.within === 0) {
      this.#tests.tell(stmt, run, 'return')
      return
    }
    if (isEnd && !run.isLast) return
    const error = run.module.language === 'go' ? this.#several.failed(value) : null
    if (error !== null) this.#handed.add(error)
    if (error === null) this.#do(run, 'return', value)
    else this.#do(run, 'return', error, ...this.#several.besides(value))
  }

  #bind(target: Expr, value: number, run: Run): void {
    switch (target.k) {
      case 'name':
        run.variables.set(target.name, value)
        return
      case 'array': {
        const parts = this.#several.partsOf(value)
        for (const [at, one] of target.items.entries())
          this.#bind(one, parts?.[at] ?? digest('part', at, value), run)
        return
      }
      case 'object':
        for (const { key, value: one } of target.entries)
          this.#bind(one, key ? digest('.', this.#key(key, run), value) : digest('rest', value), run)
        return
      case 'assign':
        this.#bind(target.target, digest('or', value, this.#value(target.value, run)), run)
        return
      case 'spread':
        this.#bind(target.of, digest('rest', value), run)
        return
      default:
        this.#do(run, 'set', this.#value(target, run), value)
    }
  }

  #literal = (value: number, of: string | number | boolean): number =>
    of ? this.#several.constant(value) : value

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
      case 'index':
        return digest('at', this.#value(e.of, run), this.#value(e.at, run))
      case 'call':
        return this.#call(e, run, false) ?? nil
      case 'func':
        this.#tests.tell(e.fn, run, null)
        return this.#alone(e.fn, run.module, run)
      case 'class':
        return digest('class', this.#wordsOfClass(e, run))
      case 'array': {
        const items = this.#all(e.items, run)
        return this.#several.list(items)
      }
      case 'object': {
        const entries = e.entries.map(({ key, value }) =>
          digest('entry', key ? this.#key(key, run) : 0, this.#value(value, run)),
        )
        return digest('object', ...entries.toSorted((a, b) => a - b))
      }
      case 'binary':
      case 'unary':
        return this.#tests.value(e, run)
      case 'cond': {
        const { value, isTurned } = this.#tests.of(e.test, run)
        const ways = this.#all([e.whenTrue, e.whenFalse], run)
        return digest('?', value, ...(isTurned ? ways.toReversed() : ways))
      }
      case 'spread':
        return digest('...', this.#value(e.of, run))
      case 'as':
        return digest('as', word(e.type.name), this.#value(e.of, run))
      case 'each': {
        const over = this.#value(e.over, run)
        this.#bind(e.vars, digest('each', over), run)
        return digest('every', over, ...this.#all([...e.tests, e.body], run))
      }
      case 'assign': {
        const value = this.#value(e.value, run)
        this.#bind(e.target, e.op === '=' ? value : digest(e.op, this.#value(e.target, run), value), run)
        return value
      }
      case 'other':
        return digest('other', this.#wordsOf(run.module).sumOf(e), ...this.#all(e.parts, run))
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
    if (named && 'at' in named) return this.#constant(named.at)
    if (named && 'outside' in named) return word(named.outside)
    if (e.k === 'name') return word(e.name)
    const of = this.#value(e.of, run)
    const type = of === own ? this.#parts.fieldType(run.module, e.start, e.name, this.#declarations) : null
    if (type !== null) return digest('field', word(type))
    const value = digest('.', word(e.name), of)
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

  /** What a call gives; null of a last one that was followed, which says by itself what it comes back with. */
  #call(e: Extract<Expr, { k: 'call' }>, run: Run, isLast: boolean): number | null {
    const { callee, args } = e
    if (callee.k !== 'func' && isLog(run.module.text.slice(callee.start, callee.end))) return nil
    const code = e.isNew ? [] : this.#ownCode(e, run)
    const of = callee.k === 'member' ? this.#value(callee.of, run) : 0
    const given = args.map(({ value, name }) => ({ name, value: this.#value(value, run) }))
    if (code.length > 0) {
      const all = code.map((one) => this.#follow(one, given, run, isLast && code.length === 1))
      const [only] = all
      for (const { handed } of all) for (const one of handed) this.#handed.add(one)
      if (all.length === 1 && only) {
        run.out = concat(run.out, only.out)
        if (isLast) return null
        const value = code[0]?.fn.isAsync ? this.#waits.pending(only.value) : only.value
        return e.isAwaited ? this.#waits.waited(value) : value
      }
      const ways = all.map(({ out, value }) => digest('way', ...ended(out), value)).toSorted((a, b) => a - b)
      this.#do(run, 'one of', ...ways)
      return digest('one of', ...ways)
    }
    const named = this.#declared(callee, run)
    const what =
      named === null && callee.k === 'member' ? digest('.', word(callee.name), of) : this.#value(callee, run)
    const values = given.map(({ name, value }) =>
      name === null ? value : digest('by name', word(name), value),
    )
    const made = digest(e.isNew ? 'new' : 'call', what, ...values)
    this.#do(run, 'call', made)
    this.#waits.outside(made)
    return e.isAwaited ? this.#waits.waited(made) : made
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
      return { out: steps(value), value, handed: [] }
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
      value: this.#several.together(run.returns, module.language === 'go'),
      handed: [...this.#handed],
    }
    this.#handed = handed
    if (key !== '' && this.#left > 0) this.#called.set(key, called)
    return called
  }
}

const noFunctions: ReadonlySet<Func> = new Set()
