import { isStructural } from './place.ts'
import type { Place } from './place.ts'

/**
 * One difference between two definitions, by meaning. The same thing is shown as a diff, kept as a patch, undone (`inverse`) and
 * merged, so that none of them can disagree.
 */
export type Change =
  | {
      kind: 'value'
      place: Place
      /** Absent where there was nothing. */
      from?: unknown
      /** Absent where nothing is any more. */
      to?: unknown
      /** Where a new element of a list by id stands: behind this id, or first where null. */
      after?: string | null | undefined
    }
  /** Elements of a list by id in another order. */
  | { kind: 'order'; place: Place; from: string[]; to: string[] }

/** Lists of texts whose order means nothing; `after` of a step is its edges. */
const sets = new Set(['after', 'tags', 'tools', 'who'])

/** What changed from one definition to another, as plain JSON values that need not be valid: steps, tools, rules by their ids, never by text. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const changes: Change[] = []
  compare([], before, after, changes)
  return changes
}

/** The change that takes this one back. */
export function inverse(change: Change): Change {
  if (change.kind === 'order') return { ...change, from: change.to, to: change.from }
  const { place, from, to } = change
  return {
    kind: 'value',
    place,
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
    ...(change.after === undefined ? {} : { after: change.after }),
  }
}

function compare(place: Place, before: unknown, after: unknown, changes: Change[]): void {
  if (isEqual(before, after)) return
  if (isRecord(before) && isRecord(after)) return compareRecords(place, before, after, changes)
  const [idsBefore, idsAfter] = [idsOf(before), idsOf(after)]
  if (idsBefore && idsAfter) {
    compareById(place, idsBefore, idsAfter, changes)
    return
  }
  if (isSet(place, before) && isSet(place, after)) {
    compareSets(place, before, after, changes)
    return
  }
  changes.push({ kind: 'value', place, from: before, to: after })
}

function compareRecords(
  place: Place,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  changes: Change[],
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inside = [...place, name]
    const isOfSets = sets.has(name) && isStructural(inside)
    const from = before[name] ?? (isOfSets ? [] : before[name])
    const to = after[name] ?? (isOfSets ? [] : after[name])
    if (from === undefined) changes.push({ kind: 'value', place: inside, to })
    else if (to === undefined) changes.push({ kind: 'value', place: inside, from })
    else compare(inside, from, to, changes)
  }
}

function compareById(
  place: Place,
  before: Map<string, unknown>,
  after: Map<string, unknown>,
  changes: Change[],
): void {
  let last: string | null = null
  const gone: Change[] = []
  for (const [id, from] of before) {
    if (!after.has(id)) gone.push({ kind: 'value', place: [...place, { id }], from, after: last })
    last = id
  }
  // The last first: taken back in the opposite order, each finds the one that it stood behind.
  changes.push(...gone.toReversed())
  last = null
  for (const [id, to] of after) {
    if (before.has(id)) compare([...place, { id }], before.get(id), to, changes)
    else changes.push({ kind: 'value', place: [...place, { id }], to, after: last })
    last = id
  }
  const kept = [...before.keys()].filter((id) => after.has(id))
  const keptAfter = [...after.keys()].filter((id) => before.has(id))
  if (!isEqual(kept, keptAfter)) changes.push({ kind: 'order', place, from: kept, to: [...after.keys()] })
}

function compareSets(place: Place, before: string[], after: string[], changes: Change[]): void {
  for (const value of before)
    if (!after.includes(value)) changes.push({ kind: 'value', place: [...place, { value }], from: value })
  for (const value of after)
    if (!before.includes(value)) changes.push({ kind: 'value', place: [...place, { value }], to: value })
}

/** The elements of a list of objects that each have an `id` of their own; null for any other list. */
function idsOf(value: unknown): Map<string, unknown> | null {
  if (!Array.isArray(value)) return null
  const found = new Map<string, unknown>()
  for (const element of value) {
    const id = isRecord(element) ? element['id'] : null
    if (typeof id !== 'string' || found.has(id)) return null
    found.set(id, element)
  }
  return found
}

function isSet(place: Place, value: unknown): value is string[] {
  const name = place.at(-1)
  return (
    typeof name === 'string' &&
    sets.has(name) &&
    isStructural(place) &&
    Array.isArray(value) &&
    value.every((element) => typeof element === 'string') &&
    new Set(value).size === value.length
  )
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same JSON; the order of names in objects means nothing. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((element, i) => isEqual(element, b[i]))
  if (!isRecord(a) || !isRecord(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
  )
}
