import { availableParallelism, cpus } from 'node:os'
import { generateInProcesses } from '../load/processes/generate-in-processes.ts'
import { reportOf } from '../load/report.ts'
import type { Report } from '../load/report.ts'
import { scenarioSchema } from '../load/scenario.ts'
import type { Scenario } from '../load/scenario.ts'
import type { Target } from '../load/target.ts'
import { drainRate } from './drain-rate.ts'
import { findLimit } from './find-limit.ts'
import { predictLimit } from './predict-limit.ts'
import { fitScalabilityLaw, kneeInterval, kneeOf } from './scalability-law.ts'
import type { ScalabilityLaw } from './scalability-law.ts'

export interface LimitOptions {
  /** The objective: so long for 99 of 100, and so many may fail. */
  p99Ms: number
  errorRate: number
  /** Of one probe, or twenty times `p99Ms` where that is longer. */
  seconds: number
  fromPerSecond: number
  toPerSecond: number
  isRealtime: boolean
}

export interface LimitProbe {
  ratePerSecond: number
  isInside: boolean
  p50Ms: number
  p99Ms: number
  errorRate: number
  /** Requests under way on average, by Little's law. */
  concurrency: number
  donePerSecond: number
  /** False where the generator could not keep its plan. */
  isValid: boolean
  /** Share of the machine's processors that were busy, 0 … 1. */
  machineBusy: number
  faults: { kind: string; count: number }[]
}

export interface Prediction {
  ratePerSecond: number
  /** What comes out while there is always work. */
  capacityPerSecond: number
  /** Workers, by Little's law. */
  workers: number
  /** Requests that were sent for it, a second on average. */
  meanPerSecond: number
}

export interface Limit {
  ratePerSecond: number
  outsidePerSecond: number | null
  /** False where the generator could not keep its plan: then it is no limit of the target's. */
  isReliable: boolean
  /** From short trains and little load, before the search. */
  predicted: Prediction
  law: (ScalabilityLaw & { perSecond: number; lower: number | null; upper: number | null }) | null
  /** What seems to give out first, with why. */
  saturated: { what: 'processor' | 'refusals' | 'workers' | 'unknown'; evidence: string }
  probes: LimitProbe[]
}

export type LimitProgress = (stage: string, done: number, total: number) => void

const lightPerSecond = 20
const lightSeconds = 4
const trains = 4
const leastTrain = 128
const largestTrain = 2048

/**
 * Finds the highest rate at which a scenario's requests stay inside an objective: predicts it from short trains and little load, then searches by probes
 * from half of what is predicted. Every probe is a load run, with the caps of its scenario.
 */
export async function measureLimit(
  scenario: Scenario,
  target: Target,
  given: LimitOptions,
  signal: AbortSignal,
  onProgress: LimitProgress = () => undefined,
): Promise<Limit> {
  onProgress('trains of requests', 0, mostSteps)
  // A queue that grows stays inside for a while: so long that it may exceed its capacity by a twentieth at most.
  const seconds = Math.max(given.seconds, (20 * given.p99Ms) / 1000)
  const options = { ...given, seconds }
  const predicted = await predict(scenario, target, options, signal)
  const probes: LimitProbe[] = []
  const search = await findLimit(
    async (ratePerSecond) => {
      signal.throwIfAborted()
      onProgress(`${Math.round(ratePerSecond)} requests a second`, probes.length + 1, mostSteps)
      const probe = await probeAt(ratePerSecond, scenario, target, options, signal)
      probes.push(probe)
      return probe
    },
    {
      fromPerSecond: Math.max(options.fromPerSecond, predicted.ratePerSecond / 2),
      toPerSecond: options.toPerSecond,
    },
  )
  const samples = probes.map(({ concurrency, donePerSecond }) => ({ concurrency, perSecond: donePerSecond }))
  const law = fitScalabilityLaw(samples)
  const interval = law === null ? null : kneeInterval(samples)
  return {
    ratePerSecond: search.ratePerSecond,
    outsidePerSecond: search.outsidePerSecond,
    isReliable: search.isReliable,
    predicted,
    law:
      law === null
        ? null
        : {
            ...law,
            perSecond: kneeOf(law).perSecond,
            lower: interval?.lower ?? null,
            upper: interval?.upper ?? null,
          },
    saturated: saturatedOf(probes, predicted),
    probes,
  }
}

const mostSteps = 20

