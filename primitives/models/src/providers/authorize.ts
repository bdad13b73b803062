import type { ReadSecret } from '../secret.ts'

/** What is sent, as far as a signature covers it. */
export interface SignedRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: Buffer
}

/** Headers that show who asks; a promise when a secret has to be read or the request signed. */
export type Authorizer = (request: SignedRequest) => Record<string, string> | Promise<Record<string, string>>

/** A secret is read again after this long, so it can be rotated without a restart. */
const secretForMs = 10_000

/** `authorization: Bearer <key>`; nothing for a null reference. Rejects with `secret-missing`. */
export function bearerAuthorizer(reference: string | null, readSecret: ReadSecret): Authorizer {
  if (reference === null) return () => ({})
  return kept(async () => ({ authorization: `Bearer ${await readSecret(reference)}` }))
}

/**
 * Anthropic's `x-api-key`, with `anthropic-version` for a request that does not say which version it is written for.
 * Rejects with `secret-missing`.
 */
export function anthropicAuthorizer(reference: string, version: string, readSecret: ReadSecret): Authorizer {
  const key = kept(async () => ({ 'x-api-key': await readSecret(reference) }))
  const withVersion = (request: SignedRequest, headers: Record<string, string>) =>
    'anthropic-version' in request.headers ? headers : { ...headers, 'anthropic-version': version }
  return (request) => {
    const headers = key()
    return headers instanceof Promise
      ? headers.then((read) => withVersion(request, read))
      : withVersion(request, headers)
  }
}

/** Makes a value of secrets once in a while; between, it is there at once. A failure is not kept. */
export function kept<Value extends object>(make: () => Promise<Value>): () => Value | Promise<Value> {
  let value: Value | null = null
  let untilMs = 0
  return () => {
    if (value !== null && performance.now() < untilMs) return value
    return make().then((made) => {
      untilMs = performance.now() + secretForMs
      value = made
      return made
    })
  }
}
