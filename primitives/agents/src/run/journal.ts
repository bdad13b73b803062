import type { Logger } from '@heavylift/core'
import { GroupCommit, toDatabaseJson } from '@heavylift/store'
import { sql, type Kysely, type Transaction } from 'kysely'
import { isOutage } from './memory.ts'
import type { Entry, Failure, Happened, RunState } from './entry.ts'
import type { Payload } from './payload.ts'
import type { AgentsTables, JournalRow, RunRow, WaitRow } from './run-row.ts'

export interface RunKey {
  tenantId: string
  runId: string
}

/** How a run ended, written with its last entries. */
export interface RunEnd {
  state: Extract<RunState, 'done' | 'failed' | 'cancelled'>
  output: Payload | null
  error: Failure | null
  costMicros: number
  tokens: number
  endedMs: number
}

/** What is written as one: all of it or nothing. */
interface Unit {
  key: RunKey
  epoch: number
  insert?: RunRow
  entries: JournalRow[]
  waits: WaitRow[]
  /** Paths of waits whose answers the run has gone on with. */
  taken: string[]
  end?: RunEnd
  /** False afterwards: the run is another's now, or (insert) there was one already. */
  isAccepted: boolean
  /** Why it by itself could not be written. */
  error?: unknown
}

/**
 * Writes what runs do. Everything that the process's runs want to write while a batch is under way shares the next one, so a run costs a
 * part of a transaction for each of its effects and none of its own. Order is kept: what is written first is durable first.
 */
export class Journal {
  readonly #database: Kysely<AgentsTables>
  readonly #log: Logger
  readonly #commit: GroupCommit<Unit>
  readonly #listeners = new Map<string, Set<() => void>>()

  constructor(database: Kysely<AgentsTables>, log: Logger) {
    this.#database = database
    this.#log = log
    this.#commit = new GroupCommit((units) => this.#write(units), 500)
  }

  /** Resolves to false when there is a run of that id already. `entries`: what a fork has done from its begin. */
  async insert(row: RunRow, entries: readonly Entry[] = []): Promise<boolean> {
    const key = { tenantId: row.tenant_id, runId: row.id }
    const unit: Unit = {
      ...blank(row.tenant_id, row.id, row.epoch),
      insert: row,
      entries: toRows(key, row.epoch, entries),
    }
    await this.#commit.add(unit)
    if (unit.error !== undefined) throw unit.error
    return unit.isAccepted
  }

  /** Resolves, once it is durable, to whether it was taken: false where the run is another process's now. */
  async append(
    key: RunKey,
    epoch: number,
    entries: readonly Entry[],
    more: { waits?: WaitRow[]; taken?: string[]; end?: RunEnd } = {},
  ): Promise<boolean> {
    const unit: Unit = {
      ...blank(key.tenantId, key.runId, epoch),
      entries: toRows(key, epoch, entries),
      ...more,
    }
    await this.#commit.add(unit)
    if (unit.error !== undefined) throw unit.error
    if (unit.isAccepted) this.#tell(key)
    return unit.isAccepted
  }

  /** Entries of a run in their order, from `afterSeq` on. */
  async read({ tenantId, runId }: RunKey, afterSeq = -1, limit?: number): Promise<Entry[]> {
    let query = this.#database
      .selectFrom('journal')
      .select(['seq', 'path', 'kind', 'data', 'at_ms'])
      .where('tenant_id', '=', tenantId)
      .where('run_id', '=', runId)
      .where('seq', '>', afterSeq)
      .orderBy('seq')
    if (limit !== undefined) query = query.limit(limit)
    const rows = await query.execute()
    return rows.map(({ seq, path, kind, data, at_ms: atMs }) => ({
      seq,
      path,
      atMs,
      happened: { kind, ...(data as object) } as Happened,
    }))
  }

  /** Calls `onEntries` when this process has written of a run. Returns how to stop. */
  listen({ tenantId, runId }: RunKey, onEntries: () => void): () => void {
    const name = `${tenantId}\n${runId}`
    const all = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, all.add(onEntries))
    return () => {
      all.delete(onEntries)
      if (all.size === 0) this.#listeners.delete(name)
    }
  }

  #tell({ tenantId, runId }: RunKey): void {
    if (this.#listeners.size === 0) return
    for (const onEntries of this.#listeners.get(`${tenantId}\n${runId}`) ?? []) onEntries()
  }

  flush(): Promise<void> {
    return this.#commit.flush()
  }

  async #write(units: Unit[]): Promise<void> {
    try {
      if (await this.#tryWrite(units)) {
        for (const unit of units) unit.isAccepted = true
        return
      }
    } catch (error) {
      if (units.length === 1 || isOutage(error)) throw error
    }
    // One of them is a former owner's, came twice or cannot be written: each by itself, and only that one is refused.
    for (const unit of units) {
      unit.isAccepted = await this.#tryWrite([unit]).catch((error: unknown) => {
        unit.error = error
        return false
      })
      if (!unit.isAccepted && unit.insert === undefined)
        this.#log.info({ run: unit.key.runId }, 'a run is worked on elsewhere')
    }
  }

  async #tryWrite(units: Unit[]): Promise<boolean> {
    try {
      await this.#database.transaction().execute(async (transaction) => {
        await writeUnits(transaction, units)
      })
      return true
    } catch (error) {
      if (error === refused) return false
      throw error
    }
  }
}

