import { digest } from '../extract/flow-digest.ts'
import { isLog } from '../parse/code-words.ts'
import type { Class, Expr, FieldDecl, Func, Module, Param, Span, Stmt } from '../parse/ir.ts'

/** Code as it is compared: without types, logs, imports and the order of keys. */
export interface Tree extends Span {
  kind: string
  /** What it says by itself: a sign, a value, a key; of what has no form of its own its words. */
  text: string
  slots: Slot[]
  /** The same where the code is the same, and where it is but for names. */
  exact: number
  shape: number
  size: number
}

interface Slot {
  /** Whether things may come and go in it: statements, arguments, keys. */
  isList: boolean
  kids: Tree[]
}

/** Between words in a text of several. */
export const wordEnd = '\0'

/** A function, a constant, a member of a class or a statement of a file. */
export interface CodePart {
  symbol: string
  trees: Tree[]
  /** Names of its own variables. */
  bound: Set<string>
}

/** The parts of a file, by their names and by what else is known of them. */
export function partsOf(module: Module): Map<string, CodePart> {
  const parts = new Map<string, CodePart>()
  const put = (key: string, symbol: string, of: (maker: TreeMaker) => Tree[]) => {
    const maker = new TreeMaker(module)
    const trees = of(maker)
    const known = parts.get(key)
    if (known) known.trees.push(...trees)
    else parts.set(key, { symbol, trees, bound: maker.bound })
    for (const name of maker.bound) known?.bound.add(name)
  }
  const ofClass = (cls: Class, prefix: string) => {
    const name = prefix + cls.name
    put(`class ${name}`, name, (maker) => [maker.head(cls)])
    for (const one of cls.members) put(`${name}.${one.name}`, `${name}.${one.name}`, (to) => [to.func(one)])
    for (const one of cls.fields) put(`${name}.${one.name}`, `${name}.${one.name}`, (to) => [to.field(one)])
    for (const one of cls.constants)
      put(`${name}.${one.name}`, `${name}.${one.name}`, (to) => (one.value ? [to.expr(one.value)] : []))
    for (const one of cls.inner) ofClass(one, `${name}.`)
    put(`body ${name}`, name, (maker) => maker.block([...cls.body, ...(cls.setUp ?? [])]))
  }
  for (const stmt of module.body) {
    if (stmt.k === 'class') ofClass(stmt.cls, '')
    else if (stmt.k === 'func') {
      const owner = stmt.fn.receiver?.type?.name
      const name = owner === undefined ? stmt.fn.name : `${owner}.${stmt.fn.name}`
      put(name, name, (maker) => [maker.func(stmt.fn)])
    } else if (stmt.k === 'let') {
      const name = stmt.target.k === 'name' ? stmt.target.name : ''
      put(`let ${module.text.slice(stmt.target.start, stmt.target.end)}`, name, (maker) =>
        maker.block([stmt]),
      )
    } else put(headOf(stmt, module), '', (maker) => maker.block([stmt]))
  }
  return parts
}

/** By what a statement of a file is found again: what it calls or sets, with the first text. */
function headOf(stmt: Stmt, { text }: Module): string {
  const words: string[] = [stmt.k]
  let e: Expr | null = stmt.k === 'expr' ? stmt.e : stmt.k === 'export' ? stmt.value : null
  if (e?.k === 'assign') {
    words.push(text.slice(e.target.start, e.target.end))
    e = e.value
  }
  if (e?.k === 'call') {
    const [first] = e.args
    words.push(text.slice(e.callee.start, e.callee.end).slice(0, 80))
    if (first?.value.k === 'str') words.push(first.value.value)
  }
  return words.join(' ')
}

/** What parameters, fields and routes are given for who reads a description. */
const forPeople =
  /^(?:summary|description|response_description|title|examples?|tags|operation_id|deprecated|help|help_text|verbose_name)$/

/** Annotations of parameters that are the same left out, or that only compilers and readers take. */
const givesNothing =
  /^(?:PathVariable|RequestParam|ModelAttribute|Parameter|Nullable|Non[Nn]ull|NotNull|Valid|Validated|Schema|SuppressWarnings|Api\w*)?$/

class TreeMaker {
  readonly bound = new Set<string>()
  #isDeclaring = false
  readonly #module: Module

