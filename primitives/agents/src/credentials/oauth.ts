import type { SafeFetch } from '@heavylift/core/safe-fetch'
import * as oauth from 'oauth4webapi'
import type { OAuthSpec } from './credential.ts'
import { explained, OAuthRefusal } from './oauth-refusal.ts'
import { serverMetadata } from './server-metadata.ts'
import type { Asking } from './server-metadata.ts'

/** What an authorization server gave. */
export interface Tokens {
  accessToken: string
  /** Absent where it gave none; a new one replaces the old (rotation). */
  refreshToken?: string
  /** Seconds that the access token holds; absent where the server does not say. */
  expiresInS?: number
}

export interface DeviceGrant {
  deviceCode: string
  userCode: string
  verificationUri: string
  verificationUriComplete: string | null
  expiresInS: number
  intervalS: number
}

/**
 * OAuth 2 with one authorization server (RFC 6749, PKCE by RFC 7636, devices by RFC 8628, metadata by RFC 8414, `iss` by RFC 9207). All requests go through the
 * safe client. Methods reject with `OAuthRefusal` or an `OutboundError`.
 */
export class OAuthClient {
  readonly #spec: OAuthSpec
  readonly #secret: string | undefined
  readonly #fetch: SafeFetch

  constructor(spec: OAuthSpec, secret: string | undefined, fetch: SafeFetch) {
    this.#spec = spec
    this.#secret = secret
    this.#fetch = fetch
  }

