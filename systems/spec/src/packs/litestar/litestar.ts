import type { CallRule, MarkedHandlers, Pack, ParameterPlace, RouterRule } from '../pack.ts'
import { bearer, sessionCookie } from '../credentials.ts'
import { sqlalchemyCalls, sqlalchemyErrors } from '../sqlalchemy.ts'

// What handlers, controllers, routers and the program say alike of what is below them.
const layer = { routes: 'route_handlers', hooks: ['guards', 'before_request'], provides: 'dependencies' }
const [app, router]: [RouterRule, RouterRule] = [
  {
    isApp: true,
    ...layer,
    routes: { at: 0, name: 'route_handlers' },
    errors: 'exception_handlers',
    prefix: 'path',
    configuredBy: { lists: ['on_app_init', 'plugins'], method: 'on_app_init' },
  },
  { isApp: false, ...layer, errors: 'exception_handlers', prefix: { at: 0, name: 'path' } },
]

const path = { at: 0, name: 'path' }
const marks: MarkedHandlers['marks'] = Object.fromEntries(
  [
    'litestar',
    'litestar.handlers',
    'litestar.handlers.http_handlers',
    'litestar.handlers.http_handlers.decorators',
  ].flatMap((module) => [
    ...['get', 'post', 'put', 'patch', 'delete', 'head'].map((verb) => [
      `${module}.${verb}`,
      { method: verb.toUpperCase(), path },
    ]),
    [`${module}.route`, { method: 'GET', methods: 'http_method', path }],
  ]),
)

const [connection, request] = ['litestar:connection', 'litestar:request']
const held: Record<string, ParameterPlace> = {
  headers: 'header',
  cookies: 'cookie',
  query_params: 'query',
  path_params: 'path',
}
const onRequests = <T>(make: (place: ParameterPlace) => T, end = ''): Record<string, T> =>
  Object.fromEntries(
    [
      connection,
      request,
      'litestar.Request()',
      'litestar.connection.Request()',
      'litestar.connection.ASGIConnection()',
    ].flatMap((of) => Object.entries(held).map(([name, place]) => [`${of}.${name}${end}`, make(place)])),
  )

const errors: Record<string, number> = {
  ValidationException: 400,
  ClientException: 400,
  NotAuthorizedException: 401,
  PermissionDeniedException: 403,
  NotFoundException: 404,
  MethodNotAllowedException: 405,
  TooManyRequestsException: 429,
  InternalServerException: 500,
  HTTPException: 500,
  ServiceUnavailableException: 503,
}
const modules = ['litestar.exceptions', 'litestar.exceptions.http_exceptions']

/** "Security backends", which a program is configured by (`on_app_init`), and what shows them who calls. */
const backends = {
  JWTAuth: [bearer],
  'JWTCookieAuth|OAuth2PasswordBearerAuth': [bearer, sessionCookie('token')],
  SessionAuth: [sessionCookie('session')],
}
const backend = (name: string) =>
  new RegExp(String.raw`^litestar\.(?:contrib|security)\.(?:\w+\.)*(?:${name})(?:\[\])?\(\)\.on_app_init$`)

/** Litestar 2 (docs.litestar.dev, "Routing", "Layered architecture", "Dependency Injection", "Guards", "Exceptions"). */
export const litestar: Pack = {
  framework: 'Litestar',
  language: 'python',
  uses: /^litestar(?:\.|$)/,
  routers: {
    'litestar.Litestar': app,
    'litestar.app.Litestar': app,
    'litestar.Router': router,
    'litestar.router.Router': router,
  },
  methods: { register: { does: 'list', routes: { at: 0, name: 'value' } } },
  marked: {
    marks,
    controllers: /^litestar(?:\.controller)?\.Controller$/,
    ...layer,
    errors: 'exception_handlers',
    prefix: 'path',
    signsIn: {
      of: backend(Object.keys(backends).join('|')),
      exempt: 'exclude_from_auth',
      renamed: 'exclude_opt_key',
      paths: 'exclude',
      finds: 'retrieve_user_handler',
      finderParameters: ['litestar:token', connection],
    },
  },
  // "JWT Security Backends", "Session Auth": who shows none, or one of nobody.
  refuses: Object.entries(backends).map(([name, asks]) => ({
    of: backend(name),
    raises: 'litestar.exceptions.NotAuthorizedException',
    status: 401,
    asks,
  })),
  beforeParameters: [connection, 'litestar:handler'],
  syntax: 'braces',
  calls: onRequests((place): CallRule => ({ does: 'read', in: place, name: 0, otherwise: 1 }), '.get'),
  inputs: onRequests((place) => place),
  errors: Object.fromEntries(
    Object.entries(errors).flatMap(([name, status]) =>
      modules.map((module) => [`${module}.${name}`, { arg: 'status_code', otherwise: status }]),
    ),
  ),
  errorBases: [
    ...sqlalchemyErrors,
    ...modules.flatMap((module) =>
      Object.keys(errors)
        .filter((name) => name !== 'HTTPException')
        .map((name) => ({
          of: new RegExp(String.raw`^${module.replaceAll('.', String.raw`\.`)}\.${name}$`),
          bases: [`${module}.HTTPException`],
        })),
    ),
  ],
  answers: {
    // Without a status of its own it has that of its handler.
    ...Object.fromEntries(
      [
        'litestar.Response',
        'litestar.response.Response',
        'litestar.response.Template',
        'litestar.response.Stream',
        'litestar.response.File',
      ].map((of) => [of, { status: { arg: 'status_code' }, body: { at: 0, name: 'content' } }]),
    ),
    'litestar.response.Redirect': { status: { arg: 'status_code', otherwise: 302 } },
  },
  returns: { status: 200, isBody: true, byMethod: { POST: 201, DELETE: 204 } },
  functionParameters: 'fastapi',
  named: {
    body: 'data',
    given: ['request', 'headers', 'cookies', 'query', 'state', 'scope', 'socket', 'body'],
    marker: 'Parameter',
  },
  invalidStatus: 400,
  invalidErrors: {
    body: ['litestar.exceptions.ValidationException'],
    bound: ['litestar.exceptions.ValidationException'],
    type: ['litestar.exceptions.ValidationException'],
  },
  lastCalls: sqlalchemyCalls,
}
