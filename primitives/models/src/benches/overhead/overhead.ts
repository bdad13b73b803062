import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { quantile, sortNumbers } from '@heavylift/core/math'
import type { GatewayTask } from './gateway-child.ts'
import { closedLoop, openLoop, streams } from './load.ts'
import { startLitellm, startPortkey } from './peers.ts'
import { busyPlan, calmPlan, pathOfPlan } from './plan.ts'
import { forkServer, pin, useOf } from './target.ts'
import type { Target } from './target.ts'

const rps = 500
const concurrency = 512
const plans = { busy: busyPlan, calm: calmPlan }

/**
 * Read from the environment, since a bench has no options: how many requests memory is watched over (1,000,000 for the
 * goal as it is stated), and whether peers are measured too.
 */
const memoryRequests = Number(process.env['HEAVYLIFT_OVERHEAD_REQUESTS'] ?? 100_000)
const withPeers = process.env['HEAVYLIFT_OVERHEAD_PEERS'] !== 'off'

type Metrics = Record<string, number>

/**
 * What a call costs more through the gateway than without it, in processor time, latency and memory, beside a bare proxy
 * (`floor`) and other gateways in the same run. All talk to one upstream that answers from memory. The measured process
 * has a core to itself where `taskset` allows; `pinned` says whether it did. Reads `/proc`, so it needs Linux.
 */
