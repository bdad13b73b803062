import { isMap, isScalar, parseDocument } from 'yaml'
import { valueOfYaml } from './yaml-values.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { constraintKeywords } from '../facts/shape.ts'
import type { Module } from '../parse/ir.ts'
import type { Site } from '../resolve/values.ts'

/** An operation as an OpenAPI file has it. */
export interface DescribedOperation {
  method: string
  /** Path template, with the path of the file's first server before it. */
  path: string
  /** The same without the server's path. */
  ownPath: string
  operationId: string
  /** The module that answers it, where the description says which. */
  controller: string
  tags: string[]
  /** Names of what says who may call it. */
  security: string[]
  summary: string
  parameters: { in: string; name: string; shape: Shape; isRequired: boolean; constraints: Constraint[] }[]
  body: { mediaType: string; shape: Shape; isRequired: boolean } | null
  statuses: number[]
  site: Site
}

interface Schema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  allOf?: Schema[]
  [keyword: string]: unknown
}
interface Parameter extends Schema {
  name?: string
  in?: string
  schema?: Schema
}
interface Described {
  operationId?: string
  tags?: string[]
  security?: unknown
  summary?: string
  parameters?: Parameter[]
  requestBody?: { $ref?: string; required?: boolean; content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, unknown>
  [extension: `x-${string}`]: unknown
}

// A file may have anything where a list belongs.
const listed = (value: unknown): Parameter[] => (Array.isArray(value) ? (value as Parameter[]) : [])

// swagger-node and swagger-tools, exegesis, express-openapi-validator: which module answers, for an operation or all of a path, and by which of its functions.
const controllerOf = (given: Described): string => {
  const named =
    given['x-swagger-router-controller'] ??
    given['x-openapi-router-controller'] ??
    given['x-exegesis-controller'] ??
    given['x-eov-operation-handler']
  return typeof named === 'string' ? named : ''
}
const namedHandler = (given: Described): string | undefined => {
  const named = given['x-eov-operation-id'] ?? given['x-exegesis-operationId']
  return typeof named === 'string' ? named : undefined
}

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
const maxTextLength = 4_000_000

// A description that a program fills in as it sends it: what only decides on lines says nothing, all else keeps its place (Go's text/template, Jinja, Handlebars).
const withoutDirectives = (text: string): string =>
  text.replaceAll(/^(?:[ \t]*\{[{%][^{}\n]*[}%]\})+[ \t]*$/gm, (line) => ' '.repeat(line.length))

/** Operations of an OpenAPI 3 or Swagger 2 file, YAML or JSON; empty where it is none. Each with its place in the file. */
export function describedOperations(path: string, text: string): DescribedOperation[] {
  if (text.length > maxTextLength || !/["']?(?:openapi|swagger)["']?\s*:/.test(text.slice(0, 20_000)))
    return []
  const document = parseDocument(withoutDirectives(text), { uniqueKeys: false, logLevel: 'error' })
  const api = valueOfYaml(document, { maxAliasCount: -1 }) as Record<string, unknown> | null
  const paths: unknown = document.get('paths', true)
  if (!api || !isMap(paths)) return []
  const module: Module = { path, language: 'javascript', text, package: '', body: [], broken: [] }
  const follow = follower(api)
  const base = basePath(api)
  return paths.items.flatMap(({ key, value }) => {
    const template = isScalar(key) ? String(key.value) : ''
    if (!template.startsWith('/') || !isMap(value)) return []
    const item = (api['paths'] as Record<string, Record<string, unknown>>)[template] ?? {}
    const shared = listed(item['parameters'])
    return value.items.flatMap((pair): DescribedOperation[] => {
      const method = isScalar(pair.key) ? String(pair.key.value) : ''
      if (!methods.includes(method) || !isMap(pair.value) || !isScalar(pair.key)) return []
      const operation = (item[method] ?? {}) as Described
      const [start = 0] = pair.key.range ?? []
      const [, end = start] = pair.value.range ?? []
      const inputs = [...shared, ...listed(operation.parameters)]
        .map((one) => follow(one))
        .filter((one) => one !== undefined)
      const body = follow(operation.requestBody)
      const [media] = Object.entries(body?.content ?? {})
      const old = inputs.find((one) => one.in === 'body')
      return [
        {
          method: method.toUpperCase(),
          path: `${base}${template}`.replace(/(?<=.)\/$/, ''),
          ownPath: template,
          operationId: namedHandler(operation) ?? operation.operationId ?? '',
          controller: controllerOf(operation) || controllerOf(item),
          tags: operation.tags ?? [],
          security: namesOf(operation.security ?? api['security']),
          summary: operation.summary ?? '',
          parameters: inputs.flatMap((one) => {
            if (one.in === 'body' || one.name === undefined || one.in === undefined) return []
            const schema = follow(one.schema) ?? one
            return [
              {
                in: one.in === 'formData' ? 'form' : one.in,
                name: one.in === 'header' ? one.name.toLowerCase() : one.name,
                shape: shapeOf(schema, follow),
                isRequired: one.in === 'path' || (one as { required?: unknown }).required === true,
                constraints: constraintsOf(schema),
              },
            ]
          }),
          body: media
            ? {
                mediaType: media[0],
                shape: shapeOf(media[1].schema, follow),
                isRequired: body?.required === true,
              }
            : old
              ? { mediaType: 'application/json', shape: shapeOf(old.schema, follow), isRequired: true }
              : null,
          statuses: Object.keys(operation.responses ?? {})
            .filter((status) => /^\d{3}$/.test(status))
            .map(Number),
          site: { module, start, end, symbol: `${method.toUpperCase()} ${template}` },
        },
      ]
    })
  })
}

const namesOf = (security: unknown): string[] => [
  ...new Set(listed(security).flatMap((one) => Object.keys(one))),
]

type Follow = <T extends { $ref?: string }>(value: T | undefined) => T | undefined

function follower(api: Record<string, unknown>): Follow {
  return <T extends { $ref?: string }>(value: T | undefined) => {
    let at: unknown = value
    for (let hop = 0; hop < 8; hop++) {
      const ref = (at as Schema | undefined)?.$ref
      if (typeof ref !== 'string') return at as T | undefined
      if (!ref.startsWith('#/')) return undefined
      at = ref
        .slice(2)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
        .reduce<unknown>((inside, part) => (inside as Record<string, unknown> | undefined)?.[part], api)
    }
    return undefined
  }
}

function basePath(api: Record<string, unknown>): string {
  const [server] = (api['servers'] ?? []) as { url?: string }[]
  const given = typeof api['basePath'] === 'string' ? api['basePath'] : (server?.url ?? '')
  const path = given.replace(/^[^/]*:\/\/[^/]*/, '').replace(/\/$/, '')
  // What a gateway's set-up, or the program, fills in is its path.
  return path.includes('${') || given.includes('{{') ? '' : path
}

function shapeOf(given: Schema | undefined, follow: Follow, depth = 0): Shape {
  const schema = follow(given)
  if (!schema || depth > 4) return { type: 'unknown' }
  const type = [schema.type].flat().find((one) => one !== 'null')
  if (schema.properties || schema.allOf) return { type: 'object', fields: fieldsOf(schema, follow, depth) }
  if (type === 'array') return { type: 'array', items: shapeOf(schema.items, follow, depth + 1) }
  if (type === 'object') return { type: 'map', values: { type: 'unknown' } }
  if (type === 'string' && schema['format'] === 'binary') return { type: 'file' }
  if (type === 'string' || type === 'number' || type === 'integer' || type === 'boolean') return { type }
  return { type: 'unknown' }
}

// What is only in answers is not asked of requests ("Schema Object", `readOnly`).
function fieldsOf(schema: Schema, follow: Follow, depth: number): Field[] {
  const isRequired = (name: string) => schema.required?.includes(name) ?? false
  const inherited = (schema.allOf ?? []).flatMap((one) => {
    const part = follow(one)
    return part && depth < 5 ? fieldsOf(part, follow, depth + 1) : []
  })
  const own = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    shape: shapeOf(field, follow, depth + 1),
    isRequired: isRequired(name) && field.readOnly !== true && follow(field)?.readOnly !== true,
    constraints: constraintsOf(follow(field) ?? {}),
  }))
  return [...inherited.map((one) => ({ ...one, isRequired: one.isRequired || isRequired(one.name) })), ...own]
}

function constraintsOf(schema: Schema): Constraint[] {
  return constraintKeywords.flatMap((keyword): Constraint[] => {
    const value = exclusive(schema)[keyword]
    if (keyword === 'format' && !/^(?:email|uuid|uri)$/.test(String(value))) return []
    return typeof value === 'number' || typeof value === 'string' || Array.isArray(value)
      ? [{ keyword, value: value as Constraint['value'] }]
      : []
  })
}

// OpenAPI 3.0 says of a bound with a flag beside it that the bound itself does not fit ("Schema Object"), 3.1 by a bound of its own.
function exclusive(schema: Schema): Schema {
  const made = { ...schema }
  for (const [bound, flag] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const)
    if (schema[flag] === true) {
      made[flag] = schema[bound]
      delete made[bound]
    }
  return made
}
