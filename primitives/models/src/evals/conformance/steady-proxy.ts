import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Passes requests on to `target`, and asks for the likeliest answer where a request says nothing of sampling. A scanner that sets no
 * limit otherwise meets an answer now and then that goes on until the context is full, which says nothing of the wire.
 */
export async function startSteadyProxy(target: string): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const answer = await fetch(`${target}${request.url ?? '/'}`, {
        method: request.method ?? 'GET',
        headers: {
          'content-type': request.headers['content-type'] ?? 'application/json',
          authorization: request.headers.authorization ?? '',
        },
        ...(parts.length === 0 ? {} : { body: withoutChance(Buffer.concat(parts).toString()) }),
      })
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
      })
      for await (const part of answer.body ?? []) response.write(part)
      response.end()
    }
    pass().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function withoutChance(body: string): string {
  try {
    return JSON.stringify({ temperature: 0, ...(JSON.parse(body) as Record<string, unknown>) })
  } catch {
    return body
  }
}
