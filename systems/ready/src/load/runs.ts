import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError } from '@heavylift/core'
import type { ReadyServices } from '../services.ts'
import type { Generated } from './generate.ts'
import { KeptRuns } from './kept-runs.ts'
import type { KeptRun } from './kept-runs.ts'
import { Measured } from './measure.ts'
import { generateByJobs } from './processes/generate-by-jobs.ts'
import { generateInProcesses } from './processes/generate-in-processes.ts'
import { reportOf } from './report.ts'
import { checkVariables } from './template.ts'
import type { Report } from './report.ts'
import type { Scenario } from './scenario.ts'
import { allowTarget } from './target.ts'
import type { AskConsent, Target } from './target.ts'

export interface LoadRun extends KeptRun {
  name: string
  target: string
  report: Report
  /** What broke. */
  problem: string | null
  /** Recorded on another machine, and shown until there is one of this installation. */
  isSample: boolean
}

/** A run of this process that goes on. */
interface Own {
  tenantId: string
  stop: AbortController
  /** The run as it is now. */
  now: () => LoadRun
  /** Resolves when it is over and kept. */
  over: Promise<void>
}

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

/** Load runs, one at a time a tenant; the last fifty are kept, their results in the ledger. */
export class LoadRuns {
  readonly #services: ReadyServices
  readonly #own = new Map<string, Own>()
  readonly #kept: KeptRuns<LoadRun>
  /** What ends from then on was cut off. */
  #isClosed = false
  readonly #options: LoadOptions

  constructor(services: ReadyServices, options: LoadOptions) {
    this.#services = services
    this.#kept = new KeptRuns(services, 'load')
    this.#options = options
    services.signal.addEventListener('abort', () => void this.close(), { once: true })
  }

  /**
   * Checks the target and starts; returns as soon as requests are sent.
   * @throws HeavyliftError `target-refused` where the host has not consented, `variable-missing` where a request uses what has no value, ConflictError where a run is going on
   */
  async start(
    tenantId: string,
    scenario: Scenario,
    generators: Generators = { count: 1, on: 'here' },
  ): Promise<LoadRun> {
    checkVariables(scenario)
    const target = await this.allow(scenario.target)
    const { clock, ids } = this.#services
    const stop = new AbortController()
    let measured = new Measured()
    const startedAtMs = clock.nowMs()
    const run: LoadRun = {
      id: ids.next('load'),
      name: scenario.name,
      target: scenario.target,
      startedAtMs,
      state: 'running',
      report: reportOf(scenario, { measured, stoppedBy: null, durationMs: 0 }, false),
      problem: null,
      isSample: false,
      cutOffAtMs: null,
    }
    const now = (): LoadRun => {
      if (run.state !== 'running') return run
      const stoppedBy = stop.signal.aborted ? 'signal' : null
      const durationMs = clock.nowMs() - startedAtMs
      return { ...run, report: reportOf(scenario, { measured, stoppedBy, durationMs }, false) }
    }
    const kept = await this.#kept.begin(tenantId, now, stop)
    const onMeasured = (found: Measured) => {
      measured = found
    }
    const play = async () => {
      try {
        const generated = await this.#generate(scenario, target, stop.signal, generators, onMeasured)
        run.report = reportOf(scenario, generated)
        run.state = generated.stoppedBy === null ? 'done' : this.#isClosed ? 'cut off' : 'stopped'
        if (run.state === 'cut off') run.cutOffAtMs = clock.nowMs()
      } catch (error) {
        run.report = now().report
        run.state = 'broken'
        run.problem = error instanceof Error ? error.message : 'The generator broke.'
      }
      await kept.end()
      this.#own.delete(run.id)
      if (run.state !== 'broken') await this.#record(tenantId, scenario, run)
    }
    this.#own.set(run.id, { tenantId, stop, now, over: play() })
    return run
  }

  /** The target of a scenario, `demo` too. @throws HeavyliftError `target-refused` where the host has not consented */
  async allow(target: string): Promise<Target> {
    const { token, ask, demo } = this.#options
    return allowTarget(target === 'demo' ? await demo() : target, token, ask)
  }

  /** The latest first; a recorded sample where there is none. */
  async list(tenantId: string): Promise<LoadRun[]> {
    const runs = await this.#kept.list(tenantId)
    return runs.length === 0 ? [await sampleRun()] : runs.map((run) => this.#own.get(run.id)?.now() ?? run)
  }

  /** @throws NotFoundError where the tenant has no such run */
  async find(tenantId: string, id: string): Promise<LoadRun> {
    const own = this.#own.get(id)
    if (own?.tenantId === tenantId) return own.now()
    const sample = await sampleRun()
    const run = id === sample.id ? sample : await this.#kept.find(tenantId, id)
    if (run === null)
      throw new NotFoundError({ code: 'run-unknown', message: `There is no load run "${id}".` })
    return run
  }

  /** Ends a run, on whichever server it goes on: connections are closed at once, or within a second on another. */
  async stop(tenantId: string, id: string): Promise<LoadRun> {
    const own = this.#own.get(id)
    if (own?.tenantId === tenantId) own.stop.abort()
    else await this.#kept.askStop({ tenantId, id })
    return this.find(tenantId, id)
  }

  /** The global stop, of all tenants on all servers. Returns how many were going on. */
  async stopAll(): Promise<number> {
    const own = this.#stopOwn()
    return new Set([...own, ...(await this.#kept.askStop())]).size
  }

  /** Ends what goes on here; resolves when that is kept. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopOwn()
    await Promise.all([...this.#own.values()].map(({ over }) => over))
  }

  #stopOwn(): string[] {
    for (const { stop } of this.#own.values()) stop.abort()
    return [...this.#own.keys()]
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
        output: { ...figures, state: run.state },
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
