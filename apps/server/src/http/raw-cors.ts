import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Lets pages of `allowedOrigins` read what a mount answers, refusals too (Fetch Standard, 3.2). True for a preflight, which is
 * answered here. Credentials are never allowed: a key travels in a header that the page sets.
 */
export function answerPreflight(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigins: readonly string[],
): boolean {
  const { origin } = request.headers
  if (origin === undefined) return false
  response.setHeader('vary', 'origin')
  const isAllowed = allowedOrigins.includes(origin)
  if (isAllowed) {
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('access-control-expose-headers', '*')
  }
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
    return false
  if (isAllowed) {
    response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE')
    // Clients add headers of their own by version; what a page of this origin may send is for the mount to say.
    const asked = request.headers['access-control-request-headers']
    if (asked !== undefined) response.setHeader('access-control-allow-headers', asked)
    response.setHeader('access-control-max-age', '600')
  }
  response.writeHead(204).end()
  return true
}
