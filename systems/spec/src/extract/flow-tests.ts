import type { Expr, Module, Span } from '../parse/ir.ts'
import { digest, nil, word } from './flow-digest.ts'
import type { Run, Several } from './flow-runs.ts'
import { no, yes } from './flow-decisions.ts'
import type { Decisions } from './flow-decisions.ts'

/** What is said of the words of a file. */
export interface FileWords {
  /** Of all. */
  sumOf(span: Span): number
}

type Binary = Extract<Expr, { k: 'binary' }>
type Call = Extract<Expr, { k: 'call' }>

/** What a comparison says when it is asked the other way round. */
const turnedOperators: Record<string, string> = {
  '!=': '==',
  '!==': '===',
  'not in': 'in',
  'is not': 'is',
}
const alike = /^(?:===?|is)$/
const asks = /^(?:[<>]=?|in|instanceof)$/

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

/** Texts and values that are put together to one text: by a template, or by signs of addition of which one of the first two is a text; null of anything else. */
function textParts(e: Expr): Expr[] | null {
  if (e.k === 'template') return e.parts
  if (e.k !== 'binary' || e.op !== '+') return null
  const left = textParts(e.left)
  const right = e.right.k === 'template' ? e.right.parts : [e.right]
  if (left) return [...left, ...right]
  return [e.left, e.right].some(({ k }) => k === 'str' || k === 'template') ? [e.left, ...right] : null
}

/** What Java asks by a call and by a sign alike. */
function askedOfNull(e: Call): { of: Expr; isTurned: boolean } | null {
  if (e.callee.k !== 'member' || e.callee.of.k !== 'name' || e.callee.of.name !== 'Objects') return null
  const [only] = e.args
  if (!only || e.args.length > 1 || !/^(?:isNull|nonNull)$/.test(e.callee.name)) return null
  return { of: only.value, isTurned: e.callee.name === 'nonNull' }
}

const isUndefined = (e: Expr) => e.k === 'null' && e.isUndefined === true

interface Told {
  value(e: Expr, run: Run): number
  /** What is done to find a value only where `test` holds. */
  within(test: number, isHigh: boolean, run: Run, find: () => number): number
  /** Whether a value is what something outside was waited for, so that it is a thing or nothing. */
  isFound(value: number): boolean
}

/** What says of something whether it holds. */
const truths: Partial<Record<Module['language'], string>> = { javascript: 'Boolean', python: 'bool' }

/**
 * What is asked, and what texts are put together, in one form: what decides alike is asked alike, and a template in the place of signs of addition is the same.
 */
export class FlowTests {
  readonly #decisions: Decisions
  readonly #several: Several
  readonly #told: Told

  constructor(decisions: Decisions, several: Several, told: Told) {
    this.#decisions = decisions
    this.#several = several
    this.#told = told
  }

  test(e: Expr, run: Run): number {
    return this.#decisions.test(this.#told.value(e, run))
  }