  constructor(module: Module) {
    this.#module = module
  }

  block(all: readonly Stmt[]): Tree[] {
    return all.flatMap((stmt) => {
      if (stmt.k === 'import' || (stmt.k === 'expr' && (stmt.e.k === 'str' || this.#isLog(stmt.e)))) return []
      const tree = this.#stmt(stmt)
      // What is written to stand where nothing is done.
      return stmt.k === 'jump' && tree.text === '' ? [] : [tree]
    })
  }

  func(fn: Func): Tree {
    const params = [...(fn.receiver ? [fn.receiver] : []), ...fn.params]
    return this.#tree('func', '', fn, [
      list(params.map((one) => this.#param(one))),
      list(this.#written(fn.decorators)),
      list(this.block(fn.body)),
    ])
  }

  head(cls: Class): Tree {
    return this.#tree('class', cls.bases.map(({ name }) => name).join(' '), { ...cls, end: cls.headEnd }, [
      list(this.#written(cls.decorators)),
      list(cls.baseExprs.map((one) => this.expr(one))),
    ])
  }

  /** One that stands in code. */
  #class(cls: Class, span: Span): Tree {
    const named = (of: Span & { name: string }, tree: Tree) => this.#tree('own', of.name, of, [one(tree)])
    const slots = [
      list(cls.members.map((of) => named(of, this.func(of)))),
      list(cls.fields.map((of) => named(of, this.field(of)))),
      list(this.block([...cls.body, ...(cls.setUp ?? [])])),
    ]
    return this.#tree('class', this.#words(span, slots).join(wordEnd), span, slots)
  }

  field(field: FieldDecl): Tree {
    return this.#tree('field', field.tag, field, [
      list(this.#written(field.decorators)),
      one(field.value && this.#declaring(field.value)),
    ])
  }

  #param({ name, pattern, default: given, decorators, start, end }: Param): Tree {
    const target: Expr = pattern ?? { k: 'name', name, start, end }
    this.#bind(target)
    return this.#tree('param', '', { start, end }, [
      one(this.expr(target)),
      one(given && this.#declaring(given)),
      list([...this.#written(decorators), ...this.#marked(decorators)]),
    ])
  }

  /** What a parameter is given by, where it is no word: facts say what it is given. */
  #marked(decorators: readonly Expr[]): Tree[] {
    return decorators.flatMap((of) => {
      const callee = of.k === 'call' ? of.callee : of
      const name = callee.k === 'name' || callee.k === 'member' ? callee.name : ''
      const isWord = this.#words(of, []).length > 0
      return isWord || givesNothing.test(name) ? [] : [this.#tree('decorator', name, of, [])]
    })
  }

  #declaring(e: Expr): Tree {
    this.#isDeclaring = true
    const tree = this.expr(e)
    this.#isDeclaring = false
    return tree
  }

  #written(decorators: readonly Expr[]): Tree[] {
    const written = decorators.filter((of) => this.#words(of, []).length > 0)
    return written.map((of) => this.#tree('decorator', '', of, [one(this.#declaring(of))]))
  }

  #bind(target: Expr): void {
    if (target.k === 'name') this.bound.add(target.name)
    else if (target.k === 'array') for (const of of target.items) this.#bind(of)
    else if (target.k === 'object') for (const { value } of target.entries) this.#bind(value)
    else if (target.k === 'assign') this.#bind(target.target)
    else if (target.k === 'spread') this.#bind(target.of)
  }

  /** Whether it only tells people what goes on: what it calls is of a log, however far down its chain. */
  #isLog(e: Expr): boolean {
    if (e.k !== 'call' || e.callee.k === 'func') return false
    let callee = this.#module.text.slice(e.callee.start, e.callee.end)
    for (let before = ''; before !== callee;) callee = (before = callee).replace(/\([^()]*\)/g, '')
    const parts = callee.split('.').map((part) => part.trim())
    const last = parts.pop() ?? ''
    return parts.length === 0
      ? isLog(last)
      : parts.some((_, at) => isLog([...parts.slice(0, at + 1), last].join('.')))
  }

