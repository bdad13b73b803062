import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { openStore } from '@heavylift/store'
import { HttpClient, postBytes } from '../overhead/http-client.ts'
import { closedLoop, openLoop } from '../overhead/load.ts'
import { forkServer, useOf } from '../overhead/target.ts'
import type { Target } from '../overhead/target.ts'
import type { SharedGatewayTask } from './gateway-child.ts'

/** What an answer costs (see `gateway-child.ts`), and what it may: 50 tokens at 20 dollars a million, and its prompt. */
const callUsd = 0.00112
const budgetUsd = 0.5
const perMinute = 3_000
const rateSeconds = 4
const rps = 200

const wide = { budgetUsdPerDay: 1_000_000, requestsPerMinute: 100_000_000, maxInFlight: 100_000 }
const tenants = {
  wide,
  ...Object.fromEntries(
    [1, 2, 4].flatMap((count) => [
      [`day-${count}`, { budgetUsdPerDay: budgetUsd }],
      [`month-${count}`, { budgetUsdPerMonth: budgetUsd }],
      [`rate-${count}`, { requestsPerMinute: perMinute }],
    ]),
  ),
}

/**
 * Budgets and rates that gateways share over PostgreSQL: by how much 1, 2 and 4 processes pass them, asked at once; what four do
 * of what one does, in requests a second and in processor time a request; and what sharing adds to a call of one process. Reads
 * `/proc`, so it needs Linux. `cores` says how many there were: load, upstream and database share them with the gateways.
 */
export async function runSharedLimits({ report, signal }: MeasureInput) {
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-shared-'))
  const stops: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true })]
  const metrics: Record<string, number> = { cores: availableParallelism() }
  try {
    const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
    stops.push(() => host.close())
    const upstream = await forkServer('./upstream-child.ts', {}, signal)
    stops.push(upstream.stop)
    let started = 0
    const start = async (isShared: boolean): Promise<Target> => {
      const task: SharedGatewayTask = {
        upstream: upstream.address,
        databaseUrl: host.databaseUrl,
        dataDir: join(dataDir, `gateway-${++started}`),
        isShared,
        tenants,
      }
      const child = await forkServer('../shared-limits/gateway-child.ts', task, signal)
      stops.push(child.stop)
      const headers = { 'x-tenant': 'wide' }
      return {
        name: `gateway ${started}`,
        ...child,
        request: (plan) => ({ path: '/v1', model: plan, headers }),
      }
    }

    report({ stage: 'what sharing adds', done: 0, unit: '' })
    const alone = await start(false)
    const gateways = [await start(true)]
    Object.assign(metrics, await addedBySharing(alone, gateways[0]!, signal))
    await alone.stop()
    for (const count of [1, 2, 4]) {
      while (gateways.length < count) gateways.push(await start(true))
      report({ stage: `${count} processes`, done: 0, unit: '' })
      const ofDay = await spend(gateways, `day-${count}`)
      const ofMonth = await spend(gateways, `month-${count}`)
      metrics[`overshootBudgetPct${count}`] = pct(Math.max(ofDay, ofMonth), budgetUsd)
      const { passed, seconds } = await hammer(gateways, `rate-${count}`, signal)
      metrics[`overshootRatePct${count}`] = pct(passed, perMinute + (perMinute * seconds) / 60)
      const work = await throughput(gateways, signal)
      metrics[`rps${count}`] = Math.round(work.rps)
      metrics[`cpuUsPerRequest${count}`] = round(work.cpuUs)
    }
    return {
      n: started,
      metrics: {
        ...metrics,
        rps4Of1: round(metrics['rps4']! / metrics['rps1']!),
        rps2Of1: round(metrics['rps2']! / metrics['rps1']!),
        cpu4Of1: round(metrics['cpuUsPerRequest4']! / metrics['cpuUsPerRequest1']!),
        worstOvershootBudgetPct: Math.max(
          ...[1, 2, 4].map((count) => metrics[`overshootBudgetPct${count}`]!),
        ),
        worstOvershootRatePct: Math.max(...[1, 2, 4].map((count) => metrics[`overshootRatePct${count}`]!)),
      },
    }
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

/** Latency at a rate of whoever shares, less that of whoever does not, in turns. */
async function addedBySharing(alone: Target, shared: Target, signal: AbortSignal) {
  const seen = { alone: [] as number[], shared: [] as number[] }
  for (let turn = 0; turn < 3; turn++) {
    seen.alone.push(...(await openLoop(alone, { rps, seconds: 4, signal })).latenciesMs)
    seen.shared.push(...(await openLoop(shared, { rps, seconds: 4, signal })).latenciesMs)
  }
  const added = (share: number) =>
    round(quantile(sortNumbers(seen.shared), share) - quantile(sortNumbers(seen.alone), share))
  return { addedP50Ms: added(0.5), addedP99Ms: added(0.99) }
}

/** Reserves what the answer states of it: 120 tokens and a few more. */
const messages = [{ role: 'user', content: 'Which lens is best in weak light? '.repeat(11) }]

function requestOf({ address }: Target, tenant: string): Buffer {
  const body = JSON.stringify({ model: 'busy', max_tokens: 50, messages })
  return postBytes(address, '/v1/chat/completions', { 'x-tenant': tenant }, body)
}

/** All processes are asked at once for more than the budget; until two rounds in a row are refused. Returns what was spent, in dollars. */
async function spend(gateways: readonly Target[], tenant: string): Promise<number> {
  let passed = 0
  const clients = gateways.map((gateway) => ({
    client: new HttpClient(gateway.address),
    request: requestOf(gateway, tenant),
  }))
  for (let refusedRounds = 0; refusedRounds < 2;) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) => {
        const { client, request } = clients[at % clients.length]!
        return client.send(request, false)
      }),
    )
    const good = answers.filter(({ status }) => status === 200).length
    passed += good
    refusedRounds = good === 0 ? refusedRounds + 1 : 0
    if (good === 0) await new Promise((resolve) => setTimeout(resolve, 150))
  }
  for (const { client } of clients) client.close()
  return passed * callUsd
}

