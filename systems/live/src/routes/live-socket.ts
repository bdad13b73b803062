import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { findOutage, HeavyliftError } from '@heavylift/core'
import type { Caller, IdentifyRaw, RawMount } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { Backlog } from '@heavylift/core/runtime/backlog'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { LiveContext } from '../context.ts'
import type { IngestCounts } from '../pipeline/ingest/ingest.ts'
import type { PushMessage } from './answers.ts'
import { cursorOf } from './cursor.ts'
import { mappingNamed, pushMapped } from '../mappings/push-mapped.ts'
import type { FeedPart } from '../mappings/push-mapped.ts'
import { pushFeed } from '../pipeline/ingest/push.ts'
import { formatNamed } from '../feeds/recognise-format.ts'
import { insightMessage } from './insight-message.ts'
import { keepAlive } from './keep-alive.ts'

/** Bytes of a feed that may wait to be taken before its socket is held, and the largest message. */
const maxWaitingBytes = 1_000_000
const maxMessageBytes = 4 * 1024 * 1024
/** A client whose insights pile up and that takes none for so long is closed. */
const stalledMs = 10_000

/**
 * WebSockets below `/live/`: `/live/ws?match=ID[&after=CURSOR]` tells insights, `/live/push?format=NAME[&match=ID]` or
 * `?mapping=NAME` takes a feed and answers `{ accepted, duplicates, rejected }` after each part that is safe.
 */
export function liveSockets(live: LiveContext): RawMount[] {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  live.signal.addEventListener('abort', () => {
    for (const client of sockets.clients) client.close(1001, 'The server is stopping.')
  })

  async function accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    identify: IdentifyRaw,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://live.localhost')
    const serve = await routeOf(live, url, await identify(request))
    sockets.handleUpgrade(request, socket, head, (client) => {
      const gone = new AbortController()
      client.on('close', () => gone.abort())
      client.on('error', () => gone.abort())
      const signal = AbortSignal.any([gone.signal, live.signal])
      // An upgrade of HTTP/1.1 is of a TCP connection.
      serve(client, signal, socket as Socket).catch((thrown: unknown) => {
        if (signal.aborted) return
        const error = findOutage(thrown) ?? thrown
        const isOurs = HeavyliftError.isInstance(error)
        if (!isOurs) live.log.error({ error }, 'live socket failed')
        client.close(1011, isOurs ? error.message.slice(0, 120) : 'Something went wrong.')
      })
    })
  }

  return ['/live/ws', '/live/push'].map((mount) => ({
    mount,
    handle(_request: IncomingMessage, response: ServerResponse) {
      response.writeHead(426, { 'content-type': 'text/plain', connection: 'upgrade', upgrade: 'websocket' })
      response.end(
        'This address speaks WebSocket. Insights also come by GET /api/live/matches/:id/insights/stream.\n',
      )
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, identify: IdentifyRaw) {
      accept(request, socket, head, identify).catch((thrown: unknown) => {
        const error = findOutage(thrown) ?? thrown
        const status = HeavyliftError.isInstance(error) ? error.status : 500
        const text = HeavyliftError.isInstance(error) ? error.message : 'Something went wrong.'
        socket.end(
          `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        )
      })
    },
  }))
}

type Serve = (client: WebSocket, signal: AbortSignal, socket: Socket) => Promise<void>

async function routeOf(live: LiveContext, url: URL, { tenantId }: Caller): Promise<Serve> {
  const matchId = url.searchParams.get('match')
  if (url.pathname === '/live/ws') {
    await live.matches.get(tenantId, matchId ?? '')
    const after = cursorOf(url.searchParams.get('after'))
    return (client, signal, socket) => {
      keepAlive(client, { pingMs: live.config.socketPingMs, idleMs: null })
      const backlog = new Backlog(socket, { maxBytes: live.config.socketUnreadBytes, stalledMs })
      return tellInsights(live, client, { tenantId, matchId: matchId ?? '', after, signal, backlog })
    }
  }
  const named = url.searchParams.get('mapping')
  if (named !== null) {
    const mapping = await mappingNamed(live.mappings, tenantId, named)
    return (client, signal) => {
      keepAlive(client, { pingMs: live.config.socketPingMs, idleMs: live.config.socketIdleMs })
      return takeFeed(live, client, (onProgress) =>
        pushMapped(live, wholeMessages(client), { tenantId, mapping, matchId, signal, onProgress }),
      )
    }
  }
  const format = formatNamed(url.searchParams.get('format') ?? 'heavylift-jsonl')
  return (client, signal) => {
    keepAlive(client, { pingMs: live.config.socketPingMs, idleMs: live.config.socketIdleMs })
    return takeFeed(live, client, (onProgress) =>
      pushFeed(live.ingest, messages(client), {
        tenantId,
        matchId,
        format,
        signal,
        onProgress,
        name: 'websocket',
      }),
    )
  }
}

async function tellInsights(
  live: LiveContext,
  client: WebSocket,
  {
    tenantId,
    matchId,
    after,
    signal,
    backlog,
  }: { tenantId: string; matchId: string; after: number | null; signal: AbortSignal; backlog: Backlog },
): Promise<void> {
  for await (const entry of live.outputs.follow(tenantId, matchId, after, signal)) {
    // Whoever does not read comes back with the cursor of what it read last.
    if (!(await backlog.room(signal))) return client.terminate()
    const text = JSON.stringify(insightMessage(entry))
    backlog.wrote(Buffer.byteLength(text))
    client.send(text)
  }
}

/** Takes what a client sends, and tells it after each part that is safe. */
async function takeFeed(
  live: LiveContext,
  client: WebSocket,
  take: (onProgress: (counts: IngestCounts) => void) => Promise<IngestCounts>,
): Promise<void> {
  const counts = await take(({ accepted, duplicates, rejected, rejects }) => {
    if (client.bufferedAmount > live.config.socketUnreadBytes) return client.terminate()
    const lastReject = rejects.at(-1) ?? null
    client.send(JSON.stringify({ accepted, duplicates, rejected, lastReject } satisfies PushMessage))
  })
  client.close(1000, `${counts.accepted} events taken`)
}

/** Each message as a part that ends its rows. */
async function* wholeMessages(client: WebSocket): AsyncGenerator<FeedPart> {
  for await (const bytes of messages(client)) if (bytes !== lineEnd) yield { bytes, isWhole: true }
}

/** Each message's bytes and a line end; the socket is read only as fast as it is pulled. */
async function* messages(client: WebSocket): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = []
  let waitingBytes = 0
  let isOpen = true
  const changed = new Wakeup()
  client.on('message', (data: Buffer | ArrayBuffer | Buffer[]) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
    waiting.push(bytes, lineEnd)
    waitingBytes += bytes.byteLength
    if (waitingBytes > maxWaitingBytes || waiting.length > 1_000) client.pause()
    changed.wake()
  })
  client.on('close', () => {
    isOpen = false
    changed.wake()
  })
  for (;;) {
    const next = waiting.shift()
    if (next) {
      yield next
      waitingBytes -= next === lineEnd ? 0 : next.byteLength
      if (waiting.length === 0 && isOpen && client.isPaused) client.resume()
    } else if (isOpen) await changed.wait()
    else return
  }
}

const lineEnd = Buffer.from('\n')
