import { withoutRole } from '../../facts/condition.ts'
import type { CallRule, MethodRule, Pack, ParameterPlace, RouterRule } from '../pack.ts'
import { jwtAuthCalls, jwtAuthErrors, jwtAuthStatuses } from './jwt-auth.ts'
import { sqlalchemyCalls, sqlalchemyErrors } from '../sqlalchemy.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    { does: 'route', method: verb.toUpperCase(), path: { at: 0, name: 'path' }, decorates: true },
  ]),
)
const response = {
  status: { arg: { at: 1, name: 'status_code' }, otherwise: 200 },
  body: { at: 0, name: 'content' },
}

/** What a request has by name (starlette.io, "Requests"). */
const held: Record<string, ParameterPlace> = {
  headers: 'header',
  cookies: 'cookie',
  query_params: 'query',
}
const requests = ['fastapi.Request()', 'fastapi.requests.Request()', 'starlette.requests.Request()']
const onRequests = <T>(make: (place: ParameterPlace) => T, end = ''): Record<string, T> =>
  Object.fromEntries(
    requests.flatMap((request) =>
      Object.entries(held).map(([name, place]) => [`${request}.${name}${end}`, make(place)]),
    ),
  )

const app: RouterRule = {
  isApp: true,
  middleware: 'dependencies',
  errors: 'exception_handlers',
  keepsErrors: { unless: null },
  befores: { arg: 'middleware', methods: ['dispatch'] },
  // "Lifespan Events"; starlette.io, "Lifespan".
  begins: 'lifespan',
}

// fastapi.tiangolo.com, "OAuth2PasswordRequestForm": what RFC 6749 (4.3.2) has clients send.
const passwordForm = (isStrict: boolean) =>
  ['grant_type', 'username', 'password', 'scope', 'client_id', 'client_secret'].map((name) => ({
    name,
    shape: { type: 'string' as const },
    isRequired: name === 'username' || name === 'password' || (isStrict && name === 'grant_type'),
    constraints: name === 'grant_type' ? [{ keyword: 'pattern' as const, value: '^password$' }] : [],
  }))

const currentUser =
  /^fastapi_users\.(?:fastapi_users\.)?FastAPIUsers(?:\[\])?\(\)\.(?:current_user|authenticator\.current_user(?:_token)?)\(\)$/

