import * as oauth from 'oauth4webapi'
import { OAuthRefusal } from './oauth-refusal.ts'

/** How the library asks: by the safe client. Plain http only where the caller says so. */
export interface Asking {
  [oauth.customFetch]: (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: unknown },
  ) => Promise<Response>
  [oauth.allowInsecureRequests]: boolean
}

/**
 * The metadata of an authorization server, whose `issuer` is the one that was asked for (RFC 8414, OpenID Connect Discovery 1.0). With a path it is looked for
 * inserted before it, OAuth's place and OpenID's, and behind it, as MCP 2025-11-25 orders them.
 * @throws OAuthRefusal where it has none; what the library throws of one that is wrong
 */
export async function serverMetadata(issuer: string, asking: Asking): Promise<oauth.AuthorizationServer> {
  const { origin, pathname } = new URL(issuer)
  const path = pathname === '/' ? '' : pathname.replace(/\/$/, '')
  const places = [
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
    ...(path === '' ? [] : [`${path}/.well-known/openid-configuration`]),
  ]
  for (const place of places) {
    const answer = await asking[oauth.customFetch](`${origin}${place}`, {
      method: 'GET',
      headers: { accept: 'application/json' },
    })
    if (answer.status !== 200) continue
    return await oauth.processDiscoveryResponse(new URL(issuer), answer)
  }
  throw new OAuthRefusal(
    'unsupported',
    `${issuer} says nowhere how it is asked for tokens. Is it the address of an authorization server?`,
  )
}
