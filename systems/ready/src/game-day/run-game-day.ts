import type { ReportProgress } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { Keeper } from '../faults/keeper.ts'
import { faultSchema } from '../faults/fault.ts'
import { processFaultSchema } from '../faults/process-fault.ts'
import type { GameDayDefinition } from './definition.ts'
import { findWeaknesses } from './find-weaknesses.ts'
import { holdObjectives, readOpenSlo } from './open-slo.ts'
import type { Held, Objective } from './open-slo.ts'
import { isGood, send, share } from './probe.ts'
import type { Observed } from './probe.ts'
import { Bench } from './subject.ts'
import type { Subject } from './subject.ts'
import type { Finding } from './weakness.ts'

export interface Phase {
  /** `steady state`, a fault, or `recovery`. */
  name: string
  /** Milliseconds from the start. */
  fromMs: number
  toMs: number
  asked: number
  good: number
  objectives: Held[]
}

export interface Second {
  asked: number
  good: number
  p50Ms: number
  p99Ms: number
}

/** What happened, and what it says; complete at each moment, so that a day that broke off has its report too. */
export interface GameDayReport {
  /** When its first request was sent, from which all times below are counted; null before, and of days that were kept without it. */
  beganAtMs: number | null
  phases: Phase[]
  events: { atMs: number; what: string; on: string; isOn: boolean }[]
  seconds: Second[]
  findings: Finding[]
  /** Why the day was stopped before its end. */
  abortedBy: 'person' | 'condition' | null
  /** Whether the steady state was there again after the last fault; null while that is not known. */
  hasRecovered: boolean | null
  /** Whether the hypothesis stands: objectives held in each phase, and nothing was found; null while that is not known, or where a person ended it before. */
  holds: boolean | null
  made: number
  left: string[]
}

export const emptyReport = (): GameDayReport => ({
  beganAtMs: null,
  phases: [],
  events: [],
  seconds: [],
  findings: [],
  abortedBy: null,
  hasRecovered: null,
  holds: null,
  made: 0,
  left: [],
})

/**
 * Plays a game day against a subject: steady state, each fault, recovery, then the search for weaknesses. All faults end when `stop` aborts, when
 * the abort condition holds, or when anything here throws.
 */
export async function runGameDay(
  day: GameDayDefinition,
  subject: Subject,
  keeper: Keeper,
  stop: AbortSignal,
  report: GameDayReport,
  progress: ReportProgress,
): Promise<void> {
  const startMs = Date.now()
  report.beganAtMs = startMs
  const aborting = new AbortController()
  const abort = (by: 'person' | 'condition') => {
    report.abortedBy ??= by
    aborting.abort()
    void keeper.endAll().catch(() => undefined)
  }
  const stopped = () => abort('person')
  stop.addEventListener('abort', stopped, { once: true })
  if (stop.aborted) stopped()
  const { signal } = aborting
  const { objectives, left } = readOpenSlo(day.steadyState.objectives)
  report.left.push(...left.map(({ where, advice }) => `${where}: ${advice}`))
  const bench = new Bench(subject, keeper, signal, (event) =>
    report.events.push({ ...event, atMs: event.atMs - startMs }),
  )
  const watch = new Watch(day, subject, objectives, report, startMs, signal, () => abort('condition'))
  try {
    progress({ stage: 'steady state', done: 0, total: day.faults.length + 2, unit: 'steps' })
    const steady = await watch.phase('steady state', day.steadyState.seconds)
    if (steady.objectives.some(({ isMet }) => !isMet)) {
      // Nothing is learnt from breaking what is broken, and something may be lost.
      report.left.push('The steady state does not hold without a fault, so no fault was put.')
      report.holds = false
      return
    }
    for (const [at, { on, fault, seconds }] of day.faults.entries()) {
      if (signal.aborted) break
      progress({ stage: `${fault.kind} on ${on}`, done: at + 1, total: day.faults.length + 2, unit: 'steps' })
      const during = () => watch.phase(`${fault.kind} on ${on}`, seconds)
      const leaseMs = 1000 * (seconds + day.patienceMs / 1000 + 5)
      const proxied = faultSchema.safeParse(fault)
      if (proxied.success) await bench.withFault(on, proxied.data, leaseMs, during)
      else {
        const touched = processFaultSchema.parse(fault)
        const one = subject.processes.find(({ name }) => name === on)
        await bench.withTouched(on, touched, one === undefined ? null : await one.find(), leaseMs, during)
      }
      const back = await bench.settle(askable(subject), 1000 * day.recoverWithinSeconds)
      // Who is told to stop waits for nothing, so it is not known then.
      if (back !== null || !signal.aborted) report.hasRecovered = back !== null
      if (back === null && !signal.aborted)
        report.findings.push({
          kind: 'slow-recovery',
          at: on,
          evidence: `Requests still failed ${day.recoverWithinSeconds} s after ${fault.kind} on ${on} had ended.`,
          measured: day.recoverWithinSeconds,
          allowed: day.recoverWithinSeconds,
          unit: 's',
        })
    }
    if (!signal.aborted && day.faults.length > 0) await watch.phase('recovery', day.steadyState.seconds)
    if (!signal.aborted && day.search !== false) {
      const names = day.search === true ? null : new Set(day.search)
      // Whoever looks at the report meanwhile sees what is found so far.
      const search = await findWeaknesses(bench, progress, names, (found, made) => {
        report.findings.push(...found)
        report.made = made
      })
      report.left.push(...search.left)
    }
    const isBroken =
      report.abortedBy === 'condition' ||
      report.findings.length > 0 ||
      report.phases.some((phase) => phase.objectives.some(({ isMet }) => !isMet))
    // Nothing was broken until a person ended it: nobody knows of the rest.
    report.holds = isBroken ? false : report.abortedBy === null ? true : null
  } finally {
    stop.removeEventListener('abort', stopped)
    await keeper.endAll()
  }
}

