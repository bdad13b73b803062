import type { Expr, Module } from '../parse/ir.ts'
import { constant, joined, textOf } from './values.ts'
import type { Value } from './values.ts'

/** A text without its first `count` signs, of which all are known; null where they are not, or it is no text. */
export function cutBefore(of: Value, count: number): Value | null {
  const text = textOf(of)
  if (text !== null) return constant(text.slice(count))
  if (of.t !== 'text' || count < 0) return null
  const [head, ...rest] = of.parts
  const known = textOf(head)
  return known === null || known.length < count ? null : joined([constant(known.slice(count)), ...rest])
}

/** Python's `text[from:]`, and `text[from:to]` of a text that is known whole; null for all else. */
export function slicedText(
  of: Value,
  at: Expr,
  { text }: Module,
  evaluate: (e: Expr) => Value,
): Value | null {
  if (at.k !== 'other' || (of.t !== 'text' && textOf(of) === null)) return null
  const [first, second, ...more] = at.parts
  if (!first || more.length > 0) return null
  const between = text.slice(first.end, second?.start ?? at.end)
  if (between.trim() !== ':' || text.slice(at.start, first.start).trim() !== '') return null
  const [from, to] = [first, second].map((one) => {
    const value = one && evaluate(one)
    return value?.t === 'const' && typeof value.v === 'number' ? value.v : null
  })
  if (typeof from !== 'number') return null
  if (!second) return cutBefore(of, from)
  const whole = textOf(of)
  return whole === null || typeof to !== 'number' ? null : constant(whole.slice(from, to))
}
