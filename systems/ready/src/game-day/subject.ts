import { sleep } from '@heavylift/core/async'
import type { Keeper, Lease, Proxy } from '../faults/keeper.ts'
import type { Fault } from '../faults/fault.ts'
import type { ProcessFault, ProcessRef } from '../faults/process-fault.ts'
import { ask, isGood, medianMs, send, share } from './probe.ts'
import type { Endpoint, Observed, Sending } from './probe.ts'

export interface Dependency {
  name: string
  proxy: Proxy
  /** What needs it should do without it. */
  isOptional: boolean
}

export interface NamedProcess {
  name: string
  /** Looked up each time, as whoever looks after it starts it again. */
  find: () => Promise<ProcessRef>
  /** What is asked itself: it is not killed. */
  isEntry: boolean
}

/** A service under test, with all that may be touched. */
export interface Subject {
  url: URL
  endpoints: Endpoint[]
  dependencies: Dependency[]
  processes: NamedProcess[]
  clocks: { name: string; file: string }[]
  /** A client waits no longer than this. */
  patienceMs: number
  /** The most that is sent. */
  mostRatePerSecond: number
}

/** How an endpoint is without a fault. */
export interface Steady {
  endpoint: Endpoint
  medianMs: number
  /** Requests that came back good. */
  goodShare: number
  /** Of a stream. */
  whole: Observed | null
  /** Calls a request, by dependency; what is not here is not called. */
  calls: Map<string, number>
}

/** What an experiment may use: every fault goes through here, so that it is told and ended. */
export class Bench {
  readonly subject: Subject
  readonly signal: AbortSignal
  readonly #keeper: Keeper
  readonly #tell: (event: { atMs: number; what: string; on: string; isOn: boolean }) => void

  constructor(
    subject: Subject,
    keeper: Keeper,
    signal: AbortSignal,
    tell: (event: { atMs: number; what: string; on: string; isOn: boolean }) => void,
  ) {
    this.subject = subject
    this.#keeper = keeper
    this.signal = signal
    this.#tell = tell
  }

  ask(endpoint: Endpoint, patienceMs = this.subject.patienceMs): Promise<Observed> {
    return ask(this.subject.url, endpoint, patienceMs)
  }

  send(
    endpoints: readonly Endpoint[],
    ratePerSecond: number,
    seconds: number,
    patienceMs = this.subject.patienceMs,
  ): Promise<Observed[]> {
    const sending: Sending = {
      ratePerSecond: Math.min(ratePerSecond, this.subject.mostRatePerSecond),
      seconds,
      patienceMs,
      signal: this.signal,
    }
    return send(this.subject.url, endpoints, sending)
  }

  /** Works while a fault is before a dependency; it ends with the work, whatever comes of it. */
  async withFault<T>(dependency: string, fault: Fault, leaseMs: number, work: () => Promise<T>): Promise<T> {
    return this.#during(await this.#keeper.inject(dependency, fault, leaseMs), fault.kind, dependency, work)
  }

  async withTouched<T>(
    name: string,
    fault: ProcessFault,
    process: ProcessRef | null,
    leaseMs: number,
    work: () => Promise<T>,
  ): Promise<T> {
    return this.#during(await this.#keeper.touch(fault, process, leaseMs), fault.kind, name, work)
  }

  /** Waits until requests are good again; how long it took, or null where it did not within `mostMs`. */
  async settle(endpoints: readonly Endpoint[], mostMs: number): Promise<number | null> {
    const startMs = performance.now()
    let good = 0
    while (performance.now() - startMs < mostMs && !this.signal.aborted) {
      const round = await Promise.all(endpoints.map((endpoint) => this.ask(endpoint)))
      good = round.every(isGood) ? good + 1 : 0
      if (good === 3) return performance.now() - startMs
      await sleep(100, this.signal)
    }
    return null
  }

  async #during<T>(lease: Lease, what: string, on: string, work: () => Promise<T>): Promise<T> {
    this.#tell({ atMs: Date.now(), what, on, isOn: true })
    try {
      return await work()
    } finally {
      await lease.end()
      this.#tell({ atMs: Date.now(), what, on, isOn: false })
    }
  }
}

const looks = 8

/** Asks each endpoint by itself, and sees which dependencies it calls. */
export async function lookAtSteadyState(bench: Bench): Promise<Steady[]> {
  const { subject } = bench
  const found: Steady[] = []
  for (const endpoint of subject.endpoints) {
    if (bench.signal.aborted) break
    const sinceMs = Date.now()
    // The first may have to open or to fetch what the others use, so its time does not count.
    await bench.ask(endpoint)
    const observed = await bench.send([endpoint], 10, looks / 10)
    const calls = new Map<string, number>()
    for (const { name, proxy } of subject.dependencies) {
      const { calls: seen } = await proxy.watched(sinceMs - 5)
      if (seen.length > 0) calls.set(name, seen.length / (observed.length + 1))
    }
    found.push({
      endpoint,
      medianMs: medianMs(observed),
      goodShare: share(observed, isGood),
      whole: endpoint.isStream === true ? (observed.find(isGood) ?? null) : null,
      calls,
    })
  }
  return found
}
