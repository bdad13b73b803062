import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandom } from '@heavylift/core/math'
import type { Planted } from './planted.ts'

/** Serves a planted service (`PLANTED`, JSON). Its queue is kept in exact time, so that timers that come late change no capacity. */
const service = JSON.parse(process.env['PLANTED'] ?? '{}') as Planted
const random = createRandom(service.name)
const free = new Float64Array(service.workers)
let underWay = 0
let tokens = 0
let filledMs = performance.now()

function drawMs(): number {
  const { spread, meanMs } = service
  if (spread === 'exponential') return -meanMs * Math.log(1 - random.next())
  if (spread === 'uniform') return meanMs * (0.5 + random.next())
  // One in ten takes as long as all the others together.
  if (spread === 'two-kinds') return random.next() < 0.1 ? 5 * meanMs : (meanMs * 5) / 9
  return meanMs
}

function isRefused(nowMs: number): boolean {
  const { refusesAbove } = service
  if (refusesAbove === null) return false
  tokens = Math.min(refusesAbove / 10, tokens + ((nowMs - filledMs) * refusesAbove) / 1000)
  filledMs = nowMs
  if (tokens < 1) return true
  tokens--
  return false
}

const server = createServer((request, response) => {
  request.resume()
  const nowMs = performance.now()
  const status = isRefused(nowMs)
    ? 429
    : service.mostWaiting !== null && underWay >= service.workers + service.mostWaiting
      ? 503
      : 200
  if (status !== 200) {
    response.statusCode = status
    response.end()
    return
  }
  let first = 0
  for (let k = 1; k < free.length; k++) if ((free[k] as number) < (free[first] as number)) first = k
  const slower = 1 + service.pairCost * underWay
  const endMs = Math.max(nowMs, free[first] as number) + drawMs() * slower
  free[first] = endMs
  underWay++
  setTimeout(
    () => {
      underWay--
      response.end('{"ok":true}')
    },
    Math.max(0, endMs - performance.now()),
  )
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.stdin.on('end', () => process.exit())
process.stdin.resume()
