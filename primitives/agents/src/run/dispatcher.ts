import { sleep } from '@heavylift/core/async'
import type { Clock, Logger } from '@heavylift/core'
import { sql, type Kysely } from 'kysely'
import type { Executor } from './executor.ts'
import { isOutage, messageOf } from './memory.ts'
import type { AgentsTables, RunRow } from './run-row.ts'
import type { PostgresRunStore } from './run-store.ts'
import type { Runs } from './runs.ts'

const everyMs = 250
const mostAtOnce = 100
/** A run that nobody has taken up after this is taken up. */
const forsakenMs = 5_000

interface DispatcherOptions {
  clock: Clock
  database: Kysely<AgentsTables>
  executor: Executor
  log: Logger
  runs: Runs
  runsAtOnce: number
  runStore: PostgresRunStore
  signal: AbortSignal
}

/**
 * Takes up what waits for a process: queued runs, rests that are over, and runs that fell between two stools. Every process does so, and each row goes to
 * one of them.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions

  constructor(options: DispatcherOptions) {
    this.#options = options
  }

  /** Resolves when the signal has aborted. */
  async run(): Promise<void> {
    const { signal, log } = this.#options
    for (let round = 0; !signal.aborted; round++) {
      try {
        if (await this.#options.executor.isReady()) await this.#look(round)
      } catch (error) {
        if (!signal.aborted && !isOutage(error))
          log.warn({ error: messageOf(error) }, 'runs that wait were not looked at')
      }
      await sleep(everyMs, signal, { keepsAlive: false })
    }
  }

  async #look(round: number): Promise<void> {
    const { clock, executor, runs, runStore } = this.#options
    const nowMs = clock.nowMs()
    for (const key of await runStore.answerDue(nowMs, mostAtOnce)) await runs.stir(key)
    await this.#takeQueued(nowMs)
    // Words between processes can be lost; these looks find what they were about.
    if (round % 4 === 0) for (const key of await runStore.answered(mostAtOnce)) await runs.stir(key)
    if (round % 8 === 0)
      for (const row of await runStore.forsaken(nowMs, forsakenMs, mostAtOnce)) executor.begin(row, false)
  }

  async #takeQueued(nowMs: number): Promise<void> {
    const { database, executor, runsAtOnce } = this.#options
    const free = runsAtOnce - executor.count
    if (free <= 0) return
    const { rows } = await sql<RunRow>`
      update run set state = 'running', epoch = epoch + 1, segment = segment + 1, started_ms = ${nowMs}, turned_ms = ${nowMs}
      where (tenant_id, id) in (
        select tenant_id, id from run where state = 'queued' order by created_ms limit ${Math.min(free, mostAtOnce)} for update skip locked)
      returning *`.execute(database)
    // A fork has a journal from its begin.
    for (const row of rows) executor.begin(row, row.forked_from === null)
  }
}
