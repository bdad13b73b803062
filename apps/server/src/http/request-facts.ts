import type { Ids } from '@heavylift/core'

/** The caller's own id when it is harmless in a log, else a new one. */
export function readRequestId(headers: Headers, ids: Ids): string {
  const given = headers.get('x-request-id')
  return given !== null && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : ids.next('req')
}

/**
 * The client's address. Behind `trustedProxies` proxies it is that many entries from the right of `X-Forwarded-For`;
 * everything further left was written by the client and proves nothing.
 */
export function readClientAddress(
  remoteAddress: string | undefined,
  headers: Headers,
  trustedProxies: number,
): string {
  const direct = remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return direct
  const hops = (headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => /^[0-9a-fA-F.:]{2,45}$/.test(hop))
  return hops.at(-trustedProxies) ?? direct
}
