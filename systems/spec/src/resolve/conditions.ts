import { isSometimes } from './sometimes.ts'
import {
  always,
  keyOfAtom,
  keyOfOpposite,
  normalizeCondition,
  orderOfRow,
  unsaid,
} from '../facts/condition.ts'
import type { Atom, AtomOperator, Condition } from '../facts/condition.ts'
import { bySource, inOneLine, isReadable, namedAs, shown } from '../facts/expression.ts'
import type { Module, Span } from '../parse/ir.ts'
import { failureOf, isErrorName, mayBeError } from './go-errors.ts'
import { each, printValue, symbol, textOf } from './values.ts'
import type { Scope, Site, SymbolValue, Value } from './values.ts'
import { givenBy } from './given-by.ts'
import { passedMark } from './passed.ts'
import { askedOf } from './collected.ts'
import { isPart, isPerhapsEmpty } from './lists.ts'
import { isSchema } from './schema-makers.ts'
import { linear, numberIn, operatorOf } from './linear.ts'
import { membersOf, membership } from './membership.ts'
import { negated } from './places.ts'
import { setBy } from './put-when.ts'

const maxRows = 8
/** Characters of an expression that stands for what it may be. */
const maxName = 60
/** The same of JavaScript, with constants by their long names. */
const maxWritten = 80
/** Questions in each other that are taken apart. */
const maxDepth = 5
const comparisons: Record<string, AtomOperator> = {
  '==': '==',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
const mirrored: Record<string, AtomOperator> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

/** All of both hold. Of more than eight rows those that can not hold are left out; rows beyond eight are given up: what they say is then unsaid. */
export function both(a: Condition, b: Condition): Condition {
  const rows = a.flatMap((left) => b.map((right) => [...left, ...right]))
  if (rows.length <= maxRows) return rows
  const kept = rows.length > maxTried ? rows : normalizeCondition(rows, { keepsUnsaid: true })
  return kept.length > maxRows ? a.map((row) => [...row, unsaid]) : kept
}
const maxTried = 64

export function either(a: Condition, b: Condition): Condition {
  const rows = [...a, ...b]
  return rows.length > maxRows ? [[unsaid]] : rows
}

/** All of them hold, each of which is no longer changed: many things come after the same questions, which are put together once. */
export function allOf(conditions: readonly Condition[]): Condition {
  let at = joins
  let all = always
  for (const condition of conditions) {
    const known = at.next.get(condition)
    if (known) ({ all } = at = known)
    else {
      all = both(all, condition)
      const made: Joined = { all, next: new WeakMap() }
      at.next.set(condition, made)
      at = made
    }
  }
  return all
}

/** What conditions come to one after another. */
interface Joined {
  all: Condition
  next: WeakMap<Condition, Joined>
}
let joins: Joined = { all: always, next: new WeakMap() }

/** Forgets what was put together: for another operation other questions are asked. */
export function forgetJoined(): void {
  joins = { all: always, next: new WeakMap() }
}

/**
 * The same in fewer words: two rows that differ in one atom, which holds in one and not in the other, are one without it; and where all else of a row holds in
 * another one, in which the atom does not, that one need not say so (`a`, or not `a` and `b`, is `a` or `b`).
 */
export function resolved(condition: Condition): Condition {
  const given = normalizeCondition(condition)
  if (given.length < 2) return given
  let rows = given.map((row) => looked(row, 0))
  let count = 0
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as Looked
    const spare = row.atoms.find((atom) => isSpare(atom, row, rows))
    row.lookedAt = count
    if (!spare) continue
    const made = looked(
      row.atoms.filter((atom) => atom !== spare),
      ++count,
    )
    const others = rows.filter((one) => one !== row && !isWithin(made.keys, one.keys))
    if (!others.some(({ keys }) => isWithin(keys, made.keys))) {
      const after = others.findIndex(({ order }) => order > made.order)
      others.splice(after < 0 ? others.length : after, 0, made)
    }
    rows = others
    at = -1
  }
  return rows.map(({ atoms }) => atoms)
}

/** A row on the way to fewer words: since when it is as it is, and against which others it was looked at last. */
interface Looked {
  atoms: Condition[number]
  keys: ReadonlySet<string>
  order: string
  since: number
  lookedAt: number
}

const looked = (atoms: Condition[number], since: number): Looked => ({
  atoms,
  keys: new Set(atoms.map(keyOfAtom)),
  order: orderOfRow(atoms),
  since,
  lookedAt: -1,
})

