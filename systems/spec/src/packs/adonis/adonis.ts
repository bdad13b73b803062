import { bearer } from '../credentials.ts'
import { nodeErrors } from '../node-errors.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

/** What routes and what starts, in Adonis 6, 5 and 4. */
const routerNames = ['@adonisjs/core/services/router', '@ioc:Adonis/Core/Route', 'use(Route)']
const serverNames = ['@adonisjs/core/services/server', '@ioc:Adonis/Core/Server', 'use(Server)']
const exceptions = [
  '@adonisjs/core/exceptions.Exception',
  '@poppinss/utils.Exception',
  '@poppinss/utils/exception.Exception',
  '@ioc:Adonis/Core/Exceptions.Exception',
  '@adonisjs/core/build/standalone.Exception',
]
const handlers = [
  '@adonisjs/core/http.ExceptionHandler',
  '@adonisjs/core.ExceptionHandler',
  '@ioc:Adonis/Core/HttpExceptionHandler',
]

const verbs = ['get', 'post', 'put', 'patch', 'delete']
const around: MethodRule = { does: 'around' }
const methods: Record<string, MethodRule> = {
  ...Object.fromEntries(
    verbs.map((verb): [string, MethodRule] => [
      verb,
      { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1, isPart: true },
    ]),
  ),
  any: { does: 'route', method: '*', path: 0, handlers: 1, isPart: true },
  route: { does: 'handle', path: 0, methods: 1, handlers: 2 },
  group: { does: 'group', body: 0, isAround: true },
  resource: { does: 'things', path: 0, handler: 1 },
  prefix: { does: 'prefix', path: 0 },
  use: around,
  middleware: around,
  registerNamed: { does: 'named', arg: 0 },
  ...Object.fromEntries(
    [
      'as',
      'where',
      'domain',
      'namespace',
      'params',
      'setHandler',
      'only',
      'except',
      'apiOnly',
      'tap',
      'openapi',
      'detail',
      'matchers',
    ].map((name): [string, MethodRule] => [name, { does: 'self' }]),
  ),
}

const statuses = {
  ok: 200,
  created: 201,
  accepted: 202,
  noContent: 204,
  movedPermanently: 301,
  badRequest: 400,
  unauthorized: 401,
  paymentRequired: 402,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  requestTimeout: 408,
  conflict: 409,
  gone: 410,
  preconditionFailed: 412,
  requestEntityTooLarge: 413,
  unsupportedMediaType: 415,
  unprocessableEntity: 422,
  tooManyRequests: 429,
  internalServerError: 500,
  notImplemented: 501,
  badGateway: 502,
  serviceUnavailable: 503,
  gatewayTimeout: 504,
}

const invalid = '@vinejs/vine.errors.E_VALIDATION_ERROR'
const unknown = '@adonisjs/auth.errors.E_UNAUTHORIZED_ACCESS'
const forbidden = '@adonisjs/bouncer.errors.E_AUTHORIZATION_FAILURE'
const missing = '@adonisjs/lucid.errors.E_ROW_NOT_FOUND'
const wrong = '@adonisjs/auth.errors.E_INVALID_CREDENTIALS'

const raises = (error: string): CallRule => ({ does: 'raise', status: { arg: 99 }, error })
const res = (name: string) => `adonis:ctx.response.${name}`
const req = (name: string) => `adonis:ctx.request.${name}`

