import type { ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Insight } from '../../src/domain/insight.ts'
import { emptyLayer } from '../../src/graphics/layer-state.ts'
import type { LayerState } from '../../src/graphics/layer-state.ts'
import { listGraphics } from '../../src/graphics/list-graphics.ts'
import { match } from './insight.ts'
import { startStaticServer } from './static-server.ts'

/** The routes that the air page asks for, with the paths and messages of the product, over real sockets. */
export interface FeedServer {
  address: string
  port: number
  /** Adds to what is told; clients that are away get it when they come back. */
  tell(insight: Insight): void
  setLayer(layer: LayerState): void
  /** Ends at once, as a crash does: connections break. */
  stop(): Promise<void>
}

/**
 * `log`: what had been told before, with the cursor as index; `port`: the one to come back on; `before`: how much of the log a client without a cursor is
 * not told.
 */
export async function startFeedServer(log: Insight[] = [], port = 0, before = 0): Promise<FeedServer> {
  const followers = new Set<() => void>()
  const layerStreams = new Set<ServerResponse>()
  let layer = emptyLayer('main')
  const graphics = await listGraphics()

  function follow(after: number, send: (cursor: number, insight: Insight) => void): () => void {
    let next = after
    const flush = () => {
      for (; next < log.length; next++) send(next + 1, log[next] as Insight)
    }
    flush()
    followers.add(flush)
    return () => followers.delete(flush)
  }

  const { server, address, stop } = await startStaticServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (!url.pathname.startsWith('/api/live/')) return false
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') response.writeHead(204).end()
    else if (url.pathname === '/api/live/graphics') response.end(JSON.stringify({ graphics }))
    else if (url.pathname.endsWith('/insights/stream')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n')
      const end = follow(Number(request.headers['last-event-id'] ?? before), (cursor, insight) =>
        response.write(`id: ${cursor}\nevent: insight\ndata: ${JSON.stringify(insight)}\n\n`),
      )
      response.on('close', end)
    } else if (url.pathname.endsWith('/insights')) {
      const said = log.filter(({ kind }) => kind === url.searchParams.get('kind')).toReversed()
      response.end(JSON.stringify({ insights: said.map((insight) => ({ insight, outcome: null })) }))
    } else if (url.pathname.endsWith('/graphics/stream')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(layerEvent(layer))
      layerStreams.add(response)
      response.on('close', () => layerStreams.delete(response))
    } else response.end(JSON.stringify({ match, status: 'live' }))
    return true
  }, port)

  const sockets = new WebSocketServer({ server, path: '/live/ws' })
  sockets.on('connection', (socket: WebSocket, request) => {
    const after = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('after') ?? before)
    const end = follow(after, (cursor, insight) =>
      socket.send(JSON.stringify({ type: 'insight', cursor, insight })),
    )
    socket.on('close', end)
  })

  return {
    address,
    port: Number(new URL(address).port),
    tell(insight) {
      log.push(insight)
      for (const flush of followers) flush()
    },
    setLayer(next) {
      layer = next
      for (const stream of layerStreams) stream.write(layerEvent(layer))
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await stop()
    },
  }
}

function layerEvent(layer: LayerState): string {
  return `id: ${layer.revision}\nevent: layer\ndata: ${JSON.stringify(layer)}\n\n`
}
