import type { Expr, Module, Param, Stmt } from '../parse/ir.ts'
import type { FuncValue, Scope, Value } from '../resolve/values.ts'
import { never } from './flow-decisions.ts'
import type { Decisions } from './flow-decisions.ts'
import { digest, nil, word } from './flow-digest.ts'
import { Doing } from './flow-steps.ts'

/** One run of a function: what its variables are, and what it did so far. */
export interface Run {
  module: Module
  variables: Map<string, number>
  /** Of the function around one that stands in another. */
  outer: Run | null
  out: Doing
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
  out: new Doing(),
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

const isZero = (e: Expr): boolean =>
  e.k === 'null' ||
  (e.k === 'str' && e.value === '') ||
  (e.k === 'num' && e.value === 0) ||
  (e.k === 'bool' && !e.value) ||
  (e.k === 'object' && e.entries.length === 0) ||
  e.k === 'name'

/** Values that are several others, or one of several. */
export class Several {
  readonly #lists = new Map<number, readonly number[]>()
  readonly #constants = new Set<number>()
  readonly #literals = new Set<number>()
  readonly #decisions: Decisions

  constructor(decisions: Decisions) {
    this.#decisions = decisions
  }

  literal(value: number): number {
    this.#literals.add(value)
    return value
  }

  isLiteral(value: number): boolean {
    return this.#literals.has(value)
  }

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

  /** What is given back; of lists of the same length part by part, in Go without what comes beside an error and is no constant. */
  together(value: number, isGo = false): number {
    const leaves = this.#decisions.leaves(value).filter((one) => one !== never)
    if (leaves.length === 0) return nil
    if (leaves.length === 1) return leaves[0] ?? nil
    const lists = leaves.map((one) => this.#lists.get(one) ?? [])
    const length = lists[0]?.length ?? 0
    if (length === 0 || lists.some((one) => one.length !== length)) return value
    const isGood = (one: readonly number[]) => one.at(-1) === nil
    const hasGood = lists.some(isGood)
    return this.list(
      [...(lists[0]?.keys() ?? [])].map((at) =>
        this.#decisions.map(value, (leaf) => {
          const one = this.#lists.get(leaf) ?? []
          const part = one[at] ?? nil
          const counts = !isGo || at === length - 1 || !hasGood || isGood(one) || this.#constants.has(part)
          return counts ? part : never
        }),
      ),
    )
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
