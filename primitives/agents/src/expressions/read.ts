import { parse } from '@bufbuild/cel'
import { ExpressionError } from './errors.ts'
import { binding, partsOf } from './tree.ts'
import type { Expr } from './tree.ts'

const longest = 10_000
const deepest = 100

/** The tree of an expression. Throws `expression-syntax`. */
export function read(source: string): { tree: Expr; positions: Record<string, number> } {
  if (source.length > longest)
    throw syntaxError(source, `It has ${source.length} characters; ${longest} are allowed.`, longest)
  checkNesting(source)
  try {
    const quoted: string[] = []
    const parsed = parse(unquoted(source, quoted))
    if (parsed.expr === undefined) throw new Error('it is empty')
    return {
      tree: expandBind(quoted.length > 0 ? requoted(parsed.expr, quoted) : parsed.expr),
      positions: parsed.sourceInfo?.positions ?? {},
    }
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

export function syntaxError(source: string, message: string, offset: number | undefined): ExpressionError {
  const shown = source.length > 80 ? `${source.slice(0, 77)}…` : source
  return new ExpressionError({
    code: 'expression-syntax',
    message: `\`${shown}\` is no CEL expression: ${message}`,
    offset,
  })
}

/** `cel.bind(name, value, inside)` gives a value a name: the macro of cel-go's `bindings` extension, which the parser does not know. */
function expandBind(expr: Expr): Expr {
  partsOf(expr).forEach(expandBind)
  const { exprKind: kind } = expr
  if (kind.case !== 'callExpr' || kind.value.function !== 'bind' || kind.value.args.length !== 3) return expr
  const [name, value, inside] = kind.value.args
  const { target } = kind.value
  if (target?.exprKind.case !== 'identExpr' || target.exprKind.value.name !== 'cel') return expr
  if (name?.exprKind.case !== 'identExpr') throw new Error('cel.bind needs a name first')
  expr.exprKind = binding(name.exprKind.value.name, value!, inside!)
  return expr
}

const textOrQuoted = /[rR]?("""|'''|"|')(?:\\.|(?!\1)[^\\])*\1|`([a-zA-Z0-9_.\-/ ]+)`/gsu

/** Fields with names in backquotes (langdef, "Field selection"), which the parser does not know, under names of the same length that it does. */
function unquoted(source: string, quoted: string[]): string {
  if (!source.includes('`')) return source
  return source.replace(
    textOrQuoted,
    (whole: string, _quote: string | undefined, name: string | undefined) => {
      if (name === undefined) return whole
      const stand = `${standIn}${String.fromCharCode(97 + quoted.length)}`.padEnd(whole.length, '_')
      quoted.push(stand, name)
      return quoted.length > 50 ? whole : stand
    },
  )
}

/** Nobody else begins a name so. */
const standIn = '_q'

function requoted(expr: Expr, quoted: readonly string[]): Expr {
  const named = (name: string): string => {
    const at = quoted.indexOf(name)
    return at === -1 ? name : quoted[at + 1]!
  }
  partsOf(expr).forEach((part) => requoted(part, quoted))
  const { exprKind: kind } = expr
  if (kind.case === 'selectExpr') kind.value.field = named(kind.value.field)
  else if (kind.case === 'structExpr')
    for (const entry of kind.value.entries)
      if (entry.keyKind.case === 'fieldKey') entry.keyKind.value = named(entry.keyKind.value)
  return expr
}
