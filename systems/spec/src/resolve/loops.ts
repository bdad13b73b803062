import { unbroken } from '../parse/ir.ts'
import type { Expr, Stmt } from '../parse/ir.ts'
import type { Condition } from '../facts/condition.ts'
import { itemsWhen } from './collected-items.ts'
import { both, comparison, either } from './conditions.ts'
import { always, unsaid } from '../facts/condition.ts'
import { merge } from './branches.ts'
import { mayBeError } from './go-errors.ts'
import { keyedEntries } from './keyed-entries.ts'
import type { Machine } from './machine.ts'
import { isMap, listedIn } from './membership.ts'
import { maxRounds } from './running.ts'
import { aRound } from './sometimes.ts'
import { untold } from './told.ts'
import { yieldedIn } from './yielded.ts'
import { Scope, constant, each, printValue, symbol, union } from './values.ts'
import type { Effect, ObjectValue, Value } from './values.ts'
import { unionOfBranches } from './when.ts'

/** What runs the statements of rounds. */
interface Within {
  block: (stmts: readonly Stmt[], scope: Scope, goesOn?: boolean) => boolean
  sequence: (stmts: readonly Stmt[], scope: Scope) => boolean
  child: (scope: Scope) => Scope
  bind: (target: Expr, value: Value, scope: Scope, isNew: boolean) => void
}

/** Loops: over what is known round by round, over all else once. */
export class Loops {
  readonly #run: Machine
  readonly #statements: Within

  constructor(run: Machine, statements: Within) {
    this.#run = run
    this.#statements = statements
  }

  // What a branch set before it left the loop, or the round, may be so after it.
  run(stmt: Extract<Stmt, { k: 'loop' }>, scope: Scope): boolean {
    const { frame } = this.#run.running
    const outer = frame.left
    const left: [string, Value][] = []
    frame.left = left
    const { broken, away } = frame
    frame.away = []
    const depth = this.#run.running.conditions.length
    frame.broken = stmt.isWatched ? [] : undefined
    const ends = this.#rounds(stmt, scope)
    if (stmt.isWatched) scope.declare(unbroken, this.#isUnbroken(frame.broken ?? []))
    frame.broken = broken
    // What comes after it comes where a loop around it was not left in it.
    const others = frame.away.filter(({ label }) => label !== stmt.label)
    if (away) frame.away = [...away, ...others]
    else delete frame.away
    for (const one of others)
      if (!ends) this.#run.running.conditions.push(untold(one.when.slice(depth).reduce(both, always)))
    frame.left = outer
    // Python: what it went through last stands under its name after it.
    if (scope.module.language === 'python' && this.#run.effects !== null)
      for (const one of stmt.vars) if (one.k === 'name') scope.set(one.name, symbol('?', one.name))
    for (const [name, value] of left) {
      const held = scope.get(name)
      if (held && held !== value) scope.set(name, union([held, value]))
    }
    return ends
  }

  /** Notes that a loop is left, or gone on with, by its label. */
  leave(label: string): void {
    const { frame, conditions } = this.#run.running
    frame.away?.push({ label, when: [...conditions] })
  }

  // Whether it was gone through to its end.
  #isUnbroken(broken: readonly Condition[]): Value {
    const left = broken.reduce<Condition | null>((all, one) => (all ? either(all, one) : one), null)
    if (left === null) return constant(true)
    return unionOfBranches(constant(false), constant(true), left)
  }

  // What is known of a map of Go that a program fills as it begins is each gone through, also where it may hold more.
  #isGoneThrough(map: ObjectValue, { module }: Scope): boolean {
    if (!map.isOpen) return map.ref === null
    return (
      this.#run.effects === null &&
      module.language === 'go' &&
      isMap(map) &&
      (map.props.size > 0 || keyedEntries(map).length > 0)
    )
  }