const askable = ({ endpoints }: Subject) => endpoints.filter(({ isStream }) => isStream !== true)

/** Asks all the time while a phase lasts, keeps what came by the second, and looks at the abort condition. */
class Watch {
  readonly #day: GameDayDefinition
  readonly #subject: Subject
  readonly #objectives: readonly Objective[]
  readonly #report: GameDayReport
  readonly #startMs: number
  readonly #signal: AbortSignal
  readonly #abort: () => void

  constructor(
    day: GameDayDefinition,
    subject: Subject,
    objectives: readonly Objective[],
    report: GameDayReport,
    startMs: number,
    signal: AbortSignal,
    abort: () => void,
  ) {
    this.#day = day
    this.#subject = subject
    this.#objectives = objectives
    this.#report = report
    this.#startMs = startMs
    this.#signal = signal
    this.#abort = abort
  }

  async phase(name: string, seconds: number): Promise<Phase> {
    const { ratePerSecond } = this.#day.steadyState
    const { patienceMs, mostRatePerSecond, url } = this.#subject
    const fromMs = Date.now() - this.#startMs
    const observed: Observed[] = []
    const parts: Promise<void>[] = []
    // A second at a time, so that the condition is looked at while a fault is on.
    for (let at = 0; at < seconds && !this.#signal.aborted; at++) {
      const sending = send(url, askable(this.#subject), {
        ratePerSecond: Math.min(ratePerSecond, mostRatePerSecond),
        seconds: Math.min(1, seconds - at),
        patienceMs,
        signal: this.#signal,
      })
      parts.push(
        sending.then((part) => {
          observed.push(...part)
          this.#keep(part)
          this.#look(observed)
        }),
      )
      await sleep(1000 * Math.min(1, seconds - at), this.#signal)
    }
    await Promise.all(parts)
    const phase: Phase = {
      name,
      fromMs,
      toMs: Date.now() - this.#startMs,
      asked: observed.length,
      good: observed.filter(isGood).length,
      objectives: holdObjectives(this.#objectives, observed),
    }
    this.#report.phases.push(phase)
    return phase
  }

  #keep(part: readonly Observed[]): void {
    const { seconds } = this.#report
    const groups = Map.groupBy(part, ({ sentMs }) => Math.max(0, Math.floor((sentMs - this.#startMs) / 1000)))
    for (const [at, mine] of groups) {
      while (seconds.length <= at) seconds.push({ asked: 0, good: 0, p50Ms: 0, p99Ms: 0 })
      const sorted = mine.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)
      const before = seconds[at] as Second
      seconds[at] = {
        asked: before.asked + mine.length,
        good: before.good + mine.filter(isGood).length,
        p50Ms: Math.max(before.p50Ms, sorted[Math.floor(sorted.length / 2)] ?? 0),
        p99Ms: Math.max(before.p99Ms, sorted.at(-1) ?? 0),
      }
    }
  }

  #look(observed: readonly Observed[]): void {
    const { goodBelow, seconds } = this.#day.abort
    const sinceMs = Date.now() - 1000 * (seconds + this.#subject.patienceMs / 1000)
    const late = observed.filter(({ sentMs }) => sentMs >= sinceMs)
    const lasted = Date.now() - (observed[0]?.sentMs ?? Date.now()) >= 1000 * seconds
    if (lasted && late.length > 0 && share(late, isGood) < goodBelow) this.#abort()
  }
}
