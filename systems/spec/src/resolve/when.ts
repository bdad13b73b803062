import type { Atom, Condition } from '../facts/condition.ts'
import { always, canHold, negateAtom, unsaid } from '../facts/condition.ts'
import { onceFor } from '../facts/once-for.ts'
import { identityOf, inOneLine, isReadable, isVariable, namedAs, shown, whole } from '../facts/expression.ts'
import { knownComparison } from './comparisons.ts'
import { failureOf, mayBeError } from './go-errors.ts'
import { allOf, both, comparison, either, knownTruth, resolved, truth } from './conditions.ts'
import type { Outcome } from './running.ts'
import type { Runtime } from './runtime.ts'
import { setOpposite, tellWays, untold } from './told.ts'
import { isSame, printValue, union } from './values.ts'
import type { Site, Value, Way, Whole } from './values.ts'

/** Rows on either side past which a test is not told by what was asked. */
const maxWays = 16
const maxRows = 4
const maxAtoms = 12
/** What was asked within a call past which it is told by the call. */
const maxWithin = 3
/** Things that are looked into for what a call asked, past which what calls in it asked is not taken apart. */
const maxLooked = 2000
/** Ways of a call that are kept. */
const maxKept = 64

/** One of the values that a call comes to; that it is one of several, and when each, is kept. `from` gives the call as people read it. */
export function unionOfOutcomes(outcomes: readonly Outcome[], from: () => string): Value {
  const made = unionOf(outcomes)
  return made.t === 'union' ? { ...made, from: from() } : made
}

/** A part of each way that a value may be: Go's second result of a call. */
export function unionOfParts(value: Value, part: (one: Value) => Value): Value {
  const made = unionOf(waysOf(value).map((way) => ({ ...way, value: part(way.value) })))
  return made.t === 'union' && value.t === 'union' && value.from !== undefined
    ? { ...made, from: value.from }
    : made
}

/** What `part` finds in what a value may be, of the ways on which it finds something; null where there are none. */
export function partsWhere(value: Value, part: (one: Value) => Value | null | undefined): Value | null {
  const ways = waysOf(value).flatMap((way): Way[] => {
    const found = part(way.value)
    return found ? [{ ...way, value: found }] : []
  })
  return ways.length > 0 ? unionOf(ways) : null
}

/** One of several is called what the code says that gives it. */
export const writtenAs = (value: Value, { module, start, end }: Site): Value =>
  value.t === 'union' ? { ...value, from: inOneLine(module.text.slice(start, end)) } : value

/** Whether it is known of a value that may be one of several when it is which: no two come on the same ways. */
export function areToldApart(value: Value): boolean {
  if (value.t !== 'union' || (!value.when && !value.ways)) return false
  const ways = waysOf(value).map((way) => JSON.stringify(way.conditions))
  return new Set(ways).size === ways.length
}

/** Whether something is so of what a call came to: of each way by itself where that is known of one of them; `asked` is the question. */
export function answerOfParts(
  value: Value,
  known: (one: Value) => boolean | null,
  asked: (one: Value) => Value,
  from: string = printValue(asked(value)),
): Value {
  if (value.t !== 'union' || !areToldApart(value)) return asked(value)
  const ways = waysOf(value).map((way) => {
    const question = asked(way.value)
    const isTrue = truth(question)
    // What was asked before it came to that is not asked again.
    const is =
      known(way.value) ??
      saidOf(
        way.conditions,
        isTrue,
        isTrue.map((row) => row.map(negateAtom)),
      )
    return { way, is, question }
  })
  if (ways.every(({ is }) => is === null)) return asked(value)
  const made = unionOf(
    ways.map(({ way, is, question }) => ({ ...way, value: is === null ? question : { t: 'const', v: is } })),
  )
  return made.t === 'union' ? { ...made, from } : made
}

/** What a name stands for after two branches, with when it is which. */
export function unionOfBranches(
  then: Value | undefined,
  otherwise: Value | undefined,
  condition: Condition,
): Value {
  if (!then || !otherwise || then === otherwise) return then ?? otherwise ?? union([])
  return unionOf([
    { value: then, conditions: [condition] },
    { value: otherwise, conditions: [untold(condition)] },
  ])
}

/** What a name stands for after several ways of which one is gone. */
export const unionOfWays = (ways: readonly Way[]): Value => unionOf(ways)