  #entries(over: Value, scope: Scope): { key: Value; value: Value }[] | null {
    // As a program begins, what is in any of the maps that it may be.
    const maps = (this.#run.effects === null && scope.module.language === 'go' ? each(over) : [over]).filter(
      (one) => one.t === 'object' && this.#isGoneThrough(one, scope),
    )
    return maps.length === 0
      ? null
      : maps.flatMap((one) =>
          one.t === 'object'
            ? [
                ...[...one.props].map(([name, value]) => ({ key: constant(name), value })),
                ...keyedEntries(one).map(([key, value]) => ({ key, value })),
              ]
            : [],
        )
  }

  // Whether a round that surely comes leaves the function.
  // A round that something in it may leave: what it sets is so where it was gone through, and what was before where it was left.
  #roundOf(body: readonly Stmt[], scope: Scope): void {
    const { conditions } = this.#run.running
    const depth = conditions.length
    const saved = this.#run.hooks?.save()
    const once = this.#statements.child(scope)
    const ends = this.#statements.block(body, once, true)
    const held = conditions.splice(Math.min(depth, conditions.length))
    // What goes on left it before what ended it was done.
    if (ends) return this.#run.hooks?.restore(saved)
    for (const [name, value] of once.names()) {
      const before = scope.get(name)
      scope.set(
        name,
        before && held.length > 0 ? unionOfBranches(value, before, held.reduce(both, always)) : value,
      )
    }
  }

  // A round for an item that is there where something holds.
  #perhaps(condition: Condition, body: readonly Stmt[], scope: Scope): void {
    const { conditions } = this.#run.running
    const depth = conditions.length
    const saved = this.#run.hooks?.save()
    const once = this.#statements.child(scope)
    conditions.push(condition)
    const ends = this.#statements.block(body, once)
    conditions.length = Math.min(depth, conditions.length)
    if (!ends) return merge(scope, once, this.#statements.child(scope))
    this.#run.hooks?.restore(saved)
    if (!body.some(jumps)) conditions.push(untold(condition))
  }

  // What is gone through once, where there is something to go through.
  #once(body: readonly Stmt[], scope: Scope): void {
    const saved = this.#run.hooks?.save()
    // What was sent before it was left is no more than what may be.
    if (this.#statements.block(body, scope) && !body.some(jumpsLast)) this.#run.hooks?.restore(saved)
  }

  // Go: things of the program that hold one another are gone along, as long as each is known (`for one != nil { …; one = one.before }`). Null of any other loop,
  // and where it is not known whether there is one more.
  #along({ asked, body }: Extract<Stmt, { k: 'loop' }>, scope: Scope): boolean | null {
    const { test, step } = asked ?? {}
    if (test?.k !== 'binary' || test.op !== '!=' || test.right.k !== 'null' || body.some(jumps)) return null
    const at = () => this.#run.expressions.evaluate(test.left, scope)
    for (let round = 0, one = at(); round < maxRounds; round++) {
      if (one.t === 'const' && one.v === null) return false
      if (one.t !== 'object' || one.ref === null || this.#run.budget <= 0) return null
      if (this.#statements.sequence([...body, ...(step ?? [])], new Scope(scope.module, scope))) return true
      const next = at()
      if (next === one) return null
      one = next
    }
    return null
  }

  #rounds(stmt: Extract<Stmt, { k: 'loop' }>, scope: Scope): boolean {
    const over = stmt.over ? yieldedIn(this.#run.expressions.evaluate(stmt.over, scope)) : null
    const items =
      over?.t === 'list' ? over.items : over ? (listedIn(over) ?? this.#entries(over, scope)) : null
    const inner = new Scope(scope.module, scope)
    const bind = (value: Value, index: Value) => {
      const [first, second] = stmt.vars
      if (stmt.isIndexed) {
        if (first) this.#statements.bind(first, index, inner, true)
        if (second) this.#statements.bind(second, value, inner, true)
      } else if (first) this.#statements.bind(first, value, inner, true)
    }
    const isWhole = !stmt.body.some(jumps)
    const isPlain = (scope.module.language === 'go' || this.#run.effects !== null) && isWhole
    // Of a list that may have more in it each item that is known is one.
    const when = over?.t === 'list' ? itemsWhen(over, this.#run.running.conditions) : null
    if (items && (items.length > 1 || !(over?.t === 'list' && over.isOpen)) && items.length <= maxRounds) {
      let round = 0
      const last = items.length - 1
      // A copy: the body may put more into it. Without steps left one round has to do.
      for (const item of stmt.isBackward ? items.toReversed() : items.slice(0)) {
        if (this.#run.budget <= 0 && round > 0) break
        const mayBeNone = when?.[stmt.isBackward ? last - round : round] ?? always
        if ('key' in item) bind(stmt.isIndexed ? item.value : item.key, item.key)
        else bind(item, constant(stmt.isBackward ? last - round : round))
        round++
        if (mayBeNone !== always && this.#run.effects !== null) {
          this.#perhaps(mayBeNone, stmt.body, inner)
          continue
        }
        // A round that did not return is over, and what it asked is so in those after it.
        if (!isWhole && this.#run.effects !== null) {
          this.#roundOf(stmt.body, inner)
          continue
        }
        const ends = isPlain
          ? this.#statements.sequence(stmt.body, inner)
          : this.#statements.block(stmt.body, inner)
        if (ends && isWhole) return true
      }
      if (scope.module.language === 'python') keptAfter(inner, scope, stmt.vars)
      return false
    }
    if (stmt.over === null && stmt.vars.length === 0) {
      const along = this.#along(stmt, scope)
      if (along !== null) return along
      // A loop that may not be gone into at all: what was before may be after.
      const once = this.#statements.child(scope)
      this.#once(stmt.body, once)
      merge(scope, once, this.#statements.child(scope), this.#run.effects === null ? afterRounds : union)
      return false
    }
    const known = over?.t === 'list' ? union(over.items) : null
    const inputs = inputsOf(over)
    bind(
      known ?? symbol('?', over ? `${printValue(over)}[]` : 'each'),
      symbol('?', inputs ? `name of ${inputs}` : 'index', { note: inputs ? { namesOf: inputs } : null }),
    )
    const once = this.#statements.child(inner)
    const [returned, done] = [this.#run.running.frame.returns.length, this.#run.effects?.length ?? 0]
    // What it puts into things may be none, where there is nothing to go through.
    const { taken } = this.#run.running
    const isPython = scope.module.language === 'python'
    if (isPython) taken.push(aRound())
    const some = over && leavesAlways(stmt.body) ? hasSome(over, scope) : null
    if (some) this.#run.running.conditions.push(some)
    this.#once(stmt.body, once)
    if (some) {
      this.#run.running.conditions.pop()
      this.#run.running.conditions.push(untold(some))
    }
    if (isPython) taken.pop()
    merge(inner, once, this.#statements.child(inner), this.#run.effects === null ? afterRounds : union)
    // What comes after it comes where none of what it goes through let the request pass: which that would be is not told.
    const left = this.#run.running.frame.returns.slice(returned)
    const isRefused = this.#run.effects?.slice(done).some(isRefusal) === true
    if (
      this.#run.effects !== null &&
      !isRefused &&
      left.length > 0 &&
      (left.every(({ value }) => isNothing(value)) || left.some(({ value }) => isFinding(value)))
    )
      this.#run.running.conditions.push([[unsaid]])
    return false
  }
}

// The place of a request's inputs that a value holds all of: `r.URL.Query()`.
export const inputsOf = (value: Value | null): string | null =>
  value?.t === 'symbol' ? ((value.note as { inputs?: string } | null)?.inputs ?? null) : null

// A text that rounds put together, of which nobody knows how many there are, is none of what it was on the way.
function afterRounds(values: readonly Value[]): Value {
  const isText = (one: Value) => one.t === 'const' && typeof one.v === 'string'
  return values.some(isText) && !values.every(isText) ? symbol('?', 'a text') : union(values)
}

// Python: what rounds set is the function's, so it is there after them.
function keptAfter(inner: Scope, scope: Scope, vars: readonly Expr[]): void {
  const gone = new Set(vars.flatMap((one) => (one.k === 'name' ? one.name : [])))
  for (const [name, value] of inner.names()) if (!gone.has(name)) scope.set(name, value)
}

// Whether a round of a loop may be left for the next one, or the loop.
export function jumps(stmt: Stmt): boolean {
  switch (stmt.k) {
    case 'jump':
      return true
    case 'if':
      return stmt.whenTrue.some(jumps) || stmt.whenFalse.some(jumps)
    case 'switch':
      return stmt.cases.some(({ body }) => body.some(jumps))
    case 'block':
    case 'loop':
      return stmt.body.some(jumps)
    default:
      return false
  }
}

// Whether a round of a loop ends by leaving it.
function jumpsLast(stmt: Stmt, index: number, body: readonly Stmt[]): boolean {
  return stmt.k === 'jump' && index === body.length - 1
}

// Whether each round leaves the function.
const leavesAlways = (body: readonly Stmt[]): boolean =>
  /^(?:return|throw)$/.test(body.at(-1)?.k ?? '') && !body.some(jumps)

// That there is something to go through.
function hasSome(over: Value, { module }: Scope): Condition | null {
  const text = printValue(over)
  if (over.t !== 'symbol' || text === '?') return null
  const size =
    module.language === 'java'
      ? `${text}.size()`
      : module.language === 'javascript'
        ? `${text}.length`
        : `len(${text})`
  return comparison('>', symbol('?', size, { of: over }), constant(0))
}

const isNothing = (value: Value) => value.t === 'const' && value.v === null
// A round gives it because it found what it looked for, and not because something is wrong.
const isFinding = (value: Value) =>
  !isNothing(value) && !(value.t === 'const' && value.v === false) && !mayBeError(value)
const isRefusal = ({ kind, status }: Effect) => kind === 'raise' || (status ?? 0) >= 400
