import type { Condition } from '../facts/condition.ts'
import type { Expr } from '../parse/ir.ts'
import { Scope, union } from './values.ts'
import type { ObjectValue, Value, Way } from './values.ts'

/** Parts of things that a branch set, with what stood there before. */
export type PartsBefore = Map<ObjectValue, Map<string, Value | undefined>>
/** What a branch left under the names of things. */
export type PartsAfter = ReadonlyMap<ObjectValue, ReadonlyMap<string, Value | undefined>>

/** Notes what stands under a name of a thing, before a branch first sets it. */
export function notePart(before: PartsBefore | null, of: ObjectValue, name: string): void {
  if (!before) return
  const known = before.get(of) ?? new Map<string, Value | undefined>()
  before.set(of, known)
  if (!known.has(name)) known.set(name, of.props.get(name))
}

/** Puts back what stood under the names that a branch set, and gives what it left there. */
export function takeBack(before: PartsBefore): PartsAfter {
  const after = new Map<ObjectValue, Map<string, Value | undefined>>()
  for (const [of, names] of before) {
    after.set(of, new Map([...names.keys()].map((name) => [name, of.props.get(name)])))
    for (const [name, value] of names)
      if (value) of.props.set(name, value)
      else of.props.delete(name)
  }
  return after
}

/** After two branches a part of a thing is what either made of it. A branch that ended (null) counts no more; what only one of them has may be there. */
export function joinParts(
  then: PartsAfter | null,
  otherwise: PartsAfter | null,
  outer: PartsBefore | null,
  join: (values: readonly [Value, Value]) => Value,
): void {
  if (!then && !otherwise) return
  for (const of of new Set([...(then?.keys() ?? []), ...(otherwise?.keys() ?? [])]))
    for (const name of new Set([...(then?.get(of)?.keys() ?? []), ...(otherwise?.get(of)?.keys() ?? [])])) {
      const before = of.props.get(name)
      const [a, b] = [then, otherwise].map((one) => {
        const set = one?.get(of)
        return one === null ? undefined : set?.has(name) ? set.get(name) : before
      })
      const made = a && b && a !== b ? join([a, b]) : (a ?? b)
      if (!made || made === before) continue
      notePart(outer, of, name)
      of.props.set(name, made)
    }
}

/** A branch's own names. */
export class BranchScope extends Scope {
  /** Names of its block that stand for something else around it. */
  readonly #hiding = new Set<string>()

  override names(): IterableIterator<[string, Value]> {
    if (this.#hiding.size === 0) return super.names()
    return new Map([...super.names()].filter(([name]) => !this.#hiding.has(name))).entries()
  }

  /** Notes that what stands on the left is declared for the block alone. */
  hide(target: Expr): void {
    if (target.k === 'name' && this.parent?.knows(target.name)) this.#hiding.add(target.name)
    if (target.k === 'array') for (const one of target.items) this.hide(one)
    if (target.k === 'object') for (const { value } of target.entries) this.hide(value)
    if (target.k === 'assign') this.hide(target.target)
    if (target.k === 'spread') this.hide(target.of)
  }

  override set(name: string, value: Value): void {
    this.declare(name, value)
  }
}

// What one branch put at the end of a list may be in it.
function longest([a, b]: readonly Value[]): Value | null {
  if (a?.t !== 'list' || b?.t !== 'list') return null
  const [short, long] = a.items.length < b.items.length ? [a, b] : [b, a]
  return short.isUnset === true || short.items.every((item, index) => item === long.items[index])
    ? long
    : null
}

/** After two branches a name stands for what either made of it. A branch that ended counts no more. */
export function merge(
  scope: Scope,
  then: Scope | null,
  otherwise: Scope | null,
  join: (values: readonly Value[]) => Value = union,
): void {
  const names = new Set([...(then?.names() ?? []), ...(otherwise?.names() ?? [])].map(([name]) => name))
  for (const name of names) {
    const before = scope.get(name)
    const a = then?.has(name) ? then.get(name) : then ? before : null
    const b = otherwise?.has(name) ? otherwise.get(name) : otherwise ? before : null
    const values = [a, b].filter((one) => one !== null)
    const [only, second] = values
    // Of one way what is known of when it is which stays known; Python asks for all of it by the name that it set in many.
    const isKept = second === undefined && scope.module.language !== 'python'
    if (only) scope.set(name, isKept ? only : (longest(values) ?? join(values)))
    const [first, ...others] = [then, otherwise].flatMap((one) => one?.ownPlaceOf(name) ?? [])
    if (first) scope.notePlace(name, { site: first.site, from: [...first.from, ...others] })
  }
}

/** One of several ways that come together: the names that it set, null where it set none, and when it is gone. */
export interface BranchWay {
  scope: Scope | null
  condition: Condition
}

/** Ways past which it is not kept when a name stands for what. */
const maxJoined = 8

/** After several ways of which one was gone a name stands for what that made of it. */
export function mergeWays(
  scope: Scope,
  ways: readonly BranchWay[],
  join: (ways: readonly Way[]) => Value,
): void {
  const names = new Set(ways.flatMap(({ scope: own }) => [...(own?.names() ?? [])].map(([name]) => name)))
  for (const name of names) {
    const before = scope.get(name)
    const values = ways.flatMap(({ scope: own, condition }): Way[] => {
      const value = own?.has(name) ? own.get(name) : before
      return value ? [{ value, conditions: [condition] }] : []
    })
    const all = values.map(({ value }) => value)
    scope.set(name, new Set(all).size > 1 && all.length <= maxJoined ? join(values) : union(all))
    const [place, ...others] = ways.flatMap(({ scope: own }) => own?.ownPlaceOf(name) ?? [])
    if (place) scope.notePlace(name, { site: place.site, from: [...place.from, ...others] })
  }
}
