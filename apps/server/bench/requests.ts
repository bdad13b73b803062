// Requests a second of a trivial route, beside bare node:http and bare Hono: `node apps/server/bench/requests.ts [seconds]`.
// One JSON object, as `heavylift bench` prints it. Each target runs in turn, several rounds; medians are shown.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { median, quantile, sortNumbers } from '@heavylift/core/math'

const names = ['bare', 'hono', 'heavylift', 'heavylift-key'] as const
const connections = 32
const rounds = 5

interface Target {
  port: number
  key: string
  stop(): void
}

async function start(name: string): Promise<Target> {
  const child = spawn(process.execPath, [new URL('targets.ts', import.meta.url).pathname, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const [port, key = ''] = line.toString().trim().split(' ')
  return { port: Number(port), key, stop: () => void child.kill() }
}

/** Keeps one request in flight on each connection for `ms`; returns how many were answered and each one's milliseconds. */
async function load(target: Target, ms: number): Promise<number[]> {
  const authorization = target.key === '' ? '' : `authorization: Bearer ${target.key}\r\n`
  const request = `GET /api/trivial/things/p1 HTTP/1.1\r\nhost: 127.0.0.1:${target.port}\r\n${authorization}\r\n`
  const durations: number[] = []
  const endMs = performance.now() + ms
  const client = async (): Promise<void> => {
    const socket = connect(target.port, '127.0.0.1')
    await once(socket, 'connect')
    await new Promise<void>((resolve, reject) => {
      let sentMs = performance.now()
      socket.on('error', reject)
      socket.on('data', (chunk) => {
        const text = chunk.toString('latin1')
        if (!text.startsWith('HTTP/1.1 200') || !text.endsWith('}'))
          return reject(new Error(text.slice(0, 500)))
        const nowMs = performance.now()
        durations.push(nowMs - sentMs)
        if (nowMs >= endMs) return resolve()
        sentMs = nowMs
        socket.write(request)
      })
      socket.write(request)
    })
    socket.destroy()
  }
  await Promise.all(Array.from({ length: connections }, client))
  return durations
}

const startedMs = performance.now()
const roundMs = (Number(process.argv[2] ?? 20) * 1000) / (names.length * (rounds + 1))
const targets = new Map<string, Target>()
const rates = new Map<string, number[]>()
const p99s = new Map<string, number[]>()
for (const name of names) targets.set(name, await start(name))
let n = 0
for (let round = 0; round <= rounds; round++) {
  for (const [name, target] of targets) {
    const beganMs = performance.now()
    const durations = await load(target, roundMs)
    // The first round warms the compiler up.
    if (round === 0) continue
    n += durations.length
    rates.set(name, [...(rates.get(name) ?? []), durations.length / ((performance.now() - beganMs) / 1000)])
    p99s.set(name, [...(p99s.get(name) ?? []), quantile(sortNumbers(durations), 0.99)])
  }
}
for (const target of targets.values()) target.stop()
const figures = (name: string) => ({
  requestsPerSecond: Math.round(median(rates.get(name) ?? [])),
  p99Ms: Math.round(median(p99s.get(name) ?? []) * 100) / 100,
})
const result = {
  name: 'server.requests',
  n,
  metrics: figures('heavylift'),
  peers: {
    'node:http': figures('bare'),
    hono: figures('hono'),
    'heavylift with a key': figures('heavylift-key'),
  },
  seconds: Math.round((performance.now() - startedMs) / 100) / 10,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
