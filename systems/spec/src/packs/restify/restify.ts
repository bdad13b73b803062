import { express } from '../express/express.ts'
import { nodeErrors } from '../node-errors.ts'
import type { CallRule, MethodRule, Pack, StatusRule } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'head', 'opts', 'del']
const methodNamed: Record<string, string> = { del: 'DELETE', opts: 'OPTIONS' }
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    { does: 'route', method: methodNamed[verb] ?? verb.toUpperCase(), path: 0, handlers: 1 },
  ]),
)
const send = (media?: string): CallRule => ({
  does: 'respond',
  body: 0,
  maySayStatus: true,
  // restify.com, "res.send": an error is answered with its own status.
  sendsErrors: true,
  ...(media === undefined ? {} : { media }),
})
const errors: Record<string, StatusRule> = Object.fromEntries(
  Object.entries({
    BadRequest: 400,
    BadDigest: 400,
    InvalidArgument: 409,
    InvalidContent: 400,
    InvalidCredentials: 401,
    InvalidHeader: 400,
    InvalidVersion: 400,
    MissingParameter: 409,
    NotAuthorized: 403,
    RequestExpired: 400,
    RequestThrottled: 429,
    ResourceNotFound: 404,
    WrongAccept: 406,
    BadMethod: 405,
    Internal: 500,
    Unauthorized: 401,
    Forbidden: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    NotAcceptable: 406,
    Conflict: 409,
    Gone: 410,
    PreconditionFailed: 412,
    RequestEntityTooLarge: 413,
    UnsupportedMediaType: 415,
    UnprocessableEntity: 422,
    TooManyRequests: 429,
    InternalServer: 500,
    NotImplemented: 501,
    BadGateway: 502,
    ServiceUnavailable: 503,
    GatewayTimeout: 504,
  }).flatMap(([name, status]): [string, number][] =>
    ['restify-errors', 'restify', 'restify.errors'].map((from) => [`${from}.${name}Error`, status]),
  ),
)

/** Restify 4 to 11 (restify.com, "Server API", "Response API"; restify-errors, README; restify-router, README). */
export const restify: Pack = {
  ...express,
  framework: 'Restify',
  uses: /^(?:restify|restify-router)$/,
  routers: { 'restify.createServer': { isApp: true }, 'restify-router.Router': { isApp: false } },
  routerTypes: { 'restify.Server': true },
  methods: {
    ...routes,
    use: { does: 'use' },
    pre: { does: 'use' },
    add: { does: 'mount', prefix: 0, child: 1 },
    applyRoutes: { does: 'put-on', router: 0, prefix: 1 },
  },
  calls: {
    ...express.calls,
    'express:res.send': send(),
    'express:res.json': send('application/json'),
    'express:res.redirect': { does: 'respond', status: { any: true, otherwise: 302 } },
  },
  errors: { ...nodeErrors, ...errors },
  // restify.com, "Plugins API", "Throttle".
  refuses: [...(express.refuses ?? []), { of: /^restify\.(?:plugins\.)?throttle\(\)$/, status: 429 }],
}
