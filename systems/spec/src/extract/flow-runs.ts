import { wordHash } from '../facts/code-mark.ts'
import type { Expr, Module, Param, Stmt } from '../parse/ir.ts'
import type { FuncValue, Scope, Value } from '../resolve/values.ts'
import { nothingDone } from './step-sequence.ts'
import type { Steps } from './step-sequence.ts'

/** One run of a function: what its variables are, and what it did so far. */
export interface Run {
  module: Module
  variables: Map<string, number>
  /** Of the function around one that stands in another. */
  outer: Run | null
  out: Steps
  /** Words of the function that its steps tell: sums by where they begin. */
  told: Map<number, number>
  /** How many rounds, tries and choices stand around where it is. */
  within: number
  /** What it comes back with. */
  returns: number[]
  /** Whether what it comes back with is what its operation, or a function that is handed on, comes back with. */
  isLast: boolean
  depth: number
}

// Python's methods have what they are called of first.
export const isSelf = ({ name }: Param, at: number, { language }: Module): boolean =>
  at === 0 && language === 'python' && /^(?:self|cls)$/.test(name)

export const runOf = (module: Module, outer: Run | null): Run => ({
  module,
  variables: new Map(),
  outer,
  out: nothingDone,
  told: new Map(),
  within: 0,
  returns: [],
  isLast: true,
  depth: (outer?.depth ?? 0) + 1,
})

/** Constants that a function was made with: those around it where it was made, and of what it is called of. `told`: of what they are known, to which it adds. */
export function heldBy({ scope, self }: FuncValue, told: Set<unknown>): number[] {
  const held: number[] = []
  const isNew = (one: unknown) => {
    const isKnown = told.has(one)
    told.add(one)
    return !isKnown
  }
  const put = (value: Value, depth: number) => {
    if (value.t === 'const') held.push(word(`held ${String(value.v)}`))
    if (depth > 2) return
    if (value.t === 'list') for (const one of value.items) put(one, depth + 1)
    if (value.t === 'object' && value.ref === null)
      for (const one of value.props.values()) put(one, depth + 1)
  }
  for (let at: Scope | null = scope; at?.parent; at = at.parent)
    if (isNew(at)) for (const [, value] of at.names()) put(value, 0)
  if (self?.t === 'object' && isNew(self.props)) for (const value of self.props.values()) put(value, 1)
  return held
}

// Keeps a return in a branch from being the last statement of its function.
export const noReturn: Stmt[] = [{ k: 'block', body: [], start: 0, end: 0 }]

export const nil = wordHash('null')
/** What a method is called of. */
export const own = wordHash('this')
export const word = wordHash

const isZero = (e: Expr): boolean =>
  e.k === 'null' ||
  (e.k === 'str' && e.value === '') ||
  (e.k === 'num' && e.value === 0) ||
  (e.k === 'bool' && !e.value) ||
  (e.k === 'object' && e.entries.length === 0) ||
  e.k === 'name'

function leaves(all: readonly Stmt[]): boolean {
  const last = all.at(-1)
  return (
    last?.k === 'return' ||
    last?.k === 'throw' ||
    last?.k === 'jump' ||
    (last?.k === 'block' && leaves(last.body)) ||
    (last?.k === 'if' && leaves(last.whenTrue) && leaves(last.whenFalse))
  )
}

const throws = (all: readonly Stmt[]): boolean => {
  const last = all.at(-1)
  return last?.k === 'throw' || (last?.k === 'block' && throws(last.body))
}

/**
 * The branches of a case in one order, however it is turned round. One that leaves comes first, since what comes after it may stand in another function; of two that
 * leave the one that throws does, and else the one of which nothing is denied. What is returned after one that throws is the end of its function.
 */
export function branches(
  stmt: Extract<Stmt, { k: 'if' }>,
  after: readonly Stmt[],
  isTurned: boolean,
  { language }: Module,
): { first: Stmt[]; last: Stmt[]; isLeft: boolean; isFalseFirst: boolean } {
  const { whenTrue } = stmt
  const isElse =
    language !== 'go' &&
    stmt.whenFalse.length === 0 &&
    after.length === 1 &&
    leaves(whenTrue) &&
    leaves(after)
  const [whenFalse, rest] = isElse ? [[...after], []] : [stmt.whenFalse, after]
  const [isTrueLeft, isFalseLeft] = [leaves(whenTrue), leaves(whenFalse)]
  const isOne = isTrueLeft !== isFalseLeft
  const isThrown = isTrueLeft && isFalseLeft && throws(whenTrue) !== throws(whenFalse)
  const isFalseFirst = isOne ? isFalseLeft : isThrown ? throws(whenFalse) : isTurned
  const [first, then] = isFalseFirst ? [whenFalse, whenTrue] : [whenTrue, whenFalse]
  return {
    first: [...first, ...noReturn],
    last: isOne || isThrown ? [...then, ...rest] : [...then, ...noReturn],
    isLeft: isTrueLeft || isFalseLeft,
    isFalseFirst,
  }
}

