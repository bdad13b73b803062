import { errorsOf } from '../http-errors.ts'
import type { AnnotationRules, CallRule, Pack } from '../pack.ts'

const at = (name: string) => `net.codestory.http.annotations.${name}`
const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options']
const methods: AnnotationRules['methods'] = Object.fromEntries(
  verbs.map((name) => [at(name), { method: name.toUpperCase(), path: 0 }]),
)

const payload = 'net.codestory.http.payload.Payload'
const given = { ok: 200, created: 201, badRequest: 400, unauthorized: 401, forbidden: 403, notFound: 404 }

/** Fluent HTTP (github.com/CodeStory/fluent-http, "Annotated resources"): methods of any class that routes are added of. */
export const fluentHttp: Pack = {
  framework: 'Fluent HTTP',
  language: 'java',
  uses: /^net\.codestory\.http(?:\.|$)/,
  syntax: 'colon',
  errors: errorsOf((name) => `net.codestory.http.errors.${name}Exception`),
  annotations: {
    controllers: { [at('Prefix')]: { path: 0 } },
    isForAnyClass: true,
    methods,
    parameters: {},
    gives: {},
    status: {},
    plain: 'none',
    guards: { [at('Roles')]: { guard: 'role', roles: 0 } },
  },
  calls: {
    ...Object.fromEntries(
      ['net.codestory.http.Context().request()', 'net.codestory.http.Request()'].flatMap(
        (request): [string, CallRule][] => [
          [`${request}.contentAs`, { does: 'body', into: 0 }],
          [`${request}.content`, { does: 'body' }],
          [`${request}.header`, { does: 'read', in: 'header', name: 0 }],
          [`${request}.query().get`, { does: 'read', in: 'query', name: 0 }],
        ],
      ),
    ),
    'net.codestory.http.Context().get': { does: 'read', in: 'query', name: 0 },
  },
  answers: {
    [payload]: { status: { any: true, otherwise: 200 } },
    ...Object.fromEntries(Object.entries(given).map(([name, status]) => [`${payload}.${name}`, { status }])),
  },
  returns: { status: 200, isBody: true },
}
