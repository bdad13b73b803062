import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/**
 * A target that costs next to nothing: it answers the same bytes to each request. With `PAUSES` (`from-to` pairs in milliseconds of
 * the monotonic clock, which all processes of a machine share) it answers nothing in them and then all at once.
 */
const nowMs = () => Number(process.hrtime.bigint()) / 1e6
const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok')
const pauses = (process.env['PAUSES'] ?? '')
  .split(',')
  .filter((pair) => pair !== '')
  .map((pair) => pair.split('-').map(Number) as [number, number])

/** Timers cut to whole milliseconds, so the last one is spent looking at the clock. */
function answerAt(socket: Socket, atMs: number): void {
  if (nowMs() >= atMs) socket.write(answer)
  else setImmediate(() => answerAt(socket, atMs))
}

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined)
  socket.on('data', () => {
    const atMs = nowMs()
    const pause = pauses.find(([from, to]) => atMs >= from && atMs < to)
    if (pause === undefined) socket.write(answer)
    else setTimeout(() => answerAt(socket, pause[1]), pause[1] - atMs - 1)
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.stdin.on('end', () => process.exit())
process.stdin.resume()
