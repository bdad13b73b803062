import { negateAtom, normalizeCondition, unsaid } from '../facts/condition.ts'
import type { Atom, AtomOperator, Condition } from '../facts/condition.ts'
import type { Span } from '../parse/ir.ts'
import { each, printValue, textOf } from './values.ts'
import type { Scope, Value } from './values.ts'

const maxRows = 8
/** Characters of an expression that stands for what it may be. */
const maxName = 60
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

/** All of both hold. Rows beyond eight are given up: what they say is then unsaid. */
export function both(a: Condition, b: Condition): Condition {
  const rows = a.flatMap((left) => b.map((right) => [...left, ...right]))
  return rows.length > maxRows ? a.map((row) => [...row, unsaid]) : rows
}

export function either(a: Condition, b: Condition): Condition {
  const rows = [...a, ...b]
  return rows.length > maxRows ? [[unsaid]] : rows
}

/** The same in fewer rows: two that differ in one atom, which holds in one and not in the other, are one without it. */
export function resolved(condition: Condition): Condition {
  const rows = normalizeCondition(condition)
  const texts = new Set(rows.map((row) => JSON.stringify(row)))
  for (const row of rows)
    for (const atom of row) {
      const rest = row.filter((one) => one !== atom)
      const [opposite] = normalizeCondition([[...rest, negateAtom(atom)]])
      if (opposite && texts.has(JSON.stringify(opposite))) return resolved([...rows, rest])
    }
  return rows
}

/** The opposite, unsaid where that would take more than eight rows. */
export function not(condition: Condition): Condition {
  let rows: Condition = [[]]
  for (const row of condition) {
    if (row.length === 0) return [[unsaid]]
    const next = rows.flatMap((left) => row.map((atom) => [...left, negateAtom(atom)]))
    if (next.length > maxRows) return [[unsaid]]
    rows = next
  }
  return rows
}

/** A value that may be one of several, with what code calls it there. */
export function called(value: Value, { start, end }: Span, { module }: Scope): Value {
  if (value.t !== 'union' || end - start > maxName) return value
  const text = module.text.slice(start, end).replaceAll(/\s+/g, ' ')
  return /[‹›…]/.test(text) ? value : { ...value, text }
}

/** `value` is true: what that says. */
export function truth(value: Value): Condition {
  const subject = printValue(value)
  const isQuestion =
    value.t === 'symbol' &&
    /(?:^|\.)(?:is|has|can|should|exists|equals|contains|valid|verify|compare|check|match)\w*\(.*\)$/i.test(
      subject,
    )
  return [[{ subject, op: isQuestion ? 'true' : 'present' }]]
}

/** A comparison of two values. */
export function comparison(op: string, left: Value, right: Value): Condition {
  const [subject, other, table] = left.t === 'const' ? [right, left, mirrored] : [left, right, comparisons]
  if (op === 'in' || op === 'not in') {
    const texts = right.t === 'list' && !right.isOpen ? right.items.map((item) => textOf(item)) : null
    if (texts?.every((text) => text !== null))
      return [[{ subject: printValue(left), op: op === 'in' ? 'in' : 'not-in', value: texts }]]
    return [[{ subject: `${printValue(left)} in ${printValue(right)}`, op: op === 'in' ? 'true' : 'false' }]]
  }
  const known = table[op]
  if (!known) return [[{ subject: `${printValue(left)} ${op} ${printValue(right)}`, op: 'true' }]]
  if (other.t === 'const') {
    if (other.v === null)
      return [[{ subject: printValue(subject), op: known === '==' ? 'absent' : 'present' }]]
    if (typeof other.v === 'boolean')
      return [[{ subject: printValue(subject), op: (known === '==') === other.v ? 'true' : 'false' }]]
    return [[{ subject: printValue(subject), op: known, value: other.v }]]
  }
  const atom: Atom = {
    subject: `${printValue(left)} ${op === '!=' ? '==' : op} ${printValue(right)}`,
    op: op === '!=' ? 'false' : 'true',
  }
  return [[atom]]
}

/** Whether a value is known to be true or false; null where it may be both. */
export function knownTruth(value: Value): boolean | null {
  const found = new Set(
    each(value).map((one) => {
      if (one.t === 'const') return Boolean(one.v)
      if (one.t === 'func' || one.t === 'class' || one.t === 'pack' || one.t === 'module') return true
      if (one.t === 'object') return one.ref !== null || one.props.size > 0 ? true : null
      if (one.t === 'text') return one.parts.some((part) => (textOf(part) ?? '') !== '') ? true : null
      return null
    }),
  )
  const [only] = found
  return found.size === 1 ? (only ?? null) : null
}
