import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'

/** The least that a proxy on `node:http` and undici can do: no routing, limits, metering, retries or deadlines. */

process.once('message', ({ upstream }: { upstream: string }) => {
  const pool = new Pool(upstream, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
      pool
        .stream(
          {
            method: 'POST',
            path: request.url ?? '/',
            headers: { 'content-type': 'application/json' },
            body,
          },
          ({ statusCode, headers }) => {
            response.writeHead(statusCode, { 'content-type': String(headers['content-type']) })
            return response
          },
        )
        .catch(() => response.destroy())
    })
  })
  server.listen(0, '127.0.0.1', 4096, () => {
    process.send?.({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  })
})
process.once('disconnect', () => process.exit())
