import { ConflictError } from '@heavylift/core'
import type { CoreServices } from '@heavylift/core'
import { toDatabaseJson } from '@heavylift/store'
import type { StoreServices } from '@heavylift/store'
import { sql } from 'kysely'
import type { ColumnType } from 'kysely'

interface KeptRunTables {
  kept_run: {
    tenant_id: string
    kind: string
    run_id: string
    started_at_ms: number
    told_at_ms: number
    is_going: boolean
    is_stop_asked: boolean
    run: ColumnType<unknown, string, string>
  }
}

/** What every kept run says of itself. */
export interface KeptRun {
  id: string
  startedAtMs: number
  /** `running` until it ends; `cut off` where the server ended first. */
  state: 'running' | 'done' | 'stopped' | 'broken' | 'cut off'
  /** When its server was last heard of, where it was cut off. */
  cutOffAtMs: number | null
}

const goingOn = {
  load: { code: 'run-going-on', message: 'A run is going on. Stop it, or wait for its end.' },
  limits: {
    code: 'search-going-on',
    message: 'A search for limits is going on. Stop it, or wait for its end.',
  },
}

const mostKept = 50
const tellMs = 1000
/** A run of which nothing was heard for so long has lost its server. */
const silentMs = 10_000
/** The whole of a run is written when so much of it is new, and at least this often. */
const newShare = 0.05
const seldomestMs = 15_000

/**
 * Runs of one kind in the database, the last fifty a tenant, one going on at a time whichever server has it. Whoever runs one says every second
 * that it goes on, and hears then whether it is to stop.
 */
export class KeptRuns<Run extends KeptRun> {
  readonly #services: Pick<CoreServices & StoreServices, 'store' | 'clock' | 'log'>
  readonly #kind: 'load' | 'limits'

  constructor(
    services: Pick<CoreServices & StoreServices, 'store' | 'clock' | 'log'>,
    kind: 'load' | 'limits',
  ) {
    this.#services = services
    this.#kind = kind
  }

  /**
   * Keeps a run as going on, until `end` of what is returned. `now` is the run as it is, `stop` aborts when somebody asks for its end.
   * @throws ConflictError `run-going-on` or `search-going-on` where one of the tenant goes on, on any server
   */
  async begin(
    tenantId: string,
    now: () => Run,
    stop: AbortController,
  ): Promise<{ end: () => Promise<void> }> {
    const { clock, log } = this.#services
    const { id, startedAtMs } = now()
    await this.#closeLost()
    const put = await this.#db
      .insertInto('kept_run')
      .values({
        tenant_id: tenantId,
        kind: this.#kind,
        run_id: id,
        started_at_ms: startedAtMs,
        told_at_ms: clock.nowMs(),
        is_going: true,
        is_stop_asked: false,
        run: toDatabaseJson(now()),
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'kind']).where('is_going', '=', true).doNothing(),
      )
      .returning('run_id')
      .executeTakeFirst()
    if (put === undefined) throw new ConflictError(goingOn[this.#kind])
    await this.#forget(tenantId)
    let writtenAtMs = clock.nowMs()
    const tell = async () => {
      const nowMs = clock.nowMs()
      const isDue = nowMs - writtenAtMs >= Math.min(seldomestMs, newShare * (nowMs - startedAtMs))
      if (isDue) writtenAtMs = nowMs
      try {
        const row = await this.#row(tenantId, id)
          .set({ told_at_ms: nowMs, ...(isDue ? { run: toDatabaseJson(now()) } : {}) })
          .returning('is_stop_asked')
          .executeTakeFirst()
        if (row?.is_stop_asked === true) stop.abort()
      } catch (error) {
        log.debug({ error: String(error) }, 'a run could not be kept; trying again')
      }
    }
    let telling = Promise.resolve()
    const timer = setInterval(() => (telling = telling.then(tell)), tellMs)
    return {
      end: async () => {
        clearInterval(timer)
        await telling
        try {
          await this.#row(tenantId, id)
            .set({ told_at_ms: clock.nowMs(), is_going: false, run: toDatabaseJson(now()) })
            .execute()
        } catch (error) {
          log.warn({ error }, 'The end of a run could not be kept.')
        }
      },
    }
  }

  /** The latest first. */
  async list(tenantId: string, most = mostKept): Promise<Run[]> {
    await this.#closeLost()
    const rows = await this.#db
      .selectFrom('kept_run')
      .select(['run'])
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', this.#kind)
      .orderBy('started_at_ms', 'desc')
      .orderBy('run_id', 'desc')
      .limit(most)
      .execute()
    return rows.map(({ run }) => run as Run)
  }

  /** Null where the tenant has no such run. */
  async find(tenantId: string, id: string): Promise<Run | null> {
    await this.#closeLost()
    const row = await this.#db
      .selectFrom('kept_run')
      .select('run')
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', this.#kind)
      .where('run_id', '=', id)
      .executeTakeFirst()
    return row === undefined ? null : (row.run as Run)
  }

  /** Asks whoever runs them, on any server, to stop those that go on: of all tenants, of one, or one. Returns their ids. */
  async askStop({ tenantId, id }: { tenantId?: string; id?: string } = {}): Promise<string[]> {
    await this.#closeLost()
    const rows = await this.#db
      .updateTable('kept_run')
      .set({ is_stop_asked: true })
      .where('kind', '=', this.#kind)
      .where('is_going', '=', true)
      .$if(tenantId !== undefined, (update) => update.where('tenant_id', '=', tenantId as string))
      .$if(id !== undefined, (update) => update.where('run_id', '=', id as string))
      .returning('run_id')
      .execute()
    return rows.map(({ run_id }) => run_id)
  }

  get #db() {
    return this.#services.store.database<KeptRunTables>()
  }

  #row(tenantId: string, id: string) {
    return this.#db
      .updateTable('kept_run')
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', this.#kind)
      .where('run_id', '=', id)
  }

  /** Runs whose server is gone are cut off, when it last said that they go on. */
  async #closeLost(): Promise<void> {
    await this.#db
      .updateTable('kept_run')
      .set({
        is_going: false,
        run: sql<string>`run || jsonb_build_object('state', 'cut off', 'cutOffAtMs', told_at_ms)`,
      })
      .where('kind', '=', this.#kind)
      .where('is_going', '=', true)
      .where('told_at_ms', '<', this.#services.clock.nowMs() - silentMs)
      .execute()
  }

  async #forget(tenantId: string): Promise<void> {
    await this.#db
      .deleteFrom('kept_run')
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', this.#kind)
      .where('is_going', '=', false)
      .where(
        'run_id',
        'not in',
        this.#db
          .selectFrom('kept_run')
          .select('run_id')
          .where('tenant_id', '=', tenantId)
          .where('kind', '=', this.#kind)
          .orderBy('started_at_ms', 'desc')
          .limit(mostKept),
      )
      .execute()
  }
}
