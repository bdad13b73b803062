import type { MeasureInput } from '@heavylift/core'
import { z } from 'zod'
import { isRealtimeAllowed } from '../../load/processes/realtime.ts'
import { runLoadChild, timed } from './run-load-child.ts'
import { startTarget } from './start-target.ts'

const connections = 32
const seconds = 4

/**
 * `heavylift bench ready.load`: what one generator sends by one second of its own processor time, users that send again at once, beside autocannon and
 * wrk in the same run. Processor time, since others may use the machine and the target takes its share.
 */
export async function runLoadBench({ options = {}, report, signal }: MeasureInput) {
  const target = await startTarget()
  const url = `http://127.0.0.1:${target.port}`
  const notes = [
    'Requests by second of the generator’s processor time (user and system, as the kernel counts it for each of the programs, less what a run of one request a connection takes); 32 connections, one request under way on each. 80,000 requests of each; wrk, which can only be told a time, four seconds.',
    isRealtimeAllowed()
      ? 'sendLagP99Ms is with the real-time class of the kernel, as runs have it where it is allowed; sendLagSharedP99Ms without it.'
      : 'The real-time class of the kernel is not allowed here, so sendLagP99Ms is without it.',
  ]
  const peers: Record<string, Record<string, number>> = {}
  try {
    const step = (done: number, stage: string) => {
      signal.throwIfAborted()
      report({ stage, done, total: 5, unit: 'runs' })
    }
    step(0, 'bytes as they are')
    const start = await own(url, { name: 'one', path: '/' }, users, false, connections)
    const bare = await own(url, { name: 'bare', path: '/' }, users)
    step(1, 'template and checks')
    const checked = await own(
      url,
      { name: 'checked', path: '/{{word}}', check: { status: [200], bodyIncludes: 'ok' } },
      users,
    )
    step(2, 'a plan')
    const poisson = [{ kind: 'poisson', ratePerSecond: 1000, seconds: 5 }]
    const shared = await own(url, { name: 'planned', path: '/' }, poisson)
    const planned = await own(url, { name: 'planned', path: '/' }, poisson, isRealtimeAllowed())
    step(3, 'autocannon')
    const autocannon = options['autocannon']
    if (typeof autocannon === 'string') {
      const common = [autocannon, '-j', '-n', '-c', String(connections)]
      const args = (count: number) => [...common, '-a', String(count), url]
      const least = await timed(process.execPath, args(connections))
      const found = await timed(process.execPath, args(amount))
      const { requests } = z
        .object({ requests: z.object({ total: z.number() }) })
        .parse(JSON.parse(found.output))
      peers['autocannon'] = {
        requestsPerSecondPerCore: requests.total / (found.cpuSeconds - least.cpuSeconds),
      }
    } else notes.push('No autocannon: give --autocannon the path of its autocannon.js (npm).')
    step(4, 'wrk')
    try {
      const found = await timed('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, url])
      const requests = Number(/(\d+) requests in/.exec(found.output)?.[1])
      if (requests > 0) peers['wrk'] = { requestsPerSecondPerCore: requests / found.cpuSeconds }
    } catch {
      notes.push('No wrk: apt-get install wrk.')
    }
    return {
      n: bare.requests + checked.requests + planned.requests,
      metrics: {
        requestsPerSecondPerCore: bare.requests / (bare.cpuSeconds - start.cpuSeconds),
        checkedRequestsPerSecondPerCore: checked.requests / (checked.cpuSeconds - start.cpuSeconds),
        sendLagP50Ms: planned.lagP50Ms,
        sendLagP99Ms: planned.lagP99Ms,
        sendLagMaxMs: planned.lagMaxMs,
        sendLagSharedP99Ms: shared.lagP99Ms,
        rateErrPct: 100 * Math.abs(planned.sentPerSecond / planned.plannedPerSecond - 1),
        ...ratios(bare.requests / (bare.cpuSeconds - start.cpuSeconds), peers),
      },
      peers,
      notes,
    }
  } finally {
    await target.stop()
  }
}

/** So many requests of each, so that what it takes to start weighs the same in all. */
const amount = 80_000
const users = [{ kind: 'users', users: connections, seconds: 120 }]

function ratios(own: number, peers: Record<string, Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(peers).map(([name, figures]) => [
      name === 'wrk' ? 'shareOfWrk' : 'timesAutocannon',
      own / (figures['requestsPerSecondPerCore'] as number),
    ]),
  )
}

async function own(url: string, request: object, load: object[], isRealtime = false, maxRequests = amount) {
  const scenario = {
    requests: [request],
    load,
    data: [{ word: 'lamp' }],
    maxConnections: connections,
    caps: { maxRequests },
  }
  return runLoadChild(url, scenario, isRealtime)
}