export async function runOverhead(input: MeasureInput) {
  const { report, signal } = input
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-overhead-'))
  const stops: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true })]
  try {
    const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
    stops.push(() => host.close())
    const upstream = await forkServer('./upstream-child.ts', {}, signal)
    stops.push(upstream.stop)
    const direct: Target = { name: 'direct', ...upstream, request: throughPath }
    const floor = await forkServer('./floor-child.ts', { upstream: upstream.address }, signal)
    const task: GatewayTask = { upstream: upstream.address, databaseUrl: host.databaseUrl, dataDir }
    const gateway = await forkServer('./gateway-child.ts', task, signal)
    const targets: Target[] = [
      { name: 'heavylift', ...gateway, request: (plan) => ({ path: '/v1', model: plan, headers: {} }) },
      { name: 'floor', ...floor, request: throughPath },
    ]
    stops.push(...targets.map((target) => () => target.stop()))
    for (const start of withPeers ? [startPortkey, startLitellm] : []) {
      const peer = await start(upstream.address, report, signal)
      if (peer === null) continue
      stops.push(() => peer.stop())
      targets.push(peer)
    }
    let isPinned = await pin(process.pid, false)
    isPinned = (await pin(upstream.pid, false)) && isPinned
    for (const { pid } of targets) isPinned = (await pin(pid, true)) && isPinned
    const measured = await measureAll(direct, targets, input)
    const { heavylift = {}, ...others } = measured
    const { portkey, floor: bare } = others
    return {
      n: memoryRequests,
      metrics: {
        ...heavylift,
        pinned: isPinned ? 1 : 0,
        ...(bare && {
          cpuPerRequestOfFloor: shareOf(heavylift['cpuUsPerRequest'], bare['cpuUsPerRequest']),
          cpuPerChunkOfFloor: shareOf(heavylift['cpuUsPerChunk'], bare['cpuUsPerChunk']),
          ttftP99OfFloor: shareOf(heavylift['ttftP99Ms'], bare['ttftP99Ms']),
        }),
        ...(portkey && {
          addedP50OfPortkey: shareOf(heavylift['addedP50Ms'], portkey['addedP50Ms']),
          addedP99OfPortkey: shareOf(heavylift['addedP99Ms'], portkey['addedP99Ms']),
        }),
      },
      peers: others,
    }
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

const throughPath: Target['request'] = (plan) => ({
  path: pathOfPlan(plans[plan]),
  model: 'bench',
  headers: {},
})

async function measureAll(
  direct: Target,
  targets: Target[],
  { report, signal }: MeasureInput,
): Promise<Record<string, Metrics>> {
  const measured: Record<string, Metrics> = {}
  const say = (stage: string, index: number) =>
    report({ stage, done: index, total: targets.length, unit: 'gateways' })
  for (const [index, target] of targets.entries()) {
    say(`processor time of ${target.name}`, index)
    measured[target.name] = await processorTime(target, signal)
  }
  // Who is slower than the rate would only show its queue; it and ours are measured again at a rate that it can do.
  const fast = targets.filter(({ name }) => (measured[name]?.['maxRps'] ?? 0) > rps * 1.2)
  const slow = targets.filter((target) => !fast.includes(target))
  report({ stage: `latency at ${rps} requests a second`, done: 0, unit: '' })
  for (const [name, metrics] of await latency(direct, fast, rps, signal)) {
    Object.assign(measured[name] ?? {}, metrics, { rps })
  }
  for (const target of slow) {
    const lowRps = Math.max(1, Math.floor((measured[target.name]?.['maxRps'] ?? 0) * 0.5))
    report({ stage: `latency at ${lowRps} requests a second, for ${target.name}`, done: 0, unit: '' })
    const compared = [target, ...targets.filter(({ name }) => name === 'heavylift')]
    for (const [name, metrics] of await latency(direct, compared, lowRps, signal)) {
      if (name === target.name) Object.assign(measured[name] ?? {}, metrics, { rps: lowRps })
      else Object.assign(measured[name] ?? {}, withSuffix(metrics, `At${lowRps}Rps`))
    }
  }
  say('streams without a gateway', 0)
  const plain = await manyStreams(direct, signal)
  for (const [index, target] of targets.entries()) {
    say(`${concurrency} streams at once through ${target.name}`, index)
    const { clean, ttftMs } = await manyStreams(target, signal)
    Object.assign(measured[target.name] ?? {}, {
      cleanStreams: Math.min(...clean),
      // Of streams that never began there is nothing to compare.
      ...(ttftMs.length > concurrency / 2 && {
        ttftP99Ms: round(quantileOf(ttftMs, 0.99)),
        ttftAddedP50Ms: round(quantileOf(ttftMs, 0.5) - quantileOf(plain.ttftMs, 0.5)),
        ttftAddedP99Ms: round(quantileOf(ttftMs, 0.99) - quantileOf(plain.ttftMs, 0.99)),
      }),
    })
  }
  for (const target of targets) {
    Object.assign(measured[target.name] ?? {}, await memory(target, { report, signal }))
  }
  return measured
}

async function processorTime(target: Target, signal: AbortSignal): Promise<Metrics> {
  const whole = { connections: 16, signal }
  const flow = {
    plan: 'busy',
    concurrency: 64,
    rampMs: 500,
    chunks: busyPlan.chunks,
    limitMs: 30_000,
    signal,
  } as const
  // The compiler has seen everything before it counts.
  await closedLoop(target, { ...whole, count: 5_000, seconds: 10 })
  await streams(target, flow)
  const before = useOf(target.pid)
  const { done, failed, seconds } = await closedLoop(target, { ...whole, count: 20_000, seconds: 15 })
  const between = useOf(target.pid)
  const { clean } = await streams(target, flow)
  const after = useOf(target.pid)
  const chunks = 2 * flow.concurrency * flow.chunks
  return {
    cpuUsPerRequest: round((between.cpuUs - before.cpuUs) / done),
    maxRps: Math.round(done / seconds),
    failedRequests: failed,
    // Of streams that broke, chunks did not come, so their cost says nothing.
    ...(Math.min(...clean) === flow.concurrency && {
      cpuUsPerChunk: round((after.cpuUs - between.cpuUs) / chunks),
    }),
  }
}

/** All take turns three times, so that what else the machine does falls on each alike. */
async function latency(
  direct: Target,
  targets: Target[],
  rate: number,
  signal: AbortSignal,
): Promise<[name: string, Metrics][]> {
  const seen = new Map<Target, number[]>()
  const lost = new Map<Target, number>()
  for (let turn = 0; turn < 3; turn++) {
    for (const target of [direct, ...targets]) {
      const { latenciesMs, failed } = await openLoop(target, { rps: rate, seconds: 8, signal })
      seen.set(target, [...(seen.get(target) ?? []), ...latenciesMs])
      lost.set(target, (lost.get(target) ?? 0) + failed)
    }
  }
  const plain = seen.get(direct) ?? []
  return targets.map((target) => {
    const all = seen.get(target) ?? []
    return [
      target.name,
      {
        addedP50Ms: round(quantileOf(all, 0.5) - quantileOf(plain, 0.5)),
        addedP99Ms: round(quantileOf(all, 0.99) - quantileOf(plain, 0.99)),
        lostRequests: lost.get(target) ?? 0,
      },
    ]
  })
}

function manyStreams(target: Target, signal: AbortSignal) {
  const { chunks, everyMs } = calmPlan
  return streams(target, {
    plan: 'calm',
    concurrency,
    rampMs: chunks * everyMs,
    chunks,
    limitMs: 60_000,
    signal,
  })
}

/** Growth of resident memory from the second tenth of the requests to the last; peers get at most a minute. */
async function memory(
  target: Target,
  { report, signal }: Pick<MeasureInput, 'report' | 'signal'>,
): Promise<Metrics> {
  const isOurs = target.name === 'heavylift'
  const looks: number[] = []
  const { done } = await closedLoop(
    target,
    { count: memoryRequests, seconds: isOurs ? Number.POSITIVE_INFINITY : 60, connections: 64, signal },
    (count) => {
      looks.push(useOf(target.pid).rssBytes)
      report({ stage: `memory of ${target.name}`, done: count, total: memoryRequests, unit: 'requests' })
    },
  )
  const tenth = Math.max(1, Math.floor(looks.length / 10))
  const early = quantileOf(looks.slice(tenth, 2 * tenth), 0.5)
  const late = quantileOf(looks.slice(-tenth), 0.5)
  return {
    rssRequests: done,
    rssMb: Math.round(late / 1e6),
    ...(looks.length >= 20 && { rssGrowthPct: round((late / early - 1) * 100) }),
  }
}

function withSuffix(metrics: Metrics, suffix: string): Metrics {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name + suffix, value]))
}

/** Of values in any order; NaN for none. */
function quantileOf(values: readonly number[], share: number): number {
  return quantile(sortNumbers(values), share)
}

function shareOf(part: number | undefined, whole: number | undefined): number {
  return part === undefined || whole === undefined ? Number.NaN : round(Math.max(0, part) / whole)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
