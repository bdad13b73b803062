import { ExpressionError } from './errors.ts'
import { compile } from './expression.ts'
import type { Expression, Scope } from './expression.ts'
import { defaultLimits } from './cost.ts'
import type { ExpressionLimits } from './cost.ts'
import { mix, pathsOf, writtenText } from './flow.ts'
import type { Flow, Path } from './flow.ts'
import type { Json } from './json.ts'

/** An expression inside a template. */
export interface Placed {
  /** Keys from the template's root to the string that holds it. */
  at: Path
  /** Offset of the expression in that string, in UTF-16 units. */
  offset: number
  expression: Expression
  /** The string is this one expression, whose type it keeps. */
  isWhole: boolean
}

/** JSON whose strings may hold `${CEL}`. A string that is one `${CEL}` keeps the type of its value; `$${` is a plain `${`. */
export interface Template {
  readonly expressions: readonly Placed[]
  readonly flow: Flow
  readonly reads: readonly Path[]
  /** Throws `ExpressionError` as `Expression.evaluate` does. */
  render(scope: Scope, limits?: ExpressionLimits): Json
}

/** Thrown by `parseTemplate`: the failure of one expression, with the string that holds it. */
export class TemplateError extends ExpressionError {
  readonly at: Path

  constructor(at: Path, offset: number, cause: ExpressionError) {
    super({
      code: cause.code as 'expression-syntax',
      message: cause.message,
      offset: offset + (cause.offset ?? 0),
      cause,
    })
    this.at = at
  }
}

/** Reads a template once. Throws `TemplateError` for the first expression that cannot be read. */
export function parseTemplate(template: unknown): Template {
  const expressions: Placed[] = []
  const node = parseNode(template, [], expressions)
  return {
    expressions,
    flow: node.flow,
    reads: pathsOf(node.flow),
    render: (scope, limits = defaultLimits) => node.render(scope, limits),
  }
}

interface Node {
  flow: Flow
  render(scope: Scope, limits: ExpressionLimits): Json
}

function parseNode(template: unknown, at: Path, found: Placed[]): Node {
  if (typeof template === 'string') return parseString(template, at, found)
  if (Array.isArray(template)) {
    const items = template.map((item, index) => parseNode(item, [...at, index], found))
    return {
      flow: { kind: 'list', items: items.map((item) => item.flow) },
      render: (scope, limits) => items.map((item) => item.render(scope, limits)),
    }
  }
  if (typeof template === 'object' && template !== null) {
    const fields = Object.entries(template).map(
      ([key, value]) => [key, parseNode(value, [...at, key], found)] as const,
    )
    return {
      flow: { kind: 'record', fields: fields.map(([key, node]) => [key, node.flow]) },
      render: (scope, limits) =>
        Object.fromEntries(fields.map(([key, node]) => [key, node.render(scope, limits)])),
    }
  }
  return { flow: writtenText, render: () => (template ?? null) as Json }
}

function parseString(text: string, at: Path, found: Placed[]): Node {
  const parts = splitString(text, at)
  const placed: Placed[] = []
  for (const part of parts) {
    if (typeof part === 'string') continue
    placed.push({
      at,
      offset: part.offset,
      expression: compileAt(part.source, at, part.offset),
      isWhole: parts.length === 1,
    })
  }
  found.push(...placed)
  const only = placed[0]
  if (only === undefined) {
    const plain = parts.filter((part) => typeof part === 'string').join('')
    return { flow: writtenText, render: () => plain }
  }
  if (only.isWhole)
    return {
      flow: only.expression.flow,
      render: (scope, limits) => evaluateAt(only, scope, limits),
    }
  return {
    flow: mix(placed.map((one) => one.expression.flow)),
    render(scope, limits) {
      let next = 0
      let rendered = ''
      for (const part of parts)
        rendered += typeof part === 'string' ? part : asText(evaluateAt(placed[next++]!, scope, limits))
      if (rendered.length > limits.size)
        throw new ExpressionError({
          code: 'expression-cost',
          message: `The text would have more than ${limits.size} characters. Put less into it.`,
        })
      return rendered
    },
  }
}

function compileAt(source: string, at: Path, offset: number): Expression {
  try {
    return compile(source)
  } catch (error) {
    throw error instanceof ExpressionError ? new TemplateError(at, offset, error) : error
  }
}

function evaluateAt(placed: Placed, scope: Scope, limits: ExpressionLimits): Json {
  try {
    return placed.expression.evaluate(scope, limits)
  } catch (error) {
    throw error instanceof ExpressionError ? new TemplateError(placed.at, placed.offset, error) : error
  }
}

/** A value inside a text: text as it is, nothing for null, lists and objects as JSON. */
function asText(value: Json): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function splitString(text: string, at: Path): (string | { source: string; offset: number })[] {
  const parts: (string | { source: string; offset: number })[] = []
  let plain = ''
  for (let i = 0; i < text.length;) {
    if (text.startsWith('$${', i)) {
      plain += '${'
      i += 3
    } else if (text.startsWith('${', i)) {
      const end = closingBrace(text, i + 2)
      if (end === -1)
        throw new TemplateError(
          at,
          i,
          new ExpressionError({
            code: 'expression-syntax',
            message: 'A ${ has no closing }. Write $${ where the text itself is meant.',
          }),
        )
      if (plain !== '') parts.push(plain)
      plain = ''
      parts.push({ source: text.slice(i + 2, end), offset: i + 2 })
      i = end + 1
    } else plain += text[i++]!
  }
  if (plain !== '') parts.push(plain)
  return parts
}

/** Where the brace is that ends the expression which begins at `from`; braces of maps and those inside texts do not count. -1 if there is none. */
function closingBrace(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const char = text[i]!
    if (char === '"' || char === "'") {
      const isRaw = /[rR]/.test(text[i - 1] ?? '') && !/[\w.]/.test(text[i - 2] ?? ' ')
      const quote = text.startsWith(char.repeat(3), i) ? char.repeat(3) : char
      for (i += quote.length; i < text.length && !text.startsWith(quote, i); i++)
        if (text[i] === '\\' && !isRaw) i++
      i += quote.length - 1
    } else if (char === '{') depth++
    else if (char === '}' && depth-- === 0) return i
  }
  return -1
}
