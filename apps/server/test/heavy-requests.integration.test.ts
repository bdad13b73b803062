import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { drive } from '@heavylift/drive'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AnySystem } from '../src/services.ts'
import { startTestServer } from './support/start-test-server.ts'
import type { TestServer } from './support/start-test-server.ts'

/** The promise: nobody's request makes the others wait longer than this. Held for 99 of 100 moments, since other tests run beside this. */
const mostDelayMs = 250
/** And never for as long as one of these requests takes, which is what it would be if the event loop did the work. */
const mostEverMs = 2_500
/** As many as the server simulates in at the same time. */
const threads = 2

let running: TestServer
let controlMs = 0
const headers: Record<string, Record<string, string>> = {}
beforeAll(async () => {
  running = await startTestServer(
    [drive as AnySystem],
    { requireKeys: true, rateLimit: { perIp: { burst: 100_000 }, perKey: { burst: 100_000 } } },
    { systemConfig: { drive: { sample: false } } },
  )
  for (const tenantId of ['main', 'other']) {
    const { key } = await running.keys.create({
      tenantId,
      name: 'test',
      kind: 'secret',
      scope: 'operator',
      allowedOrigins: [],
    })
    headers[tenantId] = { authorization: `Bearer ${key}` }
  }
  controlMs = await machineDelayMs()
}, 60_000)
afterAll(() => running.stop())

const url = (path: string) => new URL(path, running.server.address)

/** What a loaded machine takes from an event loop that does nothing, beside as many busy threads of which nothing is known. */
async function machineDelayMs(): Promise<number> {
  const spinning = Array.from({ length: threads }, () => new Worker('for (;;) Math.sqrt(2)', { eval: true }))
  const { mostMs } = await watched(() => sleep(3000))
  await Promise.all(spinning.map((worker) => worker.terminate()))
  return mostMs
}

/** How long the event loop was held while something was going on (99 of 100 moments, and ever), and how often health was told meanwhile. */
async function watched(
  what: () => Promise<unknown>,
): Promise<{ delayMs: number; mostMs: number; told: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 10 })
  histogram.enable()
  let isOver = false
  let told = 0
  const asking = (async () => {
    while (!isOver) {
      const answer = await fetch(url('/healthz'))
      expect(answer.status).toBe(200)
      await answer.body?.cancel()
      told++
      await sleep(20)
    }
  })()
  await what().finally(() => (isOver = true))
  await asking
  histogram.disable()
  return { delayMs: histogram.percentile(99) / 1e6, mostMs: histogram.max / 1e6, told }
}

interface Listed {
  scenarios: { name: string; parameters: { name: string; min: number; max: number }[] }[]
}

/** Of each built-in scenario: much of everything, and slowly, so that it lasts. */
async function heaviest(): Promise<string[]> {
  const answer = await fetch(url('/api/drive/scenarios'), { headers: headers['main']! })
  const { scenarios } = (await answer.json()) as Listed
  return scenarios.map(({ name, parameters }) => {
    const set = parameters.map((one) => `${one.name}=${one.name === 'egoSpeedMps' ? one.min : one.max}`)
    return `/api/drive/recording?${new URLSearchParams({ scenario: name, set: set.join(','), version: 'pdm-learned' })}`
  })
}

/** Asks and reads for so long, then leaves. */
async function askAndLeave(path: string, tenant: string, afterMs: number): Promise<number> {
  const leaving = AbortSignal.timeout(afterMs)
  let bytes = 0
  try {
    const answer = await fetch(url(path), { headers: headers[tenant]!, signal: leaving })
    expect(answer.status).toBe(200)
    for await (const part of answer.body ?? []) bytes += part.byteLength
  } catch (error) {
    if (!leaving.aborted) throw error
  }
  return bytes
}

describe('heavy requests', () => {
  it('of every built-in scenario, with the heaviest parameters in range, hold nobody up [SERVER-LOAD-01]', async () => {
    const paths = await heaviest()
    expect(paths.length).toBeGreaterThan(20)
    const ask = async (tenant: string, own: string[]) => {
      for (const path of own) await askAndLeave(path, tenant, 800)
    }
    const { delayMs, mostMs, told } = await watched(() =>
      Promise.all([
        ask(
          'main',
          paths.filter((_, at) => at % 2 === 0),
        ),
        ask(
          'other',
          paths.filter((_, at) => at % 2 === 1),
        ),
      ]),
    )
    expect(told).toBeGreaterThan(20)
    expect(delayMs).toBeLessThan(mostDelayMs + controlMs)
    expect(mostMs).toBeLessThan(mostEverMs + controlMs)
  }, 120_000)

  it('are refused past a tenant’s share, with when to come again, and others do not wait for them [SERVER-LOAD-02]', async () => {
    const [path = ''] = (await heaviest()).filter((one) => one.includes('town-traffic'))
    const leaving = new AbortController()
    const asked = Array.from({ length: 33 }, () =>
      fetch(url(path), { headers: headers['main']!, signal: leaving.signal }),
    )
    const refused = await Promise.race(asked)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2'])
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many-tasks' } })
    const light = await fetch(url('/api/drive/scenarios/cut-in/preview'), { headers: headers['other']! })
    expect(light.status).toBe(200)
    leaving.abort()
    await Promise.allSettled(asked)
    // Whoever left holds no place: the same tenant is served as soon as the server has seen it.
    await vi.waitFor(
      async () => {
        const after = await fetch(url('/api/drive/scenarios/cut-out/preview'), { headers: headers['main']! })
        expect(after.status).toBe(200)
      },
      { timeout: 10_000, interval: 100 },
    )
  }, 60_000)

  it('of a clearance: as many cases as the schema allows begin beside others, one more is refused [SERVER-LOAD-03]', async () => {
    const begin = (cases: number) =>
      fetch(url('/api/drive/clearances'), {
        method: 'POST',
        headers: { ...headers['main']!, 'content-type': 'application/json' },
        body: JSON.stringify({ version: 'pdm', against: 'idm', suite: 'full', cases }),
      })
    const tooMany = await begin(100_001)
    expect(tooMany.status).toBe(400)
    expect(JSON.stringify(await tooMany.json())).toContain('at most 100000 cases')
    const heapMb = () => process.memoryUsage().heapUsed / 1024 / 1024
    const beforeMb = heapMb()
    let mostMb = 0
    const { delayMs, mostMs } = await watched(async () => {
      expect((await begin(100_000)).status).toBe(200)
      await vi.waitFor(
        async () => {
          mostMb = Math.max(mostMb, heapMb())
          const answer = await fetch(url('/api/drive/clearances'), { headers: headers['main']! })
          const { running: one } = (await answer.json()) as { running: { progress: { done: number } | null } }
          expect(one.progress?.done).toBeGreaterThan(0)
        },
        { timeout: 100_000, interval: 50 },
      )
      await fetch(url('/api/drive/clearances/running'), { method: 'DELETE', headers: headers['main']! })
    })
    expect(delayMs).toBeLessThan(mostDelayMs + controlMs)
    expect(mostMs).toBeLessThan(mostEverMs + controlMs)
    // A hundred thousand cases with their versions are more than this as text alone.
    expect(mostMb - beforeMb).toBeLessThan(150)
  }, 120_000)
})
