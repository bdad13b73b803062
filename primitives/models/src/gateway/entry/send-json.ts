import type { ServerResponse } from 'node:http'

/** An answer in one piece; `body` as JSON text or what becomes it. */
export function sendJson(response: ServerResponse, body: string | object, status = 200): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}
