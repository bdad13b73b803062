import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { HeavyliftError } from '@heavylift/core'
import type { Dispatcher } from 'undici'
import { asModelError, outcomeOf } from '../../failure/upstream-failure.ts'
import { noReplica, whyBlocked } from '../../failure/no-replica.ts'
import { noSuchPath } from '../../failure/unknown-path.ts'
import { toWireError } from '../../failure/wire-error.ts'
import { wireErrorBody, wireErrorHeaders } from '../../failure/wire-format.ts'
import type { Outstanding } from '../../routing/balancer.ts'
import { blankScan } from '../../wire/scan-body.ts'
import { emptyUsage } from '../../wire/token-usage.ts'
import type { Call } from '../call/call.ts'
import type { CallEnd } from '../call/call-report.ts'
import type { Gateway } from '../gateway.ts'
import { pathAt, ruleFor } from '../route/path-rules.ts'
import { serves } from '../route/model-route.ts'
import type { ModelRoute } from '../route/model-route.ts'
import { callOf } from './call-paths.ts'
import type { Identify } from './own-paths.ts'
import { readPassedRequest } from './passed-request.ts'
import type { PassedRequest } from './passed-request.ts'

/** Of the handshake (RFC 6455, 4.1), what both ends have to say to each other. */
const handshakeHeaders = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions']
const answeredHeaders = ['sec-websocket-accept', 'sec-websocket-extensions', 'sec-websocket-protocol']
const maxErrorBytes = 64 * 1024
/** How browsers, which can set no header, show OpenAI's realtime API a key. */
const keyProtocol = 'openai-insecure-api-key.'

interface Upgraded {
  socket: Duplex
  headers: IncomingHttpHeaders
}

/** What a replica answers instead of an upgrade. */
class NotUpgraded {
  readonly status: number
  readonly body: string
  constructor(status: number, body: string) {
    this.status = status
    this.body = body
  }
}

/**
 * Relays a WebSocket to a replica that declares its path: key, limits, balancer and breaker as for every call, then bytes in
 * both directions, each end held up by the other. Metered as one request that lasts as long as the socket.
 */
export async function relaySocket(
  gateway: Gateway,
  identify: Identify,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  // Until both ends are joined nobody else hears that the client is gone.
  socket.on('error', () => socket.destroy())
  try {
    const protocols = takeKey(request.headers)
    const url = request.url ?? '/'
    const [path = '/'] = url.split('?', 1)
    const caller = await identify(request)
    if (!gateway.declares(path.slice('/v1'.length)))
      throw noSuchPath('WebSocket', path, gateway.declaredPaths())
    const { scanned, passed } = readPassedRequest(
      { method: 'GET', headers: request.headers },
      path.slice('/v1'.length),
      url.slice(path.length),
      Buffer.alloc(0),
    )
    for (const name of handshakeHeaders) {
      const value = request.headers[name]
      if (typeof value === 'string') passed.headers[name] = value
    }
    if (protocols !== '') passed.headers['sec-websocket-protocol'] = protocols
    const call: Call & { passed: PassedRequest } = {
      ...callOf({ gateway, request, arrivedMs: performance.now() }, caller),
      api: 'other',
      body: Buffer.alloc(0),
      scanned: { ...blankScan(), model: scanned.model },
      isStream: true,
      passHeaders: {},
      passed,
    }
    await relay(gateway, call, socket, head)
  } catch (error) {
    if (!HeavyliftError.isInstance(error)) gateway.log.error({ error }, 'socket failed')
    const wire = toWireError(error)
    refuse(socket, wire.status, wireErrorBody('other', wire), wireErrorHeaders(wire))
  }
}

