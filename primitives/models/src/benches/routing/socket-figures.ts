import type { MeasureInput } from '@heavylift/core'
import { roundTo } from '@heavylift/core/math'
import { playOverSockets } from './play-over-sockets.ts'
import { ratioOfTails } from './ratio-interval.ts'
import { serviceModel } from './service-model.ts'
import { simulate } from './simulate.ts'
import { atLoad, type Trace } from './trace.ts'

/** How much faster than life: twenty times is 48 s for an hour of traffic. */
const timeScale = 20
/** The trace's first. */
const socketRequests = 4000
/** One that every policy can bear, and one that only reuse can. */
const steady = 0.8
const heavy = 1.2
const runs = [
  { name: 'roundRobinSteady', policy: 'round-robin', load: steady },
  { name: 'leastOutstandingSteady', policy: 'least-outstanding', load: steady },
  { name: 'leastOutstandingHeavy', policy: 'least-outstanding', load: heavy },
  { name: 'prefillAwareHeavy', policy: 'prefill-aware', load: heavy },
] as const

/**
 * The same through the gateway over real sockets, on the trace that shares the most, beside a simulation of just these requests
 * and how far the machine got in the way.
 */
export async function socketFigures(
  traces: readonly Trace[],
  replicas: number,
  { report, signal }: MeasureInput,
): Promise<Record<string, number>> {
  const main = traces.toSorted((a, b) => blocksOf(b) - blocksOf(a))[0]
  if (main === undefined) return {}
  const played = { ...main, requests: main.requests.slice(0, socketRequests) }
  const times = new Map<string, Float64Array>()
  let stalledShare = 0
  let longestStallMs = 0
  let ejections = 0
  for (const [done, { name, policy, load }] of runs.entries()) {
    report({ stage: `sockets ${policy} at load ${load}`, done, total: runs.length, unit: 'runs' })
    const common = {
      trace: atLoad(played, load, serviceModel, replicas),
      policy,
      model: serviceModel,
      replicas,
    }
    const result = await playOverSockets({ ...common, timeScale, signal })
    times.set(name, result.ttftMs)
    times.set(`${name}Simulated`, simulate({ ...common, seed: 1 }).ttftMs)
    stalledShare = Math.max(stalledShare, result.stalls.share)
    longestStallMs = Math.max(longestStallMs, result.stalls.longestMs)
    ejections += result.ejections
  }
  const ratio = (over: string, under: string): number =>
    roundTo(ratioOfTails(times.get(over) ?? none, times.get(under) ?? none), 3)
  return {
    socketsLeastOutstandingOfRoundRobin: ratio('leastOutstandingSteady', 'roundRobinSteady'),
    socketsPrefillAwareOfLeastOutstanding: ratio('prefillAwareHeavy', 'leastOutstandingHeavy'),
    simulatedLeastOutstandingOfRoundRobin: ratio(
      'leastOutstandingSteadySimulated',
      'roundRobinSteadySimulated',
    ),
    simulatedPrefillAwareOfLeastOutstanding: ratio(
      'prefillAwareHeavySimulated',
      'leastOutstandingHeavySimulated',
    ),
    socketsStalledShare: roundTo(stalledShare, 3),
    socketsLongestStallMs: Math.round(longestStallMs),
    socketsEjections: ejections,
  }
}

const none = new Float64Array(0)

function blocksOf({ requests }: Trace): number {
  return requests.reduce((sum, { blocks }) => sum + blocks.length, 0)
}
