import { isCelError } from '@bufbuild/cel'
import { defaultLimits } from './cost.ts'
import type { ExpressionLimits } from './cost.ts'
import { engineFor } from './engine.ts'
import type { Run } from './engine.ts'
import { ExpressionError } from './errors.ts'
import { flowOf, pathsOf } from './flow.ts'
import type { Flow, Path } from './flow.ts'
import { toCelInput, toJsonValue } from './json.ts'
import type { Json } from './json.ts'
import { read, syntaxError } from './read.ts'
import type { Expr } from './tree.ts'

/** What an expression may read, by name; JSON. */
export type Scope = Readonly<Record<string, unknown>>

/** A CEL expression that has been read. Evaluating it changes nothing and generates no code. */
export interface Expression {
  readonly source: string
  /** The parsed expression, for typing. */
  readonly tree: Expr
  /** Offset in `source` of a part, by its id. */
  readonly positions: Readonly<Record<string, number>>
  /** What its value is made of. */
  readonly flow: Flow
  /** Every path that it reads, e.g. `['steps', 'fetch', 'output', 'title']`. */
  readonly reads: readonly Path[]
  /** Its value as JSON. Throws `ExpressionError`: `expression-failed` (a field that is not there, types that do not fit), `expression-cost`. */
  evaluate(scope: Scope, limits?: ExpressionLimits): Json
}

const engine = engineFor({})
const compiled = new Map<string, Expression>()
/** Expressions are few (those of definitions); past this the oldest is compiled again when it is needed. */
const kept = 5_000

/** Reads a CEL expression once; later calls with the same text return the same. Throws `ExpressionError` with `expression-syntax` and the offset. */
export function compile(source: string): Expression {
  const known = compiled.get(source)
  if (known !== undefined) return known
  const expression = compileWith(source)
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value!)
  compiled.set(source, expression)
  return expression
}

function compileWith(source: string): Expression {
  const { tree, positions } = read(source)
  const { run, flow } = prepare(source, tree)
  const reads = pathsOf(flow)
  const names = [...new Set(reads.map((path) => String(path[0])))]
  return {
    source,
    tree,
    positions,
    flow,
    reads,
    evaluate(scope, limits = defaultLimits) {
      const bindings: Record<string, unknown> = {}
      for (const name of names) if (Object.hasOwn(scope, name)) bindings[name] = toCelInput(scope[name])
      const result = run(bindings, limits)
      if (!isCelError(result)) return toJsonValue(result, engine.meter)
      throw failure(source, result, positions)
    },
  }
}

/** Walks down the tree, which is as deep as a chain of operators is long. */
function prepare(source: string, tree: Expr): { run: Run; flow: Flow } {
  try {
    return { run: engine.prepare(tree), flow: flowOf(tree) }
  } catch (error) {
    throw syntaxError(source, error instanceof RangeError ? 'it is too deep' : (error as Error).message, 0)
  }
}

function failure(
  source: string,
  error: Error & { exprId: bigint | undefined; cause?: unknown },
  positions: Record<string, number>,
): ExpressionError {
  let cause: unknown = error
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++, cause = cause.cause)
    if (cause instanceof ExpressionError) return cause
  const shown = source.length > 80 ? `${source.slice(0, 77)}…` : source
  return new ExpressionError({
    code: 'expression-failed',
    message: `\`${shown}\` failed: ${error.message}`,
    offset: error.exprId === undefined ? undefined : positions[String(error.exprId)],
    cause: error,
  })
}
