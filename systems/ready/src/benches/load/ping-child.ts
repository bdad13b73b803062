import { connect } from 'node:net'
import { quantile } from '@heavylift/core/math'

/**
 * The way to the target and back without any of the generator's code: `COUNT` requests on one socket, one each `EVERY_MS`, by the clock of
 * this process. Prints the median in milliseconds.
 */
const everyMs = Number(process.env['EVERY_MS'] ?? '5')
const count = Number(process.env['COUNT'] ?? '200')
const request = Buffer.from('GET / HTTP/1.1\r\nHost: target\r\n\r\n')
const tookMs: number[] = []
let sentMs = 0

const socket = connect({ host: '127.0.0.1', port: Number(process.env['PORT']), noDelay: true })
const send = () => {
  sentMs = performance.now()
  socket.write(request)
}
socket.on('connect', send)
socket.on('data', () => {
  tookMs.push(performance.now() - sentMs)
  if (tookMs.length < count) setTimeout(send, everyMs)
  else {
    socket.destroy()
    process.stdout.write(
      String(
        quantile(
          tookMs.toSorted((a, b) => a - b),
          0.5,
        ),
      ),
    )
  }
})