/** What comes of trains and of little load; at most about half of the limit is sent on average. */
export async function predict(
  scenario: Scenario,
  target: Target,
  { p99Ms, seconds, isRealtime, toPerSecond }: LimitOptions,
  signal: AbortSignal,
): Promise<Prediction> {
  let sent = 0
  let spentSeconds = 0
  const play = async (load: Scenario['load'], warmUpSeconds: number, maxConnections: number) => {
    const one = { ...scenario, load, warmUpSeconds, maxConnections, thresholds: [] }
    const found = await generateInProcesses(one, target, signal, { count: 1, isRealtime })
    sent += found.measured.sent
    spentSeconds += found.durationMs / 1000
    return found.measured
  }
  const light = await play(
    [{ kind: 'constant', ratePerSecond: lightPerSecond, seconds: lightSeconds }],
    1,
    lightPerSecond,
  )
  const serviceMs = Array.from({ length: 199 }, (_, k) => light.service.quantileMs((k + 1) / 200))
  const meanMs = serviceMs.reduce((sum, ms) => sum + ms, 0) / serviceMs.length
  let capacity = Infinity
  for (let size = 8; size <= largestTrain; size *= 2) {
    signal.throwIfAborted()
    // So long apart that the train before is through and half of the time nothing is done.
    const drainSeconds = Number.isFinite(capacity) ? size / capacity : (size * meanMs) / 1000
    const everySeconds = Math.min(2, Math.max(0.25, 2.2 * drainSeconds))
    const measured = await play(
      [{ kind: 'trains', size, count: trains + 1, everySeconds }],
      everySeconds / 2,
      size,
    )
    // A queue with an end refuses what is beyond it: what the shorter trains said stands.
    if (measured.failed > 0.01 * measured.sent) break
    const found = drainRate(measured.latency, size)
    const settled = Number.isFinite(capacity) && Math.abs(found / capacity - 1) < 0.07
    capacity = found
    // Long trains tell more: at least eight rounds of all workers, and enough for services that differ.
    if (settled && size >= leastTrain && size >= (8 * capacity * meanMs) / 1000) break
    if (drainSeconds > 1) break
  }
  const bounded = Math.min(capacity > 0 ? capacity : Infinity, toPerSecond)
  return {
    ratePerSecond: predictLimit(
      { capacityPerSecond: bounded, serviceMs },
      { quantile: 0.99, atMostMs: p99Ms },
      seconds,
    ),
    capacityPerSecond: bounded,
    workers: Math.max(1, Math.round((bounded * meanMs) / 1000)),
    meanPerSecond: sent / Math.max(1, spentSeconds),
  }
}

async function probeAt(
  ratePerSecond: number,
  scenario: Scenario,
  target: Target,
  { p99Ms, errorRate, seconds, isRealtime }: LimitOptions,
  signal: AbortSignal,
): Promise<LimitProbe> {
  const warmUpSeconds = 0.5
  const one = scenarioSchema.parse({
    ...scenario,
    load: [{ kind: 'poisson', ratePerSecond, seconds: seconds + warmUpSeconds, seed: 7 }],
    thresholds: [],
    warmUpSeconds,
    timeoutMs: Math.min(scenario.timeoutMs, Math.max(1000, 10 * p99Ms)),
  })
  const before = busyTimes()
  const generated = await generateInProcesses(one, target, signal, { count: 1, isRealtime })
  const machineBusy = busyShare(before, busyTimes())
  const report: Report = reportOf(one, generated)
  const done = report.ok / seconds
  return {
    ratePerSecond,
    isInside: report.latencyMs.p99 <= p99Ms && report.errorRate <= errorRate && report.sent > 0,
    p50Ms: report.latencyMs.p50,
    p99Ms: report.latencyMs.p99,
    errorRate: report.errorRate,
    concurrency: (report.ok * report.serviceMs.mean) / 1000 / seconds,
    donePerSecond: done,
    isValid: report.isValid,
    machineBusy,
    faults: report.faults,
  }
}

function saturatedOf(probes: readonly LimitProbe[], predicted: Prediction): Limit['saturated'] {
  const outside = probes.findLast(({ isInside }) => !isInside)
  if (outside === undefined) return { what: 'unknown', evidence: 'Nothing gave out up to the highest rate.' }
  const refusals = outside.faults.find(({ kind }) => /^status (?:429|503)$|refused|reset/.test(kind))
  if (refusals !== undefined && outside.errorRate > 0.01)
    return {
      what: 'refusals',
      evidence: `${refusals.count} requests ended with ${refusals.kind} at ${Math.round(outside.ratePerSecond)} a second.`,
    }
  // What others on the machine take is not the target's doing.
  const least = Math.min(...probes.map(({ machineBusy }) => machineBusy))
  if (outside.machineBusy > 0.9 && least < 0.7)
    return {
      what: 'processor',
      evidence: `The processors of this machine (${availableParallelism()}) were ${Math.round(100 * outside.machineBusy)} % busy.`,
    }
  return {
    what: 'workers',
    evidence: `About ${predicted.workers} are done at once, and ${Math.round(predicted.capacityPerSecond)} a second come out however many wait; processors were ${Math.round(100 * outside.machineBusy)} % busy.`,
  }
}

function busyTimes(): { busy: number; all: number } {
  let busy = 0
  let all = 0
  for (const { times } of cpus()) {
    const total = times.user + times.nice + times.sys + times.idle + times.irq
    busy += total - times.idle
    all += total
  }
  return { busy, all }
}

function busyShare(before: { busy: number; all: number }, after: { busy: number; all: number }): number {
  return after.all === before.all ? 0 : (after.busy - before.busy) / (after.all - before.all)
}
