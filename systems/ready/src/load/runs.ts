import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConflictError, NotFoundError } from '@heavylift/core'
import type { ReadyServices } from '../services.ts'
import type { Generated } from './generate.ts'
import { Measured } from './measure.ts'
import { generateByJobs } from './processes/generate-by-jobs.ts'
import { generateInProcesses } from './processes/generate-in-processes.ts'
import { reportOf } from './report.ts'
import type { Report } from './report.ts'
import type { Scenario } from './scenario.ts'
import { allowTarget } from './target.ts'
import type { AskConsent, Target } from './target.ts'

export interface LoadRun {
  id: string
  name: string
  target: string
  startedAtMs: number
  /** `running` until its plan is done, it is stopped, or it broke. */
  state: 'running' | 'done' | 'stopped' | 'broken'
  report: Report
  /** What broke. */
  problem: string | null
  /** Recorded on another machine, and shown until there is one of this installation. */
  isSample: boolean
}

interface Kept {
  tenantId: string
  run: LoadRun
  stop: AbortController
  /** The report as it is now. */
  now: () => Report
}

const keptRuns = 50

/** Who sends: processes of this machine, or machines of the cluster. */
export interface Generators {
  count: number
  on: 'here' | 'slurm'
}

export interface LoadOptions {
  token: string | null
  ask: AskConsent
  /** Address of the service that comes with ready. */
  demo: () => Promise<string>
  isRealtime: boolean
}

/** Load runs of this process, one at a time a tenant; the last fifty are kept, their results in the ledger. */
export class LoadRuns {
  readonly #services: ReadyServices
  readonly #runs = new Map<string, Kept>()
  readonly #options: LoadOptions

  constructor(services: ReadyServices, options: LoadOptions) {
    this.#services = services
    this.#options = options
    services.signal.addEventListener('abort', () => this.stopAll(), { once: true })
  }

  /**
   * Checks the target and starts; returns as soon as requests are sent.
   * @throws HeavyliftError `target-refused` where the host has not consented, ConflictError where a run is going on
   */
  async start(
    tenantId: string,
    scenario: Scenario,
    generators: Generators = { count: 1, on: 'here' },
  ): Promise<LoadRun> {
    if ([...this.#runs.values()].some((one) => one.tenantId === tenantId && one.run.state === 'running'))
      throw new ConflictError({
        code: 'run-going-on',
        message: 'A run is going on. Stop it, or wait for its end.',
      })
    const target = await this.allow(scenario.target)
    const { clock, ids } = this.#services
    const stop = new AbortController()
    let measured = new Measured()
    const startedAtMs = clock.nowMs()
    const now = () =>
      reportOf(scenario, {
        measured,
        stoppedBy: stop.signal.aborted ? 'signal' : null,
        durationMs: clock.nowMs() - startedAtMs,
      })
    const run: LoadRun = {
      id: ids.next('load'),
      name: scenario.name,
      target: scenario.target,
      startedAtMs,
      state: 'running',
      report: now(),
      problem: null,
      isSample: false,
    }
    this.#runs.set(run.id, { tenantId, run, stop, now })
    this.#forget()
    const onMeasured = (found: Measured) => {
      measured = found
    }
    void this.#generate(scenario, target, stop.signal, generators, onMeasured).then(
      async (generated) => {
        run.report = reportOf(scenario, generated)
        run.state = generated.stoppedBy === null ? 'done' : 'stopped'
        await this.#record(tenantId, scenario, run)
      },
      (error: unknown) => {
        run.report = now()
        run.state = 'broken'
        run.problem = error instanceof Error ? error.message : 'The generator broke.'
      },
    )
    return run
  }

  /** The target of a scenario, `demo` too. @throws HeavyliftError `target-refused` where the host has not consented */
  async allow(target: string): Promise<Target> {
    const { token, ask, demo } = this.#options
    return allowTarget(target === 'demo' ? await demo() : target, token, ask)
  }

  /** The latest first; a recorded sample where there is none. */
  async list(tenantId: string): Promise<LoadRun[]> {
    const own = [...this.#runs.values()].filter((one) => one.tenantId === tenantId)
    return own.length === 0 ? [await sampleRun()] : own.map((one) => this.#fresh(one)).toReversed()
  }

  /** @throws NotFoundError where the tenant has no such run */
  async find(tenantId: string, id: string): Promise<LoadRun> {
    if (this.#runs.has(id)) return this.#fresh(this.#kept(tenantId, id))
    const sample = await sampleRun()
    return id === sample.id ? sample : this.#fresh(this.#kept(tenantId, id))
  }

  /** Ends a run: connections are closed at once. */
  stop(tenantId: string, id: string): LoadRun {
    const kept = this.#kept(tenantId, id)
    kept.stop.abort()
    return this.#fresh(kept)
  }

  /** The global stop. Returns how many were going on. */
  stopAll(): number {
    const going = [...this.#runs.values()].filter((one) => one.run.state === 'running')
    for (const one of going) one.stop.abort()
    return going.length
  }

  #generate(
    scenario: Scenario,
    target: Target,
    signal: AbortSignal,
    { count, on }: Generators,
    onMeasured: (measured: Measured) => void,
  ): Promise<Generated> {
    const { isRealtime } = this.#options
    return on === 'here'
      ? generateInProcesses(scenario, target, signal, { count, isRealtime, onMeasured })
      : generateByJobs(this.#services.jobs, scenario, target, signal, { count, executor: on })
  }

  #kept(tenantId: string, id: string): Kept {
    const kept = this.#runs.get(id)
    if (kept === undefined || kept.tenantId !== tenantId)
      throw new NotFoundError({ code: 'run-unknown', message: `There is no load run "${id}".` })
    return kept
  }

  #fresh({ run, now }: Kept): LoadRun {
    return run.state === 'running' ? { ...run, report: now() } : run
  }

  #forget(): void {
    for (const [id, { run }] of this.#runs) {
      if (this.#runs.size <= keptRuns) return
      if (run.state !== 'running') this.#runs.delete(id)
    }
  }

  async #record(tenantId: string, scenario: Scenario, run: LoadRun): Promise<void> {
    const { store, ids, clock, log } = this.#services
    const { seconds: _seconds, heatEndsMs: _ends, ...figures } = run.report
    try {
      await store.ledger.decide({
        id: ids.next('decision'),
        tenantId,
        system: 'ready',
        kind: 'load-run',
        subjectId: run.id,
        inputRef: `ready/load/${run.id}`,
        inputHash: createHash('sha256').update(JSON.stringify(scenario)).digest('hex'),
        output: figures,
        confidence: null,
        costMicros: 0,
        durationMs: run.report.durationMs,
        version: 'load@1',
        atMs: clock.nowMs(),
      })
    } catch (error) {
      log.warn({ error }, 'A load run could not be written to the ledger.')
    }
  }
}

/** One that was recorded from the sample scenario against the demo service. */
async function sampleRun(): Promise<LoadRun> {
  const file = join(import.meta.dirname, '../../samples/load-run.json')
  return { ...(JSON.parse(await readFile(file, 'utf8')) as LoadRun), isSample: true }
}
