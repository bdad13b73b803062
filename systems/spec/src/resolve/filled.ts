import { allOf, not } from './conditions.ts'
import { untold } from './told.ts'
import { constant, symbol } from './values.ts'
import type { Held, ObjectValue, Site, Value, Way } from './values.ts'
import { collectedIn, sizedBy } from './collected.ts'

/** Things in one list or map, and what holds for one of them, past which it is not told whether any is there. */
const maxHeld = 64
const maxConditions = 16

/** What held when something was put into a list or a map, by what was put. */
const inLists = new WeakMap<Value, readonly Held[]>()
const inMaps = new WeakMap<ObjectValue, Map<string, Held[]>>()

/** A list of Go with more at its end; what holds `now` is kept of each. */
export function appended(list: Value | null, more: readonly Value[], now: Held): Value {
  const before = list?.t === 'list' && list.isUnset !== true ? list : null
  const made: Value = {
    t: 'list',
    items: [...(before?.items ?? []), ...more],
    isOpen: before?.isOpen ?? false,
  }
  const held = before ? (inLists.get(before) ?? before.items.map((): Held => [])) : []
  if (made.items.length <= maxHeld) inLists.set(made, [...held, ...more.map(() => now)])
  return made
}

/** Notes what holds where Python puts something into a list; null where that is not known, as in a round of a loop. Before it does. */
export function noteHeld(list: Extract<Value, { t: 'list' }>, now: Held | null): void {
  const known = inLists.get(list)
  if (now === null || (known?.length ?? 0) >= maxHeld) inLists.set(list, [])
  else if (known ? known.length > 0 : list.items.length === 0) inLists.set(list, [...(known ?? []), now])
}

const fresh = new WeakSet<ObjectValue>()

/** What Go's `make` gives for a map; `isFresh`: it is made while a request is handled, so all that is put there is seen. */
export function emptyMap(site: Site, isFresh: boolean): ObjectValue {
  const made: ObjectValue = { t: 'object', props: new Map(), ref: null, args: [], isOpen: true, site }
  if (isFresh) fresh.add(made)
  return made
}

/** Notes that code outside is given a map, or a list of Python, which it may fill. */
export function handOut(value: Value, isPython: boolean): void {
  if (value.t === 'object') fresh.delete(value)
  else if (value.t === 'list' && isPython) inLists.set(value, [])
}

/** Whether a key is in a map, as far as that is known; null where it is not. */
export function isKey(map: ObjectValue, key: string, now: Held, asked: string): Value | null {
  if (!fresh.has(map)) return null
  const given = inMaps.get(map)
  const held = given?.get(key)
  // One of the keys that are not known may be it.
  if (!held && given && [...given.keys()].some((one) => one.startsWith('['))) return symbol('?', asked)
  return held ? filledBy(held, now, key) : constant(false)
}

/** Notes that a map of Go is given a key. */
export function put(map: ObjectValue, key: string, now: Held): void {
  const held = inMaps.get(map) ?? new Map<string, Held[]>()
  inMaps.set(map, held)
  held.set(key, [...(held.get(key) ?? []), now])
}

/**
 * Whether something is in what a function of Go fills as it goes: true or false, each with what then holds beside what holds `now`. Null of what is not
 * seen to be filled.
 */
export function isFilled(of: Value, now: Held, from: string): Value | null {
  const held =
    collectedIn(of)?.held ??
    (of.t === 'list'
      ? inLists.get(of)
      : of.t === 'object'
        ? [...(inMaps.get(of)?.values() ?? [])].flat()
        : null)
  // That nothing was seen to be put there is no proof: code outside may hold what does.
  return held && held.length > 0 ? filledBy(held, now, from) : null
}

function filledBy(held: readonly Held[], now: Held, from: string): Value | null {
  const ways = held.map((one): Way => ({
    value: constant(true),
    conditions: one.filter((condition) => !now.includes(condition)),
  }))
  if (ways.some(({ conditions }) => conditions.length === 0)) return constant(true)
  if (ways.length > maxHeld || ways.some(({ conditions }) => conditions.length > maxConditions)) return null
  const none = ways.map(({ conditions }) =>
    conditions.length === 1 && conditions[0] ? untold(conditions[0]) : not(allOf(conditions)),
  )
  return {
    t: 'union',
    of: [constant(true), constant(false)],
    ways: [...ways, { value: constant(false), conditions: none }],
    from,
  }
}

/** What held when each item of a list of Go or Python was put there; null of one that was not seen to be filled so. */
export const heldIn = (list: Extract<Value, { t: 'list' }>): readonly Held[] | null =>
  inLists.get(list) ?? null

/** What is asked for being filled, and whether it is for being so: `len(list) > 0`, `list != nil`. */
export function askedFilled(op: string, left: Value, right: Value): { of: Value; isFilled: boolean } | null {
  const given = sizedBy(left)
  const bound = right.t === 'const' ? right.v : undefined
  if (given) {
    if ((bound === 0 && (op === '>' || op === '!=')) || (bound === 1 && op === '>='))
      return { of: given, isFilled: true }
    return (bound === 0 && (op === '==' || op === '<=')) || (bound === 1 && op === '<')
      ? { of: given, isFilled: false }
      : null
  }
  return left.t === 'list' && bound === null && (op === '!=' || op === '==')
    ? { of: left, isFilled: op === '!=' }
    : null
}
