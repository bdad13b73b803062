import { isDeepStrictEqual } from 'node:util'
import { compile } from '../../expressions/expression.ts'
import type { Expression } from '../../expressions/expression.ts'
import type { ImportedExpression, ImportReport } from '../../import/report.ts'
import type { openReference } from './reference.ts'
import { sampleCount, sampleScope } from './samples.ts'

type Reference = Awaited<ReturnType<typeof openReference>>

/** `equal`: on every sample where JavaScript gives a value, and there is one, CEL gives the same. */
export type ExpressionScore = 'equal' | 'differs' | 'no-value' | 'no-cel' | 'not-converted'

const nowMs = Date.UTC(2026, 10, 27, 18, 30, 15)

/** Holds a converted expression against what n8n's JavaScript gives on sample items. */
export function scoreExpression(
  expression: ImportedExpression,
  { format, parts }: Pick<ImportReport, 'format' | 'parts'>,
  { parameters, ...workflow }: { id: string; name: string; parameters: Record<string, unknown> },
  reference: Reference,
): { score: ExpressionScore; why?: string } {
  if (expression.cel === null)
    return { score: 'not-converted', ...(expression.why === undefined ? {} : { why: expression.why }) }
  let compiled: Expression
  try {
    compiled = compile(expression.cel)
  } catch (error) {
    return { score: 'no-cel', why: String(error) }
  }
  // What is no JavaScript has only to lead to a value: it is a path, which says the same by its form.
  if (format !== 'n8n') {
    try {
      compiled.evaluate(
        sampleScope(expression.cel, expression.source, compiled.reads as (string | number)[][], 0, nowMs),
      )
      return { score: 'equal' }
    } catch (error) {
      return { score: 'no-value', why: String(error) }
    }
  }
  const own = parts.find(({ place }) => expression.place.startsWith(`${place}/`))
  const takes = cel(own?.takes ?? 'input')
  const named = [
    ...expression.source.matchAll(/\$(?:node|items)?[([]\s*(["'`])((?:(?!\1).)+)\1|\$node\.(\w+)/g),
  ].map((match) => match[2] ?? match[3]!)
  const around = new Set(own?.step?.split('.').slice(0, -1))
  const seen = new Map(
    named.map((name) => {
      const part = parts.find(({ place }) => place === `nodes/${name}`)
      const isInside = part?.each !== undefined && around.has(part.step?.split('.').at(-1) ?? '')
      return [name, cel(isInside ? part.each : part?.gives)]
    }),
  )
  // Only what it reads: a workflow's settings hold all its code.
  const settings = Object.fromEntries(
    /\bparam/.test(expression.source) ? named.map((name) => [name, parameters[name]]) : [],
  )
  let compared = 0
  for (let number = 0; number < sampleCount; number++) {
    const scope = sampleScope(
      expression.cel,
      expression.source,
      compiled.reads as (string | number)[][],
      number,
      nowMs,
    )
    const value = (read: Expression | null): unknown => {
      try {
        return read?.evaluate(scope)
      } catch {
        return undefined
      }
    }
    const outputs: Record<string, unknown> = {}
    for (const [name, read] of seen) outputs[name] = value(read) ?? null
    const expected = reference.evaluate(expression.source, {
      json: value(takes) ?? null,
      outputs,
      settings: value(cel('steps.settings.output')) ?? {},
      parameters: settings,
      workflow,
      runId: 'run-1',
      nowMs,
    })
    if (expected === null) continue
    compared += 1
    let given: unknown
    try {
      given = compiled.evaluate(scope)
    } catch (error) {
      return { score: 'differs', why: `sample ${number}: wanted ${show(expected.value)}; ${String(error)}` }
    }
    if (!isSame(expected.value, given))
      return { score: 'differs', why: `sample ${number}: wanted ${show(expected.value)}, got ${show(given)}` }
  }
  return compared > 0 ? { score: 'equal' } : { score: 'no-value' }
}

const read = new Map<string, Expression | null>()
function cel(text: string | undefined): Expression | null {
  if (text === undefined) return null
  if (!read.has(text)) {
    try {
      read.set(text, compile(text))
    } catch {
      read.set(text, null)
    }
  }
  return read.get(text) ?? null
}

const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80)

/** Equal as JSON; numbers to 12 digits; two texts that are the same moment (n8n writes thousandths, CEL does not). */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a))
  if (typeof a === 'string' && typeof b === 'string' && a !== b)
    return moment.test(a) && moment.test(b) && Date.parse(a) === Date.parse(b)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => isSame(each, b[at]))
  return isDeepStrictEqual(a, b)
}
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
