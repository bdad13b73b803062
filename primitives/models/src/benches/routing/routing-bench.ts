import type { MeasureInput } from '@heavylift/core'
import { quantile } from '@heavylift/core/math'
import type { PolicyName } from '../../table/gateway-config.ts'
import type { Policy } from '../../routing/policies/policy.ts'
import { baselinePolicies } from './baseline-policies.ts'
import { generateTrace } from './generate-trace.ts'
import { playOverSockets } from './play-over-sockets.ts'
import { readTraces } from './read-trace.ts'
import { serviceModel } from './service-model.ts'
import { type RoutingResult, simulate } from './simulate.ts'
import { atLoad, halfOf, type Trace } from './trace.ts'

const replicas = 8
const seed = 1
/** How much faster than life sockets are played: twenty times is 48 s for an hour of mooncake at its steady load. */
const timeScale = 20
/** Over sockets at most this many requests, the trace's first; mooncake's are all. */
const socketRequests = 4000
/** Half of the replicas four times as fast as the others, which the gateway is not told. */
const mixedSpeeds = [1.6, 0.4, 1.6, 0.4, 1.6, 0.4, 1.6, 0.4]

/**
 * Loads (see `atLoad`). `steady` is one that every policy can bear, `heavy` one that only reuse can (azure has none);
 * these two are played over sockets as well.
 */
const loadsOf: Record<string, { steady: number; heavy: number; all: readonly number[] }> = {
  generated: { steady: 0.6, heavy: 0.9, all: [0.6, 0.9, 1.2] },
  azure: { steady: 0.4, heavy: 0.45, all: [0.4, 0.45, 0.5] },
  mooncake: { steady: 0.8, heavy: 1.2, all: [0.8, 1, 1.2, 1.6] },
}

const flagship = 'prefillAware'
const policies: Record<string, PolicyName | ((random: () => number) => Policy)> = {
  [flagship]: 'prefill-aware',
  roundRobin: 'round-robin',
  powerOfTwo: 'power-of-two',
  leastOutstanding: 'least-outstanding',
  leastTokens: 'least-tokens',
  prefixAffinity: 'prefix-affinity',
  ...baselinePolicies,
}

/** Figures by policy, then by metric. */
type Figures = Record<string, Record<string, number>>

/**
 * Milliseconds to the first token under each policy: simulated on every trace, and through the gateway over real
 * sockets on the last of them. What policies learn, they learn in the run. Constants of the prefill-aware policy were
 * chosen on the other half of the sessions of `generated` and `mooncake` than `HeldOut` shows.
 */
export async function runRouting(input: MeasureInput) {
  const traces = [
    generateTrace(3000, seed),
    ...(input.dataDir === null ? [] : await readTraces(input.dataDir)),
  ]
  const figures: Figures = Object.fromEntries(Object.keys(policies).map((name) => [name, {}]))
  for (const [done, trace] of traces.entries()) {
    input.report({ stage: `simulate ${trace.name}`, done, total: traces.length, unit: 'traces' })
    for (const load of loadsOf[trace.name]?.all ?? []) await simulateAll(trace, load, figures, input.signal)
  }
  const main = traces.at(-1) as Trace
  const ratios = await overSockets(main, figures, input)
  const { [flagship]: ours = {}, ...peers } = figures
  const heavy = metricName(main.name, '', loadsOf[main.name]?.heavy ?? 1, 'P99')
  const best = Math.min(...Object.keys(baselinePolicies).map((name) => peers[name]?.[heavy] ?? Infinity))
  return {
    n: traces.reduce((sum, { requests }) => sum + requests.length, 0),
    metrics: { ...ratios, prefillAwareToBestPeer: rounded((ours[heavy] ?? Number.NaN) / best), ...ours },
    peers,
  }
}