/** What a question comes to, true or false, with when it is which; null where that would not be told. */
export function answerTo(condition: Condition, asked: string): Value | null {
  const when = [condition, untold(condition)]
  if (!when.every((rows) => isShort(rows) && !rows.some((row) => row.includes(unsaid)))) return null
  return {
    t: 'union',
    of: [
      { t: 'const', v: true },
      { t: 'const', v: false },
    ],
    when,
    asked,
  }
}

/** When a value that is the answer to a question is true; null of any other. */
export const whenTrueOf = (value: Value): Condition | null =>
  value.t === 'union' && value.asked !== undefined ? (value.when?.[0] ?? null) : null

function unionOf(ways: readonly Way[]): Value {
  const made = union(ways.map(({ value }) => value))
  if (made.t !== 'union') return made
  const flat = ways.flatMap(opened)
  if (flat.length > maxKept) return made
  const when = made.of.map((one) =>
    flat
      .filter(({ value }) => isSame(value, one))
      .map(whenOf)
      .reduce<Condition | null>((a, b) => (a ? either(a, b) : b), null),
  )
  return when.every((one) => one !== null) ? { ...made, when, ways: flat } : { ...made, ways: flat }
}

// A way on which one of several comes: each of them is a way of its own, and together they are the first.
function opened({ value, conditions, wholes = [] }: Way): Way[] {
  // Of several of which nobody knows when it is which, each comes on some of those ways.
  const isUnknown = value.t === 'union' && !value.when && !value.ways
  const inner = isUnknown
    ? value.of.map((one): Way => ({ value: one, conditions: [[[unsaid]]] }))
    : waysOf(value)
  if (inner.length === 1 && inner[0]?.wholes === undefined)
    return inner.map((one) => ({
      value: one.value,
      conditions: [...conditions, ...one.conditions],
      ...(wholes.length > 0 ? { wholes } : {}),
    }))
  const own: Whole = { conditions, count: inner.length }
  const below = new Map<Whole, Whole>()
  const within = (one: Whole): Whole => {
    const known = below.get(one) ?? { ...one, conditions: [...conditions, ...one.conditions] }
    below.set(one, known)
    return known
  }
  return inner.map((one) => ({
    value: one.value,
    conditions: [...conditions, ...one.conditions],
    wholes: [...wholes, own, ...(one.wholes ?? []).map(within)],
  }))
}

const whenOf = ({ conditions }: Way) => allOf(conditions)

/** What a value may be, each with what then holds. */
export const waysOf = (value: Value): readonly Way[] =>
  value.t !== 'union'
    ? [{ value, conditions: [] }]
    : (value.ways ??
      value.of.map((one, index) => ({
        value: one,
        conditions: value.when?.[index] ? [value.when[index]] : [],
      })))

const opposites: Record<string, string> = { '<': '>=', '>=': '<', '>': '<=', '<=': '>' }

/**
 * When a comparison holds of what a call of the repository gave, in terms of what that call asked; where that takes too many words, in terms of the call, or
 * `asWritten` of what no call gave. Null where it is not known when it gives what.
 */
export function comparedWays(
  op: string,
  left: Value,
  right: Value,
  run: Pick<Runtime, 'isInstance' | 'memberOf'>,
  asWritten: () => Condition = () => comparison(op, left, right),
): Condition | null {
  // Whether a key is in what a call gave.
  if ((op === 'in' || op === 'not in') && left.t === 'const')
    return decided(
      right,
      (one) => knownComparison(op, left, one, run),
      (one) => comparison(op, left, one),
      (one) => comparison(op === 'in' ? 'not in' : 'in', left, one),
      ({ from }) => (from === undefined ? asWritten() : comparison(op, left, right)),
    )
  const other = opposites[op]
  if (other !== undefined && right.t === 'const' && typeof right.v === 'number')
    return decided(
      left,
      (one) => knownComparison(op, one, right, run),
      (one) => comparison(op, one, right),
      (one) => comparison(other, one, right),
      ({ from }) => (from === undefined ? asWritten() : comparison(op, left, right)),
    )
  if (op !== '==' && op !== '!=') return null
  // Written the other way round: `null != caller`.
  if (left.t === 'const' && right.t === 'union') return comparedWays(op, right, left, run, asWritten)
  const isNothing = right.t === 'const' && right.v === null
  return decided(
    left,
    (one) => knownComparison(op, one, right, run),
    (one) => comparison(op, one, right),
    (one) => comparison(op === '==' ? '!=' : '==', one, right),
    ({ from }, all) =>
      from === undefined
        ? asWritten()
        : isNothing && (from.endsWith(' failed') || mayBeError(left))
          ? [[{ subject: namedAs(failureOf(from), all), op: op === '==' ? 'absent' : 'present' }]]
          : comparison(op, left, right),
  )
}

