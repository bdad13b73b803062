import { bearer } from '../credentials.ts'
import type { CallRule, Pack } from '../pack.ts'

const names = ['fastapi_jwt_auth', 'fastapi_another_jwt_auth', 'async_fastapi_jwt_auth']
const exceptions = names.map((name) => `${name}.exceptions`)

/** fastapi-jwt-auth ("Basic Usage", "Refresh Tokens", "Freshness Tokens"): who shows no token is refused by an error that handlers of the program answer. */
export const jwtAuthCalls: Record<string, CallRule> = Object.fromEntries(
  names.flatMap((name) =>
    ['jwt_required', 'jwt_refresh_token_required', 'fresh_jwt_required'].map((method): [string, CallRule] => [
      `${name}.AuthJWT().${method}`,
      {
        does: 'raise',
        status: { arg: 99 },
        error: `${name}.exceptions.MissingTokenError`,
        asks: [bearer],
      },
    ]),
  ),
)

/** Each error is made with its status, which a handler of the program answers with (`exc.status_code`); by itself it is none of HTTP's. */
export const jwtAuthStatuses: NonNullable<Pack['errorHolds']> = Object.fromEntries(
  exceptions.flatMap((of) => [
    ...['CSRFError', 'MissingTokenError', 'RevokedTokenError', 'FreshTokenRequired'].map((name) => [
      `${of}.${name}`,
      401,
    ]),
    ...['InvalidHeaderError', 'JWTDecodeError', 'AccessTokenRequired', 'RefreshTokenRequired'].map((name) => [
      `${of}.${name}`,
      422,
    ]),
  ]),
)

export const jwtAuthErrors: NonNullable<Pack['errorBases']> = exceptions.map((of) => ({
  of: new RegExp(
    String.raw`^${of}\.(?:CSRFError|MissingTokenError|RevokedTokenError|FreshTokenRequired|InvalidHeaderError|JWTDecodeError|AccessTokenRequired|RefreshTokenRequired)$`,
  ),
  bases: [`${of}.AuthJWTException`],
}))
