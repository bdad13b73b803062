import type { Route } from '@heavylift/core'
import type { z } from 'zod'
import type { Part } from '../part.ts'
import { SchemaBook } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'

export interface DocumentOptions {
  version: string
  /** Where the API is reached, e.g. `http://127.0.0.1:4280`. */
  server: string
}

const problemRef = { $ref: '#/components/schemas/Problem' }

const problemSchema: JsonSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'details', 'id'],
      properties: {
        code: { type: 'string', description: 'Stable; branch on it.' },
        message: { type: 'string', description: 'What went wrong and what to do; may change.' },
        details: { description: 'Structured facts, or null.' },
        id: { type: 'string', description: 'The request id, also in the log.' },
      },
    },
  },
}

/** The OpenAPI 3.1 document of all routes, from the same data that the server runs. */
export function openApiDocument(parts: readonly Part[], options: DocumentOptions): JsonSchema {
  const book = new SchemaBook()
  book.components['Problem'] = problemSchema
  const paths: Record<string, Record<string, unknown>> = {}
  for (const part of parts) {
    for (const route of part.routes) {
      const path = (part.prefix + route.path).replace(/:(\w+)/g, '{$1}')
      paths[path] ??= {}
      paths[path][route.method] = operation(route, part, book)
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Heavylift',
      version: options.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Every system of this installation. On loopback no key is needed; else send `Authorization: Bearer <key>`. ' +
        'The scope `admin` covers `operator`, which covers `storefront`.',
    },
    servers: [{ url: options.server }],
    tags: parts.map((part) => ({ name: part.name })),
    paths,
    components: {
      schemas: book.components,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key.' } },
    },
  }
}

function operation(route: Route, part: Part, book: SchemaBook): Record<string, unknown> {
  const id = `${part.name}_${route.method}${route.path}`.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')
  return {
    operationId: id,
    summary: route.summary,
    tags: [part.name],
    security: route.access === 'public' ? [] : [{ key: [] }],
    'x-heavylift-access': route.access,
    ...orNothing('parameters', [...pathParameters(route, book, id), ...queryParameters(route, book, id)]),
    ...requestBody(route, book, id),
    responses: responses(route, book, id),
  }
}

const orNothing = (name: string, list: unknown[]): Record<string, unknown> =>
  list.length === 0 ? {} : { [name]: list }

interface ObjectSchema {
  properties: Record<string, JsonSchema>
  required: string[]
}

/** The fields of an object schema; a union's or an intersection's fields, none required, since which ones depends. */
function fieldsOf(schema: JsonSchema): ObjectSchema {
  const branches = [schema['allOf'], schema['anyOf'], schema['oneOf']].flatMap((list) =>
    Array.isArray(list) ? (list as JsonSchema[]) : [],
  )
  const properties = { ...((schema['properties'] ?? {}) as Record<string, JsonSchema>) }
  for (const branch of branches) Object.assign(properties, fieldsOf(branch).properties)
  const required = branches.length === 0 && Array.isArray(schema['required']) ? schema['required'] : []
  return { properties, required: required as string[] }
}

function fields(schema: z.ZodType | null, book: SchemaBook, name: string): ObjectSchema {
  if (!schema) return { properties: {}, required: [] }
  const converted = book.add(schema, 'input', name)
  const reference = converted['$ref']
  const component =
    typeof reference === 'string' ? book.components[reference.split('/').at(-1) ?? ''] : undefined
  return fieldsOf(component ?? converted)
}

function pathParameters(route: Route, book: SchemaBook, id: string): unknown[] {
  const { properties } = fields(route.params, book, `${id}_path`)
  return Array.from(route.path.matchAll(/:(\w+)/g), ([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: properties[name] ?? { type: 'string' },
  }))
}

function queryParameters(route: Route, book: SchemaBook, id: string): unknown[] {
  const { properties, required } = fields(route.query, book, `${id}_query`)
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
}

function requestBody(route: Route, book: SchemaBook, id: string): Record<string, unknown> {
  if (route.bodyType === 'stream') {
    const description = `A stream of bytes, at most ${route.maxBodyBytes}.`
    return { requestBody: { required: true, description, content: { 'application/octet-stream': {} } } }
  }
  if (!route.body) return {}
  const schema = book.add(route.body, 'input', `${id}_body`)
  const required = !route.body.safeParse(undefined).success
  return { requestBody: { required, content: { 'application/json': { schema } } } }
}

/** One server-sent event: which names there are, and what the data of each holds. */
function eventSchema(events: Record<string, z.ZodType>, book: SchemaBook, id: string): JsonSchema {
  const oneOf = Object.entries(events).map(([name, schema]) => ({
    type: 'object',
    properties: {
      event: { const: name },
      data: {
        type: 'string',
        contentMediaType: 'application/json',
        contentSchema: book.add(schema, 'output', `${id}_${name}`),
      },
    },
  }))
  return { oneOf }
}

function responses(route: Route, book: SchemaBook, id: string): Record<string, unknown> {
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problemRef } },
  })
  const content = {
    ...(route.response
      ? { 'application/json': { schema: book.add(route.response, 'output', `${id}_response`) } }
      : {}),
    ...(route.events ? { 'text/event-stream': { schema: eventSchema(route.events, book, id) } } : {}),
    ...Object.fromEntries((route.media ?? []).map((type) => [type, {}])),
  }
  const takesInput = route.params !== null || route.query !== null || route.body !== null
  return {
    '200': {
      description: Object.keys(content).length > 0 ? 'Done.' : 'A file or nothing (then the status is 204).',
      content: Object.keys(content).length > 0 ? content : { '*/*': {} },
    },
    ...(takesInput ? { '400': problem('The request does not fit the schemas.') } : {}),
    ...(route.access === 'public'
      ? {}
      : {
          '401': problem('No key, or not one of ours.'),
          '403': problem(
            route.reach === 'installation'
              ? 'The scope is too low, or it is for the main tenant only.'
              : "The key's scope is too low.",
          ),
        }),
    ...(route.path.includes(':') ? { '404': problem('This tenant has no such thing.') } : {}),
    default: problem('Any other error.'),
  }
}
