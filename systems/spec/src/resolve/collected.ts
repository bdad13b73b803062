import type { Condition } from '../facts/condition.ts'
import { isInRounds } from './sometimes.ts'
import type { Collected, Moment, SymbolValue, Value } from './values.ts'

/** What lists and things without a class of their own have collected since they were made empty. */
const inParts = new WeakMap<object, Collected>()

/** What makes an empty collection, by the names that JavaScript, Java, Guava and Python have for it. */
const makesEmpty =
  /^(?:(?:new )?(?:Set|Map)|(?:set|dict)|(?:[\w.]+\.)?(?:(?:Array|Linked)List|(?:Linked|Tree)?Hash(?:Set|Map)|Tree(?:Set|Map)|ArrayDeque|Vector|StringJoiner|String(?:Builder|Buffer)|Sets\.new\w*HashSet|Lists\.new(?:Array|Linked)List|Maps\.new\w*HashMap))$/

/** What puts something into it, and what takes something out or may do either. */
const puts =
  /^(?:add|addAll|addFirst|addLast|append|push|unshift|put|putAll|set|setdefault|offer|insert|merge|update)$/
const mayTake =
  /^(?:remove\w*|clear|retainAll|delete|deleteCharAt|pop\w*|poll\w*|shift|splice|fill|discard|setLength|compute\w*|replaceAll|drainTo|iterator|listIterator)$/

/** Code outside that only reads what it is given. */
const onlyReads =
  /(?:^|\.)(?:keys|values|entries|stringify|join|is(?:Not)?Empty|log|info|warn|error|debug|trace|json|jsonify|send|body|status|format|toString|of|copyOf|unmodifiable\w+|size|len|sorted)$/

const begin = ({ taken, callbacks }: Moment): Collected => ({
  held: [],
  since: { taken: [...taken], callbacks },
})

/** A list or a thing that a request's code makes empty, to collect in. */
export function collecting<T extends Value>(made: T, at: Moment): T {
  if (made.t === 'list' || made.t === 'object') inParts.set(made, begin(at))
  return made
}

/** A list of what is there where this holds of each. */
export function collectedWhere<T extends Value>(
  made: T,
  held: readonly (readonly Condition[])[],
  at: Moment,
): T {
  const known = { ...begin(at), held: held.map((one) => [...at.holds, ...one]) }
  if (made.t === 'list') inParts.set(made, known)
  return made
}

/** A list of all that is in one that collects, and of more. */
export function extended<T extends Value>(made: T, from: readonly Value[], hasMore: boolean, at: Moment): T {
  const known = from.flatMap((one) => collectedIn(one) ?? [])
  if (known.length === 0 || made.t !== 'list') return made
  const held = known.some((one) => one.held === null) ? null : known.flatMap((one) => one.held ?? [])
  inParts.set(made, { ...begin(at), held: held && hasMore ? [...held, [...at.holds]] : held })
  return made
}

/** The same of what a call makes. */
export const collects = (callee: SymbolValue, count: number, at: Moment): Partial<SymbolValue> =>
  count === 0 && makesEmpty.test(callee.path) ? { collects: begin(at) } : {}

/** What a call gives for an empty collection, where it is known what it makes. */
export const collectingOf = (callee: SymbolValue, count: number, made: Value, at: Moment): Value =>
  count === 0 && makesEmpty.test(callee.path) ? collecting(made, at) : made

/** What a value has collected; null of one that was not seen to be made empty. */
export const collectedIn = (value: Value): Collected | null =>
  value.t === 'symbol'
    ? (value.collects ?? null)
    : value.t === 'list' || value.t === 'object'
      ? (inParts.get(value) ?? null)
      : null

/** Notes that something is put in; in a round that there may be none of, in what code outside calls, or where `isSure` is false, nobody knows whether there is. */
export function collect(of: Value, { holds, taken, callbacks }: Moment, isSure = true): void {
  const known = collectedIn(of)
  if (!known?.held) return
  const { since } = known
  const isPerhaps =
    callbacks > since.callbacks || isInRounds(taken.filter((one) => !since.taken.includes(one)))
  known.held = isSure && !isPerhaps ? [...known.held, [...holds]] : null
}

/** A list of what is in a collection, or the collection as a list: it has something where that does. */
export function asKeys(list: Value, of: Value): Value {
  const known = collectedIn(of)
  if (known && list.t === 'list') inParts.set(list, known)
  return list
}

/** Notes what a method does to the collection that it is called on. */
export function collectByCall(callee: SymbolValue, args: readonly { value: Value }[], at: Moment): void {
  const { of } = callee
  const known = of && collectedIn(of)
  if (!of || !known?.held) return
  const name = /[^.]*$/.exec(callee.path)?.[0] ?? ''
  if (puts.test(name)) collect(of, at, !/All$|^(?:update|append|merge)$/.test(name) || isSomething(args))
  else if (mayTake.test(name)) known.held = null
}

// What is put in by one call of many: a text that is written out, a list that has something for sure.
const isSomething = (args: readonly { value: Value }[]): boolean =>
  args.some(
    ({ value }) =>
      (value.t === 'const' && value.v !== '' && value.v !== null) ||
      value.t === 'text' ||
      (value.t === 'list' && value.items.length > 0 && collectedIn(value) === null),
  )

/** Notes that code outside is given a collection, which it may fill or empty, by itself or as a part of what it is given. */
export function giveAway(value: Value, to: string, depth = 0): void {
  if (onlyReads.test(to) || depth > maxWithin) return
  const known = collectedIn(value)
  if (known) known.held = null
  if (value.t === 'object') for (const one of value.props.values()) giveAway(one, to, depth + 1)
  if (value.t === 'list') for (const one of value.items) giveAway(one, to, depth + 1)
}

/** Things in each other that are looked into. */
const maxWithin = 3

/** The collection whose size a value is, or that it is a list of the keys of: `list.length`, `set.size()`, `len(list)`. */
export function sizedBy(value: Value): Value | null {
  if (value.t !== 'symbol') return null
  if (value.path === 'len()') return value.args[0]?.value ?? null
  if (/\.(?:length|size)$/.test(value.path)) return value.of
  return /\.(?:length|size)\(\)$/.test(value.path) && value.of?.t === 'symbol' ? value.of.of : null
}

/** The collection of which a value says whether it is empty: `list.isEmpty()`, `_.isEmpty(list)`. */
export function emptyOf(value: Value): Value | null {
  if (value.t !== 'symbol' || !/(?:^|\.)isEmpty\(\)$/.test(value.path)) return null
  return value.args[0]?.value ?? (value.of?.t === 'symbol' ? value.of.of : null)
}

/** The collection that a question of its size or of its being empty is of. */
export const askedOf = (value: Value): Value | null => {
  const of = sizedBy(value) ?? emptyOf(value) ?? value
  return collectedIn(of) ? of : null
}

/** What a value says of a collection where it stands as a question, and whether it asks that something is in it. */
export function truthOfCollected(value: Value, language: string): { of: Value; isFilled: boolean } | null {
  const empty = emptyOf(value)
  if (empty) return collectedIn(empty) ? { of: empty, isFilled: false } : null
  const of =
    language === 'javascript' ? sizedBy(value) : language === 'python' ? (sizedBy(value) ?? value) : null
  return of && collectedIn(of) ? { of, isFilled: true } : null
}
