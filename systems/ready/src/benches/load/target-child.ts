import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/**
 * A target that costs next to nothing: it answers the same bytes to each request. With `PAUSES` (`from-to` pairs in milliseconds since
 * 1970, as all processes of a machine see them) it answers nothing in them and then all at once.
 */
const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok')
const pauses = (process.env['PAUSES'] ?? '')
  .split(',')
  .filter((pair) => pair !== '')
  .map((pair) => pair.split('-').map(Number) as [number, number])

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined)
  socket.on('data', () => {
    const nowMs = performance.timeOrigin + performance.now()
    const pause = pauses.find(([from, to]) => nowMs >= from && nowMs < to)
    if (pause === undefined) socket.write(answer)
    else setTimeout(() => socket.write(answer), pause[1] - nowMs)
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.stdin.on('end', () => process.exit())
process.stdin.resume()
