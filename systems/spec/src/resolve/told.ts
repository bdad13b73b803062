import { negateAtom, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { forgetSources, identityOf } from '../facts/expression.ts'
import { forgetJoined, not } from './conditions.ts'
import { operatorOf } from './linear.ts'
import { sharePlaces } from './places.ts'
import { printValue } from './values.ts'
import type { Value } from './values.ts'

/** What a test tells of itself: a question to the same things in the same words has the same answer. */
interface Told {
  atom: Atom
  /** The values that it asks, as they are held: a variable that is set anew holds another one. */
  roots: readonly Value[]
}

/** What holds where a condition does, by the condition, until `forgetTold`. */
const tellings = new Map<Condition, readonly Told[]>()
/** What holds where it does not. */
const denials = new Map<Condition, readonly Told[]>()
const opposites = new Map<Condition, Condition>()

/** What only says that an earlier error did not come. */
const spares = new WeakSet<Condition>()
export const isSpare = (condition: Condition): boolean => spares.has(condition)
export function asSpare(condition: Condition): Condition {
  spares.add(condition)
  return condition
}

/** Of these what says that nothing was thrown before: of what goes well it is never said. */
const unthrown = new WeakSet<Condition>()
export const isUnthrown = (condition: Condition): boolean => unthrown.has(condition)

/** The same condition, as what only says that nothing was thrown before. */
export function asUnthrown(condition: Condition): Condition {
  const same = [...condition]
  for (const noted of [tellings, denials]) {
    const told = noted.get(condition)
    if (told) noted.set(same, told)
  }
  const opposite = opposites.get(condition)
  if (opposite) opposites.set(same, opposite)
  unthrown.add(same)
  return asSpare(same)
}

/** What is left of a condition, which says no more of what was thrown before than that does. */
export const leftOf = (condition: Condition, left: Condition): Condition =>
  unthrown.has(condition) && left !== condition ? asUnthrown(left) : left

/** Forgets what was noted: what is asked for one operation was not told for another. */
export function forgetTold(): void {
  for (const noted of [tellings, denials, opposites]) noted.clear()
  forgetSources()
  forgetJoined()
}

/** Notes what `condition`, the comparison of `values`, tells where it holds; nothing where they are not told apart from others. */
export function tell(condition: Condition, values: readonly Value[]): Condition {
  const [row] = condition
  const [atom] = row ?? []
  if (condition.length !== 1 || row?.length !== 1 || !atom) return condition
  const roots = values.flatMap((value) => rootsOf(value))
  // A part of a thing may be filled in between the questions, as what is loaded late is.
  const isPart = values.some((value) => value.t === 'symbol' && value.of !== null && !isCall(value))
  if (roots.length > 0 && !((atom.op === 'present' || atom.op === 'absent') && isPart)) {
    tellings.set(condition, [{ atom, roots }])
    denials.set(condition, [{ atom: negateAtom(atom), roots }])
  }
  return condition
}

/** Notes of a condition what holds where it does not, for what would take too many rows to be turned around. */
export function setOpposite(condition: Condition, opposite: Condition): void {
  opposites.set(condition, opposite)
  opposites.set(opposite, condition)
}

/** Whether one of two holds wherever the other does not, as far as both are told. */
export const areOpposite = (one: Condition, other: Condition): boolean =>
  opposites.get(one) === other ||
  (![...one, ...other].some((row) => row.includes(unsaid)) &&
    JSON.stringify(not(one)) === JSON.stringify(other))

/** The opposite, with what that tells. */
export function untold(condition: Condition): Condition {
  const kept = opposites.get(condition)
  if (kept) sharePlaces(condition, kept)
  const opposite = kept ?? not(condition)
  const [told, denied] = [tellings.get(condition), denials.get(condition)]
  if (denied) tellings.set(opposite, denied)
  if (told) denials.set(opposite, told)
  return opposite
}

/** `made` of two conditions, with what they tell: of both where it holds, of either where it does not. */
export function joinedOf(made: Condition, isAnd: boolean, parts: readonly Condition[]): Condition {
  const from = isAnd ? tellings : denials
  const told = parts.flatMap((part) => from.get(part) ?? [])
  if (told.length > 0) from.set(made, told)
  return made
}

/** Notes of two conditions of which one holds, each where one of some ways is taken, what holds on all of these. */
export function tellWays(
  conditions: readonly [Condition, Condition],
  ways: readonly [readonly (readonly Condition[])[], readonly (readonly Condition[])[]],
): void {
  for (const side of [0, 1] as const) {
    const told = onAll(ways[side])
    if (told.length === 0) continue
    tellings.set(conditions[side], told)
    denials.set(conditions[1 - side] ?? conditions[side], told)
  }
}

function onAll([first, ...others]: readonly (readonly Condition[])[]): Told[] {
  if (!first || others.length >= maxTold) return []
  const told = new Set(first.flatMap((condition) => tellings.get(condition) ?? []))
  return [...told]
    .slice(0, maxTold)
    .filter((one) => others.every((conditions) => answerIn(conditions, one) === true))
}

/** Ways past which it is not looked for what holds on all of them, and what is kept of that. */
const maxTold = 6

/** Whether what holds around says that a condition does, or that it does not; null where it says neither. */
export function impliedBy(around: readonly Condition[], condition: Condition): boolean | null {
  const all = tellings.get(condition) ?? []
  const [asked] = all
  if (!asked) return null
  // What only follows from it may hold where it does not.
  if (!isAllOf(condition, all)) return all.some((one) => answerIn(around, one) === false) ? false : null
  return answerIn(around, asked)
}

const isAllOf = ([row, ...rows]: Condition, [told, ...more]: readonly Told[]): boolean =>
  rows.length + more.length === 0 &&
  row?.length === 1 &&
  row[0]?.op === told?.atom.op &&
  row[0]?.subject === told?.atom.subject

function answerIn(around: readonly Condition[], asked: Told): boolean | null {
  for (const one of around)
    for (const { atom, roots } of tellings.get(one) ?? []) {
      if (!isSameSubject(atom.subject, asked.atom.subject, roots, asked.roots)) continue
      // What is one thing is no other.
      const isOther = atom.op === '==' && atom.value !== undefined && atom.value !== asked.atom.value
      if (isOther && (asked.atom.op === '==' || asked.atom.op === '!='))
        if (asked.atom.value !== undefined && sameRoots(roots, asked.roots)) return asked.atom.op === '!='
      if (JSON.stringify(atom.value) !== JSON.stringify(asked.atom.value) || !sameRoots(roots, asked.roots))
        continue
      if (atom.op === asked.atom.op) return true
      if (negateAtom(atom).op === asked.atom.op) return false
    }
  return null
}

/** Whether a condition is among those that hold, or is told by them. */
export const follows = (around: readonly Condition[], condition: Condition): boolean =>
  around.includes(condition) || impliedBy(around, condition) === true

/** The one text or number that what holds around says that a value is; null where it says none. */
export function toldToBe(around: readonly Condition[], value: Value): Value | null {
  if (value.t !== 'symbol') return null
  let text: string | null = null
  for (const one of around)
    for (const { atom, roots } of tellings.get(one) ?? []) {
      if (atom.op !== '==' || Array.isArray(atom.value) || atom.value === undefined) continue
      text ??= printValue(value)
      const own = rootsOf(value)
      if (isSameSubject(atom.subject, text, roots, own) && sameRoots(roots, own))
        return { t: 'const', v: atom.value }
    }
  return null
}

// One thing may be shown by different names where it is asked.
const isSameSubject = (a: string, b: string, roots: readonly Value[], others: readonly Value[]): boolean =>
  a === b ||
  ((a.startsWith('‹') || b.startsWith('‹')) && sameRoots(roots, others) && identityOf(a) === identityOf(b))

const sameRoots = (a: readonly Value[], b: readonly Value[]) =>
  a.length === b.length && a.every((root, index) => root === b[index])

const isCall = (value: Value) => value.t === 'symbol' && value.path.endsWith('()')

/** Values that are asked past which a question is not told to be the same. */
const maxRoots = 200

/** What an expression asks: the variables at its beginning, and those that it gives away. */
function rootsOf(value: Value, seen = new Set<Value>(), roots: Value[] = []): Value[] {
  if (value.t === 'const' || seen.has(value) || seen.size >= maxRoots) return roots
  seen.add(value)
  if (value.t !== 'symbol' || (value.of === null && operatorOf(value) === null)) roots.push(value)
  else {
    if (value.of) rootsOf(value.of, seen, roots)
    for (const arg of value.args) rootsOf(arg.value, seen, roots)
  }
  return roots
}
