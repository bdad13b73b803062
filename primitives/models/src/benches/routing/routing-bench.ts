import type { MeasureInput } from '@heavylift/core'
import { mean, quantile, roundTo, sortNumbers } from '@heavylift/core/math'
import type { PolicyName } from '../../table/gateway-config.ts'
import { baselinePolicies, oracle } from './baseline-policies.ts'
import { generateTrace } from './generate-trace.ts'
import { ratioInterval, ratioOfTails } from './ratio-interval.ts'
import { readTraces } from './read-trace.ts'
import { serviceModel } from './service-model.ts'
import { simulate, type SimulatedPolicy } from './simulate.ts'
import { socketFigures } from './socket-figures.ts'
import { atLoad, type Trace } from './trace.ts'

const replicas = 8
const seed = 1
/** See `atLoad`: from where hardly anyone waits to where only reuse keeps the queues from growing. */
const loads = [0.6, 0.7, 0.8, 0.9, 1, 1.2]
/** Half of the replicas four times as fast as the others, which no policy is told; as much in all. */
const mixedSpeeds = [1.6, 0.4, 1.6, 0.4, 1.6, 0.4, 1.6, 0.4]
/** Runs of each trace, by the name that stands after the trace's. */
const runs = [
  ...loads.map((load) => ({ name: String(load), load, speeds: [] as number[] })),
  ...[0.6, 0.8].map((load) => ({ name: `${load} mixed`, load, speeds: mixedSpeeds })),
]

const policies = {
  roundRobin: 'round-robin',
  leastOutstanding: 'least-outstanding',
  prefillAware: 'prefill-aware',
  powerOfTwo: 'power-of-two',
  leastTokens: 'least-tokens',
  prefixAffinity: 'prefix-affinity',
  oracle,
  ...baselinePolicies,
} satisfies Record<string, PolicyName | SimulatedPolicy>

/** Those of others, which ours is compared with. */
const peers = ['powerOfTwo', ...Object.keys(baselinePolicies)]

const ratios = {
  leastOutstandingOfRoundRobin: ['leastOutstanding', 'roundRobin'],
  prefillAwareOfLeastOutstanding: ['prefillAware', 'leastOutstanding'],
  prefillAwareOfRoundRobin: ['prefillAware', 'roundRobin'],
} as const

/** One trace at one load: milliseconds to the first token of each request, by policy. */
export type Times = Record<string, Float64Array>

/**
 * The 99th percentile of the time to first token under each policy, simulated, and its ratios, by trace and load: on every
 * trace below `--data`, else on a generated one. What policies learn, they learn in the run. The constants of the
 * prefill-aware policy were chosen on Azure's conversations, Mooncake's synthetic trace and the generated one.
 */
export async function runRouting(input: MeasureInput) {
  const { dataDir, report, signal, options = {} } = input
  const traces = dataDir === null ? [generateTrace(3000, seed)] : await readTraces(dataDir)
  const result: RoutingFigures = { sources: {}, intervals: {}, worst: {}, peers: {} }
  for (const [at, trace] of traces.entries()) {
    for (const [step, { name, load, speeds }] of runs.entries()) {
      report({
        stage: `${trace.name} at load ${name}`,
        done: at * runs.length + step,
        total: traces.length * runs.length,
        unit: 'runs',
      })
      const times = await timesOf(atLoad(trace, load, serviceModel, replicas), speeds, signal)
      addFigures(result, trace.name, name, times)
    }
  }
  return {
    n: traces.reduce((sum, { requests }) => sum + requests.length, 0),
    ...result,
    metrics: {
      ...meansOf(result.sources),
      ...(options['sockets'] === true ? await socketFigures(traces, replicas, input) : {}),
    },
  }
}

export interface RoutingFigures {
  /** By trace: each ratio by load. */
  sources: Record<string, Record<string, number>>
  intervals: Record<string, [number, number]>
  worst: Record<string, { source: string; value: number }>
  /** By policy: the 99th percentile of each trace at each load. */
  peers: Record<string, Record<string, number>>
}

async function timesOf(trace: Trace, speeds: number[], signal: AbortSignal): Promise<Times> {
  const common = { trace, model: serviceModel, replicas, seed, speeds }
  const times: Times = {}
  for (const [name, policy] of Object.entries(policies)) {
    signal.throwIfAborted()
    // Each takes a good part of a second; what else the process does may go on in between.
    await new Promise(setImmediate)
    times[name] = simulate({ ...common, policy }).ttftMs
  }
  return times
}

/** Adds what a trace at a load shows: every policy's figure, the ratios with their intervals, and the worst so far. */
export function addFigures(
  { sources, intervals, worst, peers: figures }: RoutingFigures,
  trace: string,
  load: string,
  times: Times,
): void {
  const p99 = new Map(
    Object.keys(times).map((name) => [name, quantile(sortNumbers(timesIn(times, name)), 0.99)]),
  )
  const best = peers.toSorted((a, b) => (p99.get(a) ?? 0) - (p99.get(b) ?? 0))[0] ?? 'powerOfTwo'
  const row = (sources[trace] ??= { n: timesIn(times, 'roundRobin').length })
  for (const [ratio, [over, under]] of Object.entries({
    ...ratios,
    prefillAwareOfBestPeer: ['prefillAware', best] as const,
  })) {
    const metric = `${ratio} ${load}`
    const value = roundTo(ratioOfTails(timesIn(times, over), timesIn(times, under)), 3)
    row[metric] = value
    intervals[`${trace} ${metric}`] = ratioInterval(timesIn(times, over), timesIn(times, under))
    if (value > (worst[metric]?.value ?? -Infinity)) worst[metric] = { source: trace, value }
  }
  for (const [name, ms] of p99) (figures[name] ??= {})[`${trace} ${load} p99Ms`] = Math.round(ms)
}

/** Of each ratio at each load over all traces: the geometric mean, as for ratios. */
function meansOf(sources: RoutingFigures['sources']): Record<string, number> {
  const means: Record<string, number> = {}
  for (const metric of [...Object.keys(ratios), 'prefillAwareOfBestPeer']) {
    for (const { name } of runs) {
      const logs = Object.values(sources).map((row) => Math.log(row[`${metric} ${name}`] ?? Number.NaN))
      means[`${metric} ${name}`] = roundTo(Math.exp(mean(logs)), 3)
    }
  }
  return means
}

function timesIn(times: Times, name: string): Float64Array {
  return times[name] ?? new Float64Array(0)
}
