import { jsonReaders } from '../json-readers.ts'
import type { CallRule, MethodRule, Pack, StatusRule } from '../pack.ts'

const context = 'io.javalin.http.Context()'
const builder = 'io.javalin.apibuilder.ApiBuilder'
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

// What follows the handler are roles.
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    { does: 'route', method: verb.toUpperCase(), path: 0, handlers: { at: 1, name: 'handler' } },
  ]),
)
// Those of the builder may stand for the path of their group.
const built: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1, mayLackPath: true },
  ]),
)
const crud: MethodRule = {
  does: 'crud',
  path: 0,
  handler: 1,
  methods: {
    getAll: { method: 'GET', isOfAll: true },
    create: { method: 'POST', isOfAll: true },
    getOne: { method: 'GET' },
    update: { method: 'PATCH' },
    delete: { method: 'DELETE' },
  },
}
const before: MethodRule = { does: 'use' }

/** javalin.io, "Default responses". */
const responses: Record<string, number> = {
  BadRequestResponse: 400,
  UnauthorizedResponse: 401,
  PaymentRequiredResponse: 402,
  ForbiddenResponse: 403,
  NotFoundResponse: 404,
  MethodNotAllowedResponse: 405,
  NotAcceptableResponse: 406,
  ProxyAuthenticationRequiredResponse: 407,
  RequestTimeoutResponse: 408,
  ConflictResponse: 409,
  GoneResponse: 410,
  LengthRequiredResponse: 411,
  PreconditionFailedResponse: 412,
  ContentTooLargeResponse: 413,
  UriTooLongResponse: 414,
  UnsupportedMediaTypeResponse: 415,
  RangeNotSatisfiableResponse: 416,
  ExpectationFailedResponse: 417,
  ImATeapotResponse: 418,
  EnhanceYourCalmResponse: 420,
  MisdirectedRequestResponse: 421,
  UnprocessableContentResponse: 422,
  LockedResponse: 423,
  FailedDependencyResponse: 424,
  TooEarlyResponse: 425,
  UpgradeRequiredResponse: 426,
  PreconditionRequiredResponse: 428,
  TooManyRequestsResponse: 429,
  RequestHeaderFieldsTooLargeResponse: 431,
  UnavailableForLegalReasonsResponse: 451,
  InternalServerErrorResponse: 500,
  NotImplementedResponse: 501,
  BadGatewayResponse: 502,
  ServiceUnavailableResponse: 503,
  GatewayTimeoutResponse: 504,
  HttpVersionNotSupportedResponse: 505,
  VariantAlsoNegotiatesResponse: 506,
  InsufficientStorageResponse: 507,
  LoopDetectedResponse: 508,
  NotExtendedResponse: 510,
  NetworkAuthenticationRequiredResponse: 511,
}
const reads: Record<string, CallRule> = {
  pathParam: { does: 'read', in: 'path', name: 0 },
  pathParamAsClass: { does: 'read', in: 'path', name: 0 },
  queryParam: { does: 'read', in: 'query', name: 0 },
  queryParams: { does: 'read', in: 'query', name: 0 },
  queryParamAsClass: { does: 'read', in: 'query', name: 0 },
  formParam: { does: 'read', in: 'form', name: 0 },
  formParams: { does: 'read', in: 'form', name: 0 },
  formParamAsClass: { does: 'read', in: 'form', name: 0 },
  header: { does: 'read', in: 'header', name: 0 },
  headerAsClass: { does: 'read', in: 'header', name: 0 },
  cookie: { does: 'read', in: 'cookie', name: 0 },
}
const answers: Record<string, CallRule> = {
  status: { does: 'status', status: { arg: 0 }, isForReturned: true, isForSent: true },
  json: { does: 'respond', body: 0, media: 'application/json', givesSelf: true },
  jsonStream: { does: 'respond', body: 0, media: 'application/json', givesSelf: true },
  html: { does: 'respond', body: 0, media: 'text/html', givesSelf: true },
  result: { does: 'respond', body: 0, givesSelf: true },
  render: { does: 'respond', media: 'text/html', givesSelf: true },
  redirect: { does: 'respond', status: { arg: 1, otherwise: 302 } },
  contentType: { does: 'self' },
}

/** Javalin 3 to 6 (javalin.io, "Documentation"). */
export const javalin: Pack = {
  framework: 'Javalin',
  language: 'java',
  uses: /^io\.javalin(?:\.|$)/,
  syntax: 'braces',
  wasColon: true,
  routers: { 'io.javalin.Javalin.create': { isApp: true, setUp: { fn: 0, prefix: 'contextPath' } } },
  routerTypes: { 'io.javalin.Javalin': true },
  handlerMethod: 'handle',
  usesComeFirst: true,
  methods: {
    ...routes,
    before,
    beforeMatched: before,
    crud,
    routes: { does: 'group', body: 0, isOwn: true },
    exception: { does: 'error', type: 0, handler: 1 },
    after: { does: 'self' },
    error: { does: 'self' },
    start: { does: 'self' },
    events: { does: 'self' },
  },
  functions: Object.fromEntries(
    Object.entries({
      ...built,
      before,
      crud,
      path: { does: 'group', prefix: 0, body: 1, isOwn: true } satisfies MethodRule,
      staticInstance: { does: 'group' } satisfies MethodRule,
    }).map(([name, rule]) => [`${builder}.${name}`, rule]),
  ),
  parameters: [context],
  calls: {
    ...jsonReaders,
    ...Object.fromEntries(
      Object.entries({ ...reads, ...answers }).map(([name, rule]) => [`${context}.${name}`, rule]),
    ),
    [`${context}.bodyAsClass`]: { does: 'body', into: 0, media: 'application/json' },
    [`${context}.bodyValidator`]: { does: 'body', into: 0, media: 'application/json' },
    [`${context}.bodyStreamAsClass`]: { does: 'body', into: 0, media: 'application/json' },
    [`${context}.body`]: { does: 'body' },
    [`${context}.bodyAsBytes`]: { does: 'body' },
    [`${context}.bodyAsInputStream`]: { does: 'body' },
    [`${context}.bodyInputStream`]: { does: 'body' },
    [`${context}.uploadedFile`]: { does: 'read', in: 'form', name: 0, type: 'file' },
    [`${context}.uploadedFiles`]: { does: 'read', in: 'form', name: 0, type: 'file' },
  },
  errors: {
    ...Object.fromEntries(
      Object.entries(responses).map(([name, status]): [string, StatusRule] => [
        `io.javalin.http.${name}`,
        status,
      ]),
    ),
    'io.javalin.http.HttpResponseException': { arg: 0 },
  },
  silentStatus: 200,
}
