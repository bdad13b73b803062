import { clamp, sum } from '@heavylift/core/math'
import { normalCdf, normalDensity, normalQuantile } from '@heavylift/core/math'

/** One parameter of a sweep. */
export type Axis =
  | { kind: 'fixed'; value: number | string }
  /** Equally likely, or by `weights`. */
  | { kind: 'values'; values: (number | string)[]; weights: number[] | null }
  | { kind: 'uniform'; from: number; to: number }
  /** Cut off at `from` and `to`, which may be infinite. */
  | { kind: 'normal'; mean: number; deviation: number; from: number; to: number }
  /** exp of a normal: `mean` and `deviation` are those of the logarithm. */
  | { kind: 'logNormal'; mean: number; deviation: number; from: number; to: number }

/** The value at a quantile 0 ≤ u < 1. */
export function valueAt(axis: Axis, u: number): number | string {
  switch (axis.kind) {
    case 'fixed':
      return axis.value
    case 'values':
      return axis.values[indexAt(axis, u)] as number | string
    case 'uniform':
      return axis.from + (axis.to - axis.from) * u
    case 'normal':
      return truncated(axis, axis.from, axis.to, u)
    case 'logNormal':
      return Math.exp(truncated(axis, Math.log(Math.max(axis.from, 0)), Math.log(axis.to), u))
  }
}

function indexAt({ values, weights }: Axis & { kind: 'values' }, u: number): number {
  if (!weights) return Math.min(Math.floor(u * values.length), values.length - 1)
  let rest = u * sum(weights)
  const found = weights.findIndex((weight) => (rest -= weight) < 0)
  return found < 0 ? values.length - 1 : found
}

function truncated(
  { mean, deviation }: { mean: number; deviation: number },
  from: number,
  to: number,
  u: number,
): number {
  const low = normalCdf((from - mean) / deviation)
  const high = normalCdf((to - mean) / deviation)
  const p = clamp(low + (high - low) * u, 1e-15, 1 - 1e-15)
  return clamp(mean + deviation * normalQuantile(p), from, to)
}

/** Density of an axis at a number; probability where it has values. 0 outside. */
export function densityAt(axis: Axis, value: number | string): number {
  switch (axis.kind) {
    case 'fixed':
      return axis.value === value ? 1 : 0
    case 'values': {
      const index = axis.values.indexOf(value)
      if (index < 0) return 0
      const { weights } = axis
      if (!weights) return 1 / axis.values.length
      return (weights[index] as number) / sum(weights)
    }
    case 'uniform':
      return Number(value) >= axis.from && Number(value) <= axis.to ? 1 / (axis.to - axis.from) : 0
    case 'normal':
      return truncatedDensity(axis, axis.from, axis.to, Number(value))
    case 'logNormal': {
      const x = Number(value)
      if (x <= 0) return 0
      return truncatedDensity(axis, Math.log(Math.max(axis.from, 0)), Math.log(axis.to), Math.log(x)) / x
    }
  }
}

function truncatedDensity(
  { mean, deviation }: { mean: number; deviation: number },
  from: number,
  to: number,
  x: number,
): number {
  if (x < from || x > to) return 0
  const mass = normalCdf((to - mean) / deviation) - normalCdf((from - mean) / deviation)
  return normalDensity((x - mean) / deviation) / deviation / mass
}

/** Values of a grid along an axis; distributions have none. */
export function gridValues(axis: Axis): (number | string)[] | null {
  if (axis.kind === 'fixed') return [axis.value]
  return axis.kind === 'values' ? axis.values : null
}