function toRows({ tenantId, runId }: RunKey, epoch: number, entries: readonly Entry[]): JournalRow[] {
  return entries.map(({ seq, path, atMs, happened }) => {
    const { kind, ...data } = happened
    return { tenant_id: tenantId, run_id: runId, seq, epoch, path, kind, data, at_ms: atMs }
  })
}

const refused = new Error('refused')

function blank(tenantId: string, runId: string, epoch: number): Unit {
  return { key: { tenantId, runId }, epoch, entries: [], waits: [], taken: [], isAccepted: false }
}

async function writeUnits(transaction: Transaction<AgentsTables>, units: readonly Unit[]): Promise<void> {
  const inserts = units.flatMap(({ insert }) => insert ?? [])
  if (inserts.length > 0)
    await expectAll(
      inserts.length,
      sql`insert into run select * from json_populate_recordset(null::run, ${toDatabaseJson(inserts)}::json)
          on conflict do nothing`.execute(transaction),
    )
  const entries = units.flatMap((unit) => unit.entries)
  if (entries.length > 0)
    await expectAll(
      entries.length,
      sql`insert into journal select r.* from json_populate_recordset(null::journal, ${toDatabaseJson(entries)}::json) r
          join run on run.tenant_id = r.tenant_id and run.id = r.run_id and run.epoch = r.epoch and run.state = 'running'
          on conflict do nothing`.execute(transaction),
    )
  const waits = units.flatMap((unit) => unit.waits)
  if (waits.length > 0)
    await sql`insert into wait select * from json_populate_recordset(null::wait, ${toDatabaseJson(waits)}::json)
        on conflict do nothing`.execute(transaction)
  const taken = units.flatMap(({ key, taken: paths }) =>
    paths.map((path) => ({ tenant_id: key.tenantId, run_id: key.runId, path })),
  )
  if (taken.length > 0)
    await sql`update wait set is_taken = true from json_populate_recordset(null::wait, ${toDatabaseJson(taken)}::json) r
        where wait.tenant_id = r.tenant_id and wait.run_id = r.run_id and wait.path = r.path`.execute(
      transaction,
    )
  const ends = units.flatMap(({ key, epoch, end }) =>
    end === undefined
      ? []
      : [
          {
            tenant_id: key.tenantId,
            id: key.runId,
            epoch,
            state: end.state,
            output: end.output,
            error: end.error,
            cost_micros: end.costMicros,
            tokens: end.tokens,
            ended_ms: end.endedMs,
          },
        ],
  )
  if (ends.length === 0) return
  await expectAll(
    ends.length,
    sql`update run set state = r.state, output = r.output, error = r.error, cost_micros = r.cost_micros, tokens = r.tokens, ended_ms = r.ended_ms
        from json_populate_recordset(null::run, ${toDatabaseJson(ends)}::json) r
        where run.tenant_id = r.tenant_id and run.id = r.id and run.epoch = r.epoch and run.state = 'running'`.execute(
      transaction,
    ),
  )
  // Whoever waits for the run has its answer in the same transaction. What is still open of it is closed.
  await sql`update wait set answer = json_build_object('state', run.state, 'output', run.output, 'error', run.error),
          answered_ms = run.ended_ms, answered_by = 'run'
        from json_populate_recordset(null::run, ${toDatabaseJson(ends)}::json) r
        join run on run.tenant_id = r.tenant_id and run.id = r.id and run.parent_run is not null
        where wait.tenant_id = run.tenant_id and wait.run_id = run.parent_run and wait.path = run.parent_path and wait.answered_ms is null`.execute(
    transaction,
  )
  await sql`delete from wait using json_populate_recordset(null::run, ${toDatabaseJson(ends)}::json) r
        where wait.tenant_id = r.tenant_id and wait.run_id = r.id and wait.answered_ms is null`.execute(
    transaction,
  )
}

async function expectAll(rows: number, written: Promise<{ numAffectedRows?: bigint }>): Promise<void> {
  if ((await written).numAffectedRows !== BigInt(rows)) throw refused
}
