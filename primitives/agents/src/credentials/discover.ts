import { InvalidInputError } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import type { OAuthSpec } from './credential.ts'
import { askingBy } from './oauth.ts'
import { explained, OAuthRefusal } from './oauth-refusal.ts'
import { serverMetadata } from './server-metadata.ts'

/** What was found out of how an MCP server is signed in to. */
export interface Discovered {
  spec: OAuthSpec
  /** Of a client that was registered just now. */
  secret: string | undefined
  isRegistered: boolean
}

/** A client that its authorization server knows already. */
export interface KnownClient {
  clientId: string
  secret?: string | undefined
}

const resourceSchema = z.looseObject({
  resource: z.url(),
  authorization_servers: z.array(z.url()).min(1),
  scopes_supported: z.array(z.string()).optional(),
})

/**
 * Finds out how an MCP server is signed in to, as MCP's authorization says: its protected resource (RFC 9728) names the authorization server, whose metadata (RFC
 * 8414) say how; a client that it does not know is registered there (RFC 7591). Tokens will be for that resource only (RFC 8707).
 * @throws InvalidInputError `sign-in-not-needed`, `sign-in-unknown`, `client-unknown`; OAuthRefusal
 */
export async function discoverSignIn(
  url: string,
  how: { fetch: SafeFetch; redirectUri: string; client: KnownClient | null },
): Promise<Discovered> {
  const { fetch, redirectUri, client } = how
  const challenge = await challengeOf(url, fetch)
  const resource = await protectedResource(url, challenge.metadata, fetch)
  const issuer = resource.authorization_servers[0]!
  return await explained(async () => {
    const asking = askingBy(fetch, issuer)
    const server = await serverMetadata(issuer, asking)
    if (server.code_challenge_methods_supported?.includes('S256') !== true)
      throw new OAuthRefusal(
        'unsupported',
        `${issuer} does not say that it knows PKCE with S256, which MCP asks for.`,
      )
    const scopes = new Set(challenge.scopes ?? resource.scopes_supported)
    // Without it there is no refresh token at such a server, and a person would be asked each hour.
    if (server.scopes_supported?.includes('offline_access') === true) scopes.add('offline_access')
    const spec = {
      kind: 'oauth2' as const,
      grant: 'authorization_code' as const,
      issuer,
      scopes: [...scopes],
      resource: resource.resource,
    }
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const clientAuth = clientAuths.find((each) => methods.includes(each)) ?? 'client_secret_basic'
    if (client !== null) {
      const { clientId, secret } = client
      return {
        spec: { ...spec, clientId, clientAuth: secret === undefined ? 'none' : clientAuth },
        secret,
        isRegistered: false,
      }
    }
    if (server.registration_endpoint === undefined)
      throw new InvalidInputError({
        code: 'client-unknown',
        message: `${issuer} registers no clients by itself. Register one there that comes back to ${redirectUri}, and give its client id.`,
      })
    const wanted = {
      client_name: 'Heavylift',
      // OpenID Connect Registration 1.0, 2: one that comes back to a person's own machine is no web client.
      application_type: /^http:\/\/(127\.|localhost|\[::1\])/.test(redirectUri) ? 'native' : 'web',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: clientAuth,
      ...(scopes.size === 0 ? {} : { scope: [...scopes].join(' ') }),
    }
    const made = await registered(await oauth.dynamicClientRegistrationRequest(server, wanted, asking))
    const given = clientAuths.find((each) => each === made.token_endpoint_auth_method) ?? clientAuth
    return {
      spec: {
        ...spec,
        clientId: made.client_id,
        clientAuth: made.client_secret === undefined ? 'none' : given,
      },
      secret: made.client_secret,
      isRegistered: true,
    }
  })
}

const registeredSchema = z.looseObject({
  client_id: z.string().min(1).max(500),
  client_secret: z.string().min(1).optional(),
  token_endpoint_auth_method: z.string().optional(),
})

/** RFC 7591, 3.2.1. That a secret comes without the time at which it ends, as the library insists on, is let through: many servers leave it out. */
async function registered(answer: Response): Promise<z.output<typeof registeredSchema>> {
  const text = await answer.text()
  const read = registeredSchema.safeParse(parsed(text))
  if (answer.ok && read.success) return read.data
  throw new OAuthRefusal(
    'registration',
    `The authorization server registers no client (${answer.status}): ${text.slice(0, 300)}. Register one there by hand, and give its client id.`,
  )
}

const clientAuths = ['client_secret_basic', 'client_secret_post', 'none'] as const

/** What the server answers to who has no token: where its metadata are, and the scopes that it asks for. */
async function challengeOf(
  url: string,
  fetch: SafeFetch,
): Promise<{ metadata: string | null; scopes: string[] | null }> {
  let status = 0
  // Some let everybody in and ask for a token once something is wanted.
  for (const body of [initialize, listTools]) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(body),
    })
    status = answer.status
    if (status === 401) return challengeIn(answer.headers.get('www-authenticate') ?? '')
  }
  throw new InvalidInputError({
    code: 'sign-in-not-needed',
    message: `${url} answers ${status} to who has not signed in, and not 401: it asks for no OAuth.`,
  })
}

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'heavylift', version: '0.1.0' },
  },
}
const listTools = { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} }

/** The parameters of a challenge `Bearer` (RFC 6750, 3; RFC 9728, 5.1). */
function challengeIn(header: string): { metadata: string | null; scopes: string[] | null } {
  const parameter = (name: string): string | null =>
    new RegExp(`[\\s,]${name}="([^"]*)"`).exec(header)?.[1] ?? null
  return {
    metadata: parameter('resource_metadata'),
    scopes: parameter('scope')?.split(' ').filter(Boolean) ?? null,
  }
}

/** Where the server says, else where RFC 9728 has it, with the path and without; a server of before it is its own authorization server. */
async function protectedResource(
  url: string,
  named: string | null,
  fetch: SafeFetch,
): Promise<z.output<typeof resourceSchema>> {
  const { origin, pathname } = new URL(url)
  const wellKnown = `${origin}/.well-known/oauth-protected-resource`
  const places = named === null ? [`${wellKnown}${pathname === '/' ? '' : pathname}`, wellKnown] : [named]
  for (const place of new Set(places)) {
    const answer = await fetch(place, { headers: { accept: 'application/json' } })
    if (answer.status !== 200) continue
    const read = resourceSchema.safeParse(parsed(answer.text()))
    if (!read.success) throw unknownSignIn(`${place} is no metadata of a protected resource`)
    // RFC 9728, 3.3: what another resource says of itself says nothing of this one.
    if (!covers(read.data.resource, url))
      throw unknownSignIn(`${place} is of ${read.data.resource} and not of ${url}`)
    return read.data
  }
  if (named !== null) throw unknownSignIn(`${named} does not answer`)
  return { resource: url, authorization_servers: [origin] }
}

function covers(resource: string, url: string): boolean {
  const [wide, narrow] = [new URL(resource), new URL(url)]
  const below = wide.pathname.endsWith('/') ? wide.pathname : `${wide.pathname}/`
  return (
    wide.origin === narrow.origin && (narrow.pathname === wide.pathname || narrow.pathname.startsWith(below))
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unknownSignIn(why: string): InvalidInputError {
  return new InvalidInputError({
    code: 'sign-in-unknown',
    message: `How one signs in cannot be found out: ${why}. Ask whoever runs the server, or add the credential by hand.`,
  })
}