  async clientCredentials(): Promise<Tokens> {
    return await this.#ask(async (server, client, auth, how) => {
      const answer = await oauth.clientCredentialsGrantRequest(server, client, auth, this.#parameters(), how)
      return await oauth.processClientCredentialsResponse(server, client, answer)
    })
  }

  async refresh(refreshToken: string): Promise<Tokens> {
    return await this.#ask(async (server, client, auth, how) => {
      const answer = await oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, {
        ...how,
        ...this.#forResource(),
      })
      return await oauth.processRefreshTokenResponse(server, client, answer)
    })
  }

  /** Where a person allows it, with the state and the verifier that belong to it. */
  async authorizationUrl(redirectUri: string): Promise<{ url: string; state: string; verifier: string }> {
    const state = oauth.generateRandomState()
    const verifier = oauth.generateRandomCodeVerifier()
    const server = await explained(() => this.#discover())
    if (server.authorization_endpoint === undefined)
      throw new OAuthRefusal('unsupported', 'The authorization server has no authorization endpoint.')
    const url = new URL(server.authorization_endpoint)
    const parameters = this.#parameters()
    for (const [name, value] of Object.entries({
      client_id: this.#spec.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...Object.fromEntries(parameters),
      // A server gives a refresh token only to who asks a person for it (OpenID Connect Core 1.0, 11).
      ...(parameters.get('scope')?.split(' ').includes('offline_access') === true
        ? { prompt: 'consent' }
        : {}),
    }))
      url.searchParams.set(name, value)
    return { url: url.href, state, verifier }
  }

  /** The tokens of the address that the person came back to. */
  async finish(
    callback: URLSearchParams,
    state: string,
    verifier: string,
    redirectUri: string,
  ): Promise<Tokens> {
    return await this.#ask(async (server, client, auth, how) => {
      const parameters = oauth.validateAuthResponse(server, client, callback, state)
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        auth,
        parameters,
        redirectUri,
        verifier,
        { ...how, ...this.#forResource() },
      )
      return await oauth.processAuthorizationCodeResponse(server, client, answer)
    })
  }

  async startDevice(): Promise<DeviceGrant> {
    return await explained(async () => {
      const { server, client, auth, how } = await this.#parts()
      const answer = await oauth.processDeviceAuthorizationResponse(
        server,
        client,
        await oauth.deviceAuthorizationRequest(server, client, auth, this.#parameters(), how),
      )
      return {
        deviceCode: answer.device_code,
        userCode: answer.user_code,
        verificationUri: answer.verification_uri,
        verificationUriComplete: answer.verification_uri_complete ?? null,
        expiresInS: answer.expires_in,
        intervalS: answer.interval ?? 5,
      }
    })
  }

  /** Null while the person has not answered. */
  async pollDevice(deviceCode: string): Promise<Tokens | 'pending' | 'slow-down'> {
    try {
      return await this.#ask(async (server, client, auth, how) => {
        const answer = await oauth.deviceCodeGrantRequest(server, client, auth, deviceCode, how)
        return await oauth.processDeviceCodeResponse(server, client, answer)
      })
    } catch (error) {
      if (error instanceof OAuthRefusal && error.error === 'authorization_pending') return 'pending'
      if (error instanceof OAuthRefusal && error.error === 'slow_down') return 'slow-down'
      throw error
    }
  }

  /** RFC 8707, 2.2: for whom the token is, at the token endpoint too. */
  #forResource(): { additionalParameters?: { resource: string } } {
    const { resource } = this.#spec
    return resource === undefined ? {} : { additionalParameters: { resource } }
  }

  #parameters(): URLSearchParams {
    const { scopes, resource } = this.#spec
    const parameters = new URLSearchParams()
    if (scopes.length > 0) parameters.set('scope', scopes.join(' '))
    if (resource !== undefined) parameters.set('resource', resource)
    return parameters
  }

  async #ask(
    work: (
      server: oauth.AuthorizationServer,
      client: oauth.Client,
      auth: oauth.ClientAuth,
      how: object,
    ) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<Tokens> {
    return await explained(async () => {
      const { server, client, auth, how } = await this.#parts()
      const answer = await work(server, client, auth, how)
      if (answer.token_type.toLowerCase() !== 'bearer')
        throw new OAuthRefusal(
          'unsupported',
          `The authorization server gave a token of type "${answer.token_type}", and only bearer is known.`,
        )
      return {
        accessToken: answer.access_token,
        ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
        ...(answer.expires_in === undefined ? {} : { expiresInS: answer.expires_in }),
      }
    })
  }

  async #parts() {
    const { clientId, clientAuth } = this.#spec
    const secret = this.#secret ?? ''
    const auth = {
      none: () => oauth.None(),
      client_secret_basic: () => basicAuth(clientId, secret),
      client_secret_post: () => oauth.ClientSecretPost(secret),
    }[clientAuth]()
    return { server: await this.#discover(), client: { client_id: clientId }, auth, how: this.#how() }
  }

  async #discover(): Promise<oauth.AuthorizationServer> {
    return await serverMetadata(this.#spec.issuer, this.#how())
  }

  #how(): Asking {
    return askingBy(this.#fetch, this.#spec.issuer)
  }
}

/**
 * RFC 6749, 2.3.1. Encoded as forms are, which leaves hyphens and points as they are: the library encodes them too, and servers that
 * decode nothing then know no client whose id is a UUID.
 */
function basicAuth(clientId: string, secret: string): oauth.ClientAuth {
  const encoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)
  const pair = Buffer.from(`${encoded(clientId)}:${encoded(secret)}`).toString('base64')
  return (_server, _client, _body, headers) => headers.set('authorization', `Basic ${pair}`)
}

/** Asks by the safe client. Plain http only where nobody stands between: this machine itself. That it may be reached at all is the safe client's to say. */
export function askingBy(fetch: SafeFetch, issuer: string): Asking {
  const { hostname } = new URL(issuer)
  return {
    [oauth.customFetch]: fetchBy(fetch),
    [oauth.allowInsecureRequests]: /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(hostname),
  }
}

function fetchBy(safe: SafeFetch): Asking[typeof oauth.customFetch] {
  return async (url, { method, headers, body }) => {
    const answer = await safe(url, {
      method: method as 'POST',
      headers,
      ...(body == null ? {} : { body: String(body as URLSearchParams) }),
    })
    const kept = new Headers(answer.headers)
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name)
    return new Response(answer.body.length === 0 ? null : Buffer.from(answer.body), {
      status: answer.status,
      headers: kept,
    })
  }
}
