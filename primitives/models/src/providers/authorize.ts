import { readSecret } from '../secret.ts'

/** What is sent, as far as a signature covers it. */
export interface SignedRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: Buffer
}

/** Headers that show who asks; a promise when a secret has to be read or the request signed. */
export type Authorizer = (request: SignedRequest) => Record<string, string> | Promise<Record<string, string>>

const secretForMs = 10_000

/** `authorization: Bearer <key>`; nothing for a null reference. The key is read again every ten seconds, so it can be rotated. */
export function bearerAuthorizer(reference: string | null): Authorizer {
  if (reference === null) return () => ({})
  let headers: Record<string, string> | null = null
  let untilMs = 0
  return (_request) => {
    if (headers !== null && performance.now() < untilMs) return headers
    return readSecret(reference).then((key) => {
      untilMs = performance.now() + secretForMs
      headers = { authorization: `Bearer ${key}` }
      return headers
    })
  }
}
