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
    const { measured, cpuOfFloor } = await measureAll(direct, targets, input)
    const { heavylift = {}, ...others } = measured
    const { portkey, floor: bare } = others
    return {
      n: memoryRequests,
      metrics: {
        ...heavylift,
        pinned: isPinned ? 1 : 0,
        ...cpuOfFloor,
        ...(bare && {
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
): Promise<{ measured: Record<string, Metrics>; cpuOfFloor: Metrics }> {
  const say = (stage: string, index: number) =>
    report({ stage, done: index, total: targets.length, unit: 'gateways' })
  const { measured, cpuOfFloor } = await processorTime(targets, report, signal)
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
  return { measured, cpuOfFloor }
}

/** What a target used in each of its turns. */
interface Turns {
  usPerRequest: number[]
  requestsPerS: number[]
  failed: number
  /** Only where every stream was clean: of those that broke, chunks did not come, so their cost says nothing. */
  usPerChunk: number[]
}

const requestTurns = 10
const chunkTurns = 3

/**
 * Medians of turns that all take one after another: a machine whose speed changes with its neighbours' work is as slow for
 * each, so the ratio to the bare proxy is of the turns next to each other.
 */
async function processorTime(
  targets: Target[],
  report: MeasureInput['report'],
  signal: AbortSignal,
): Promise<{ measured: Record<string, Metrics>; cpuOfFloor: Metrics }> {
  const whole = { connections: 16, signal }
  const flow = {
    plan: 'busy',
    concurrency: 64,
    rampMs: 500,
    chunks: busyPlan.chunks,
    limitMs: 30_000,
    signal,
  } as const
  const turnsOf = new Map<Target, Turns>()
  for (const target of targets) {
    turnsOf.set(target, { usPerRequest: [], requestsPerS: [], failed: 0, usPerChunk: [] })
    // The compiler has seen everything before it counts.
    await closedLoop(target, { ...whole, count: 10_000, seconds: 15 })
    await streams(target, flow)
  }
  for (let turn = 0; turn < requestTurns; turn++) {
    report({ stage: 'processor time, in turns', done: turn, total: requestTurns, unit: 'turns' })
    for (const [target, turns] of turnsOf) {
      const before = useOf(target.pid)
      const { done, failed, seconds } = await closedLoop(target, { ...whole, count: 3_000, seconds: 3 })
      const between = useOf(target.pid)
      turns.usPerRequest.push((between.cpuUs - before.cpuUs) / done)
      turns.requestsPerS.push(done / seconds)
      turns.failed += failed
      if (turn >= chunkTurns) continue
      const { clean } = await streams(target, flow)
      const chunks = 2 * flow.concurrency * flow.chunks
      if (Math.min(...clean) === flow.concurrency)
        turns.usPerChunk.push((useOf(target.pid).cpuUs - between.cpuUs) / chunks)
    }
  }
  const byName = new Map([...turnsOf].map(([{ name }, turns]) => [name, turns]))
  return {
    measured: Object.fromEntries(
      [...byName].map(([name, turns]) => [
        name,
        {
          cpuUsPerRequest: round(quantileOf(turns.usPerRequest, 0.5)),
          maxRps: Math.round(quantileOf(turns.requestsPerS, 0.5)),
          failedRequests: turns.failed,
          ...(turns.usPerChunk.length > 0 && { cpuUsPerChunk: round(quantileOf(turns.usPerChunk, 0.5)) }),
        },
      ]),
    ),
    cpuOfFloor: {
      cpuPerRequestOfFloor: ratioOfTurns(byName, 'usPerRequest'),
      cpuPerChunkOfFloor: ratioOfTurns(byName, 'usPerChunk'),
    },
  }
}

function ratioOfTurns(byName: Map<string, Turns>, what: 'usPerRequest' | 'usPerChunk'): number {
  const bare = byName.get('floor')?.[what] ?? []
  const ratios = (byName.get('heavylift')?.[what] ?? []).map(
    (ours, turn) => ours / (bare[turn] ?? Number.NaN),
  )
  return round(quantileOf(ratios, 0.5))
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
