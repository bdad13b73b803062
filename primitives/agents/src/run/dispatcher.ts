import { Wakeup } from '@heavylift/core/async'
import type { Clock, Logger } from '@heavylift/core'
import { sql, type Kysely } from 'kysely'
import type { Executor } from './executor.ts'
import { isOutage, messageOf } from './memory.ts'
import { hasLimit, roomFor } from './limits.ts'
import type { Limits, LimitScope } from './limits.ts'
import type { AgentsTables, RunRow } from './run-row.ts'
import type { PostgresRunStore } from './run-store.ts'
import type { Runs } from './runs.ts'
import type { Stops } from '../registry/stops.ts'
import type { Triggers } from '../triggers/triggers.ts'

const everyMs = 250
const mostAtOnce = 100
/** About once a minute. */
const cleanEveryRounds = 240
/** A run that nobody has taken up after this is taken up. */
const forsakenMs = 5_000

interface DispatcherOptions {
  clock: Clock
  database: Kysely<AgentsTables>
  executor: Executor
  /** How long ended runs are kept. */
  keepMs: number
  log: Logger
  /** Forgets what else is kept for so long only. */
  forget: (beforeMs: number) => Promise<void>
  runs: Runs
  runsAtOnce: number
  runStore: PostgresRunStore
  /** Whose limits a run of an agent is under. */
  scopesOf: (tenantId: string, agent: string) => Promise<{ scope: LimitScope; limits: Limits }[]>
  stops: Pick<Stops, 'look'>
  signal: AbortSignal
  triggers: Triggers
}

/**
 * Takes up what waits for a process: queued runs, rests that are over, and runs that fell between two stools. Every process does so, and each row goes to
 * one of them.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #wakeup = new Wakeup()
  #lookedMs = -Infinity
  #round = 0

  constructor(options: DispatcherOptions) {
    this.#options = options
  }

  /** Something waits: looks at once. */
  wake(): void {
    this.#wakeup.wake()
  }

  /** Resolves when the signal has aborted. */
  async run(): Promise<void> {
    const { signal, log } = this.#options
    while (!signal.aborted) {
      const { count } = this.#wakeup
      try {
        if (await this.#options.executor.isReady()) await this.#look()
      } catch (error) {
        if (!signal.aborted && !isOutage(error))
          log.warn({ error: messageOf(error) }, 'runs that wait were not looked at')
      }
      await this.#wakeup.wait({ since: count, timeoutMs: everyMs, signal })
    }
  }

  async #look(): Promise<void> {
    const { clock, executor, runs, runStore, stops, triggers } = this.#options
    const nowMs = clock.nowMs()
    await this.#takeQueued(nowMs)
    if (clock.monotonicMs() - this.#lookedMs < everyMs) return
    this.#lookedMs = clock.monotonicMs()
    await stops.look()
    for (const key of await runStore.answerDue(nowMs, mostAtOnce)) await runs.stir(key)
    await triggers.look()
    // Words between processes can be lost; these looks find what they were about.
    const round = this.#round++
    if (round % 4 === 0) for (const key of await runStore.answered(mostAtOnce)) await runs.stir(key)
    if (round % cleanEveryRounds === 0) {
      await runs.removeOld(nowMs - this.#options.keepMs, mostAtOnce)
      await this.#options.forget(nowMs - this.#options.keepMs)
    }
    if (round % 8 === 0)
      for (const row of await runStore.forsaken(nowMs, forsakenMs, mostAtOnce)) executor.begin(row, false)
  }

  /** Begins runs that wait in line: as many of each agent as its limits, those of its team and of its tenant leave room for. */
  async #takeQueued(nowMs: number): Promise<void> {
    const { database, executor, runsAtOnce, scopesOf } = this.#options
    if (executor.count >= runsAtOnce) return
    const { rows: lines } = await sql<{ tenant_id: string; agent: string }>`
      select distinct tenant_id, agent from run where state = 'queued' limit ${mostAtOnce}`.execute(database)
    for (const { tenant_id: tenantId, agent } of lines) {
      const scopes = await scopesOf(tenantId, agent)
      const free = Math.min(runsAtOnce - executor.count, mostAtOnce)
      const rows = await database.transaction().execute(async (transaction) => {
        let room = free
        if (scopes.some(({ limits }) => hasLimit(limits)))
          await sql`select pg_advisory_xact_lock(hashtext(${`agents.limits ${tenantId}`}))`.execute(
            transaction,
          )
        for (const { scope, limits } of scopes)
          room = Math.min(room, await roomFor(transaction, tenantId, scope, limits, nowMs))
        if (room <= 0) return []
        const taken = await sql<RunRow>`
          update run set state = 'running', epoch = epoch + 1, segment = segment + 1, started_ms = ${nowMs}, turned_ms = ${nowMs}
          where (tenant_id, id) in (
            select tenant_id, id from run where state = 'queued' and tenant_id = ${tenantId} and agent = ${agent}
            order by created_ms limit ${room} for update skip locked)
          returning *`.execute(transaction)
        return taken.rows
      })
      // A fork has a journal from its begin.
      for (const row of rows) executor.begin(row, row.forked_from === null)
    }
  }
}
