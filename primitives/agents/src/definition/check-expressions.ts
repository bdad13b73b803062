import { ExpressionError } from '../expressions/errors.ts'
import { compile } from '../expressions/expression.ts'
import type { Expression } from '../expressions/expression.ts'
import type { Path } from '../expressions/flow.ts'
import { parseTemplate, TemplateError } from '../expressions/template.ts'
import { typeOf } from '../expressions/typing.ts'
import type { Names } from '../expressions/typing.ts'
import { any, either, mayBe, typeOfJson, typeOfSchema, typeText } from '../expressions/types.ts'
import type { Type } from '../expressions/types.ts'

export interface CheckedTemplate {
  type: Type
  problems: {
    code: string
    message: string
    at: Path
    offset?: number
    /** The name that is not there. */
    field?: string
  }[]
}

/** A CEL expression that stands by itself. */
export function checkExpression(source: string, names: Names, wanted: Type = any): CheckedTemplate {
  let expression: Expression
  try {
    expression = compile(source)
  } catch (error) {
    return { type: any, problems: [unreadable(error, [])] }
  }
  const { type, problems } = typeOf(expression, names)
  const found: CheckedTemplate['problems'] = problems.map((problem) => ({ ...problem, at: [] }))
  if (found.length === 0 && !mayBe(type, wanted))
    found.push({
      code: 'wrong-type',
      at: [],
      message: `${typeText(wanted)} is expected here, and the expression gives ${typeText(type)}.`,
    })
  return { type, problems: found }
}

/** JSON with `${CEL}` in its strings, against the JSON Schema that its value has to fit, where there is one. */
export function checkTemplate(template: unknown, names: Names, schema?: unknown): CheckedTemplate {
  const problems: CheckedTemplate['problems'] = []
  const type = visit(template, [], names, schema === undefined ? any : typeOfSchema(schema), problems)
  return { type, problems }
}

function visit(
  template: unknown,
  at: Path,
  names: Names,
  wanted: Type,
  problems: CheckedTemplate['problems'],
): Type {
  if (typeof template === 'string') return visitText(template, at, names, wanted, problems)
  if (Array.isArray(template)) {
    const of = wanted.kind === 'list' ? wanted.of : any
    return {
      kind: 'list',
      of: either(template.map((item, index) => visit(item, [...at, index], names, of, problems))),
    }
  }
  if (typeof template === 'object' && template !== null) {
    const fields: Record<string, Type> = {}
    for (const [key, value] of Object.entries(template)) {
      const of =
        wanted.kind === 'record'
          ? Object.hasOwn(wanted.fields, key)
            ? wanted.fields[key]!
            : (wanted.rest ?? any)
          : any
      fields[key] = visit(value, [...at, key], names, of, problems)
    }
    return { kind: 'record', fields, rest: null }
  }
  return typeOfJson(template ?? null)
}

function visitText(
  text: string,
  at: Path,
  names: Names,
  wanted: Type,
  problems: CheckedTemplate['problems'],
): Type {
  let template
  try {
    template = parseTemplate(text)
  } catch (error) {
    problems.push(unreadable(error, at))
    return any
  }
  let whole: Type = { kind: 'string' }
  for (const { expression, offset, isWhole } of template.expressions) {
    const { type, problems: found } = typeOf(expression, names)
    for (const problem of found) problems.push({ ...problem, at, offset: offset + problem.offset })
    if (!isWhole) continue
    whole = type
    if (found.length === 0 && !mayBe(type, wanted))
      problems.push({
        code: 'wrong-type',
        at,
        message: `${typeText(wanted)} is expected here, and \`${text}\` gives ${typeText(type)}.`,
      })
  }
  return whole
}

/** True where a condition reads nothing and always comes to this. */
export function alwaysIs(source: string | undefined, value: boolean): boolean {
  if (source === undefined) return false
  try {
    const expression = compile(source)
    return expression.reads.length === 0 && expression.evaluate({}) === value
  } catch {
    return false
  }
}

function unreadable(error: unknown, at: Path): CheckedTemplate['problems'][number] {
  if (!(error instanceof ExpressionError)) throw error
  return {
    code: error.code,
    message: error.message,
    at: error instanceof TemplateError ? [...at, ...error.at] : at,
    ...(error.offset === undefined ? {} : { offset: error.offset }),
  }
}