const calls: Record<string, CallRule> = {
  'adonis:next': { does: 'next' },
  [res('status')]: { does: 'status', status: { arg: 0 }, isForReturned: true },
  [res('safeStatus')]: { does: 'status', status: { arg: 0 }, isForReturned: true },
  [res('header')]: { does: 'self' },
  [res('safeHeader')]: { does: 'self' },
  [res('type')]: { does: 'self' },
  [res('cookie')]: { does: 'self' },
  [res('send')]: { does: 'respond', body: 0 },
  [res('json')]: { does: 'respond', body: 0 },
  [res('stream')]: { does: 'respond' },
  [res('download')]: { does: 'respond' },
  [res('attachment')]: { does: 'respond' },
  ...Object.fromEntries(
    ['', '().toPath', '().toRoute', '().back'].map((end): [string, CallRule] => [
      res(`redirect${end}`),
      { does: 'respond', status: 302 },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(statuses).map(([name, status]): [string, CallRule] => [
      res(name),
      { does: 'respond', status, body: 0 },
    ]),
  ),
  [res('abort')]: { does: 'raise', status: { arg: 1, otherwise: 400 }, message: 0, never: true },
  [req('input')]: { does: 'body', field: 0 },
  [req('all')]: { does: 'body' },
  [req('body')]: { does: 'body' },
  [req('post')]: { does: 'body' },
  [req('only')]: { does: 'body', isOpaque: true },
  [req('except')]: { does: 'body', isOpaque: true },
  [req('file')]: { does: 'body', field: 0, media: 'multipart/form-data' },
  [req('qs')]: { does: 'inputs', in: 'query' },
  [req('get')]: { does: 'inputs', in: 'query' },
  [req('params')]: { does: 'inputs', in: 'path' },
  [req('param')]: { does: 'read', in: 'path', name: 0 },
  [req('header')]: { does: 'read', in: 'header', name: 0 },
  [req('cookie')]: { does: 'read', in: 'cookie', name: 0 },
  [req('method')]: { does: 'asked', of: 'method' },
  // docs.adonisjs.com, "Validation".
  [req('validateUsing')]: { does: 'raise', status: { arg: 99 }, error: invalid },
  [req('validate')]: { does: 'raise', status: { arg: 99 }, error: invalid },
  '@vinejs/vine.compile().validate': raises(invalid),
  '@vinejs/vine.create().validate': raises(invalid),
  '@vinejs/vine.validate': raises(invalid),
  // docs.adonisjs.com, "Authentication" and "Authorization".
  ...Object.fromEntries(
    ['auth', 'auth.use()'].flatMap((of) =>
      ['authenticate', 'authenticateUsing', 'getUserOrFail'].map((name): [string, CallRule] => [
        `adonis:ctx.${of}.${name}`,
        { ...raises(unknown), asks: [bearer] } as CallRule,
      ]),
    ),
  ),
  'adonis:ctx.auth.use().attempt': raises(wrong),
  'adonis:ctx.auth.attempt': raises(wrong),
  'adonis:ctx.bouncer.authorize': raises(forbidden),
  'adonis:ctx.bouncer.with().authorize': raises(forbidden),
  ...Object.fromEntries(
    handlers.map((name): [string, CallRule] => [`super:${name}.handle`, { does: 'answer', arg: 0 }]),
  ),
}

/** AdonisJS 4, 5 and 6 (docs.adonisjs.com, "Routing", "Controllers", "Middleware", "Exception handling"; v5-docs.adonisjs.com; legacy.adonisjs.com). */
export const adonis: Pack = {
  framework: 'AdonisJS',
  language: 'javascript',
  uses: /^(?:@adonisjs\/core(?:\/.*)?|@ioc:Adonis\/Core\/.*|Route|Server)$/,
  functions: {
    ...Object.fromEntries(
      routerNames.flatMap((router) =>
        Object.entries({ ...methods, named: { does: 'named', arg: 0 } satisfies MethodRule }).map(
          ([name, rule]) => [`${router}.${name}`, rule] as const,
        ),
      ),
    ),
    ...Object.fromEntries(
      serverNames.flatMap((server): [string, MethodRule][] => [
        [`${server}.use`, around],
        [`${server}.errorHandler`, { does: 'error', handler: 0 }],
        [`${server}.middleware.register`, around],
        [`${server}.middleware.registerNamed`, { does: 'named', arg: 0 }],
        [`${server}.registerNamed`, { does: 'named', arg: 0 }],
        [`${server}.registerGlobal`, { does: 'self' }],
      ]),
    ),
  },
  methods,
  syntax: 'colon',
  usesComeFirst: true,
  parameters: ['adonis:ctx', 'adonis:next'],
  calls,
  // lucid.adonisjs.com, "CRUD operations".
  lastCalls: Object.fromEntries(
    ['findOrFail', 'findByOrFail', 'firstOrFail'].map((name) => [name, raises(missing)]),
  ),
  inputs: {
    'adonis:ctx.params': 'path',
  },
  unexpectedStatus: 500,
  errors: {
    ...nodeErrors,
    [invalid]: 422,
    [unknown]: 401,
    [forbidden]: 403,
    [missing]: 404,
    [wrong]: 400,
    '@adonisjs/core.errors.E_ROUTE_NOT_FOUND': 404,
    '@adonisjs/auth/build/standalone.AuthenticationException': 401,
    '@adonisjs/auth/build/standalone.InvalidCredentialsException': 400,
    '@adonisjs/bouncer/build/standalone.AuthorizationException': 403,
    ...Object.fromEntries(exceptions.map((name) => [name, { arg: 1, otherwise: 500 }])),
  },
  // Adonis 4, "Authentication": whoever is not signed in.
  refuses: [{ of: /^Adonis\/Middleware\/Auth$/, status: 401, asks: [], isForUnknown: true }],
  errorStatics: ['status'],
  errorBases: [
    {
      of: /^@(?:adonisjs|vinejs)\/.*\.E_[A-Z_]+$|\.Exception$/,
      bases: ['@adonisjs/core/exceptions.Exception'],
    },
  ],
  errorMembers: ['status'],
  errorParameters: ['error', 'adonis:ctx'],
  returns: { status: 200, isBody: true },
  hasBodiless: true,
}
