import { STATUS_CODES } from 'node:http'
import type { Credential, FactOf } from '../facts/fact.ts'
import { distinctCredentials } from '../packs/credentials.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { factsOf } from '../facts/fact-set.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { withoutNull } from '../facts/shape.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** OpenAPI 3.1, 4.8.12.1: headers of these names are no parameters. */
const unlisted = new Set(['accept', 'content-type', 'authorization'])

/** The facts of one service, or of all, as OpenAPI 3.1. What is only declared is left out: that is where it came from. */
export function openApiOf(set: FactSet, service: string | null): Json {
  const facts = set.facts.filter(
    (fact) => (service === null || fact.service === service) && fact.grade !== 'declared',
  )
  const paths: Record<string, Record<string, Json>> = {}
  const sorted = factsOf(facts, 'operation').toSorted((a, b) =>
    `${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1,
  )
  for (const { id, method, path, summary, handler } of sorted) {
    const parts = facts.filter((fact) => 'operation' in fact && fact.operation === id)
    const body = factsOf(parts, 'body')
    const responses: Record<string, Json> = {}
    for (const { status, shape, mediaType } of factsOf(parts, 'response').toSorted(
      (a, b) => a.status - b.status,
    ))
      responses[status] = {
        description: STATUS_CODES[status] ?? '',
        ...(shape.type === 'unknown' || shape.type === 'null'
          ? {}
          : { content: { [mediaType || 'application/json']: { schema: schemaOf(shape) } } }),
      }
    for (const { status, message, shape } of factsOf(parts, 'error').toSorted((a, b) => a.status - b.status))
      responses[status] ??= {
        description: message || (STATUS_CODES[status] ?? ''),
        ...(shape.type === 'unknown' ? {} : { content: { 'application/json': { schema: schemaOf(shape) } } }),
      }
    const item = (paths[path.replaceAll('*}', '}')] ??= {})
    for (const verb of method === '*' ? ['get', 'post', 'put', 'patch', 'delete'] : [method.toLowerCase()])
      item[verb] = {
        ...(summary === '' ? {} : { summary }),
        ...(handler === '' || method === '*' ? {} : { operationId: `${handler}.${id.slice(-6)}` }),
        parameters: factsOf(parts, 'parameter')
          .filter(
            (one) => one.in !== 'form' && !(one.in === 'header' && unlisted.has(one.name.toLowerCase())),
          )
          .toSorted((a, b) =>
            `${a.in} ${a.position} ${a.name}` < `${b.in} ${b.position} ${b.name}` ? -1 : 1,
          )
          .map((one) => ({
            name: one.name,
            in: one.in,
            required: one.in === 'path' || one.isRequired,
            schema: {
              ...schemaObject(one.shape),
              ...constraintsOf(one.constraints),
              ...(one.default === undefined ? {} : { default: JSON.parse(one.default) as Json }),
            },
          })),
        ...(body.length === 0
          ? {}
          : {
              requestBody: {
                required: body.some(({ isRequired }) => isRequired),
                content: Object.fromEntries(
                  body.map(({ mediaType, shape }) => [
                    mediaType || 'application/json',
                    { schema: schemaOf(shape) },
                  ]),
                ),
              },
            }),
        ...securityOf(factsOf(parts, 'guard')),
        responses: Object.keys(responses).length > 0 ? responses : { default: { description: '' } },
      }
  }
  const guards = factsOf(facts, 'guard')
  const schemes = distinctCredentials(guards.flatMap(({ credentials }) => credentials))
  const schemas = Object.fromEntries(
    factsOf(facts, 'model')
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, fields }) => [name, objectSchema(fields)]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: titleOf(set, facts),
      version: '0.0.0',
    },
    paths,
    components: {
      schemas,
      ...(schemes.length > 0
        ? { securitySchemes: Object.fromEntries(schemes.map((one) => [schemeName(one), schemeOf(one)])) }
        : {}),
    },
  }
}

/** The services that answer, by name. */
function titleOf({ services }: FactSet, facts: FactSet['facts']): string {
  const answering = new Set(factsOf(facts, 'operation').map((one) => one.service))
  const names = services.filter(({ dir }) => answering.has(dir)).map(({ name }) => name)
  return names.length > 0 ? names.join(', ') : (services[0]?.name ?? 'Service')
}

// Any of them will do; one that may be left out is an empty one beside.
function securityOf(guards: readonly FactOf<'guard'>[]): Record<string, Json> {
  const signIns = guards.filter(({ guard }) => guard === 'authentication' || guard === 'role')
  const asked = signIns.length > 0 ? signIns : guards.filter(({ credentials }) => credentials.length > 0)
  const credentials = distinctCredentials(asked.flatMap((guard) => guard.credentials))
  if (credentials.length === 0) return {}
  const isOptional = asked.every((guard) => guard.isOptional)
  return {
    security: [...credentials.map((one): Json => ({ [schemeName(one)]: [] })), ...(isOptional ? [{}] : [])],
  }
}

const isOfHttp = ({ in: place, name, scheme }: Credential) =>
  place === 'header' && name === 'authorization' && scheme !== ''

const schemeName = (one: Credential): string =>
  (isOfHttp(one) ? one.scheme : `${one.in}-${one.name}`).replaceAll(/[^\w.-]/g, '-')

const schemeOf = (one: Credential): Json =>
  isOfHttp(one) ? { type: 'http', scheme: one.scheme } : { type: 'apiKey', in: one.in, name: one.name }

function schemaObject(shape: Shape): { [key: string]: Json } {
  const schema = schemaOf(shape)
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? schema : {}
}

function schemaOf(shape: Shape): Json {
  switch (shape.type) {
    case 'array':
      return { type: 'array', items: boundedSchema(shape.items, shape.ofEach ?? []) }
    case 'object':
      return objectSchema(shape.fields)
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(shape.values) }
    case 'model':
      return { $ref: `#/components/schemas/${shape.name}` }
    case 'union':
      return { anyOf: shape.of.map(schemaOf) }
    case 'unknown':
      return {}
    case 'file':
      return { type: 'string', format: 'binary' }
    default:
      return { type: shape.type }
  }
}

function objectSchema(fields: readonly Field[]): Json {
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, shape, constraints }) => [name, boundedSchema(shape, constraints)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  }
}

// Bounds are of what is given: a null beside it is within none of them.
function boundedSchema(shape: Shape, constraints: readonly Constraint[]): Json {
  const bare = withoutNull(shape)
  return bare === shape || constraints.length === 0
    ? { ...schemaObject(shape), ...constraintsOf(constraints) }
    : { anyOf: [{ ...schemaObject(bare), ...constraintsOf(constraints) }, { type: 'null' }] }
}

function constraintsOf(constraints: readonly Constraint[]): Record<string, Json> {
  return Object.fromEntries(
    constraints.map(({ keyword, value }): [string, Json] =>
      keyword === 'not' ? ['not', { enum: Array.isArray(value) ? value : [value] }] : [keyword, value],
    ),
  )
}
