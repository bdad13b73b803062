import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Fault } from './faults.ts'

export interface FaultyUpstream {
  /** With `/v1`. */
  baseUrl: string
  /** Requests that came whole. */
  requests(): number
  /** Open connections on which a request came. One without is spare: undici makes one in place of an aborted one. */
  sockets(): number
  /** Body of the last request. */
  lastBody(): string
  /** From the next request on. */
  misbehave(fault: Fault): void
  /** Closes every connection, as servers do with idle ones. */
  closeSockets(): void
  /** Stops listening and breaks every connection. */
  close(): Promise<void>
}

/** A model server on a raw loopback socket that meets every request with `fault`. For tests and benches only. */
export async function startFaultyUpstream(fault: Fault): Promise<FaultyUpstream> {
  const sockets = new Set<Socket>()
  const used = new Set<Socket>()
  let requests = 0
  let lastBody = ''
  let current = fault
  // Half-open allowed: a server that has ended its side still reads, as the fault wants it.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      used.delete(socket)
    })
    socket.on('error', () => socket.destroy())
    socket.on('end', () => socket.end())
    readRequests(socket, (body) => {
      used.add(socket)
      lastBody = body
      const isStream = /"stream":\s*true/.test(body)
      current({ socket, isStream, index: requests++ })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const closeSockets = () => sockets.forEach((socket) => socket.destroy())
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests: () => requests,
    sockets: () => used.size,
    lastBody: () => lastBody,
    misbehave(next) {
      current = next
    },
    closeSockets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        closeSockets()
      }),
  }
}

/** Calls back for each request with a `content-length` body, one after another on a connection. */
function readRequests(socket: Socket, onRequest: (body: string) => void): void {
  let received = Buffer.alloc(0)
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes])
    for (;;) {
      const headEnd = received.indexOf('\r\n\r\n')
      if (headEnd === -1) return
      const head = received.toString('latin1', 0, headEnd)
      const end = headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (received.length < end) return
      const body = received.toString('utf8', headEnd + 4, end)
      received = received.subarray(end)
      onRequest(body)
    }
  })
}