const isWithin = (keys: ReadonlySet<string>, others: ReadonlySet<string>): boolean => {
  for (const key of keys) if (!others.has(key)) return false
  return true
}

// Whether another row holds where all but this atom does, and the atom does not.
function isSpare(atom: Atom, { keys, lookedAt }: Looked, rows: readonly Looked[]): boolean {
  const opposed = keyOfOpposite(atom)
  const own = keyOfAtom(atom)
  return rows.some(({ keys: other, since }) => {
    if (since <= lookedAt || !other.has(opposed)) return false
    for (const key of other) if (key !== opposed && (key === own || !keys.has(key))) return false
    return true
  })
}

/** The opposite, unsaid where that would take more than eight rows. */
export function not(condition: Condition): Condition {
  let rows: Condition = [[]]
  for (const row of condition) {
    if (row.length === 0) return [[unsaid]]
    const next = rows.flatMap((left) => row.map((atom) => [...left, negated(atom)]))
    if (next.length > maxRows) return [[unsaid]]
    rows = next
  }
  return rows
}

/** What is asked of a part of the request bounds it. */
const ofInput = /^(?:[\w.\]*&]*[([])*(?:path|query|header|cookie|form|body|text)\b/
/** Whether an expression is a part of the request. */
export const isOfInput = (text: string): boolean =>
  /^(?:path|query|header|cookie|form|body)\.[\w.-]+$/.test(text)

/** What is kept in a variable and filled while the program runs: what it began with says nothing. */
const isFilled = (value: Value): boolean =>
  value.t === 'object'
    ? value.ref === null && (value.isOpen || value.props.size === 0)
    : value.t === 'list'
      ? value.isOpen || value.items.length === 0 || isPerhapsEmpty(value)
      : value.t === 'symbol' && value.path === 'set()' && value.args.length === 0

/**
 * A value that may be one of several, that is filled later, that nobody could read or that is told in names of another place, with what code calls it there: `set` is the
 * one call that a variable was set to.
 */
export function called(value: Value, { start, end }: Span, scope: Scope, set: string | null = null): Value {
  const { module } = scope
  if (end - start > 2 * maxName) return value
  const written = inOneLine(module.text.slice(start, end))
  const text = givenBy(module, start, written)
  if (text.length > (module.language === 'javascript' ? maxWritten : maxName)) return value
  // A member of an enumeration that Django has as a value and its label.
  if (value.t === 'list' && module.language === 'python' && /^[A-Z]\w*(?:\.\w+)+$/.test(text))
    return symbol(text)
  if (value.t === 'symbol' && value.path === passedMark) return value
  // A field is told with what it is of.
  if (module.language === 'python' && value.t === 'symbol' && /^[A-Za-z_][\w.]*$/.test(text))
    if (text.endsWith(`.${value.text}`)) return { ...value, text }
  if (value.t === 'list' && isPart(value)) return symbol(text)
  if (
    (isFilled(value) || askedOf(value) !== null) &&
    !(value.t === 'list' && ofInput.test(printValue(value)))
  )
    return /^[\p{L}_][\w.(),… ]{3,}$/u.test(text) ? symbol(ofItself(text, scope)) : value
  const isLong =
    value.t === 'symbol' &&
    (!ofInput.test(value.text) || isOfMore(value, module)) &&
    // Of a long chain people are shown a part.
    (!isReadable(shown(module.language === 'go' ? printValue(value) : value.text)) ||
      (module.language === 'javascript' && tangled.test(shown(value.text))) ||
      (module.language === 'python' && shown(value.text).includes('…')))
  // A variable of what was called nobody finds.
  const isBare = value.t === 'symbol' && isName.test(shown(value.text)) && !ofInput.test(value.text)
  const source = isBare && isName.test(text) ? givenTo(text, scope) : null
  if (source !== null && value.t === 'symbol') return { ...value, text: namedAs(source, value.text) }
  const isForeign = value.t === 'symbol' && isOfOtherPlace(value.text, text, scope)
  if ((value.t !== 'union' && !isLong && !isForeign) || /[‹›…]/.test(text)) return value
  if (isForeign && isName.test(text) && set === null && !isLong) return value
  const own = isName.test(text) ? (set ?? callOf(value, isErrorName(text))) : null
  // A name alone says less than what it was given.
  if (value.t === 'symbol' && own === null && isName.test(text) && isReadable(shown(value.text))) return value
  const call = own ?? (isName.test(text) ? givenTo(text, scope) : null)
  if (value.t === 'union') return { ...value, text: call ?? text }
  if (call !== null && value.t === 'symbol')
    return { ...value, text: namedAs(isFailureOf(value) ? failureOf(call) : call, value.text) }
  return /^\w{1,3}$|=>|[{}]|\bfunction\b/.test(text) ? value : { ...value, text: namedAs(text, value.text) }
}

// JavaScript: what compares a part of the request with something else asks nothing of that part alone.
const isOfMore = ({ args, text }: SymbolValue, { language }: Module): boolean =>
  language === 'javascript' &&
  args.length > 1 &&
  (!isReadable(shown(text)) || (tangled.test(shown(text)) && text.includes('{')))

// Java: what a method asks of the thing that it is of, in the words of who calls it.
function ofItself(text: string, scope: Scope): string {
  const self = text.startsWith('this.') ? scope.get('this') : null
  return self?.t === 'symbol' && self.text !== 'this' ? `${self.text}${text.slice('this'.length)}` : text
}

/** What is read or called of what calls gave: where that is long, people look for what code calls it. */
const tangled = /(?=.{41})(?:.*[)\]][.[]\w|.*\([^()]*\([^()]*\()/

const isName = /^\w+$/
const isFailureOf = ({ text }: SymbolValue) => shown(text).endsWith(' failed')

// What code gave a variable whose value has no name of its own.
function givenTo(name: string, scope: Scope): string | null {
  const gives = isErrorName(name) ? undefined : scope.placeOf(name)?.gives
  return gives === undefined ? null : bySource(`${name} = ${gives}`)
}

/** Whether an expression of Python begins with a variable that nobody has where it is asked. */
function isOfOtherPlace(text: string, asked: string, scope: Scope): boolean {
  const [, root, mark] = /^([A-Za-z_]\w*)([.([])/.exec(shown(text)) ?? []
  // A method's own thing has another name where it is called.
  if (root === 'self') return scope.module.language === 'python' && !asked.startsWith('self.')
  return (
    scope.module.language === 'python' &&
    root !== undefined &&
    !(mark === '(' && builtin.test(root)) &&
    !/^(?:path|query|header|cookie|form|body|request|self|this|cls)$/.test(root) &&
    scope.get(root) === null
  )
}
const builtin =
  /^(?:[A-Z]\w*|len|int|str|float|bool|set|list|dict|tuple|any|all|sum|min|max|sorted|abs|isinstance|hasattr|getattr|type|next|open|round)$/

const isNothing = (value: Value) => value.t === 'const' && value.v === null

/**
 * What people read of a value that a variable holds: the call that gave it, or what is read of that, without what it is given. Null where the call is one of a
 * long chain; of an error its last part says what failed (`isEnough`).
 */
function callOf(value: Value, isEnough: boolean): string | null {
  if (value.t === 'union') {
    const [first = null, ...others] = value.of
      .filter((one) => !isNothing(one))
      .map((one) => callOf(one, isEnough))
    return others.every((one) => one === first) ? first : null
  }
  if (value.t !== 'symbol' || value.of === null) return null
  const of = value.of.t === 'symbol' ? value.of : null
  if (!value.path.endsWith('()')) {
    const name = /\.(\w+)$/.exec(value.path)?.[1]
    const call = name === undefined || !of || /^\d/.test(name) ? null : callOf(of, isEnough)
    return call === null ? null : `${call}.${name}`
  }
  const callee = of ? shown(of.text) : ''
  // What is imported has a name of its own where it is called.
  const isImported = value.site?.module.language === 'javascript' && !value.site.module.text.includes(callee)
  const own = isImported && value.site ? writtenCall(value.site) : null
  if (own !== null && !own.startsWith('this.')) return own
  if (/^[\p{L}_][\w$]*(?:\.[\p{L}_][\w$]*)+$/u.test(callee) && callee.length <= maxName) return `${callee}(…)`
  const written =
    value.site && /^(?:javascript|go)$/.test(value.site.module.language) ? writtenCall(value.site) : null
  if (written !== null) return written
  const last = isEnough ? (/(?:^|\.)(\w+)$/.exec(callee)?.[1] ?? '') : ''
  return last === '' ? null : `${last}(…)`
}

function isClosed(text: string): boolean {
  let open = 0
  for (const sign of text) {
    if (sign === '(') open++
    if (sign === ')' && --open < 0) return false
  }
  return open === 0
}

// A call as code has it, without what it is given: `Account.findById(…)`.
function writtenCall({ module, start, end }: Site): string | null {
  const [, callee, given = ''] =
    /^([\p{L}_$][\w$]*(?:\??\.[\p{L}_$][\w$]*)+)\(([^]*)\)$/u.exec(module.text.slice(start, end)) ?? []
  // A chain has brackets that end before its last.
  return callee !== undefined && callee.length <= maxName && isClosed(given) ? `${callee}(…)` : null
}

/** `value` is true: what that says. */
export function truth(value: Value, depth = 0): Condition {
  const branches = setBy(value)
  if (branches.length > 0) return branches.reduce(both)
  const asked = asComparison(value, depth) ?? membership(value) ?? matched(value)
  if (asked) return asked
  const subject = printValue(value)
  const isQuestion =
    value.t === 'symbol' &&
    (/^bool(?:ean)?$/.test(value.typed?.type.name ?? '') ||
      [value.path, shown(subject)].some((text) => question.test(text) || flag.test(text)))
  return [[{ subject, op: isQuestion ? 'true' : 'present' }]]
}

/** As `truth`, of an expression: what Java and Go ask is true or false, never there or missing, but for what Go says of a part of a map. */
export function truthOf(value: Value, e: Span, scope: Scope, set: string | null = null): Condition {
  const asked = called(value, e, scope, set)
  const condition = truth(asked)
  const { language, text } = scope.module
  const subject = printValue(asked)
  const isPlain =
    language === 'java'
      ? value.t === 'symbol' || condition.every((row) => row.every((atom) => atom.subject === subject))
      : language === 'go' && !isFound(text.slice(e.start, e.end))
  return isPlain
    ? condition.map((row) => row.map((atom) => (atom.op === 'present' ? { ...atom, op: 'true' } : atom)))
    : condition
}

/** A variable of Go that says whether there is what was asked for: `user, ok := users[id]`. */
export const isFound = (name: string): boolean =>
  /^(?:ok(?:[A-Z]\w*)?|found|exists?|present)$|[a-z](?:O[kK]|Found|Exists)$/.test(name)

/** Calls and members that are named for a question. */
const question =
  /(?:^|\.)(?:some|every|any(?:Match)?|all(?:Match)?|noneMatch|includes|test|starts_?[wW]ith|ends_?[wW]ith|[iI]s\w*|[hH]as(?!h)\w*|(?:[cC]an|[cC]annot|[sS]hould)(?:[A-Z_]\w*)?|(?:[eE]xists|[eE]quals|[cC]ontains|[vV]alid|[vV]erify|[cC]ompare|[cC]heck|[mM]atch)\w*)\(.*\)$/
const flag =
  /\.(?:success|valid|ok|\w*(?:[eE]nabled|[dD]isabled|[vV]erified|[aA]llowed|[aA]uthenticated))$|(?:^|\.)(?:is|has|can|should)(?:_[a-z]|[A-Z])\w*$/

/** A comparison of two values. */
export function comparison(op: string, left: Value, right: Value): Condition {
  const isFirst = left.t === 'const' || (right.t !== 'const' && isConstant(left) && !isConstant(right))
  const [subject, other, table] = isFirst ? [right, left, mirrored] : [left, right, comparisons]
  if (op === 'in' || op === 'not in') {
    const texts =
      right.t === 'list' && !right.isOpen ? right.items.map((item) => textOf(item)) : membersOf(right)
    if (left.t !== 'const' && texts?.every((text) => text !== null))
      return [[{ subject: printValue(left), op: op === 'in' ? 'in' : 'not-in', value: texts }]]
    return [[{ subject: `${printValue(left)} in ${printValue(right)}`, op: op === 'in' ? 'true' : 'false' }]]
  }
  const known = table[op]
  const measured = known ? multiple(known, left, right) : null
  if (measured) return [[measured]]
  if (!known) return [[{ subject: `${printValue(left)} ${op} ${printValue(right)}`, op: 'true' }]]
  if (other.t === 'const') {
    if (other.v === null) {
      const text = printValue(subject)
      const isError = subject.t === 'union' && subject.from !== undefined && mayBeError(subject)
      const asked = isError ? namedAs(failureOf(subject.from ?? text), text) : text
      return [[{ subject: asked, op: known === '==' ? 'absent' : 'present' }]]
    }
    if (typeof other.v === 'boolean')
      return [[{ subject: printValue(subject), op: (known === '==') === other.v ? 'true' : 'false' }]]
    return [[{ subject: printValue(subject), op: known, value: other.v }]]
  }
  const isTurned = isFirst && (op === '==' || op === '!=')
  const atom: Atom = {
    subject: `${printValue(isTurned ? right : left)} ${op === '!=' ? '==' : op} ${printValue(isTurned ? left : right)}`,
    op: op === '!=' ? 'false' : 'true',
  }
  return [[atom]]
}

// A constant of an enum, or one of a class from outside by its name.
const isConstant = (value: Value): boolean =>
  (value.t === 'object' && value.props.has('@name')) ||
  (value.t === 'symbol' &&
    value.args.length === 0 &&
    /(?:^|[.$])[A-Z]\w*[a-z]\w*\.[A-Z][A-Z\d_]+$/.test(value.path))

// A comparison that was made before it is asked: what a variable holds, or what is handed in.
function asComparison(value: Value, depth: number): Condition | null {
  if (value.t !== 'symbol' || depth > maxDepth) return null
  const op = operatorOf(value)
  const [left, right] = value.args.map((arg) => arg.value)
  if (op === null || !left || !right) return null
  if (op === '&&') return both(truth(left, depth + 1), truth(right, depth + 1))
  if (op === '||') return either(truth(left, depth + 1), truth(right, depth + 1))
  return comparisons[op] ? comparison(op, left, right) : null
}

// Go's `regexp.MustCompile(pattern).MatchString(text)`, and how Java asks it of a whole text.
function matched(value: Value): Condition | null {
  const asked = value.t === 'symbol' ? patternAsked(value) : null
  const pattern = textOf(asked?.pattern)
  return pattern !== null && asked?.text
    ? [[{ subject: printValue(asked.text), op: 'matches', value: pattern }]]
    : null
}

function patternAsked({
  path,
  of,
  args,
}: SymbolValue): { pattern: Value | undefined; text: Value | null | undefined } | null {
  const on = of?.t === 'symbol' ? of.of : null
  const [first, second, ...more] = args.map((arg) => arg.value)
  if (/^regexp\.MustCompile(?:POSIX)?\(\)\.MatchString\(\)$/.test(path))
    return on?.t === 'symbol' ? { pattern: on.args[0]?.value, text: first } : null
  if (path === 'java.util.regex.Pattern.matches()') return { pattern: first, text: second }
  if (path === 'java.util.regex.Pattern.compile().matcher().matches()' && on?.t === 'symbol') {
    const made = on.of?.t === 'symbol' ? on.of.of : null
    // With flags it is another pattern.
    return made?.t === 'symbol' && made.args.length === 1
      ? { pattern: made.args[0]?.value, text: on.args[0]?.value }
      : null
  }
  return path.endsWith('.matches()') && first && !second && more.length === 0
    ? { pattern: first, text: on }
    : null
}

// `n * 1000 > limit`, in terms of what is multiplied.
function multiple(op: AtomOperator, left: Value, right: Value): Atom | null {
  const [of, bound] = [linear(left), numberIn(right)]
  if (!of || bound === null || (of.by === 1 && of.plus === 0) || of.by === 0) return null
  const value = (bound - of.plus) / of.by
  const turned = of.by < 0 ? mirrored[op] : op
  return turned && Number.isFinite(value) ? { subject: printValue(of.of), op: turned, value } : null
}

/** A number that a package outside has a name for. */
const statusConstant = /\.HTTP_[1-5]\d\d_[A-Z_]+$/

/** Whether a value is known to be true or false; null where it may be both. */
export function knownTruth(value: Value): boolean | null {
  const found = new Set(
    each(value).map((one) => {
      if (setBy(one).length > 0) return null
      if (one.t === 'const') return Boolean(one.v)
      if (one.t === 'symbol')
        return one.isThere ?? (statusConstant.test(one.path) || isSchema(one.path) ? true : null)
      if (one.t === 'func' || one.t === 'class' || one.t === 'pack' || one.t === 'module') return true
      if (one.t === 'object')
        return one.ref !== null || [...one.props.keys()].some((name) => !isSometimes(one.props, name))
          ? true
          : null
      // An empty list is true in JavaScript and false in Python.
      if (one.t === 'list')
        return one.items.length > 0 && !one.isOpen && !one.isUnset && !isPerhapsEmpty(one) ? true : null
      if (one.t === 'text') return one.parts.some((part) => (textOf(part) ?? '') !== '') ? true : null
      return null
    }),
  )
  const [only] = found
  return found.size === 1 ? (only ?? null) : null
}
