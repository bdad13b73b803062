import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sleep } from '@heavylift/core/async'

/** What a replayed provider does with one request. */
export interface Replay {
  status?: number
  headers?: Record<string, string>
  /** Written one by one, so that each leaves in a packet of its own. */
  parts: (string | Buffer)[]
  /** `cut`: the socket is destroyed after the last part. Default `whole`. */
  ending?: 'whole' | 'cut'
}

export interface ReplayedRequest {
  method: string
  /** As it was sent, still encoded. */
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface ReplayServer {
  /** `http://127.0.0.1:port` */
  origin: string
  requests: ReplayedRequest[]
  close(): Promise<void>
}

/** A real HTTP server on loopback that answers with what a provider's reference documents; for tests and evals only. */
export async function startReplayServer(
  replay: (request: ReplayedRequest, index: number) => Replay,
): Promise<ReplayServer> {
  const requests: ReplayedRequest[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      }
      requests.push(received)
      const plan = replay(received, requests.length - 1)
      const answer = async () => {
        response.writeHead(plan.status ?? 200, plan.headers)
        for (const part of plan.parts) {
          response.write(part)
          await sleep(1)
        }
        if (plan.ending === 'cut') response.destroy()
        else response.end()
      }
      answer().catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
