import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { text as readText } from 'node:stream/consumers'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { z } from 'zod'
import { startTarget } from './start-target.ts'

const connections = 32
const seconds = 4

const childSchema = z.object({
  requests: z.number(),
  failed: z.number(),
  cpuSeconds: z.number(),
  lagP99Ms: z.number(),
})

/**
 * `heavylift bench ready.load`: what one generator sends by one second of its own processor time, users that send again at once, beside autocannon and
 * wrk in the same run. Processor time, since others may use the machine and the target takes its share.
 */
export async function runLoadBench({ options = {}, report, signal }: MeasureInput) {
  const target = await startTarget()
  const url = `http://127.0.0.1:${target.port}`
  const notes = [
    'Requests by second of the generator’s processor time (user and system); 32 connections, one request under way on each.',
  ]
  const peers: Record<string, Record<string, number>> = {}
  try {
    const step = (done: number, stage: string) => {
      signal.throwIfAborted()
      report({ stage, done, total: 5, unit: 'runs' })
    }
    step(0, 'bytes as they are')
    const bare = await own(url, { name: 'bare', path: '/' }, users)
    step(1, 'template and checks')
    const checked = await own(
      url,
      { name: 'checked', path: '/{{word}}', check: { status: [200], bodyIncludes: 'ok' } },
      users,
    )
    step(2, 'a plan')
    const planned = await own(url, { name: 'planned', path: '/' }, [
      { kind: 'poisson', ratePerSecond: 1000, seconds: 5 },
    ])
    step(3, 'autocannon')
    const autocannon = options['autocannon']
    if (typeof autocannon === 'string') {
      const args = [autocannon, '-c', String(connections), '-d', String(seconds), '-j', '-n', url]
      const found = await timed(process.execPath, args)
      const { requests } = z
        .object({ requests: z.object({ total: z.number() }) })
        .parse(JSON.parse(found.output))
      peers['autocannon'] = { requestsPerSecondPerCore: requests.total / found.cpuSeconds }
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
        requestsPerSecondPerCore: bare.requests / bare.cpuSeconds,
        checkedRequestsPerSecondPerCore: checked.requests / checked.cpuSeconds,
        sendLagP99Ms: planned.lagP99Ms,
        ...ratios(bare.requests / bare.cpuSeconds, peers),
      },
      peers,
      notes,
    }
  } finally {
    await target.stop()
  }
}

const users = [{ kind: 'users', users: connections, seconds }]

function ratios(own: number, peers: Record<string, Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(peers).map(([name, figures]) => [
      name === 'wrk' ? 'shareOfWrk' : 'timesAutocannon',
      own / (figures['requestsPerSecondPerCore'] as number),
    ]),
  )
}

async function own(url: string, request: object, load: object[]) {
  const scenario = {
    name: 'bench',
    target: url,
    requests: [request],
    load,
    data: [{ word: 'lamp' }],
    maxConnections: connections,
  }
  const { output } = await timed(process.execPath, [join(import.meta.dirname, 'load-child.ts')], {
    SCENARIO: JSON.stringify(scenario),
  })
  return childSchema.parse(JSON.parse(output))
}

/** Output and processor seconds of a program: as the kernel counts them while it runs. */
async function timed(program: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } })
  let cpuSeconds = 0
  const look = async () => {
    try {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      cpuSeconds = (Number(fields[11]) + Number(fields[12])) / 100
    } catch {
      // It has ended.
    }
  }
  const timer = setInterval(() => void look(), 20)
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve())
  })
  try {
    const [output] = await Promise.all([readText(child.stdout), ended])
    return { output, cpuSeconds }
  } finally {
    clearInterval(timer)
  }
}
