import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/**
 * Answers each request with server-sent events, one every `EVERY_MS` to all at once. They end together, `HOLD_MS` after so many as `COUNT` were open at
 * once, or at `UNTIL_MS` (since 1970) where that never happens.
 */
const everyMs = Number(process.env['EVERY_MS'] ?? '1000')
const holdMs = Number(process.env['HOLD_MS'] ?? '0')
const count = Number(process.env['COUNT'] ?? '1')
let untilMs = Number(process.env['UNTIL_MS'] ?? '0')
const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'
const event = 'd\r\ndata: token\n\n\r\n'
const open = new Set<Socket>()

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined)
  socket.on('close', () => open.delete(socket))
  socket.on('data', () => {
    socket.write(`${head}${event}`)
    open.add(socket)
    if (open.size === count) untilMs = Math.min(untilMs, Date.now() + holdMs)
  })
})
setInterval(() => {
  // One that comes late ends at the next turn.
  const isEnd = Date.now() >= untilMs
  for (const socket of open) socket.write(isEnd ? `${event}0\r\n\r\n` : event)
  if (isEnd) open.clear()
}, everyMs)
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
)
process.stdin.on('end', () => process.exit())
process.stdin.resume()
