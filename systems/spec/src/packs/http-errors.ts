import { ownTable } from '../parse/own-table.ts'

/** Statuses that have a name of their own in HTTP, by the name that frameworks of Python give to their errors (RFC 9110, "Status Codes"). */
export const errorNames: Record<string, number> = ownTable({
  BadRequest: 400,
  Unauthorized: 401,
  PaymentRequired: 402,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  RequestTimeout: 408,
  Conflict: 409,
  Gone: 410,
  LengthRequired: 411,
  PreconditionFailed: 412,
  RequestEntityTooLarge: 413,
  RequestURITooLong: 414,
  UnsupportedMediaType: 415,
  ExpectationFailed: 417,
  MisdirectedRequest: 421,
  UnprocessableEntity: 422,
  Locked: 423,
  FailedDependency: 424,
  UpgradeRequired: 426,
  PreconditionRequired: 428,
  TooManyRequests: 429,
  RequestHeaderFieldsTooLarge: 431,
  UnavailableForLegalReasons: 451,
  InternalServerError: 500,
  NotImplemented: 501,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
  InsufficientStorage: 507,
})

/** Errors of a package, each named as `name` makes it. */
export const errorsOf = (name: (of: string) => string): Record<string, number> =>
  Object.fromEntries(Object.entries(errorNames).map(([of, status]) => [name(of), status]))