async function simulateAll(trace: Trace, load: number, figures: Figures, signal: AbortSignal): Promise<void> {
  const rate = serviceModel.prefillTokensPerSecond
  const whole = atLoad(trace, load, rate, replicas)
  const heldOut = atLoad(halfOf(trace, 1), load, rate, replicas)
  for (const [name, policy] of Object.entries(policies)) {
    signal.throwIfAborted()
    // Each takes a good part of a second; what else the process does may go on in between.
    await new Promise(setImmediate)
    const common = { policy, model: serviceModel, replicas, seed }
    note(figures, name, trace.name, '', load, simulate({ ...common, trace: whole }))
    note(figures, name, trace.name, 'HeldOut', load, simulate({ ...common, trace: heldOut }))
    note(figures, name, trace.name, 'Mixed', load, simulate({ ...common, trace: whole, speeds: mixedSpeeds }))
  }
}

/**
 * The goals' ratios: a policy cannot help where the queue grows with any, nor where hardly anyone waits. Beside them
 * the same of a simulation of just these requests, and how far the machine got in the way.
 */
async function overSockets(
  main: Trace,
  figures: Figures,
  { report, signal }: MeasureInput,
): Promise<Record<string, number>> {
  const { steady, heavy } = loadsOf[main.name] ?? { steady: 1, heavy: 1 }
  const runs = [
    { name: 'roundRobin', load: steady },
    { name: 'leastOutstanding', load: steady },
    { name: 'leastOutstanding', load: heavy },
    { name: flagship, load: heavy },
  ]
  const played = { ...main, requests: main.requests.slice(0, socketRequests) }
  const p99: number[] = []
  const simulatedP99: number[] = []
  let stalledShare = 0
  let longestStallMs = 0
  let ejections = 0
  for (const [done, { name, load }] of runs.entries()) {
    report({ stage: `sockets ${name} at load ${load}`, done, total: runs.length, unit: 'runs' })
    const trace = atLoad(played, load, serviceModel.prefillTokensPerSecond, replicas)
    const common = { trace, policy: policies[name] as PolicyName, model: serviceModel, replicas }
    const result = await playOverSockets({ ...common, timeScale, signal })
    note(figures, name, main.name, 'Sockets', load, result)
    p99.push(quantile(result.ttftMs, 0.99))
    simulatedP99.push(quantile(simulate({ ...common, seed }).ttftMs, 0.99))
    stalledShare = Math.max(stalledShare, result.stalls.share)
    longestStallMs = Math.max(longestStallMs, result.stalls.longestMs)
    ejections += result.ejections
  }
  return {
    ...ratiosOf(p99, ''),
    ...ratiosOf(simulatedP99, 'Simulated'),
    socketsStalledShare: rounded(stalledShare),
    socketsLongestStallMs: Math.round(longestStallMs),
    socketsEjections: ejections,
  }
}

/** `p99` as `overSockets` runs them. */
function ratiosOf(p99: readonly number[], kind: string): Record<string, number> {
  const [roundRobin = Number.NaN, least = Number.NaN, leastHeavy = Number.NaN, ours = Number.NaN] = p99
  return {
    [`leastOutstandingToRoundRobin${kind}`]: rounded(least / roundRobin),
    [`prefillAwareToLeastOutstanding${kind}`]: rounded(ours / leastHeavy),
  }
}

function note(
  figures: Figures,
  policy: string,
  trace: string,
  kind: string,
  load: number,
  result: RoutingResult,
): void {
  const row = (figures[policy] ??= {})
  row[metricName(trace, kind, load, 'P50')] = Math.round(quantile(result.ttftMs, 0.5))
  row[metricName(trace, kind, load, 'P99')] = Math.round(quantile(result.ttftMs, 0.99))
}

/** `mooncakeHeldOutLoad120TtftP99Ms`: the load in per cent. */
function metricName(trace: string, kind: string, load: number, share: 'P50' | 'P99'): string {
  return `${trace}${kind}Load${Math.round(load * 100)}Ttft${share}Ms`
}

function rounded(ratio: number): number {
  return Number(ratio.toFixed(3))
}
