import type { SymbolValue, Value } from './values.ts'
import { ownTable } from '../parse/own-table.ts'

/** Nanoseconds, as Go's package `time` counts them. */
const units: Record<string, number> = ownTable({
  'time.Nanosecond': 1,
  'time.Microsecond': 1e3,
  'time.Millisecond': 1e6,
  'time.Second': 1e9,
  'time.Minute': 6e10,
  'time.Hour': 3.6e12,
})
const conversion =
  /^(?:time\.Duration|u?int(?:8|16|32|64)?|float(?:32|64)|int|float|Number|parseInt|parseFloat)\(\)$/

/** A number that is another one times `by`, plus `plus`. */
interface Linear {
  of: SymbolValue
  by: number
  plus: number
}

/** Expressions in each other that are looked through: what a loop computes from itself has no end. */
const maxDepth = 5

/** What a number comes to of which all is known; null where it is not. */
export function numberIn(value: Value, depth = 0): number | null {
  if (value.t === 'const') return typeof value.v === 'number' ? value.v : null
  if (value.t !== 'symbol' || depth > maxDepth) return null
  const unit = units[value.path]
  if (unit !== undefined) return unit
  const [left, right] = value.args.map((arg) => numberIn(arg.value, depth + 1))
  if (conversion.test(value.path) && right === undefined) return left ?? null
  const op = operatorOf(value)
  if (left === null || left === undefined || right === null || right === undefined) return null
  if (op === '*') return left * right
  if (op === '/') return right === 0 ? null : left / right
  if (op === '+') return left + right
  return op === '-' ? left - right : null
}

/** A value as a multiple of one that is not known; null where it is nothing of the sort. */
export function linear(value: Value, depth = 0): Linear | null {
  if (value.t !== 'symbol' || depth > maxDepth) return null
  const [left, right] = value.args.map((arg) => arg.value)
  if (conversion.test(value.path) && left && !right) return linear(left, depth + 1)
  const op = operatorOf(value)
  if (op === null || !left || !right) return { of: value, by: 1, plus: 0 }
  const [a, b] = [numberIn(left), numberIn(right)]
  const inner = b !== null ? linear(left, depth + 1) : a !== null ? linear(right, depth + 1) : null
  if (!inner) return null
  if (op === '*') return times(inner, b ?? a ?? 0)
  if (op === '+') return { ...inner, plus: inner.plus + (b ?? a ?? 0) }
  if (b === null) return null
  if (op === '-') return { ...inner, plus: inner.plus - b }
  return op === '/' && b !== 0 ? times(inner, 1 / b) : null
}

const times = ({ of, by, plus }: Linear, factor: number): Linear => ({
  of,
  by: by * factor,
  plus: plus * factor,
})

/** The operator of an expression with two sides that were kept. */
export const operatorOf = ({ note }: SymbolValue): string | null =>
  (note as { op?: unknown } | null)?.op === undefined ? null : String((note as { op: unknown }).op)
