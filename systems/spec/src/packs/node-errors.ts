import type { StatusRule } from './pack.ts'

/** Errors of libraries that every server of Node may use: http-errors (README, "createError([status], [message])"), Boom (API, "Helper methods"). */
export const nodeErrors: Record<string, StatusRule> = {
  'http-errors': { arg: 0, otherwise: 500 },
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
      [`@hapi/boom.${name[0]?.toLowerCase()}${name.slice(1)}`, status],
    ]),
  ),
  '@hapi/boom.badData': 422,
  '@hapi/boom.badImplementation': 500,
}