async function relay(
  gateway: Gateway,
  call: Call & { passed: PassedRequest },
  client: Duplex,
  head: Buffer,
): Promise<void> {
  const { route, report, traits } = gateway.openSocket(call)
  const end: CallEnd = {
    status: 'failed',
    httpStatus: 502,
    errorCode: null,
    replica: null,
    attempts: 0,
    isHedged: false,
    queuedMs: 0,
    usage: emptyUsage,
    isUsageEstimated: false,
    chargedTokens: 0,
  }
  try {
    await report.admit(0)
    const excluded = route.balancer.replicas.filter(({ id }) => !serves(route, id, call.passed.path))
    for (;;) {
      const outstanding = route.balancer.start(traits, performance.now(), excluded)
      if (outstanding === null) throw whyBlocked(route, performance.now()) ?? noReplica(route.name, null)
      end.attempts += 1
      end.replica = outstanding.replica
      report.sentTo(outstanding.replica)
      try {
        const upgraded = await upgrade(route, outstanding, call.passed, client)
        report.began()
        await join(gateway, client, head, upgraded, outstanding)
        Object.assign(end, { status: 'ok', httpStatus: 101 })
        return report.over(end)
      } catch (error) {
        if (error instanceof NotUpgraded) {
          outstanding.end(error.status >= 500 ? 'failed' : 'refused', performance.now())
          Object.assign(end, { status: 'rejected', httpStatus: error.status, errorCode: 'model-rejected' })
          report.over(end)
          return refuse(client, error.status, error.body, {})
        }
        const failure = asModelError(error)
        outstanding.end(outcomeOf(failure), performance.now())
        if (end.attempts > route.config.retries || client.destroyed) throw failure
        excluded.push(outstanding.replica)
      }
    }
  } catch (error) {
    const wire = toWireError(error)
    const isShed = end.attempts === 0 && (wire.status === 429 || wire.status === 403)
    Object.assign(end, { status: isShed ? 'shed' : 'failed', httpStatus: wire.status, errorCode: wire.code })
    report.over(end)
    throw error
  }
}

async function upgrade(
  route: ModelRoute,
  { replica }: Outstanding,
  passed: PassedRequest,
  client: Duplex,
): Promise<Upgraded> {
  const upstream = route.upstreams.get(replica.id)
  const endpoint = upstream?.endpoint() ?? null
  const rule = ruleFor(upstream?.paths ?? [], passed.path)
  if (!upstream || endpoint === null || rule === null) throw noReplica(route.name, null)
  const { query } = passed.as(upstream.model === '' ? null : upstream.model)
  const path = pathAt(rule, endpoint.basePath, passed.path) + query
  const sent = { method: 'GET', headers: passed.headers, body: Buffer.alloc(0) }
  const authorization = await upstream.authorizer({ ...sent, url: endpoint.origin + path })
  const { promise, resolve, reject } = Promise.withResolvers<Upgraded>()
  let status = 0
  let said = ''
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      client.once('close', () => controller.abort(new Error('The client went away.')))
    },
    onRequestUpgrade: (_controller, _status, headers, socket) => resolve({ headers, socket }),
    onResponseStart: (_controller, given) => void (status = given),
    onResponseData: (_controller, bytes) =>
      void (said = (said + bytes.toString('utf8')).slice(0, maxErrorBytes)),
    onResponseEnd: () => reject(new NotUpgraded(status, said)),
    onResponseError: (_controller, error) => reject(error),
  }
  endpoint.dispatcher.dispatch(
    {
      path,
      method: 'GET',
      headers: { ...passed.headers, ...authorization },
      upgrade: 'websocket',
      headersTimeout: route.config.deadlines.firstTokenMs,
    },
    handler,
  )
  return promise
}

/** Until either end is gone. */
async function join(
  gateway: Gateway,
  client: Duplex,
  head: Buffer,
  { socket: upstream, headers }: Upgraded,
  outstanding: Outstanding,
): Promise<void> {
  const lines = answeredHeaders.flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [`${name}: ${value}\r\n`] : []
  })
  client.write(
    `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n${lines.join('')}\r\n`,
  )
  outstanding.firstToken(performance.now())
  if (head.length > 0) upstream.write(head)
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = () => {
    client.destroy()
    upstream.destroy()
  }
  const socket = { stop }
  gateway.sockets.add(socket)
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', stop)
    one.once('close', () => {
      // What it said last leaves first.
      other.end()
      setTimeout(stop, 1_000).unref()
      resolve()
    })
    one.pipe(other)
  }
  await promise
  gateway.sockets.delete(socket)
  outstanding.end('ok', performance.now())
}

/** A key among the subprotocols becomes the header that it would have been; returns what is left for the upstream. */
function takeKey(headers: IncomingHttpHeaders): string {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  const key = offered.find((name) => name.startsWith(keyProtocol))
  if (key !== undefined) headers.authorization ??= `Bearer ${key.slice(keyProtocol.length)}`
  return offered.filter((name) => name !== key && name !== '').join(', ')
}

function refuse(socket: Duplex, status: number, body: string, headers: Record<string, string>): void {
  if (socket.destroyed) return
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`)
}