  unary(e: Extract<Expr, { k: 'unary' }>, run: Run): number {
    if (e.op === '!') return this.#decisions.not(this.test(e.of, run))
    return digest(e.op, this.#told.value(e.of, run))
  }

  binary(e: Binary, run: Run): number {
    if (e.op === '&&' || e.op === '||' || e.op === '??') return this.#junction(e, run)
    const text = run.module.language === 'javascript' ? textParts(e) : null
    if (text) return this.text(text, run)
    const op = operatorOf(e, run.module)
    const other = turnedOperators[op]
    const [left, right] = [this.#told.value(e.left, run), this.#told.value(e.right, run)]
    const sign = other ?? op
    const asked = alike.test(sign)
      ? this.#alike(sign, left, right, isUndefined(e.right), run)
      : sign === 'in' && run.module.language === 'python'
        ? this.#among('==', right, left, run)
        : asks.test(sign)
          ? this.#compared(sign, left, right, run)
          : digest(sign, left, right)
    return other === undefined ? asked : this.#decisions.not(asked)
  }

  /** What is asked of a list that is written there; null of any other call. */
  call(e: Call, run: Run): number | null {
    const { callee, args } = e
    const missing = run.module.language === 'java' ? askedOfNull(e) : null
    if (missing) {
      const asked = this.#alike('==', this.#told.value(missing.of, run), nil, false, run)
      return missing.isTurned ? this.#decisions.not(asked) : asked
    }
    const [only] = args
    const { language } = run.module
    const isWhether =
      callee.k === 'name' && callee.name === truths[language] && !run.variables.has(callee.name)
    if (isWhether && only && args.length === 1 && only.name === null) return this.test(only.value, run)
    const isEqual = language === 'java' && callee.k === 'member' && callee.name === 'equals'
    if (isEqual && only && args.length === 1) {
      const [left, right] = [this.#told.value(callee.of, run), this.#told.value(only.value, run)]
      return this.#alike('equals', left, right, false, run)
    }
    if (language !== 'javascript' || callee.k !== 'member' || callee.name !== 'includes' || !only) return null
    if (args.length > 1 || only.name !== null) return null
    const list = this.#told.value(callee.of, run)
    if (!this.#isWritten(list)) return null
    return this.#among('===', list, this.#told.value(only.value, run), run)
  }

  /** Whether one thing is what a case of a choice names. */
  isCase(subject: number, value: number, run: Run, isText: boolean): number {
    const { language } = run.module
    const sign = language === 'javascript' ? '===' : language === 'java' && isText ? 'equals' : '=='
    return this.#alike(sign, subject, value, false, run)
  }

  #isWritten(list: number): boolean {
    const parts = this.#several.partsOf(list)
    return parts !== undefined && parts.length > 0 && parts.every((one) => this.#several.isLiteral(one))
  }

  #among(sign: string, list: number, value: number, run: Run): number {
    if (!this.#isWritten(list)) return this.#decisions.atom(digest('in', value, list))
    const parts = this.#several.partsOf(list) ?? []
    return parts.reduce((found, one) => {
      const asked = this.#alike(sign, value, one, false, run)
      return this.#decisions.either(asked, yes, found)
    }, no)
  }

  #alike(sign: string, left: number, right: number, isStrict: boolean, run: Run): number {
    const spread =
      this.#decisions.spread(left, (one) => this.#alike(sign, one, right, isStrict, run)) ??
      this.#decisions.spread(right, (one) => this.#alike(sign, left, one, isStrict, run))
    if (spread !== null) return spread
    if (left === right) return yes
    if (right === nil || left === nil) {
      const of = right === nil ? left : right
      if (this.#several.isLiteral(of) || this.#several.partsOf(of)) return no
      if (run.module.language === 'javascript' && this.#told.isFound(of))
        return this.#decisions.not(this.#decisions.test(of))
      // What is nothing is no literal either.
      const asked = (kind: string) => this.#decisions.literalOf(of, digest(kind, of))
      if (run.module.language !== 'javascript') return asked('null')
      if (sign === '===') return asked(isStrict ? 'undefined' : 'null')
      return this.#decisions.either(asked('null'), yes, asked('undefined'))
    }
    const [a, b] = [this.#several.isLiteral(left), this.#several.isLiteral(right)]
    if (a && b) return no
    const value = digest(sign, ...[left, right].toSorted((one, other) => one - other))
    return a || b ? this.#decisions.literalOf(a ? right : left, value) : this.#decisions.atom(value)
  }

  // What is more than another is that than which the other is less. What is nothing, or no number, is neither.
  #compared(sign: string, left: number, right: number, { module }: Run): number {
    if (sign === '>' || sign === '>=')
      return this.#compared(sign === '>' ? '<' : '<=', right, left, { module } as Run)
    if (sign === '<=' && module.language !== 'javascript')
      return this.#decisions.not(this.#decisions.atom(digest('<', right, left)))
    return this.#decisions.atom(digest(sign, left, right))
  }

  /** A text of parts, in which texts that follow each other are one. */
  text(parts: readonly Expr[], run: Run): number {
    const values: number[] = []
    let text: string | null = null
    for (const part of parts) {
      if (part.k !== 'str') {
        values.push(this.#told.value(part, run))
        text = null
        continue
      }
      if (part.value === '') continue
      if (text !== null) values.pop()
      text = (text ?? '') + part.value
      values.push(word(`'${text}'`))
    }
    return digest('text', ...values)
  }

  #junction(e: Binary, run: Run): number {
    const [first, ...more] = chain(e, e.op)
    let value = first ? this.#told.value(first, run) : nil
    // Java and Go ask only whether it holds.
    const isAsked = run.module.language === 'java' || run.module.language === 'go'
    if (isAsked) value = this.#decisions.test(value)
    for (const one of more) {
      const left = value
      const test = e.op === '??' ? this.#isThere(left, one, run) : this.#decisions.test(left)
      const isHigh = e.op === '&&'
      const found = this.#told.within(test, isHigh, run, () => this.#told.value(one, run))
      const right = isAsked ? this.#decisions.test(found) : found
      value = isHigh
        ? this.#decisions.either(test, right, this.#decisions.given(left, this.#decisions.not(test)))
        : this.#decisions.either(test, this.#decisions.given(left, test), right)
    }
    return value
  }

  // In whose place a list or an object comes is one, or nothing.
  #isThere(value: number, other: Expr, run: Run): number {
    if (other.k === 'array' || other.k === 'object') return this.#decisions.test(value)
    return this.#decisions.not(this.#alike('==', value, nil, false, run))
  }
}
