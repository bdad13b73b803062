import { celEnv, plan } from '@bufbuild/cel'
import type { CelEnv, CelResult } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import type { Registry } from '@bufbuild/protobuf'
import { defaultLimits, Meter, metered, tick } from './cost.ts'
import type { ExpressionLimits } from './cost.ts'
import { extensions, mixedNumbers } from './functions.ts'
import { call, partsOf } from './tree.ts'
import type { Expr } from './tree.ts'

/** Evaluates with these names; bindings are what `toCelInput` gives. */
export type Run = (bindings: Record<string, unknown>, limits?: ExpressionLimits) => CelResult

export interface Engine {
  readonly environment: CelEnv
  /** What the last evaluation used, for what is done with its result. */
  readonly meter: Meter
  /** Throws for a tree that it has no way to run, RangeError for one that is too deep. */
  prepare(tree: Expr): Run
}

/** CEL with every call and turn metered. `isStrict`: without our overloads between ints and doubles, as the specification's tests expect. */
export function engineFor(options: { namespace?: string; registry?: Registry; isStrict?: boolean }): Engine {
  const meter = new Meter()
  const { isStrict = false, ...rest } = options
  const funcs = [...strings, ...extensions, ...(isStrict ? [] : mixedNumbers)]
  const environment = metered(celEnv({ ...rest, funcs }) as CelEnv, meter)
  return {
    environment,
    meter,
    prepare(tree) {
      const run = plan(environment, counted(tree)) as (bindings: Record<string, unknown>) => CelResult
      return (bindings, limits = defaultLimits) => {
        meter.start(limits)
        return run(bindings)
      }
    },
  }
}

/** The tree with a counter in the condition of every loop. */
function counted(expr: Expr): Expr {
  const copy = structuredClone(expr)
  const visit = (part: Expr): void => {
    partsOf(part).forEach(visit)
    if (part.exprKind.case !== 'comprehensionExpr') return
    const loop = part.exprKind.value
    loop.loopCondition = call('_&&_', [call(tick, []), loop.loopCondition!])
  }
  visit(copy)
  return copy
}
