import { celEnv, isCelError, parse, plan } from '@bufbuild/cel'
import type { CelEnv, CelResult } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import { defaultLimits, Meter, metered, tick } from './cost.ts'
import type { ExpressionLimits } from './cost.ts'
import { ExpressionError } from './errors.ts'
import { flowOf, pathsOf } from './flow.ts'
import type { Flow, Path } from './flow.ts'
import { extensions, mixedNumbers } from './functions.ts'
import { toCelInput, toJsonValue } from './json.ts'
import type { Json } from './json.ts'
import { call, partsOf } from './tree.ts'
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

const meter = new Meter()
const env = metered(celEnv({ funcs: [...strings, ...extensions, ...mixedNumbers] }) as CelEnv, meter)
const compiled = new Map<string, Expression>()
/** Expressions are few (those of definitions); past this the oldest is compiled again when it is needed. */
const kept = 5_000
const longest = 10_000
const deepest = 100

/** The environment that expressions run in, for what types them. */
export const environment: CelEnv = env

/** Reads a CEL expression once; later calls with the same text return the same. Throws `ExpressionError` with `expression-syntax` and the offset. */
export function compile(source: string): Expression {
  const known = compiled.get(source)
  if (known !== undefined) return known
  const expression = compileWith(env, source)
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value!)
  compiled.set(source, expression)
  return expression
}

function compileWith(environmentOf: CelEnv, source: string): Expression {
  const { tree, positions } = read(source)
  const { run, flow } = prepare(environmentOf, source, tree)
  const reads = pathsOf(flow)
  const names = [...new Set(reads.map((path) => String(path[0])))]
  return {
    source,
    tree,
    positions,
    flow,
    reads,
    evaluate(scope, limits = defaultLimits) {
      meter.start(limits)
      const bindings: Record<string, unknown> = {}
      for (const name of names) if (Object.hasOwn(scope, name)) bindings[name] = toCelInput(scope[name])
      const result = run(bindings)
      if (!isCelError(result)) return toJsonValue(result, meter)
      throw failure(source, result, positions)
    },
  }
}

/** Walks down the tree, which is as deep as a chain of operators is long. */
function prepare(
  environmentOf: CelEnv,
  source: string,
  tree: Expr,
): { run: (scope: Record<string, unknown>) => CelResult; flow: Flow } {
  try {
    return {
      run: plan(environmentOf, counted(tree)) as (scope: Record<string, unknown>) => CelResult,
      flow: flowOf(tree),
    }
  } catch (error) {
    throw syntaxError(source, error instanceof RangeError ? 'it is too deep' : (error as Error).message, 0)
  }
}

/** The tree of an expression. Throws `expression-syntax`. */
export function read(source: string): { tree: Expr; positions: Record<string, number> } {
  if (source.length > longest)
    throw syntaxError(source, `It has ${source.length} characters; ${longest} are allowed.`, longest)
  checkNesting(source)
  try {
    const parsed = parse(source)
    if (parsed.expr === undefined) throw new Error('it is empty')
    return { tree: parsed.expr, positions: parsed.sourceInfo?.positions ?? {} }
  } catch (error) {
    if (error instanceof ExpressionError) throw error
    const { rawMessage, location } = error as {
      rawMessage?: string
      location?: { start: { offset: number } }
    }
    throw syntaxError(source, rawMessage ?? (error as Error).message, location?.start.offset)
  }
}

/** The parser is recursive: brackets that nest deeper than anybody writes are refused before it runs out of stack. */
function checkNesting(source: string): void {
  let depth = 0
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!
    if ('([{?'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    if (depth > deepest) throw syntaxError(source, `It nests deeper than ${deepest} brackets.`, at)
  }
}

function syntaxError(source: string, message: string, offset: number | undefined): ExpressionError {
  const shown = source.length > 80 ? `${source.slice(0, 77)}…` : source
  return new ExpressionError({
    code: 'expression-syntax',
    message: `\`${shown}\` is no CEL expression: ${message}`,
    offset,
  })
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
