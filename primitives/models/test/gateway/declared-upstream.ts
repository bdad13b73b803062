import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

export interface Heard {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface DeclaredUpstream {
  /** Without `/v1`. */
  origin: string
  heard: Heard[]
  /** WebSockets that are open. */
  sockets(): number
  close(): Promise<void>
}

/** A server of other paths than the known ones: it keeps what it hears, answers as told, and echoes on WebSockets. */
export async function startDeclaredUpstream(
  answer: (heard: Heard, response: ServerResponse) => void,
): Promise<DeclaredUpstream> {
  const heard: Heard[] = []
  const sockets = new WebSocketServer({ noServer: true })
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = heardOf(request, Buffer.concat(parts))
      heard.push(one)
      answer(one, response)
    })
  })
  server.on('upgrade', (request, socket, head) => {
    heard.push(heardOf(request, Buffer.alloc(0)))
    if (request.url?.includes('refuse')) {
      const body = '{"error":{"message":"no such session"}}'
      socket.end(
        `HTTP/1.1 404 No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      )
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('message', (data, isBinary) => client.send(data, { binary: isBinary }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    sockets: () => sockets.clients.size,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function heardOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Heard {
  return { method, url, headers, body }
}
