import { evaluateExpression } from '../../world/openscenario/expression.ts'
import { gridValues, valueAt } from './sampling/axis.ts'
import type { Axis } from './sampling/axis.ts'
import { designPoint } from './sampling/design.ts'
import type { Design } from './sampling/design.ts'

export type Values = Record<string, number | string>

/** A sweep over axes: all combinations of a grid, or points of a design. */
export interface Sweep {
  axes: [name: string, axis: Axis][]
  sampling: { kind: 'grid' } | { kind: Design; n: number; seed: number }
  /** Each has to hold, e.g. `gap > 2 * speed`. */
  constraints: string[]
}

/** Points that were drawn anew for one that broke the constraints, before it is said that next to none meets them. */
const mostDraws = 1000

/**
 * The combinations of a sweep, made when asked for. Under constraints, a grid and a Latin or Sobol design leave out what breaks them (only
 * indices are kept); a random one draws anew, so that `n` stays. Throws `ExpressionError` for a constraint that cannot be read, RangeError where next to
 * nothing meets them.
 */
export function sweepValues(sweep: Sweep): { count: number; at(index: number): Values } {
  const make = sweep.sampling.kind === 'grid' ? gridOf(sweep.axes) : designOf(sweep.axes, sweep.sampling)
  if (sweep.constraints.length === 0) return make
  if (sweep.sampling.kind === 'random') return redrawn(sweep)
  const kept: number[] = []
  for (let index = 0; index < make.count; index++)
    if (meets(sweep.constraints, make.at(index))) kept.push(index)
  const indices = Uint32Array.from(kept)
  return { count: indices.length, at: (index) => make.at(indices[index] as number) }
}

/** The last axis turns fastest. */
function gridOf(axes: Sweep['axes']) {
  const values = axes.map(([name, axis]) => {
    const found = gridValues(axis)
    if (!found) throw new RangeError(`${name} has no steps or values; a grid needs them.`)
    return found
  })
  return {
    count: values.reduce((product, { length }) => product * length, 1),
    at(index: number): Values {
      const chosen: [string, number | string][] = []
      let rest = index
      for (let axis = axes.length - 1; axis >= 0; axis--) {
        const choices = values[axis] as (number | string)[]
        chosen.unshift([axes[axis]?.[0] as string, choices[rest % choices.length] as number | string])
        rest = Math.floor(rest / choices.length)
      }
      return Object.fromEntries(chosen)
    },
  }
}

function designOf(axes: Sweep['axes'], { kind, n, seed }: { kind: Design; n: number; seed: number }) {
  return {
    count: n,
    at: (index: number): Values => valuesAt(axes, designPoint(kind, index, n, axes.length, seed)),
  }
}

function valuesAt(axes: Sweep['axes'], point: number[]): Values {
  return Object.fromEntries(axes.map(([name, axis], at) => [name, valueAt(axis, point[at] as number)]))
}

function redrawn({ axes, sampling, constraints }: Sweep) {
  const { n, seed } = sampling as { n: number; seed: number }
  return {
    count: n,
    at(index: number): Values {
      for (let draw = 0; draw < mostDraws; draw++) {
        const values = valuesAt(axes, designPoint('random', index + draw * n, n, axes.length, seed))
        if (meets(constraints, values)) return values
      }
      throw new RangeError(`Next to none of the combinations meets ${constraints.join(' and ')}.`)
    },
  }
}

const comparison = /(<=|>=|==|!=|<|>)/

/** Whether all constraints hold: an expression, or two with <, <=, >, >=, == or != between them. */
export function meets(constraints: string[], values: Values): boolean {
  const lookUp = (name: string) => (Object.hasOwn(values, name) ? String(values[name]) : undefined)
  return constraints.every((constraint) => {
    const [left = '', operator, right = ''] = constraint.split(comparison)
    const first = evaluateExpression(left, lookUp)
    if (operator === undefined) return Boolean(first)
    return compared(Number(first), operator, Number(evaluateExpression(right, lookUp)))
  })
}

function compared(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '==':
      return left === right
    default:
      return left !== right
  }
}
