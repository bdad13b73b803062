import type { EventEmitter } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { TryLaterError } from '@heavylift/core'
import type { Scope } from '@heavylift/core'
import type { ServerConfig } from '../server-config.ts'
import { ConnectionShares } from './connection-shares.ts'
import type { Place } from './connection-shares.ts'
import { readClientAddress } from './request-facts.ts'

type Limits = Pick<
  ServerConfig,
  'maxConnections' | 'connectionsPerAddress' | 'requestsPerKey' | 'reservedConnections' | 'trustedProxies'
>

const retryAfterSeconds = 5

/**
 * Who may hold how many connections. A place is a connection by the address that it comes from; behind trusted proxies, whose
 * connections carry everybody's requests, it is a request by the address that was forwarded.
 */
export class Connections {
  readonly #limits: Limits
  readonly #shares: ConnectionShares
  readonly #ofSockets = new WeakMap<object, Place>()
  readonly #reserved = new WeakSet<object>()
  /** Connections that carry requests of many addresses. */
  readonly #relayed = new WeakSet<object>()
  readonly #endings = new WeakMap<object, EventEmitter>()
  readonly #perKey = new Map<string, number>()

  constructor(limits: Limits) {
    this.#limits = limits
    this.#shares = new ConnectionShares({
      total: limits.maxConnections,
      perAddress: limits.connectionsPerAddress,
      reserved: limits.reservedConnections,
    })
  }

  watch(server: Server): void {
    // Who gives way is gone a moment after who takes the place has come.
    server.maxConnections = this.#limits.maxConnections + 2 * this.#limits.reservedConnections
    if (this.#limits.trustedProxies > 0) return
    server.on('connection', (socket: Socket) => {
      const place = this.#shares.take(socket.remoteAddress ?? 'unknown', () => socket.destroy())
      if (place === null) return refuse(socket)
      this.#ofSockets.set(socket, place)
      socket.once('close', () => place.release())
    })
  }

  /** Its connections come from another process of this server, which relays what came to it. */
  watchInner(server: Server): void {
    server.on('connection', (socket: Socket) => this.#relayed.add(socket))
  }

  /** A request has come whose answer, or taken-over socket, is `ending`. */
  begin(request: IncomingMessage, ending: EventEmitter): void {
    this.#endings.set(request, ending)
    const { trustedProxies } = this.#limits
    let place = this.#ofSockets.get(request.socket) ?? null
    if (trustedProxies > 0 || this.#relayed.has(request.socket)) {
      const ip = readClientAddress(request.socket.remoteAddress, forwardedFor(request), trustedProxies)
      place = this.#shares.take(ip, () => request.socket.destroy())
      if (place) ending.once('close', () => place?.release())
    }
    const over = place?.begin()
    if (over) ending.once('close', over)
    // Without a place it is answered like one in the reserve: health and administrators only.
    if (place === null || place.isReserved) this.#reserved.add(request)
  }

  /** Whether only health and administrators are answered on it. */
  isReserved(request: object | undefined): boolean {
    return request !== undefined && this.#reserved.has(request)
  }

  /** Throws 503 on a request in the reserve of anybody but an administrator. */
  checkReserve(request: object | undefined, scope: Scope | null): void {
    if (scope === 'admin' || !this.isReserved(request)) return
    throw new TryLaterError({
      code: 'connections-taken',
      message: `All connections are taken; what is left is for administrators. Try again in ${retryAfterSeconds} s.`,
      status: 503,
      retryAfterSeconds,
    })
  }

  /** Counts a request for its key until it is over. Throws 429 past the key's share. */
  holdForKey(request: object | undefined, keyId: string): void {
    const ending = request === undefined ? undefined : this.#endings.get(request)
    if (ending === undefined) return
    const held = this.#perKey.get(keyId) ?? 0
    if (held >= this.#limits.requestsPerKey) {
      throw new TryLaterError({
        code: 'key-too-busy',
        message: `This key has ${held} requests and streams under way, which is all it may. End some, or try again in ${retryAfterSeconds} s.`,
        status: 429,
        retryAfterSeconds,
      })
    }
    this.#perKey.set(keyId, held + 1)
    ending.once('close', () => {
      const left = (this.#perKey.get(keyId) ?? 1) - 1
      if (left > 0) this.#perKey.set(keyId, left)
      else this.#perKey.delete(keyId)
    })
  }
}

export function forwardedFor(request: IncomingMessage): Headers {
  return new Headers({ 'x-forwarded-for': String(request.headers['x-forwarded-for'] ?? '') })
}

function refuse(socket: Socket): void {
  const body = 'All connections are taken. Try again in a moment.\n'
  socket.end(
    `HTTP/1.1 503 Service Unavailable\r\nretry-after: ${retryAfterSeconds}\r\nconnection: close\r\n` +
      `content-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  // Whoever does not read it is not waited for.
  socket.destroySoon()
}