  #stmt(stmt: Stmt): Tree {
    const make = (slots: Slot[], text = '') => this.#tree(stmt.k, text, stmt, slots)
    const all = (of: readonly Expr[]) => list(of.map((each) => this.expr(each)))
    const maybe = (e: Expr | null) => one(e && this.expr(e))
    switch (stmt.k) {
      case 'expr':
      case 'defer':
        return make([maybe(stmt.e)])
      case 'let':
        this.#bind(stmt.target)
        return make([maybe(stmt.target), maybe(stmt.value)])
      case 'return': {
        // Who called waits for what JavaScript returns.
        const value = stmt.value && this.expr(stmt.value)
        return make([
          one(
            value && isWaiting(value) && this.#module.language === 'javascript'
              ? (value.slots[0]?.kids[0] ?? value)
              : value,
          ),
        ])
      }
      case 'throw':
      case 'export':
        return make([maybe(stmt.value)])
      case 'if':
        return make([
          list(this.block(stmt.before)),
          maybe(stmt.test),
          list(this.block(stmt.whenTrue)),
          list(this.block(stmt.whenFalse)),
        ])
      case 'loop': {
        for (const of of stmt.vars) this.#bind(of)
        const slots = [all(stmt.vars), maybe(stmt.over), list(this.block(stmt.body))]
        const head = { start: stmt.start, end: stmt.body[0]?.start ?? stmt.end }
        return make(slots, this.#words(head, slots).join(wordEnd))
      }
      case 'try':
        return make([
          list(this.block(stmt.body)),
          list(
            stmt.handlers.map((of) => {
              if (of.name !== null) this.bound.add(of.name)
              return this.#tree('handler', '', of, [all(of.types), list(this.block(of.body))])
            }),
          ),
          list(this.block(stmt.finally)),
        ])
      case 'switch':
        return make([
          maybe(stmt.subject),
          list(
            stmt.cases.map(({ tests, body }) =>
              this.#tree('case', '', spanOf([...tests, ...body], stmt), [all(tests), list(this.block(body))]),
            ),
          ),
        ])
      case 'func':
        this.bound.add(stmt.fn.name)
        return make([one(this.func(stmt.fn))])
      case 'block':
        return make([list(this.block(stmt.body))])
      case 'class':
        this.bound.add(stmt.cls.name)
        return this.#class(stmt.cls, stmt)
      case 'jump':
        return make([], this.#words(stmt, []).join(wordEnd))
      case 'import':
        return make([])
    }
  }

  expr(e: Expr): Tree {
    const make = (slots: Slot[], text = '') => this.#tree(e.k, text, e, slots)
    const all = (of: readonly Expr[]) => list(of.map((each) => this.expr(each)))
    const each = (...of: Expr[]) => of.map((part) => one(this.expr(part)))
    switch (e.k) {
      case 'str':
      case 'num':
      case 'bool':
        // What is no word is for people: a summary, a description.
        return make([], this.#words(e, []).length === 0 ? '' : String(e.value))
      case 'null':
        return make([])
      case 'regex':
        return make([], e.source)
      case 'name':
        return make([], e.name)
      case 'template':
        return make([
          list(
            e.parts.map((part) =>
              part.k === 'str' ? this.#tree('str', part.value, part, []) : this.expr(part),
            ),
          ),
        ])
      case 'member': {
        const of = this.expr(e.of)
        return make([one(this.#asked(e, [one(of)], of))], e.name)
      }
      case 'index': {
        const [of, at] = [this.expr(e.of), this.expr(e.at)]
        return make([one(this.#asked(e, [one(of), one(at)], of)), one(at)])
      }
      case 'call': {
        if (this.#isLog(e)) return this.#tree('log', '', e, [])
        const byName = e.args.flatMap(({ name, value }) =>
          name === null || (this.#isDeclaring && forPeople.test(name))
            ? []
            : this.#tree('named', name, value, each(value)),
        )
        const given = e.args.flatMap(({ name, value }) => (name === null ? this.expr(value) : []))
        const of = this.expr(e.callee)
        const slots = [one(of), list(given), list(inOrder(byName))]
        const called = make([one(this.#asked(e, slots, of)), ...slots.slice(1)], e.isNew ? 'new' : '')
        return e.isAwaited ? this.#tree('unary', 'await', e, [one(called)]) : called
      }
      case 'func':
        return this.func(e.fn)
      case 'class':
        return this.#class(e.cls, e)
      case 'array':
        return make([all(e.items)])
      case 'object': {
        const entries = e.entries.map(({ key, value }) =>
          this.#tree(
            'key',
            key?.k === 'str' ? key.value : '',
            { start: key?.start ?? value.start, end: value.end },
            [...(key && key.k !== 'str' ? each(key) : []), ...each(value)],
          ),
        )
        return make([list(entries.every(({ text }) => text !== '') ? inOrder(entries) : entries)])
      }
      case 'binary':
        return make(each(e.left, e.right), e.op)
      case 'unary':
        return make(each(e.of), e.op)
      case 'cond':
        return make(each(e.test, e.whenTrue, e.whenFalse))
      case 'spread':
        return make(each(e.of))
      case 'as':
        return make(each(e.of), e.type.name)
      case 'each':
        this.#bind(e.vars)
        return make([...each(e.vars, e.over, e.body), all(e.tests)])
      case 'assign':
        if (e.op === '=') this.#bind(e.target)
        return make(each(e.target, e.value), e.op)
      case 'other': {
        const slots = [all(e.parts)]
        return make(slots, this.#words(e, slots).join(wordEnd))
      }
    }
  }

  /** What something is taken or called of: where it is not there nothing is (`?.`). */
  #asked(e: Span, slots: readonly Slot[], of: Tree): Tree {
    return this.#module.language === 'javascript' && this.#words(e, slots).includes('?.')
      ? this.#tree('unary', '?.', of, [one(of)])
      : of
  }

  /** Words of a span that are none of what stands in it. */
  #words(span: Span, slots: readonly Slot[]): string[] {
    const inner = slots.flatMap(({ kids }) => kids)
    const all = this.#module.code?.words ?? []
    let [low, high] = [0, all.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((all[middle]?.start ?? 0) < span.start) low = middle + 1
      else high = middle
    }
    const found: string[] = []
    for (let at = low; at < all.length; at++) {
      const { start, text } = all[at] ?? { start: span.end, text: '' }
      if (start >= span.end) break
      if (!inner.some((of) => of.start <= start && start < of.end)) found.push(text)
    }
    return found
  }

  #tree(kind: string, text: string, { start, end }: Span, slots: Slot[]): Tree {
    const sum = (of: 'exact' | 'shape') =>
      digest(
        kind === 'name' && of === 'shape' ? 'name' : `${kind} ${text}`,
        ...slots.map(({ kids }) => digest('slot', ...kids.map((each) => each[of]))),
      )
    const size = slots.reduce((total, { kids }) => kids.reduce((one, each) => one + each.size, total), 1)
    return { kind, text, start, end, slots, exact: sum('exact'), shape: sum('shape'), size }
  }
}

const isWaiting = ({ kind, text }: Tree): boolean => kind === 'unary' && text === 'await'
/** In the order of their names, which no code depends on. */
const inOrder = (all: Tree[]): Tree[] => all.toSorted((a, b) => (a.text < b.text ? -1 : 1))
const list = (kids: Tree[]): Slot => ({ isList: true, kids })
const one = (kid: Tree | null): Slot => ({ isList: false, kids: kid ? [kid] : [] })
const spanOf = (all: readonly Span[], { start, end }: Span): Span => ({
  start: all[0]?.start ?? start,
  end: all.at(-1)?.end ?? end,
})

/** A tree and all in it. */
export function* within(tree: Tree): Generator<Tree> {
  yield tree
  for (const { kids } of tree.slots) for (const kid of kids) yield* within(kid)
}

/** Whether nothing after it is done. */
export const isLeaving = ({ kind }: Tree): boolean => /^(?:return|throw|jump)$/.test(kind)

/** Whether something is lost without it: it calls, asks or says something, or leaves. */
export function doesSomething(tree: Tree): boolean {
  if (/^(?:func|class|own)$/.test(tree.kind)) return false
  return within(tree).some(acts)
}

/** Whether it does something by itself. */
export const acts = ({ kind, text }: Tree): boolean =>
  /^(?:call|str|num|member|throw|return|jump|assign|key|regex|decorator)$/.test(kind) ||
  (kind === 'bool' && text !== '')
