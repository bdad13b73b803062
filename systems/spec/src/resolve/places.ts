import { inOneLine } from '../facts/expression.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { isOfProgram, negateAtom } from '../facts/condition.ts'
import type { Expr } from '../parse/ir.ts'
import { isReadable, shown } from '../facts/expression.ts'
import { each, printValue } from './values.ts'
import type { Place, Scope, Site, Value } from './values.ts'

/** Tests that an atom follows from: the one in what was called comes before that of what the call gave. */
const asked = new WeakMap<Atom, readonly Place[]>()
const maxTests = 3
/** How far back it is told what a test asks of. */
const maxBack = 4

/** Notes of all that a condition says where it is asked. `isOwn`: it was made for this place alone. */
export function notePlace(condition: Condition, place: Place, isOwn = false): Condition {
  for (const row of condition)
    for (const atom of row) {
      // These are shared: they say nothing of one place.
      if (!isOwn && /^[?@]|^request$/.test(atom.subject) && !isOfProgram(atom)) continue
      const known = asked.get(atom) ?? []
      if (known.length < maxTests && !known.some(({ site }) => isSame(site, place.site)))
        asked.set(atom, [...known, place])
    }
  return condition
}

/** Whether it is noted of all that a condition says where it is asked. */
export const isPlaced = (condition: Condition): boolean =>
  condition.every((row) => row.every((atom) => asked.has(atom)))

/** The opposite of an atom: it is asked where that is. */
export function negated(atom: Atom): Atom {
  const opposite = negateAtom(atom)
  const places = asked.get(atom)
  if (places) asked.set(opposite, places)
  return opposite
}

/** What is said of the same tests by other atoms stands where they do. */
export function sharePlaces(from: Condition, to: Condition): void {
  for (const place of new Set(from.flat().flatMap((atom) => asked.get(atom) ?? []))) notePlace(to, place)
}

/** The tests that an atom follows from. */
export const testsOf = (atom: Atom): Site[] => (asked.get(atom) ?? []).map(({ site }) => site)

/** Where an atom is asked: the tests, then where what they ask of was set, the nearest first. */
export function placesOf(atom: Atom): Site[] {
  const found = new Set<Place>()
  let next: readonly Place[] = asked.get(atom) ?? []
  for (let back = 0; back <= maxBack && next.length > 0; back++) {
    for (const one of next) found.add(one)
    next = next.flatMap(({ from }) => from).filter((one) => !found.has(one))
  }
  return [...found].map(({ site }) => site)
}

/** What gave a name that an atom asks of, in terms of the request or as code has it where that is short; null where that was not noted. */
export function sourceOfName(atom: Atom, name: string): string | null {
  let next: readonly Place[] = asked.get(atom) ?? []
  const seen = new Set<Place>()
  for (let back = 0; back <= maxBack && next.length > 0; back++) {
    next = next.flatMap(({ from }) => from).filter((one) => !seen.has(one) && Boolean(seen.add(one)))
    const found = next.find((one) => one.name === name)
    if (found) return found.is ?? found.gives ?? null
  }
  return null
}

const isSame = (a: Site, b: Site) => a.module === b.module && a.start === b.start && a.end === b.end

const named = new WeakMap<Expr, readonly string[]>()

/** Names that an expression reads, but for those in functions that are written in it. */
export function namesIn(e: Expr): readonly string[] {
  const known = named.get(e)
  if (known) return known
  const found = new Set<string>()
  visit(e, found)
  const all = [...found]
  named.set(e, all)
  return all
}

function visit(e: Expr, found: Set<string>): void {
  switch (e.k) {
    case 'name':
      found.add(e.name)
      return
    case 'member':
    case 'unary':
    case 'spread':
    case 'as':
      return visit(e.of, found)
    case 'index':
      visit(e.of, found)
      return visit(e.at, found)
    case 'binary':
      visit(e.left, found)
      return visit(e.right, found)
    case 'cond':
      visit(e.test, found)
      visit(e.whenTrue, found)
      return visit(e.whenFalse, found)
    case 'call':
      visit(e.callee, found)
      for (const { value } of e.args) visit(value, found)
      return
    case 'array':
      for (const item of e.items) visit(item, found)
      return
    case 'object':
      for (const { value } of e.entries) visit(value, found)
      return
    case 'assign':
      visit(e.target, found)
      return visit(e.value, found)
    case 'template':
    case 'other':
      for (const part of e.parts) visit(part, found)
      return
    default:
  }
}

/** Where calls gave a value. */
const given = new WeakMap<Value, Place>()

/** Notes where a function gives a value that is not known. */
export function noteGiven(value: Value, place: Place): void {
  for (const one of partsOf(value)) if (one.t === 'symbol' && !given.has(one)) given.set(one, place)
}

// Each that it may be; of Go's results and tuples of Python each of them.
const partsOf = (value: Value): Value[] =>
  value.t !== 'union' && value.t !== 'list'
    ? [value]
    : each(value)
        .flatMap((one) => (one.t === 'list' && !one.isOpen && one.items.length < 5 ? one.items : [one]))
        .flatMap(each)

/** Where a program says that something is put before a route, where that is not at the route. */
const put = new WeakMap<Value, readonly Site[]>()

export function notePut(value: Value, sites: readonly Site[]): void {
  put.set(value, sites)
}

export const putAt = (value: Value): readonly Site[] => put.get(value) ?? []

/** Where something stands, and where the names in it were set and its value given. */
export const placeOf = (site: Site, e: Expr, scope: Scope, values: readonly Value[] = []): Place => ({
  site,
  from: [
    ...namesIn(e).flatMap((name) => scope.placeOf(name) ?? []),
    ...values.flatMap(partsOf).flatMap((one) => given.get(one) ?? []),
  ],
})

/** Characters of an expression of the code past which it is shown without what it is given. */
const maxSource = 60

/** What a call gave, in terms of what it was given, in few words; null where that is no call or takes more. */
export function saidOf(value: Value): string | null {
  if (value.t !== 'symbol' || !value.path.endsWith('()')) return null
  const text = shown(printValue(value))
  // A thing without a name is lost in it.
  return text.length <= maxSource && isReadable(text) && !/(?:^|[([,\s])\.\w/.test(text) ? text : null
}

/** A call as code has it, in few words; null where it is no call, or long without what it is given. */
export function sourceOf(e: Expr, { text }: Scope['module']): string | null {
  if (e.k !== 'call') return null
  const known = sources.get(e)
  if (known !== undefined) return known
  const found = shortSource(e, text)
  sources.set(e, found)
  return found
}

const sources = new WeakMap<Expr, string | null>()

function shortSource(e: Extract<Expr, { k: 'call' }>, text: string): string | null {
  const all = inOneLine(text.slice(e.start, e.end))
  if (all.length <= maxSource && !/=>|[{}‹›…#]|\bfunction\b|\blambda\b/.test(all)) return all
  const callee = text.slice(e.callee.start, e.callee.end).replaceAll(/\s+/g, '')
  return callee.length <= maxSource && /^[\w$]+(?:\??\.[\w$]+)*$/.test(callee) ? `${callee}(…)` : null
}
