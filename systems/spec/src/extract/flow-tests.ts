import type { Expr, Module, Span } from '../parse/ir.ts'
import { digest, nil, word } from './flow-runs.ts'
import type { Run } from './flow-runs.ts'

/** What is said of the words of a file. */
export interface FileWords {
  /** Of literals, operators and branches. */
  valuesIn(span: Span): number
  /** Of all. */
  sumOf(span: Span): number
}

type Binary = Extract<Expr, { k: 'binary' }>

/** What is asked, and whether it must not be so. */
interface Test {
  value: number
  isTurned: boolean
}

/** What a comparison says when it is asked the other way round. */
const turnedOperators: Record<string, string> = {
  '!=': '==',
  '!==': '===',
  'not in': 'in',
  'is not': 'is',
}

/** The sign of a comparison as it is written, where the form of all languages has one for two. */
function operatorOf(e: Binary, { text, language }: Module): string {
  if (!/^[!=]=$/.test(e.op)) return e.op
  const between = text.slice(e.left.end, e.right.start)
  const written = language === 'python' ? /\bis(?: +not)?\b/.exec(between) : /[!=]==/.exec(between)
  return written ? written[0].replace(/ +/, ' ') : e.op
}

/** The parts of a chain of one operator, however it is bracketed. */
const chain = (e: Expr, op: string): Expr[] =>
  e.k === 'binary' && e.op === op ? [...chain(e.left, op), ...chain(e.right, op)] : [e]

/** The junctions of such a chain. */
const junctions = (e: Binary): Binary[] => [
  e,
  ...[e.left, e.right].flatMap((one) => (one.k === 'binary' && one.op === e.op ? junctions(one) : [])),
]

/** Texts and values that are put together to one text: by a template, or by signs of addition of which one of the first two is a text; null of anything else. */
function textParts(e: Expr): Expr[] | null {
  if (e.k === 'template') return e.parts
  if (e.k !== 'binary' || e.op !== '+') return null
  const left = textParts(e.left)
  const right = e.right.k === 'template' ? e.right.parts : [e.right]
  if (left) return [...left, ...right]
  return [e.left, e.right].some(({ k }) => k === 'str' || k === 'template') ? [e.left, ...right] : null
}

/** A comparison of a variable, or of a part of one, with null or undefined, which are one here. */
const isOfNull = (e: Expr): e is Binary =>
  e.k === 'binary' && /^[!=]==?$/.test(e.op) && e.right.k === 'null' && /^(?:name|member)$/.test(e.left.k)

/** What Java asks by a call and by a sign alike. */
function askedOfNull(e: Expr): { of: Expr; isTurned: boolean } | null {
  if (e.k !== 'call' || e.callee.k !== 'member' || e.callee.of.k !== 'name' || e.callee.of.name !== 'Objects')
    return null
  const [only] = e.args
  if (!only || e.args.length > 1 || !/^(?:isNull|nonNull)$/.test(e.callee.name)) return null
  return { of: only.value, isTurned: e.callee.name === 'nonNull' }
}

/**
 * What is asked, and what texts are put together, in one form: a case that is turned round with its branches, parts that are each asked the other way round, and a
 * template in the place of signs of addition are the same. Their operators are told by it, and are no words beside it.
 */
export class FlowTests {
  readonly #wordsOf: (module: Module) => FileWords
  readonly #valueOf: (e: Expr, run: Run) => number
  /** What is not so, to what is. */
  readonly #turned = new Map<number, number>()

  constructor(wordsOf: (module: Module) => FileWords, valueOf: (e: Expr, run: Run) => number) {
    this.#wordsOf = wordsOf
    this.#valueOf = valueOf
  }

  value(e: Expr, run: Run): number {
    return this.said(this.of(e, run))
  }

  of(e: Expr, run: Run): Test {
    if (e.k === 'unary' && e.op === '!') {
      this.tell({ start: e.start, end: e.of.start }, run, '!')
      const { value, isTurned } = this.of(e.of, run)
      return { value, isTurned: !isTurned }
    }
    const missing = run.module.language === 'java' ? askedOfNull(e) : null
    if (missing)
      return { value: digest('==', this.#valueOf(missing.of, run), nil), isTurned: missing.isTurned }
    if (e.k === 'unary') return { value: digest(e.op, this.#valueOf(e.of, run)), isTurned: false }
    if (e.k !== 'binary') {
      const value = this.#valueOf(e, run)
      const turned = this.#turned.get(value)
      return { value: turned ?? value, isTurned: turned !== undefined }
    }
    if (e.op === '&&' || e.op === '||') return this.#junction(e, run)
    const text = run.module.language === 'javascript' ? textParts(e) : null
    if (text) {
      for (let at: Expr = e; at.k === 'binary'; at = at.left) this.#tellOperator(at, run)
      return { value: this.text(text, run), isTurned: false }
    }
    const op = this.#tellOperator(e, run)
    if (e.right.k === 'null') this.tell(e.right, run, 'null')
    const other = turnedOperators[op]
    return {
      value: digest(other ?? op, this.#valueOf(e.left, run), this.#valueOf(e.right, run)),
      isTurned: other !== undefined,
    }
  }

  /** A text of parts, in which texts that follow each other are one. */
  text(parts: readonly Expr[], run: Run): number {
    const values: number[] = []
    let text: string | null = null
    for (const part of parts) {
      if (part.k !== 'str') {
        values.push(this.#valueOf(part, run))
        text = null
        continue
      }
      this.tell(part, run, `'${part.value}'`)
      if (part.value === '') continue
      if (text !== null) values.pop()
      text = (text ?? '') + part.value
      values.push(word(`'${text}'`))
    }
    return digest('text', ...values)
  }

  /** Notes the words of a span as told, where they are one word only, or whatever they are. */
  tell({ start, end }: Span, run: Run, only: string | null): void {
    if (start >= end) return
    const values = this.#wordsOf(run.module).valuesIn({ start, end })
    if (values !== 0 && (only === null || values === word(only))) run.told.set(start, values)
  }

  #junction(e: Binary, run: Run): Test {
    const isOr = e.op === '||'
    for (const one of junctions(e)) this.#tellOperator(one, run)
    const parts: Test[] = []
    for (const one of chain(e, e.op)) {
      const { value, isTurned } = this.of(one, run)
      const same = isOfNull(one) ? parts.findIndex((other) => other.value === value) : -1
      if (same === -1 || !isOfNull(one)) parts.push({ value, isTurned: isTurned !== isOr })
      // What is neither null nor undefined is not missing.
      else
        parts[same] = { value: digest('==', this.#valueOf(one.left, run), nil), isTurned: isTurned !== isOr }
    }
    const [only] = parts
    if (only && parts.length === 1) return { ...only, isTurned: only.isTurned !== isOr }
    return { value: digest('&&', ...parts.map((one) => this.said(one))), isTurned: isOr }
  }

  said({ value, isTurned }: Test): number {
    if (!isTurned) return value
    const turned = digest('!', value)
    this.#turned.set(turned, value)
    return turned
  }

  #tellOperator(e: Binary, run: Run): string {
    const op = operatorOf(e, run.module)
    this.tell({ start: e.left.end, end: e.right.start }, run, op)
    this.tell({ start: e.left.end, end: e.right.start }, run, e.op)
    return op
  }
}