/** FastAPI (fastapi.tiangolo.com, "Bigger Applications", "Response Status Code", "Handling Errors"). */
export const fastapi: Pack = {
  framework: 'FastAPI',
  language: 'python',
  uses: /^fastapi(?:\.|$)/,
  routers: {
    'fastapi.FastAPI': app,
    'fastapi.APIRouter': { isApp: false, prefix: 'prefix', middleware: 'dependencies' },
    'fastapi.routing.APIRouter': { isApp: false, prefix: 'prefix', middleware: 'dependencies' },
    'fastapi.applications.FastAPI': app,
  },
  routerTypes: { 'fastapi.FastAPI': true, 'fastapi.APIRouter': false },
  methods: {
    ...routes,
    api_route: {
      does: 'route',
      method: 'GET',
      methods: 'methods',
      path: { at: 0, name: 'path' },
      decorates: true,
    },
    add_api_route: {
      does: 'route',
      method: 'GET',
      methods: 'methods',
      path: { at: 0, name: 'path' },
      handlers: 1,
    },
    add_route: {
      does: 'route',
      method: 'GET',
      methods: 'methods',
      path: { at: 0, name: 'path' },
      handlers: 1,
    },
    include_router: { does: 'mount', prefix: 'prefix', child: { at: 0, name: 'router' }, isOfRoutes: true },
    mount: { does: 'mount', prefix: { at: 0, name: 'path' }, child: { at: 1, name: 'app' } },
    exception_handler: { does: 'error', type: 0, handler: 1, decorates: true },
    add_exception_handler: { does: 'error', type: 0, handler: 1 },
    middleware: { does: 'before', fn: 1, only: 'http' },
    add_middleware: { does: 'before', fn: 0, method: 'dispatch' },
  },
  // Starlette, "Middleware" and "Exceptions": what is added last stands outermost, and all of it around the handlers of exceptions.
  lastComesFirst: true,
  lastErrorFirst: true,
  errorsAround: { raisedAs: 500 },
  beforeParameters: ['fastapi.Request()', 'fastapi:call_next'],
  calledParameters: ['asgi:scope', 'asgi:receive', 'asgi:send'],
  syntax: 'braces',
  isStrictSlash: true,
  calls: {
    ...jwtAuthCalls,
    ...onRequests((place): CallRule => ({ does: 'read', in: place, name: 0, otherwise: 1 }), '.get'),
    'starlette.datastructures.Headers().get': { does: 'read', in: 'header', name: 0, otherwise: 1 },
  },
  inputs: { ...onRequests((place) => place), 'starlette.datastructures.Headers()': 'header' },
  // "Response - Change Status Code": what a handler is given to set it on; also what it makes and gives back.
  assigns: Object.fromEntries(
    [
      'fastapi.Response',
      ...['fastapi', 'starlette'].flatMap((of) =>
        ['', 'JSON', 'PlainText', 'HTML'].map((kind) => `${of}.responses.${kind}Response`),
      ),
    ].map((answer): [string, 'status'] => [`${answer}().status_code`, 'status']),
  ),
  errors: {
    'fastapi.HTTPException': { arg: { at: 0, name: 'status_code' } },
    'fastapi.exceptions.HTTPException': { arg: { at: 0, name: 'status_code' } },
    'starlette.exceptions.HTTPException': { arg: { at: 0, name: 'status_code' } },
    'fastapi.exceptions.RequestValidationError': 422,
  },
  errorHolds: jwtAuthStatuses,
  answers: {
    'fastapi.responses.JSONResponse': response,
    'fastapi.responses.ORJSONResponse': response,
    'fastapi.responses.PlainTextResponse': response,
    'fastapi.responses.HTMLResponse': response,
    'fastapi.responses.StreamingResponse': response,
    'fastapi.responses.FileResponse': response,
    'starlette.responses.JSONResponse': response,
    'starlette.responses.Response': response,
    'starlette.responses.PlainTextResponse': response,
    'fastapi.Response': response,
    'fastapi.responses.Response': response,
    'fastapi.responses.RedirectResponse': { status: { arg: { at: 1, name: 'status_code' }, otherwise: 307 } },
    'starlette.responses.RedirectResponse': {
      status: { arg: { at: 1, name: 'status_code' }, otherwise: 307 },
    },
  },
  returns: { status: 200, isBody: true },
  responseModel: 'response_model',
  functionParameters: 'fastapi',
  // FastAPI Users, "Get current user".
  refuses: [
    {
      of: currentUser,
      status: 401,
      unless: { option: 'optional', is: true },
      asks: 'transports',
      byOption: { active: { subject: 'user.is_active', op: 'false' } },
    },
    {
      of: currentUser,
      status: 403,
      unless: { option: 'optional', is: true },
      isOnlyByOption: true,
      asks: 'transports',
      byOption: {
        verified: { subject: 'user.is_verified', op: 'false' },
        superuser: withoutRole(['superuser']),
      },
    },
  ],
  forms: {
    'fastapi.security.OAuth2PasswordRequestForm': passwordForm(false),
    'fastapi.security.oauth2.OAuth2PasswordRequestForm': passwordForm(false),
    'fastapi.security.OAuth2PasswordRequestFormStrict': passwordForm(true),
    'fastapi.security.oauth2.OAuth2PasswordRequestFormStrict': passwordForm(true),
  },
  invalidStatus: 422,
  invalidErrors: {
    body: ['fastapi.exceptions.RequestValidationError'],
    bound: ['fastapi.exceptions.RequestValidationError'],
    type: ['fastapi.exceptions.RequestValidationError'],
  },
  lastCalls: sqlalchemyCalls,
  errorBases: [
    ...sqlalchemyErrors,
    ...jwtAuthErrors,
    { of: /^fastapi(?:\.exceptions)?\.HTTPException$/, bases: ['starlette.exceptions.HTTPException'] },
    {
      of: /^fastapi\.exceptions\.RequestValidationError$/,
      bases: ['fastapi.exceptions.ValidationException'],
    },
  ],
}