/** 16 connections ask for more than the rate, as fast as they are answered. */
async function hammer(gateways: readonly Target[], tenant: string, signal: AbortSignal) {
  const startedMs = performance.now()
  let passed = 0
  const work = async (at: number) => {
    const gateway = gateways[at % gateways.length]!
    const client = new HttpClient(gateway.address)
    const request = requestOf(gateway, tenant)
    while (performance.now() - startedMs < rateSeconds * 1_000 && !signal.aborted) {
      const { status } = await client.send(request, false)
      if (status === 200) passed++
      // Who is refused comes back a little later, or the refusals are all that is measured.
      else await new Promise((resolve) => setTimeout(resolve, 5))
    }
    client.close()
  }
  await Promise.all(Array.from({ length: 16 }, (_, at) => work(at)))
  return { passed, seconds: (performance.now() - startedMs) / 1_000 }
}

async function throughput(gateways: readonly Target[], signal: AbortSignal) {
  const load = { count: Infinity, connections: 16, signal }
  // Each has compiled everything before it counts.
  await Promise.all(gateways.map((gateway) => closedLoop(gateway, { ...load, seconds: 3 })))
  const cpuUs = () => gateways.reduce((sum, { pid }) => sum + useOf(pid).cpuUs, 0)
  const before = cpuUs()
  const done = await Promise.all(gateways.map((gateway) => closedLoop(gateway, { ...load, seconds: 5 })))
  const requests = done.reduce((sum, each) => sum + each.done, 0)
  return {
    rps: requests / Math.max(...done.map(({ seconds }) => seconds)),
    cpuUs: (cpuUs() - before) / requests,
  }
}

function pct(value: number, limit: number): number {
  return round((value / limit - 1) * 100)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
