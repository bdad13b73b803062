import { express } from '../express/express.ts'
import { nodeErrors } from '../node-errors.ts'
import type { AnnotationRules, Pack } from '../pack.ts'

const from = ['tsoa', '@tsoa/runtime']
const named = <T>(rules: Record<string, T>): Record<string, T> =>
  Object.fromEntries(
    from.flatMap((source) => Object.entries(rules).map(([name, rule]) => [`${source}.${name}`, rule])),
  )
const methods: AnnotationRules['methods'] = Object.fromEntries(
  ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'].map((name) => [
    name,
    { method: name.toUpperCase(), path: 0 },
  ]),
)

/** tsoa 3 to 6, whose routes are generated from its controllers (tsoa-community.github.io, "Getting started", "Decorators", "Error handling"). */
export const tsoa: Pack = {
  framework: 'tsoa',
  language: 'javascript',
  uses: /^(?:tsoa|@tsoa\/runtime)$/,
  syntax: 'braces',
  calls: {
    ...express.calls,
    'tsoa:controller.setStatus': { does: 'status', status: { arg: 0 }, isForReturned: true },
  },
  inputs: express.inputs ?? {},
  parameters: express.parameters ?? [],
  unexpectedStatus: 500,
  errors: { ...nodeErrors, 'tsoa:refused': 401 },
  errorMembers: ['status', 'statusCode'],
  errorBases: [{ of: /^@tsoa\/runtime\.ValidateError$/, bases: ['tsoa.ValidateError'] }],
  checksTypes: true,
  invalidStatus: 400,
  invalidErrors: {
    body: ['@tsoa/runtime.ValidateError'],
    bound: ['@tsoa/runtime.ValidateError'],
    type: ['@tsoa/runtime.ValidateError'],
  },
  instances: named({ Controller: 'tsoa:controller' }),
  annotations: {
    // The generated function ("Consuming generated routes").
    servers: [{ of: /^RegisterRoutes$/, on: 0, base: express }],
    controllers: named({ Route: { path: 0 } }),
    methods: named(methods),
    parameters: named({
      Path: { in: 'path', name: 0, isRequired: true, isNamedByParameter: true },
      Query: { in: 'query', name: 0, isRequired: true, isNamedByParameter: true },
      Queries: { in: 'query', name: 99 },
      Header: { in: 'header', name: 0, isRequired: true, isNamedByParameter: true },
      Body: { in: 'body', name: 99, isRequired: true },
      BodyProp: { in: 'body', name: 0, isRequired: true },
      FormField: { in: 'form', name: 0, isRequired: true, isNamedByParameter: true },
      UploadedFile: { in: 'form', name: 0, isNamedByParameter: true },
      UploadedFiles: { in: 'form', name: 0, isNamedByParameter: true },
    }),
    gives: named({ Request: 'express:req' }),
    status: named({ SuccessResponse: 0 }),
    plain: 'none',
    guards: named({ Security: { guard: 'role', roles: 1 } }),
    // Of a method that gives nothing ("Returning void").
    emptyStatus: 204,
  },
  returns: { status: 200, isBody: true },
}
