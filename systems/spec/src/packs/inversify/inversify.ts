import { express } from '../express/express.ts'
import { nodeErrors } from '../node-errors.ts'
import type { AnnotationRules, Pack, StatusRule } from '../pack.ts'

const at = (name: string) => `inversify-express-utils.${name}`
const methods: AnnotationRules['methods'] = Object.fromEntries(
  ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'].map((name) => [
    at(`http${name}`),
    { method: name.toUpperCase(), path: 0 },
  ]),
)
const results: Record<string, { status: StatusRule; body?: number }> = {
  ok: { status: 200, body: 0 },
  created: { status: 201, body: 1 },
  badRequest: { status: 400, body: 0 },
  notFound: { status: 404 },
  conflict: { status: 409 },
  internalServerError: { status: 500 },
  redirect: { status: 302 },
  statusCode: { status: { arg: 0 } },
  json: { status: { arg: 1, otherwise: 200 }, body: 0 },
}
const classes: Record<string, { status: StatusRule; body?: number }> = {
  OkResult: { status: 200 },
  OkNegotiatedContentResult: { status: 200, body: 0 },
  CreatedNegotiatedContentResult: { status: 201, body: 1 },
  BadRequestResult: { status: 400 },
  BadRequestErrorMessageResult: { status: 400, body: 0 },
  NotFoundResult: { status: 404 },
  ConflictResult: { status: 409 },
  InternalServerErrorResult: { status: 500 },
  ExceptionResult: { status: 500 },
  RedirectResult: { status: 302 },
  StatusCodeResult: { status: { arg: 0 } },
  JsonResult: { status: { arg: 1, otherwise: 200 }, body: 0 },
}

/** inversify-express-utils 6 (github.com/inversify/inversify-express-utils, README, "Decorators", "BaseHttpController", "Middleware"). */
export const inversify: Pack = {
  framework: 'inversify-express-utils',
  language: 'javascript',
  uses: /^inversify-express-utils$/,
  syntax: 'colon',
  parameters: express.parameters ?? [],
  calls: express.calls ?? {},
  inputs: express.inputs ?? {},
  assigns: express.assigns ?? {},
  unexpectedStatus: 500,
  errors: nodeErrors,
  errorMembers: ['status', 'statusCode'],
  refuses: express.refuses ?? [],
  schemas: express.schemas ?? [],
  holds: {
    'inversify:context.request': 'express:req',
    'inversify:context.response': 'express:res',
    'inversify:controller.httpContext': 'inversify:context',
  },
  instances: {
    [at('BaseHttpController')]: 'inversify:controller',
    [at('BaseMiddleware')]: 'inversify:controller',
  },
  answers: {
    ...Object.fromEntries(
      Object.entries(results).map(([name, rule]) => [`inversify:controller.${name}`, rule]),
    ),
    ...Object.fromEntries(
      Object.entries(classes).flatMap(([name, rule]) => [
        [at(name), rule],
        [at(`results.${name}`), rule],
      ]),
    ),
  },
  annotations: {
    servers: [
      { of: /^InversifyExpressServer$/, on: 3, base: express, options: 2, prefix: 'rootPath', isBuilt: true },
    ],
    givesHandlers: true,
    middleware: { method: 'handler', from: 1 },
    controllers: { [at('controller')]: { path: 0 } },
    methods: { ...methods, [at('all')]: { method: '*', path: 0 } },
    parameters: {
      [at('requestParam')]: { in: 'path', name: 0, isRequired: true },
      [at('queryParam')]: { in: 'query', name: 0 },
      [at('requestHeaders')]: { in: 'header', name: 0 },
      [at('cookies')]: { in: 'cookie', name: 0 },
      [at('requestBody')]: { in: 'body', name: 99, isRequired: true },
    },
    gives: {
      [at('request')]: 'express:req',
      [at('response')]: 'express:res',
      [at('next')]: 'express:next',
    },
    status: {},
    plain: 'none',
    guards: {},
  },
  returns: { status: 200, isBody: true, emptyStatus: 204 },
}
