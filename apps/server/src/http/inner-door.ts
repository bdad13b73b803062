import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Agent, request as askHttp } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream'

/**
 * How processes that share a port hand requests on: those that answer only at `/v1` relay the rest to the first, which listens on
 * a port of its own on loopback. The header says the secret and whose request it is, so that the first treats it as if it had come
 * to itself.
 */
const header = 'x-heavylift-inner'

/** Where the first process takes what others relay. */
export interface InnerDoor {
  port: number
  secret: string
}

export const newInnerSecret = (): string => randomBytes(24).toString('base64url')

/** Opens the door of the first process: `server` answers as the public one does, to whom `admitInner` lets in. */
export async function openInnerDoor(server: Server, secret: string): Promise<InnerDoor> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => resolve())
  })
  return { port: (server.address() as AddressInfo).port, secret }
}

/** Gives the request the address that it came from; cuts off who does not know the secret, and returns false. */
export function admitInner(request: IncomingMessage, secret: string): boolean {
  const [given = '', address = ''] = String(request.headers[header] ?? '').split(' ')
  delete request.headers[header]
  const expected = Buffer.from(secret)
  const presented = Buffer.from(given)
  if (presented.length !== expected.length || !timingSafeEqual(presented, expected)) {
    request.socket.destroy()
    return false
  }
  // One request at a time is on a connection.
  Object.defineProperty(request.socket, 'remoteAddress', { value: address, configurable: true })
  return true
}

/** In the other processes: hands on what is not theirs. */
export class RelayToFirst {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: 64 })
  #door: InnerDoor | null = null

  /** Null while the first process is not there. */
  setDoor(door: InnerDoor | null): void {
    this.#door = door
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const relayed = this.#ask(request)
    if (relayed === null) {
      response.writeHead(503, { ...away.headers, 'content-length': away.body.length })
      response.end(away.body)
      return
    }
    relayed.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders))
      response.flushHeaders()
      pipeline(answer, response, () => undefined)
    })
    relayed.on('error', () => {
      if (response.headersSent) response.destroy()
      else {
        response.writeHead(503, { ...away.headers, 'content-length': away.body.length })
        response.end(away.body)
      }
    })
    response.once('close', () => relayed.destroy())
    pipeline(request, relayed, () => undefined)
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const relayed = this.#ask(request)
    socket.on('error', () => socket.destroy())
    if (relayed === null) {
      socket.end(`HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    relayed.on('upgrade', (answer, upstream, rest) => {
      const lines = pairs(answer.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${lines.join('')}\r\n`)
      if (rest.length > 0) socket.write(rest)
      if (head.length > 0) upstream.write(head)
      pipeline(upstream, socket, () => socket.destroy())
      pipeline(socket, upstream, () => upstream.destroy())
    })
    relayed.on('response', (answer) => {
      socket.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nconnection: close\r\n\r\n`)
      pipeline(answer, socket, () => socket.destroy())
    })
    relayed.on('error', () => socket.destroy())
    relayed.end()
  }

  close(): void {
    this.#agent.destroy()
  }

  #ask(request: IncomingMessage) {
    if (this.#door === null) return null
    const { port, secret } = this.#door
    const headers = request.rawHeaders.filter(
      (_, index, all) => (all[index - (index % 2)] ?? '').toLowerCase() !== header,
    )
    return askHttp({
      host: '127.0.0.1',
      port,
      agent: this.#agent,
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: [...headers, header, `${secret} ${request.socket.remoteAddress ?? 'unknown'}`],
    })
  }
}

const away = {
  headers: { 'content-type': 'text/plain', 'retry-after': '2' },
  body: 'The part of the server that answers this is starting. Try again in a moment.\n',
}

/** What is said of the connection is each connection's own. */
function endToEnd(raw: readonly string[]): string[] {
  return pairs(raw)
    .filter(([name]) => !/^(?:connection|keep-alive|transfer-encoding)$/i.test(name))
    .flat()
}

function pairs(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at] ?? '', raw[2 * at + 1] ?? ''])
}
