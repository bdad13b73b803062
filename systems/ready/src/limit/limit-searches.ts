import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KeptRuns } from '../load/kept-runs.ts'
import type { KeptRun } from '../load/kept-runs.ts'
import type { LoadRuns } from '../load/runs.ts'
import type { Scenario } from '../load/scenario.ts'
import { checkVariables } from '../load/template.ts'
import type { ReadyServices } from '../services.ts'
import { dependenciesOf } from './dependencies.ts'
import { measureLimit } from './measure-limit.ts'
import type { Limit } from './measure-limit.ts'

export interface LimitObjective {
  p99Ms: number
  errorRate: number
}

export interface DependencyLimit {
  name: string
  limit: Limit
  objective: LimitObjective
  atMs: number
}

export interface LimitSearch extends KeptRun {
  scenario: string
  /** What is done now, and how much of the whole is. */
  stage: string
  done: number
  total: number
  found: DependencyLimit[]
  problem: string | null
  /** Recorded on another machine, and shown until there is one of this installation. */
  isSample: boolean
}

/** A search of this process that goes on. */
interface Own {
  search: LimitSearch
  stop: AbortController
  /** Resolves when it is over and kept. */
  over: Promise<void>
}

const probeSeconds = 2
const stepsOfOne = 20

/** Searches for the limits of all parts of a service, one search a tenant at a time; what was predicted and what was measured go into the ledger. */
export class LimitSearches {
  readonly #services: ReadyServices
  readonly #loads: LoadRuns
  readonly #isRealtime: boolean
  readonly #own = new Map<string, Own>()
  readonly #kept: KeptRuns<LimitSearch>
  /** What ends from then on was cut off. */
  #isClosed = false

  constructor(services: ReadyServices, loads: LoadRuns, isRealtime: boolean) {
    this.#services = services
    this.#kept = new KeptRuns(services, 'limits')
    this.#loads = loads
    this.#isRealtime = isRealtime
    services.signal.addEventListener('abort', () => void this.close(), { once: true })
  }

  /** The latest search of a tenant, null where there is none. */
  async latest(tenantId: string): Promise<LimitSearch | null> {
    return this.#own.get(tenantId)?.search ?? (await this.#kept.list(tenantId, 1))[0] ?? null
  }

  /** The latest, or a recorded sample where there is none. */
  async shown(tenantId: string): Promise<LimitSearch> {
    return (await this.latest(tenantId)) ?? sampleSearch()
  }

  /**
   * Starts; returns at once.
   * @throws HeavyliftError `target-refused` where the host has not consented, `variable-missing` where a request uses what has no value, ConflictError where one is going on
   */
  async start(tenantId: string, scenario: Scenario, objective: LimitObjective): Promise<LimitSearch> {
    const parts = dependenciesOf(scenario)
    for (const part of parts) checkVariables(part.scenario)
    const target = await this.#loads.allow(scenario.target)
    const stop = new AbortController()
    const { clock, ids } = this.#services
    const search: LimitSearch = {
      id: ids.next('limits'),
      startedAtMs: clock.nowMs(),
      state: 'running',
      scenario: scenario.name,
      stage: 'starting',
      done: 0,
      total: parts.length * stepsOfOne,
      found: [],
      problem: null,
      isSample: false,
      cutOffAtMs: null,
    }
    const kept = await this.#kept.begin(tenantId, () => search, stop)
    const run = async () => {
      for (const [at, part] of parts.entries()) {
        const { p99Ms, errorRate } = objective
        const limits = { p99Ms, errorRate, seconds: probeSeconds, fromPerSecond: 1, toPerSecond: 50_000 }
        const limit = await measureLimit(
          part.scenario,
          target,
          { ...limits, isRealtime: this.#isRealtime },
          stop.signal,
          (stage, done) => {
            search.stage = `${part.name}: ${stage}`
            search.done = at * stepsOfOne + Math.min(done, stepsOfOne)
          },
        )
        if (stop.signal.aborted) break
        const found = { name: part.name, limit, objective, atMs: this.#services.clock.nowMs() }
        search.found.push(found)
        await this.#record(tenantId, scenario, found)
      }
    }
    const over = async () => {
      try {
        await run()
        search.done = search.total
        search.state = 'done'
      } catch (error) {
        search.state = 'broken'
        search.problem = error instanceof Error ? error.message : 'The search broke.'
      }
      if (stop.signal.aborted) {
        search.state = this.#isClosed ? 'cut off' : 'stopped'
        search.problem = null
        if (this.#isClosed) search.cutOffAtMs = clock.nowMs()
      }
      await kept.end()
      this.#own.delete(tenantId)
    }
    this.#own.set(tenantId, { search, stop, over: over() })
    return search
  }

  /** Ends the search of a tenant, on whichever server it goes on. */
  async stop(tenantId: string): Promise<LimitSearch | null> {
    this.#own.get(tenantId)?.stop.abort()
    await this.#kept.askStop({ tenantId })
    return this.latest(tenantId)
  }

  /** The global stop, of all tenants on all servers. */
  async stopAll(): Promise<void> {
    this.#stopOwn()
    await this.#kept.askStop()
  }

  /** Ends what goes on here; resolves when that is kept. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopOwn()
    await Promise.all([...this.#own.values()].map(({ over }) => over))
  }

  #stopOwn(): void {
    for (const { stop } of this.#own.values()) stop.abort()
  }

  /** Predicted is what was decided, measured is what came of it. */
  async #record(tenantId: string, scenario: Scenario, found: DependencyLimit): Promise<void> {
    const { store, ids, clock, log } = this.#services
    const { limit, name, objective } = found
    const { predicted, ratePerSecond, outsidePerSecond, isReliable, saturated, law } = limit
    const id = ids.next('decision')
    const atMs = clock.nowMs()
    try {
      await store.ledger.decide({
        id,
        tenantId,
        system: 'ready',
        kind: 'limit',
        subjectId: `${scenario.name}/${name}`,
        inputRef: null,
        inputHash: createHash('sha256')
          .update(JSON.stringify([scenario, objective]))
          .digest('hex'),
        output: { name, predicted, ratePerSecond, outsidePerSecond, isReliable, saturated, law, objective },
        confidence: null,
        costMicros: 0,
        durationMs: 0,
        version: 'limit@1',
        atMs,
      })
      if (!isReliable) return
      await store.ledger.outcome({
        tenantId,
        subjectId: id,
        kind: 'measured-per-second',
        value: ratePerSecond,
        idempotencyKey: id,
        atMs,
      })
    } catch (error) {
      log.warn({ error }, 'A limit could not be written to the ledger.')
    }
  }
}

/** One that was recorded on the demo service. */
async function sampleSearch(): Promise<LimitSearch> {
  const file = join(import.meta.dirname, '../../samples/limit-search.json')
  return { ...(JSON.parse(await readFile(file, 'utf8')) as LimitSearch), isSample: true }
}
