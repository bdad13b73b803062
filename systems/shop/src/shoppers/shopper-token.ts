import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * A shopper's token: `hls1.<shopper id>.<signature>`, signed with the tenant's own secret, so that a token of one
 * tenant is worth nothing at another. It names the shopper and grants no more than the API key beside it does.
 */
export function signShopperToken(shopperId: string, secret: string): string {
  return `hls1.${shopperId}.${signature(`shopper:${shopperId}`, secret)}`
}

/** The shopper's id, or null when the token was not signed with this secret. */
export function readShopperToken(token: string, secret: string): string | null {
  const [version, shopperId, given, ...rest] = token.split('.')
  if (version !== 'hls1' || shopperId === undefined || given === undefined || rest.length > 0) return null
  return matches(given, signature(`shopper:${shopperId}`, secret)) ? shopperId : null
}

/**
 * What the store's own server sends along when it signs a customer in from the browser: HMAC-SHA-256 of the customer's
 * id with the identity secret, base64url. Without it anyone with the public storefront key could claim to be anyone.
 */
export function identityProof(externalId: string, identitySecret: string): string {
  return signature(externalId, identitySecret)
}

export function isIdentityProof(externalId: string, proof: string, identitySecret: string): boolean {
  return matches(proof, identityProof(externalId, identitySecret))
}

function signature(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}

function matches(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
