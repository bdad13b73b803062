import type { StatusRule } from '../pack.ts'

/** werkzeug.palletsprojects.com, "HTTP Exceptions". */
export const werkzeugErrors: Record<string, StatusRule> = Object.fromEntries(
  Object.entries({
    BadRequest: 400,
    BadRequestKeyError: 400,
    Unauthorized: 401,
    Forbidden: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    NotAcceptable: 406,
    RequestTimeout: 408,
    Conflict: 409,
    Gone: 410,
    PreconditionFailed: 412,
    RequestEntityTooLarge: 413,
    UnsupportedMediaType: 415,
    ImATeapot: 418,
    UnprocessableEntity: 422,
    Locked: 423,
    TooManyRequests: 429,
    InternalServerError: 500,
    NotImplemented: 501,
    BadGateway: 502,
    ServiceUnavailable: 503,
  }).map(([name, status]) => [`werkzeug.exceptions.${name}`, status]),
)
