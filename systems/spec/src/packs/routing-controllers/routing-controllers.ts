import { express } from '../express/express.ts'
import { nodeErrors } from '../node-errors.ts'
import type { AnnotationRules, Pack } from '../pack.ts'

const at = (name: string) => `routing-controllers.${name}`
const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options']
const methods: AnnotationRules['methods'] = Object.fromEntries(
  verbs.map((name) => [at(name), { method: name.toUpperCase(), path: 0 }]),
)
const errors = {
  HttpError: { arg: 0 },
  BadRequestError: 400,
  UnauthorizedError: 401,
  ForbiddenError: 403,
  NotFoundError: 404,
  MethodNotAllowedError: 405,
  NotAcceptableError: 406,
  InternalServerError: 500,
} as const

/** routing-controllers 0.7 to 0.11 on Express (github.com/typestack/routing-controllers, README). */
export const routingControllers: Pack = {
  framework: 'routing-controllers',
  language: 'javascript',
  uses: /^routing-controllers$/,
  syntax: 'colon',
  parameters: express.parameters ?? [],
  unexpectedStatus: 500,
  calls: express.calls ?? {},
  inputs: express.inputs ?? {},
  assigns: express.assigns ?? {},
  errors: {
    ...nodeErrors,
    ...Object.fromEntries(Object.entries(errors).map(([name, status]) => [at(name), status])),
  },
  errorBases: [{ of: /^routing-controllers\.\w+Error$/, bases: [at('HttpError')] }],
  annotations: {
    servers: [
      { of: /^createExpressServer$/, base: express, options: 0, prefix: 'routePrefix' },
      { of: /^useExpressServer$/, on: 0, base: express, options: 1, prefix: 'routePrefix' },
    ],
    middleware: {
      method: 'use',
      annotations: [at('UseBefore')],
      classes: { annotation: at('Middleware'), errors: 'error' },
    },
    controllers: { [at('Controller')]: { path: 0 }, [at('JsonController')]: { path: 0 } },
    methods: { ...methods, [at('All')]: { method: '*', path: 0 } },
    parameters: {
      [at('Param')]: { in: 'path', name: 0, isRequired: true },
      [at('QueryParam')]: { in: 'query', name: 0 },
      [at('QueryParams')]: { in: 'query', name: 99 },
      [at('HeaderParam')]: { in: 'header', name: 0 },
      [at('CookieParam')]: { in: 'cookie', name: 0 },
      [at('Body')]: { in: 'body', name: 99, isRequired: true },
      [at('BodyParam')]: { in: 'body', name: 0 },
      [at('UploadedFile')]: { in: 'body', name: 0, media: 'multipart/form-data' },
      [at('UploadedFiles')]: { in: 'body', name: 0, media: 'multipart/form-data' },
    },
    gives: { [at('Req')]: 'express:req', [at('Res')]: 'express:res' },
    status: { [at('HttpCode')]: 0 },
    plain: 'none',
    guards: { [at('Authorized')]: { guard: 'role', roles: 0 } },
  },
  refuses: express.refuses ?? [],
  errorMembers: ['httpCode', 'status', 'statusCode'],
  returns: { status: 200, isBody: true },
}