/** As `comparedWays`, of a value that is asked for being true. `isFlag`: in a language where nothing else may be asked for it. */
export function trueWays(
  value: Value,
  not: (condition: Condition) => Condition,
  isFlag = false,
  asWritten: () => Condition = () => truth(value),
): Condition | null {
  return decided(
    value,
    knownTruth,
    truth,
    (one) => not(truth(one)),
    ({ from, of }, all) =>
      from === undefined
        ? asWritten()
        : [[{ subject: namedAs(shown(from), all), op: !isFlag && of.some(isThing) ? 'present' : 'true' }]],
  )
}

/** Go: a function of a package outside that is named for a question. */
const isQuestion = /\/[\w-]+\.Is[A-Z]\w*\(\)$/

// Neither true nor false, nor nothing.
const isThing = (value: Value) =>
  value.t !== 'const' &&
  !(value.t === 'symbol' && (isQuestion.test(value.path) || value.typed?.type.name === 'bool'))

function decided(
  value: Value,
  known: (one: Value) => boolean | null,
  whenTrue: (one: Value) => Condition,
  whenFalse: (one: Value) => Condition,
  byCall: (value: Extract<Value, { t: 'union' }>, all: string) => Condition,
): Condition | null {
  if (value.t !== 'union' || (!value.when && !value.ways)) return null
  const rows: [Condition, Condition] = [[], []]
  const sides: [Way[], Way[]] = [[], []]
  let isTold = false
  for (const way of waysOf(value)) {
    const { value: one, conditions } = way
    const when = whenOf(way)
    const answer = known(one) ?? saidOf(conditions, whenTrue(one), whenFalse(one))
    if (answer !== null) isTold = true
    if (answer !== false) {
      rows[0].push(...(answer ? when : both(when, whenTrue(one))))
      sides[0].push(answer ? way : { value: one, conditions: [...conditions, whenTrue(one)] })
    }
    if (answer !== true) {
      rows[1].push(...(answer === false ? when : both(when, whenFalse(one))))
      sides[1].push(answer === false ? way : { value: one, conditions: [...conditions, whenFalse(one)] })
    }
  }
  if (!isTold && !isOfBranches(value)) return null
  // What is left out of one side would be wrong of the other; what only the call has a name for nobody finds outside of it.
  const isWhole =
    rows.every((side) => side.length <= maxWays && !side.some((row) => row.includes(unsaid))) &&
    !(rows.every((side) => side.length > 0) && rows.some(isAlways)) &&
    (value.from === undefined || !waysOf(value).some(({ conditions }) => conditions.some(isOfOwnName)))
  const [holds, fails] = isWhole ? rows.map((side) => simplified(saidOnce(simplified(side)))) : []
  const { from } = value
  // Where nothing is left of one side it never comes.
  if (holds && fails?.length === 0 && holds.length > 0) return always
  // Errors of several kinds are told apart by what made them.
  const isInner =
    from !== undefined &&
    !from.startsWith('errors.') &&
    !(mayBeError(value) && value.of.some(({ t }) => t === 'object')) &&
    [holds, fails].every((side) => side && isOfFailures(side, from)) &&
    [holds, fails].some((side) => side && side.flat().length > 1)
  const isLong =
    from !== undefined &&
    !mayBeError(value) &&
    nameOfCall(from) !== null &&
    isReadable(shown(from)) &&
    [holds, fails].every((side) => side && isLongWithin(side))
  if (!holds || !fails || !isShort(holds) || !isShort(fails) || isInner || isLong)
    return standIn(byCall(value, saidBy(sides.flat())), sides)
  setOpposite(holds, fails)
  tellWays([holds, fails], [sides[0].map(conditionsOf), sides[1].map(conditionsOf)])
  return holds
}

