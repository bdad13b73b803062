import { keptIn } from '../facts/once-for.ts'
import { differenceOf, markVersion, sumOf, wordHash, writeMark } from '../facts/code-mark.ts'
import type { CodeMarks } from '../facts/code-mark.ts'
import type { Word } from '../parse/code-words.ts'
import type { Func, Module, Span } from '../parse/ir.ts'
import type { OwnCalls } from '../resolve/own-calls.ts'
import type { Project } from '../resolve/project.ts'
import type { FuncValue, Site } from '../resolve/values.ts'
import { Declarations, functionsIn } from './declarations.ts'
import type { Declaration } from './declarations.ts'
import type { EvidenceReader } from './evidence.ts'
import { CodeFlow } from './code-flow.ts'
import { digest } from './flow-digest.ts'
import { AnswerTypes } from './answer-types.ts'
import { classesOf, errorMappersOf } from './class-texts.ts'
import { innerMethods } from './inner-classes.ts'
import { unitsOf } from './code-units.ts'
import type { Unit } from './code-units.ts'

/** Spans of files, apart from each other and in order. */
type Reach = Map<Module, Span[]>

/** Of an operation: what ran for it, its handlers among that, where those are made that code outside gives, where these stand among the handlers, and whether not all of it ran. */
interface Ran {
  functions: Set<FuncValue>
  handlers: readonly FuncValue[]
  outside: readonly Site[]
  order: readonly (Site | null)[]
  isCut: boolean
}

/** Notes what code stands behind each operation, and marks it. */
export class MarkWriter {
  readonly #project: Project
  readonly #calls: OwnCalls
  readonly #declarations: Declarations
  readonly #reached = new Map<string, Ran>()
  readonly #code = new Map<Module, Code>()
  #flow: CodeFlow
  /** Functions that ran for any operation. */
  readonly #ran = new Set<Func>()

  constructor(project: Project, calls: OwnCalls) {
    this.#project = project
    this.#calls = calls
    this.#declarations = new Declarations(project)
    this.#flow = this.#newFlow()
  }

  #newFlow(): CodeFlow {
    return new CodeFlow(this.#calls, this.#declarations, (module) => this.#codeOf(module), this.#ran)
  }

