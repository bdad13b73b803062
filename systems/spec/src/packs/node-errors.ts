import { boomErrors } from './boom.ts'
import { basic, bearer } from './credentials.ts'
import type { Pack, Refusal, SchemaRule, StatusRule } from './pack.ts'
import { ownTable } from '../parse/own-table.ts'

/** Errors of libraries that every server of Node may use: http-errors (README, "createError([status], [message])"), api-problem (README, "Problem(status[, title][, type][, members])"), Boom (API, "Helper methods"). */
export const nodeErrors: Record<string, StatusRule> = ownTable({
  // What JSON.parse throws, as body-parser, co-body and Fastify hand it on.
  'body-parser.SyntaxError': 400,
  'http-errors': { arg: 0, otherwise: 500 },
  'api-problem': { arg: 0, otherwise: 500 },
  'express-jwt.UnauthorizedError': 401,
  'express-openapi-validator.BadRequestError': 400,
  'express-oauth2-jwt-bearer.UnauthorizedError': 401,
  'koa-jwt.UnauthorizedError': 401,
  'http-errors.createError': { arg: 0, otherwise: 500 },
  'http-errors.default': { arg: 0, otherwise: 500 },
  ...Object.fromEntries(
    Object.entries({
      BadRequest: 400,
      Unauthorized: 401,
      PaymentRequired: 402,
      Forbidden: 403,
      NotFound: 404,
      MethodNotAllowed: 405,
      NotAcceptable: 406,
      Conflict: 409,
      Gone: 410,
      UnprocessableEntity: 422,
      TooManyRequests: 429,
      InternalServerError: 500,
      NotImplemented: 501,
      BadGateway: 502,
      ServiceUnavailable: 503,
    }).flatMap(([name, status]): [string, number][] => [
      [`http-errors.${name}`, status],
      [`http-errors.${name[0]?.toLowerCase()}${name.slice(1)}`, status],
    ]),
  ),
  ...boomErrors,
})

/** What the errors extend that these libraries' functions make. */
export const nodeErrorBases: NonNullable<Pack['errorBases']> = [
  { of: /^http-errors\b/, bases: ['http-errors.HttpError'] },
  { of: /^body-parser\.SyntaxError$/, bases: ['SyntaxError', 'Error'] },
  { of: /^(?:@hapi\/)?boom\b/, bases: ['@hapi/boom.Boom'] },
  { of: /^sequelize\.UniqueConstraintError$/, bases: ['sequelize.ValidationError', 'sequelize.BaseError'] },
  { of: /^mongoose\.Error\./, bases: ['mongoose.Error', 'mongoose.MongooseError'] },
  { of: /^mongodb\.MongoServerError$/, bases: ['mongodb.MongoError'] },
  { of: /^pg\.DatabaseError$/, bases: ['typeorm.QueryFailedError'] },
]

/** Middleware of Node's that refuses by itself (express-jwt, README "Error handling"; passport, "authenticate()"; express-rate-limit; lusca, README). */
export const nodeRefusals: readonly Refusal[] = [
  {
    of: /^express-jwt(?:\.expressjwt|\.default)?\(\)/,
    status: 401,
    raises: 'express-jwt.UnauthorizedError',
    mayLack: { option: 'credentialsRequired', is: false },
    asks: [bearer],
  },
  {
    of: /^(?:passport|koa-passport|@fastify\/passport(?:\.default)?)\.(?:authenticate|authorize)\(\)$/,
    status: 401,
    // It sends the caller there instead.
    unless: { option: 'failureRedirect' },
    asks: 'strategies',
  },
  { of: /^express-basic-auth\(\)$/, status: 401, asks: [basic] },
  // It hands on an error with this status ("Error handling"); parameters of the query that the description has not do not fit either.
  {
    of: /^express-openapi-validator(?:\.default)?\.middleware\(\)$/,
    status: 400,
    raises: 'express-openapi-validator.BadRequestError',
    unless: { option: 'validateRequests', is: false },
  },
  { of: /^express-bearer-token\(\)$/, status: 401, asks: [bearer] },
  {
    of: /^express-oauth2-jwt-bearer\.auth\(\)$/,
    status: 401,
    raises: 'express-oauth2-jwt-bearer.UnauthorizedError',
    mayLack: { option: 'authRequired', is: false },
    asks: [bearer],
  },
  {
    of: /^(?:express-rate-limit|rate-limiter-flexible)(?:\.\w+)?\(\)$/,
    status: 429,
    statusBy: 'statusCode',
    // What it calls instead answers by itself.
    unless: { option: 'handler' },
  },
  // csurf, README, "ignoreMethods": what reads alone needs no token.
  { of: /^(?:csurf|csrf-csrf|lusca\.csrf)\(\)$/, status: 403, on: /^(?!(?:GET|HEAD|OPTIONS)$)/ },
  {
    of: /^koa-jwt\(\)$/,
    status: 401,
    raises: 'koa-jwt.UnauthorizedError',
    unless: { option: 'passthrough', is: true },
    asks: [bearer],
  },
  { of: /^koa-ratelimit\(\)$/, status: 429 },
  { of: /^(?:@fastify\/|fastify-)rate-limit(?:\.\w+)?\(\)$/, status: 429 },
]

/** What celebrate calls the parts of a request (celebrate, README, "Segments"). */
export const nodeConstants: NonNullable<Pack['constants']> = Object.fromEntries(
  ['body', 'query', 'params', 'headers', 'cookies', 'signedCookies'].map((part) => [
    `celebrate.Segments.${part.toUpperCase()}`,
    part,
  ]),
)

/** Middleware of Node's that answers errors of its own alone (celebrate, README, "errors()"). */
export const nodeErrorMiddleware: NonNullable<Pack['errorMiddleware']> = [
  { of: /^celebrate\.errors\(\)$/, takes: 'celebrate.CelebrateError', option: 'statusCode', status: 400 },
]

/** Middleware of Node's that checks requests by a schema (celebrate, README). */
export const nodeSchemas: readonly SchemaRule[] = [
  {
    of: /^celebrate\.celebrate\(\)$/,
    schema: 0,
    place: null,
    // Its error has no status: where nothing takes it, it is one that nobody expected.
    status: 500,
    raises: 'celebrate.CelebrateError',
  },
  {
    of: /^express-joi-validation\.createValidator\(\)\.(?:body|query|params|headers)\(\)$/,
    schema: 0,
    place: 99,
    otherwise: 'body',
    status: 400,
  },
  {
    of: /^express-validation\.validate\(\)$/,
    schema: 0,
    place: null,
    status: 400,
    raises: 'express-validation.ValidationError',
  },
]