// What a branch put in the place of what was there, and nothing calls by another name.
const isOfBranches = (value: Value): boolean =>
  value.t === 'union' &&
  value.from === undefined &&
  value.text === undefined &&
  value.asked === undefined &&
  waysOf(value).length === 2 &&
  areToldApart(value)

// What would always be so, while the other side is too, was not told whole.
const isAlways = (side: Condition): boolean =>
  side.length > 1 && resolved(side).some((row) => row.length === 0)

/** Whether all that is asked is which calls within one failed, and how, or what it gave itself: who calls it sees only what came of it. */
const isOfFailures = (condition: Condition, from: string): boolean => {
  const own = nameOfCall(from)
  return condition.flat().every(({ subject }) => {
    const text = shown(subject)
    const isFailure = ofFailure.test(text) || ofFailure.test(whole(subject))
    return (isFailure && !ofRequest.test(text)) || (own !== null && nameOfCall(text) === own)
  })
}
const ofFailure = / failed$|^errors\.(?:Is|As)\(| failed == /
/** Whether what was asked within a call, and not of the request itself, of who calls or of a setting, takes more words than the call. */
const isLongWithin = (condition: Condition): boolean =>
  condition.flat().length > maxWithin &&
  !condition.flat().some(({ subject }) => subject.startsWith('@') || ofRequest.test(shown(subject)))
const ofRequest = /^(?:path|query|header|cookie|form|body)\b/
/** `h.store.find(key)` and `find(path.key)` are `find`; null of what is no call. */
const nameOfCall = (text: string): string | null => /^(?:\w+\.)*(\w+)\(/.exec(text)?.[1] ?? null

/** Whether what holds on a way says that a test holds, as of `a` in `a && b` that it does not. */
function saidOf(around: readonly Condition[], isTrue: Condition, isFalse: Condition): boolean | null {
  if (around.length === 0) return null
  // An error is called by what failed where it is asked for, and whole where it is handed on.
  const written = isOfError(isTrue) ? asAsked : (one: Condition) => JSON.stringify(one)
  const [yes, no] = [written(isTrue), written(isFalse)]
  const said = around.map(written)
  return said.includes(yes) ? true : said.includes(no) ? false : null
}

const isOfError = ([row, ...rows]: Condition): boolean =>
  rows.length === 0 && row?.length === 1 && /(?:\.Err(?:or)?| failed)$/.test(shown(row[0]?.subject ?? ''))

/** The same for a test however what it asks of is shown: by what code calls it, or whole. */
export const asAsked = (condition: Condition): string =>
  JSON.stringify(condition.map((row) => row.map((atom) => ({ ...atom, subject: identityOf(atom.subject) }))))

const conditionsOf = ({ conditions }: Way) => conditions

// Of a variable of the code that was called, by its name.
const isOfOwnName = (condition: Condition): boolean =>
  condition.some((row) => row.some(({ subject }) => isVariable(subject)))

/** Of an atom that says in one word what a call came to: the ways in which it did. */
const meant = new WeakMap<Atom, readonly (readonly Condition[])[]>()

// All that is asked on the ways, and what they come to: the same however it is parted among functions.
function saidBy(ways: readonly Way[]): string {
  const said = new Set<string>()
  // Ways share what they ask: each condition is looked into once.
  const seen = new Set<Atom | Condition | readonly Condition[]>()
  const isNew = (one: Atom | Condition | readonly Condition[]): boolean =>
    !seen.has(one) && Boolean(seen.add(one))
  const visit = (conditions: readonly Condition[]): void => {
    for (const condition of conditions)
      if (isNew(condition))
        for (const row of condition)
          for (const atom of row) {
            if (!isNew(atom)) continue
            const within = seen.size < maxLooked ? meant.get(atom) : undefined
            if (within) for (const one of within) if (isNew(one)) visit(one)
            if (!within) said.add([keyOf(atom), keyOf(negateAtom(atom))].toSorted()[0] ?? '')
          }
  }
  for (const { value, conditions } of ways) {
    visit(conditions)
    if (value.t === 'const' || value.t === 'symbol') said.add(printValue(value))
  }
  return [...said].toSorted().join('\n')
}

// One atom for either side of a test, each with the ways that it stands for.
function standIn(condition: Condition, sides: readonly [readonly Way[], readonly Way[]]): Condition {
  const [atom] = condition[0] ?? []
  if (!atom || condition.length !== 1 || condition[0]?.length !== 1) return condition
  const opposite = negateAtom(atom)
  for (const [one, ways] of [
    [atom, sides[0]],
    [opposite, sides[1]],
  ] as const)
    meant.set(one, [...ways.map(({ conditions }) => conditions), ...wholesOf(ways)])
  const otherwise: Condition = [[opposite]]
  setOpposite(condition, otherwise)
  tellWays([condition, otherwise], [sides[0].map(conditionsOf), sides[1].map(conditionsOf)])
  return condition
}

// What holds wherever one of these ways is taken, and none but these can be.
function wholesOf(ways: readonly Way[]): (readonly Condition[])[] {
  const counts = new Map<Whole, number>()
  for (const { wholes = [] } of ways) for (const one of wholes) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].flatMap(([{ conditions, count }, found]) =>
    found === count && conditions.length > 0 ? [conditions] : [],
  )
}

/**
 * Without what is said twice: an atom that stands for several ways beside one of them. Where each of those is a case of `among`, with the same besides, the atom
 * says all.
 */
export function saidOnce(condition: Condition, among: Condition = condition): Condition {
  const standing = new Map(condition.flat().flatMap((atom) => (meant.has(atom) ? [[keyOf(atom), atom]] : [])))
  let [rows, all] = [condition, among]
  for (const [key, atom] of standing) {
    const ways = waysMeant(atom)
    if (ways.length === 0 || ways.length > maxWays) continue
    // Which way stands beside the atom in a row, and what else.
    const parted = (row: Condition[number]) => {
      const keys = keysOf(row)
      if (!keys.includes(key)) return null
      const at = ways.findIndex((way) => way.length > 0 && way.every((one) => keys.includes(one)))
      if (at < 0) return null
      const rest = row.filter((_, index) => keys[index] !== key && !ways[at]?.includes(keys[index] ?? ''))
      return { at, rest, besides: keysOf(rest).toSorted().join('\n') }
    }
    const found = new Map<string, Set<number>>()
    for (const row of all) {
      const part = parted(row)
      if (part) found.set(part.besides, (found.get(part.besides) ?? new Set()).add(part.at))
    }
    if (found.size === 0) continue
    const once = (row: Condition[number]) => {
      const part = parted(row)
      return part && found.get(part.besides)?.size === ways.length ? [atom, ...part.rest] : row
    }
    const isAll = rows === all
    rows = rows.map(once)
    all = isAll ? rows : all.map(once)
  }
  return rows
}

/** The ways that an atom stands for, by what holds in each. */
const waysMeant = onceFor((atom: Atom): readonly (readonly string[])[] =>
  (meant.get(atom) ?? []).flatMap(allOf).map(keysOf),
)

/** What holds in each of the ways in which an atom that stands for many does; null for one that says all by itself. */
export const meaningOf = (atom: Atom): readonly (readonly Condition[])[] | null => meant.get(atom) ?? null

/** The same in fewer words, not in order: without what can not hold, what another row implies, and, where one thing alone is enough, that it is not so. */
export function simplified(condition: Condition): Condition {
  let rows = condition.map((row) => new Map(row.map((atom) => [keyOf(atom), atom])))
  for (let isDone = false; !isDone;) {
    isDone = true
    rows = rows.filter((row) => canHold([...row.values()]))
    const alone = new Set(rows.flatMap((row) => (row.size === 1 ? [...row.keys()] : [])))
    for (const row of rows)
      if (row.size > 1)
        for (const [key, atom] of row)
          if (row.size > 1 && alone.has(keyOf(negateAtom(atom)))) {
            row.delete(key)
            isDone = false
          }
  }
  return rows
    .filter(
      (row, at) =>
        !rows.some(
          (other, otherAt) =>
            other !== row &&
            (other.size < row.size || (other.size === row.size && otherAt < at)) &&
            [...other.keys()].every((key) => row.has(key)),
        ),
    )
    .map((row) => [...row.values()])
}

const keyOf = onceFor(({ subject, op, value }: Atom) => `${op} ${String(value)} ${subject}`)
const keysOf = onceFor((row: Condition[number]): readonly string[] => row.map(keyOf))

const isShort = (condition: Condition) =>
  condition.length > 0 &&
  condition.length <= maxRows &&
  condition.every((row) => row.length > 0) &&
  condition.flat().length <= maxAtoms