export function joined(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map(a)
  for (const [name, value] of b) {
    const other = all.get(name)
    if (other !== value) all.set(name, other === undefined ? value : digest('either way', other, value))
  }
  return all
}

export const ended = ({ a, b, words }: Steps): [number, number, number] => [a, b, words]

/** A number of 48 bits for a thing that has parts, in their order. */
export function digest(what: string, ...parts: readonly number[]): number {
  const head = wordHash(what)
  let low = head | 0
  let high = Math.floor(head / 2 ** 32)
  for (const part of parts) {
    low = Math.imul(low ^ (part | 0), 0x85ebca6b)
    low ^= low >>> 15
    high = Math.imul(high ^ Math.floor(part / 2 ** 32) ^ low, 0xc2b2ae35)
    high ^= high >>> 13
    low = (low + Math.imul(high, 5)) | 0
  }
  return (high & 0xffff) * 2 ** 32 + (low >>> 0)
}

/** Values that are several others, or one of several. */
export class Several {
  readonly #lists = new Map<number, readonly number[]>()
  readonly #ways = new Map<number, readonly number[]>()
  readonly #constants = new Set<number>()

  /** Notes that a value is a constant that is not empty: who is given it beside an error may go by it. */
  constant(value: number): number {
    this.#constants.add(value)
    return value
  }

  list(items: readonly number[]): number {
    const list = digest('list', ...items)
    this.#lists.set(list, items)
    return list
  }

  partsOf(value: number): readonly number[] | undefined {
    return this.#lists.get(value)
  }

  waysOf(value: number): readonly number[] {
    return this.#ways.get(value) ?? [value]
  }

  /** Of Go's several values the error, where there is one. */
  failed(value: number): number | null {
    const error = this.#lists.get(value)?.at(-1)
    return error === undefined || error === nil ? null : error
  }

  /** Constants that Go gives beside an error, each with its place. */
  besides(value: number): number[] {
    const list = this.#lists.get(value)?.slice(0, -1) ?? []
    return list.flatMap((one, at) => (this.#constants.has(one) ? [at, one] : []))
  }

  /** One of several values; of lists of the same length part by part, in Go without what comes beside an error and is no constant. */
  together(all: readonly number[], isGo = false): number {
    const values = [...new Set(all)]
    const [first] = values
    if (first === undefined) return nil
    if (values.length === 1) return first
    const lists = values.map((one) => this.#lists.get(one) ?? [])
    const length = lists[0]?.length ?? 0
    if (length > 0 && lists.every((one) => one.length === length)) {
      const good = lists.filter((one) => one.at(-1) === nil)
      return this.list(
        [...(lists[0]?.keys() ?? [])].map((at) => {
          const counts = (one: readonly number[]) => one.at(-1) === nil || this.#constants.has(one[at] ?? nil)
          const own = isGo && at < length - 1 && good.length > 0 ? lists.filter(counts) : lists
          return this.together(own.map((one) => one[at] ?? nil))
        }),
      )
    }
    const sorted = values.toSorted((a, b) => a - b)
    const either = digest('either', ...sorted)
    this.#ways.set(either, sorted)
    return either
  }
}

/** The error that Go's `if err != nil { return err }` hands on; null of any other branch. */
export function errorHandedOn({ test, whenTrue, whenFalse }: Extract<Stmt, { k: 'if' }>): Expr | null {
  const [only] = whenTrue
  if (only?.k !== 'return' || whenTrue.length > 1 || whenFalse.length > 0 || !only.value) return null
  if (test.k !== 'binary' || test.op !== '!=' || test.left.k !== 'name' || test.right.k !== 'null')
    return null
  const given = only.value.k === 'array' ? only.value.items : [only.value]
  const last = given.at(-1)
  if (last?.k !== 'name' || last.name !== test.left.name) return null
  return given.slice(0, -1).every(isZero) ? last : null
}
