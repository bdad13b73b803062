import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whom a token names, and when it was issued; times in milliseconds since the epoch. */
export interface ShopperToken {
  shopperId: string
  issuedAtMs: number
  expiresAtMs: number
}

/**
 * A shopper's token: `hls2.<shopper id>.<issued>.<expires>.<signature>`, signed with the tenant's own secret, so that a token of
 * one tenant is worth nothing at another. It names the shopper and grants no more than the API key beside it does.
 */
export function signShopperToken(token: ShopperToken, secret: string): string {
  const text = `${token.shopperId}.${token.issuedAtMs.toString(36)}.${token.expiresAtMs.toString(36)}`
  return `hls2.${text}.${signature(`shopper:${text}`, secret)}`
}

/** What a token says, or null when none of the secrets signed it or its time is over. */
export function readShopperToken(
  token: string,
  secrets: readonly string[],
  nowMs: number,
): ShopperToken | null {
  const [version, shopperId, issued, expires, given, ...rest] = token.split('.')
  if (version !== 'hls2' || !shopperId || !issued || !expires || !given || rest.length > 0) return null
  const text = `shopper:${shopperId}.${issued}.${expires}`
  if (!secrets.some((secret) => matches(given, signature(text, secret)))) return null
  const expiresAtMs = Number.parseInt(expires, 36)
  return expiresAtMs > nowMs ? { shopperId, issuedAtMs: Number.parseInt(issued, 36), expiresAtMs } : null
}

/** So far ahead may the end of a proof lie: it is made when a page is, and used at once. */
export const longestProofMs = 24 * 60 * 60 * 1000

/**
 * What the store's own server sends along when it signs a customer in from the browser: `<ends>.<signature>`, the time in
 * milliseconds since the epoch at which the proof ends, and the HMAC-SHA-256, base64url, with the identity secret, of the customer's
 * id, a line feed and that time. Without it anyone with the public storefront key could claim to be anyone.
 */
export function identityProof(externalId: string, expiresAtMs: number, identitySecret: string): string {
  return `${expiresAtMs}.${signature(`${externalId}\n${expiresAtMs}`, identitySecret)}`
}

/** Whether one of the secrets made the proof, and its end lies ahead by a day at most. */
export function isIdentityProof(
  externalId: string,
  proof: string,
  secrets: readonly string[],
  nowMs: number,
): boolean {
  const expiresAtMs = Number(/^(\d{1,15})\./.exec(proof)?.[1] ?? 0)
  if (expiresAtMs <= nowMs || expiresAtMs > nowMs + longestProofMs) return false
  return secrets.some((secret) => matches(proof, identityProof(externalId, expiresAtMs, secret)))
}

function signature(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}

function matches(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
