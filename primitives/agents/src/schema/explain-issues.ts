import type { OutputUnit } from '@hyperjump/json-schema/draft-2020-12'
import { valueAt } from './json-pointer.ts'

/** One thing that is wrong with a value. */
export interface SchemaIssue {
  /** JSON Pointer of the value (RFC 6901): `/items/0/name`; empty for the whole. */
  path: string
  /** What was expected there, to be read after `must`: `be a string`, `have the property "id"`. */
  expected: string
  /** JSON Pointer of the keyword in the schema. */
  rule: string
}

/** The faults of a value, out of the validator's tree of failed keywords: each at the deepest place that failed. */
export function explainIssues(units: readonly OutputUnit[], schema: unknown, value: unknown): SchemaIssue[] {
  const found = new Map<string, SchemaIssue>()
  for (const issue of units.flatMap((unit) => explain(unit, schema, value)))
    found.set(`${issue.path}\n${issue.expected}`, issue)
  return [...found.values()]
}

function explain(unit: OutputUnit, schema: unknown, value: unknown): SchemaIssue[] {
  const path = decodeURIComponent(unit.instanceLocation.replace(/^[^#]*#/, ''))
  const rule = decodeURIComponent(unit.absoluteKeywordLocation.replace(/^[^#]*#/, ''))
  const issue = (expected: string): SchemaIssue[] => [{ path, expected, rule }]
  const inner = unit.errors ?? []
  const name = unit.keyword.slice(unit.keyword.lastIndexOf('/') + 1)
  if ((name === 'anyOf' || name === 'oneOf') && inner.length > 0)
    return nearestForm(unit, rule, schema, value)
  if (name === 'anyOf' || name === 'oneOf') return issue('fit exactly one of the forms; it fits several')
  if (name === 'contains' && inner.length > 0) return issue('have an item of the wanted form')
  if (inner.length > 0) return inner.flatMap((each) => explain(each, schema, value))

  const given = valueAt(value, path)
  // References into embedded documents lead to places that are not in this schema: the limit is not known there.
  const limit = valueAt(schema, rule)
  if (name === 'required' && Array.isArray(limit)) {
    const has = (property: unknown): boolean =>
      typeof given === 'object' && given !== null && Object.hasOwn(given, String(property))
    return limit
      .filter((property) => !has(property))
      .map((property) => ({ path, rule, expected: `have the property ${JSON.stringify(property)}` }))
  }
  return issue(expectation(name, limit, rule, schema))
}

function expectation(keyword: string, limit: unknown, rule: string, schema: unknown): string {
  const quoted = JSON.stringify(limit)?.slice(0, 200) ?? 'as the schema says'
  switch (keyword) {
    case 'type':
      return `be ${listed((Array.isArray(limit) ? limit : [limit]).map(noun))}`
    case 'enum':
      return `be ${
        Array.isArray(limit)
          ? `one of ${limit
              .slice(0, 20)
              .map((each) => JSON.stringify(each))
              .join(', ')}${limit.length > 20 ? ', …' : ''}`
          : quoted
      }`
    case 'const':
      return `be ${quoted}`
    case 'minimum':
      return `be at least ${quoted}`
    case 'maximum':
      return `be at most ${quoted}`
    case 'exclusiveMinimum':
      return `be more than ${quoted}`
    case 'exclusiveMaximum':
      return `be less than ${quoted}`
    case 'multipleOf':
      return `be a multiple of ${quoted}`
    case 'minLength':
      return `have at least ${quoted} characters`
    case 'maxLength':
      return `have at most ${quoted} characters`
    case 'minItems':
      return `have at least ${quoted} items`
    case 'maxItems':
      return `have at most ${quoted} items`
    case 'minProperties':
      return `have at least ${quoted} properties`
    case 'maxProperties':
      return `have at most ${quoted} properties`
    case 'uniqueItems':
      return 'have no item twice'
    case 'pattern':
      return `match ${typeof limit === 'string' ? `/${limit}/` : quoted}`
    case 'format':
    case 'format-assertion':
      return `be of the format ${quoted}`
    case 'not':
      return 'not be of the form that is ruled out'
    case 'dependentRequired':
    case 'dependencies':
      return 'have the properties that another one calls for'
    case 'validate':
      return notThere(rule, schema)
    default:
      return `fit the schema's ${keyword}`
  }
}

/** Said where the schema is plain `false`. */
function notThere(rule: string, schema: unknown): string {
  const parent = /^(.*)\/(?:additional|unevaluated)Properties$/.exec(rule)
  if (parent === null) return 'not be there'
  const properties = valueAt(schema, `${parent[1]}/properties`)
  const known = typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
  return known.length === 0 ? 'not be there' : `not be there; known are ${known.slice(0, 20).join(', ')}`
}

/** What is wrong by the form that fits best: one of the right type, with the fewest faults. */
function nearestForm(unit: OutputUnit, rule: string, schema: unknown, value: unknown): SchemaIssue[] {
  const path = decodeURIComponent(unit.instanceLocation.replace(/^[^#]*#/, ''))
  const forms = new Map<string, OutputUnit[]>()
  for (const inner of unit.errors ?? []) {
    const at = decodeURIComponent(inner.absoluteKeywordLocation.replace(/^[^#]*#/, ''))
    const form = at.startsWith(`${rule}/`) ? (at.slice(rule.length + 1).split('/', 1)[0] ?? '') : at
    forms.set(form, [...(forms.get(form) ?? []), inner])
  }
  const issues = [...forms.values()].map((units) => explainIssues(units, schema, value))
  const ofType = issues.filter(
    (form) => !form.some((issue) => issue.path === path && /\/type$|\/const$|\/enum$/.test(issue.rule)),
  )
  const best = ofType.toSorted((a, b) => a.length - b.length)[0]
  if (best && (ofType.length === 1 || ofType.length < issues.length)) return best
  const said = [...new Set(issues.map((form) => form[0]?.expected ?? ''))]
  return [
    { path, rule, expected: said.length <= 4 ? said.join(', or ') : `fit one of ${issues.length} forms` },
  ]
}

const nouns: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
}
const noun = (type: unknown): string => nouns[String(type)] ?? 'of the type that the schema says'
const listed = (words: readonly string[]): string => words.join(' or ')
