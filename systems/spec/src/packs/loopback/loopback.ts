import { errorsOf } from '../http-errors.ts'
import { nodeErrors } from '../node-errors.ts'
import type { AnnotationRules, Pack, ParameterPlace } from '../pack.ts'

const root = '@loopback/rest'
const missing = '@loopback/repository.EntityNotFoundError'
const verbs = ['get', 'post', 'put', 'patch', 'del']
const types = [
  'string',
  'number',
  'integer',
  'boolean',
  'date',
  'dateTime',
  'float',
  'double',
  'long',
  'object',
]
const places: Record<string, ParameterPlace> = {
  path: 'path',
  query: 'query',
  header: 'header',
  cookie: 'cookie',
}
const parameters: AnnotationRules['parameters'] = Object.fromEntries(
  Object.entries(places).flatMap(([name, place]) =>
    types.map((type) => [
      `${root}.param.${name}.${type}`,
      { in: place, name: 0, ...(place === 'path' ? { isRequired: true } : {}) },
    ]),
  ),
)

/** LoopBack 4 (loopback.io/doc/en/lb4, "Routes", "Decorators", "Controllers"): methods of any class that is registered, which those of `controllers` are by their place. */
export const loopback: Pack = {
  framework: 'LoopBack',
  language: 'javascript',
  uses: /^@loopback\/(?:rest|openapi-v3)$/,
  syntax: 'braces',
  errors: {
    ...nodeErrors,
    ...errorsOf((name) => `${root}.HttpErrors.${name}`),
    [missing]: 404,
    '@loopback/authorization.AuthorizationError': 403,
  },
  // loopback.io, "Working with data": what a repository is asked for by its id is there, or an error says so.
  lastCalls: Object.fromEntries(
    ['findById', 'updateById', 'replaceById', 'deleteById'].map((name) => [
      name,
      { does: 'raise', status: { arg: 99 }, error: missing },
    ]),
  ),
  unexpectedStatus: 500,
  errorMembers: ['statusCode', 'status'],
  annotations: {
    controllers: { [`${root}.api`]: { path: 99 } },
    isForAnyClass: true,
    methods: Object.fromEntries(
      verbs.map((verb) => [
        `${root}.${verb}`,
        { method: verb === 'del' ? 'DELETE' : verb.toUpperCase(), path: 0 },
      ]),
    ),
    parameters: {
      ...parameters,
      [`${root}.requestBody`]: { in: 'body', name: 99, isRequired: true },
      [`${root}.requestBody.file`]: { in: 'body', name: 99, media: 'multipart/form-data' },
    },
    status: {},
    plain: 'none',
    guards: {
      '@loopback/authentication.authenticate': { guard: 'authentication' },
      '@loopback/authorization.authorize': { guard: 'authentication' },
      'loopback4-authentication.authenticate': { guard: 'authentication' },
    },
    emptyStatus: 204,
    badValue: 400,
  },
  // loopback.io, "Parsing requests": a body that does not fit its schema, and a parameter that is none of its type.
  checksTypes: true,
  invalidStatus: 422,
  invalidErrors: { body: [], bound: [], type: [] },
  returns: { status: 200, isBody: true },
}