  /** Functions that ran for an operation; what their code names besides is found by `marks`. */
  add(
    operation: string,
    {
      functions,
      handlers,
      outside,
      order,
      isCut,
    }: Omit<Ran, 'functions'> & { functions: Iterable<FuncValue> },
  ): void {
    const known = this.#reached.get(operation)
    if (known) {
      for (const fn of [...functions, ...handlers]) known.functions.add(fn)
      known.isCut ||= isCut
    } else
      this.#reached.set(operation, {
        functions: new Set([...functions, ...handlers]),
        handlers,
        outside,
        order,
        isCut,
      })
  }

  marks(
    evidence: EvidenceReader,
    errorPlaces: { all: number; reached: number },
    onOperation: (at: number, total: number) => void,
  ): CodeMarks {
    const operations: Record<string, string> = {}
    const behind: Record<string, number[]> = {}
    const answers: Record<string, string[]> = {}
    const types = new AnswerTypes(this.#project.modules.values())
    const cut: string[] = []
    const silent = new Map<Unit, { module: Module; operations: Set<string> }>()
    for (const { functions } of this.#reached.values()) for (const { fn } of functions) this.#ran.add(fn)
    const units = new Map<Unit, { index: number; module: Module; spans: Span[] }>()
    let at = 0
    for (const [operation, ran] of this.#reached) {
      onOperation(at++, this.#reached.size)
      if (this.#flow.isFull) this.#flow = this.#newFlow()
      const followed = this.#flow.of(ran.handlers, ran.functions)
      const { reach, declared } = this.#reach(ran)
      const flow = sumOf(sumOf(followed, declared), this.#orderOf(ran.order))
      let sum = 0
      const own = new Set<number>()
      for (const [module, spans] of reach) {
        const code = this.#codeOf(module)
        for (const span of spans) {
          sum = sumOf(sum, code.sumOf(span))
          for (const unit of code.unitsIn(span)) {
            if (code.wordsIn(intersection(span, unit)).length === 0) {
              keptIn(silent, unit, () => ({ module, operations: new Set<string>() })).operations.add(
                operation,
              )
              continue
            }
            const known = units.get(unit) ?? { index: units.size, module, spans: [] }
            units.set(unit, known)
            known.spans.push(span)
            own.add(known.index)
          }
        }
      }
      const answered = types.of(ran.handlers, ran.functions)
      if (answered.length > 0) answers[operation] = answered
      if (own.size === 0) continue
      operations[operation] = writeMark(sum) + writeMark(flow)
      behind[operation] = [...own].toSorted((a, b) => a - b)
      if (ran.isCut) cut.push(operation)
    }
    const placed = (unit: Unit, module: Module) => ({
      path: module.path,
      symbol: unit.symbol,
      line: evidence.lineOf(module, unit.start),
      endLine: evidence.lineOf(module, unit.end),
    })
    const places: Record<string, Record<string, number>> = {}
    const words = [...units].map(([unit, { module, spans }]) => {
      const code = this.#codeOf(module)
      const within = merged(spans).flatMap((span) => code.wordsIn(intersection(span, unit)))
      const sums = (places[module.path] ??= {})
      let sum = 0
      for (const { text } of within) sum = sumOf(sum, wordHash(text))
      sums[unit.symbol] = sumOf(sums[unit.symbol] ?? 0, sum)
      return {
        ...placed(unit, module),
        words: within.map(({ text, start }): [string, number] => [text, evidence.lineOf(module, start)]),
      }
    })
    const written = Object.fromEntries(
      Object.entries(places).map(([path, sums]) => [
        path,
        Object.fromEntries(Object.entries(sums).map(([symbol, sum]) => [symbol, writeMark(sum)])),
      ]),
    )
    const names = [...this.#calls.namesOf(this.#project)]
    return {
      version: markVersion,
      operations,
      places: written,
      read: {
        behind,
        answers,
        classes: classesOf(this.#project.modules.values(), words),
        mappers: errorMappersOf(this.#project.modules.values()),
        words,
        names,
        silent: [...silent].map(([unit, { module, operations: of }]) => ({
          ...placed(unit, module),
          operations: [...of],
        })),
        cut,
        errorPlaces,
      },
    }
  }

  /** Which of an operation's handlers are made by code outside, one after the other. */
  #orderOf(order: Ran['order']): number {
    if (order.every((one) => one === null)) return 0
    return digest('order', ...order.map((one) => (one ? this.#codeOf(one.module).sumOf(one) : 0)))
  }

  #reach({ functions, handlers, outside }: Ran): { reach: Reach; declared: number } {
    const reach: Reach = new Map()
    let declared = 0
    const done = new Map<Module, Set<number>>()
    const queue: Declaration[] = []
    for (const { fn, module } of functions) queue.push({ module, start: fn.start, end: fn.end, cls: null })
    // What a handler is given is of classes that say what they ask.
    for (const { fn, module } of handlers)
      for (const { type } of fn.params) {
        const named = type && this.#declarations.of(module, type.name)
        if (named && 'at' in named && named.at.cls) queue.push(named.at)
      }
    const outer = new Set(
      outside.map(({ module, start, end }): Declaration => ({ module, start, end, cls: null })),
    )
    queue.push(...outer)
    for (const at of queue) {
      const { module } = at
      const spans = reach.get(module) ?? []
      reach.set(module, spans)
      let started = done.get(module)
      if (!started) done.set(module, (started = new Set()))
      for (const span of partsOf(at, this.#ran)) {
        if (started.has(span.start * 1e7 + span.end)) continue
        started.add(span.start * 1e7 + span.end)
        spans.push(span)
        // What the flow did not come to counts by its words.
        if (at.cls || outer.has(at)) declared = sumOf(declared, this.#codeOf(module).sumOf(span))
        else if (this.#flow.isUnfollowed(at))
          declared = sumOf(declared, this.#unranIn(module, span, functions))
        const named = this.#codeOf(module).namedIn(span)
        // So does what code outside is made with: the flow comes to none of it.
        if (outer.has(at))
          for (const one of named) if (!one.cls && !this.#flow.isFunction(one)) outer.add(one)
        queue.push(...named)
      }
    }
    for (const [module, spans] of reach) reach.set(module, merged(spans))
    return { reach, declared }
  }

  /** The words of a function that did not run, without those of functions in it that did. */
  #unranIn(module: Module, span: Span, ran: ReadonlySet<FuncValue>): number {
    const code = this.#codeOf(module)
    const within = [...ran].flatMap(({ fn, module: of }) =>
      of === module && span.start < fn.start && fn.end <= span.end ? [fn] : [],
    )
    return merged(within).reduce((sum, one) => differenceOf(sum, code.sumOf(one)), code.sumOf(span))
  }

  #codeOf(module: Module): Code {
    let code = this.#code.get(module)
    if (!code)
      this.#code.set(module, (code = new Code(module, this.#declarations, this.#calls, this.#project)))
    return code
  }
}

/** The words of a file as they are marked: without what is called as the repository likes. */
class Code {
  readonly #words: { start: number; text: string }[] = []
  readonly #sums: number[] = [0]
  readonly #names: { start: number; at: Declaration }[] = []
  readonly #units: Unit[]

  constructor(module: Module, declarations: Declarations, calls: OwnCalls, project: Project) {
    this.#units = unitsOf(module)
    const all = module.code?.words ?? []
    const declared = module.code?.declared ?? new Set()
    const own = calls.namesOf(project)
    const isTyped = module.language === 'java'
    let before: { word: Word; named: ReturnType<Declarations['of']> } | null = null
    for (const word of all) {
      const { kind, text, start, callEnd } = word
      let said: string | null = text
      let named: ReturnType<Declarations['of']> = null
      const called = callEnd > 0 ? calls.isOwn(module, callEnd) : null
      if (kind === 'name') {
        named = declarations.of(module, text)
        if (named && 'at' in named) this.#names.push({ start, at: named.at })
        said =
          named && 'outside' in named
            ? named.outside
            : named || called === true || declared.has(text) || (called === null && own.has(text))
              ? null
              : text
      } else if (kind === 'member') {
        const follows: boolean = before !== null && before.word.start + before.word.text.length === start - 1
        named = follows && before ? declarations.member(before.named, text.slice(1)) : null
        // What was not seen to run may be a method of what a field holds, or of a class of the same file.
        const holder = follows && before?.named && 'at' in before.named ? before.named.at : null
        const held = holder && !named && callEnd > 0 ? declarations.methodsOf(holder, text.slice(1)) : []
        for (const at of held) this.#names.push({ start, at })
        if (!named && held.length === 0 && callEnd > 0 && called === null)
          named = declarations.ofClasses(module, text.slice(1))
        if (named && 'at' in named) this.#names.push({ start, at: named.at })
        // Where types say what is called, code that says less of them (`var`) says nothing else.
        const isOutside = follows && before?.named && 'outside' in before.named
        const isNamed = callEnd > 0 && !isOutside && (isTyped || called === null) && own.has(text.slice(1))
        if (named || called === true || isNamed) said = null
      }
      before = { word, named }
      if (said === null) continue
      this.#words.push({ start, text: said })
      this.#sums.push(sumOf(this.#sums.at(-1) ?? 0, wordHash(said)))
    }
  }

  #indexOf(offset: number): number {
    return firstAt(this.#words, offset)
  }

  sumOf({ start, end }: Span): number {
    return differenceOf(this.#sums[this.#indexOf(end)] ?? 0, this.#sums[this.#indexOf(start)] ?? 0)
  }

  wordsIn({ start, end }: Span): { start: number; text: string }[] {
    return this.#words.slice(this.#indexOf(start), Math.max(this.#indexOf(start), this.#indexOf(end)))
  }

  namedIn({ start, end }: Span): Declaration[] {
    const [from, to] = [firstAt(this.#names, start), firstAt(this.#names, end)]
    return this.#names.slice(from, to).map(({ at }) => at)
  }

  unitsIn({ start, end }: Span): Unit[] {
    return this.#units.filter((one) => one.start < end && start < one.end)
  }
}

function firstAt(all: readonly { start: number }[], offset: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** What a declaration says when it is named: of a class, of one that is made in it and of a table of functions not what is called. */
function partsOf({ module, start, end, cls }: Declaration, ran: ReadonlySet<Func>): Span[] {
  const holes = [
    ...(cls ? cls.members : functionsIn(module.body, { start, end })),
    ...innerMethods(module, { start, end }, ran),
  ]
  const parts: Span[] = []
  let from = start
  for (const hole of holes.toSorted((a, b) => a.start - b.start)) {
    if (hole.start < from) continue
    parts.push({ start: from, end: hole.start })
    from = hole.end
  }
  return [...parts, { start: from, end }].filter((one) => one.start < one.end)
}

function merged(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else all.push({ start, end })
  }
  return all
}

const intersection = (a: Span, b: Span): Span => ({
  start: Math.max(a.start, b.start),
  end: Math.min(a.end, b.end),
})
