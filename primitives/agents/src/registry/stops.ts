import { ConflictError, NotFoundError, type Clock, type Ids } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import type { ToolReference } from '../definition/definition.ts'
import type { Failure } from '../run/entry.ts'
import type { RunRow } from '../run/run-row.ts'
import { toolName } from './card.ts'
import type { RegistryTables, StopKind } from './registry-tables.ts'

/** One thing that is stopped. `version` is of an agent; without it all of them. */
export interface StopTarget {
  kind: StopKind
  name: string
  version?: number | undefined
}

export interface Stop {
  id: string
  because: string
  by: string
  setMs: number
  /** The search by which its agents were chosen. */
  query: unknown
  lifted: { by: string; because: string; atMs: number } | null
  /** The first of them, by kind and name. */
  targets: StopTarget[]
  targetCount: number
}

type RunOf = Pick<RunRow, 'tenant_id' | 'agent' | 'version'>
type Active = Pick<Stop, 'because' | 'by' | 'setMs'>

const signalName = 'agents.stops'
const mostShown = 20
/** Runs that wait and are ended at a look. */
const mostAtOnce = 500

/**
 * The kill switch: what is stopped is in the database, so it holds after a restart; every process keeps what is stopped now in memory, is told at once when
 * that changes, and looks four times a second in case the word was lost. An agent that is stopped begins no run, and its runs end; a call with an effect that is under way is
 * waited for. A tool, a source or a credential that is stopped is called by nobody; reads of it are broken off.
 */
export class Stops {
  readonly #clock: Clock
  readonly #database: Kysely<RegistryTables>
  readonly #ids: Ids
  readonly #store: Store
  readonly #endLocal: (failureOf: (row: RunOf) => Failure | null) => void
  readonly #end: (tenantId: string, runId: string, failure: Failure) => Promise<unknown>
  #active = new Map<string, Active>()
  /** Counts of rows, which only grow, at the last reading. */
  #mark = ''
  #reading: Promise<void> | null = null
  readonly #calls = new Set<{ tenantId: string; reference: ToolReference; broken: AbortController }>()

  constructor(options: {
    clock: Clock
    ids: Ids
    signal: AbortSignal
    store: Store
    /** Ends the runs that this process works on and that are stopped. */
    endLocal: (failureOf: (row: RunOf) => Failure | null) => void
    /** Ends a run, wherever it is. */
    end: (tenantId: string, runId: string, failure: Failure) => Promise<unknown>
  }) {
    this.#clock = options.clock
    this.#database = options.store.database<RegistryTables>()
    this.#ids = options.ids
    this.#store = options.store
    this.#endLocal = options.endLocal
    this.#end = options.end
    options.store.shared.listen(signalName, options.signal, () => void this.look().catch(() => undefined))
  }

  /** Stops; from now on here, within a moment everywhere. Resolves to its id. */
  async set(
    tenantId: string,
    {
      targets,
      because,
      by,
      query = null,
    }: { targets: readonly StopTarget[]; because: string; by: string; query?: unknown },
  ): Promise<string> {
    const id = this.#ids.next('stop')
    await this.#database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('agent_stop')
        .values({
          tenant_id: tenantId,
          id,
          because,
          set_by: by,
          set_ms: this.#clock.nowMs(),
          query: query === null ? null : JSON.stringify(query),
          lifted_ms: null,
          lifted_by: null,
          lifted_because: null,
        })
        .execute()
      await sql`insert into agent_stop_on (tenant_id, stop_id, kind, name, version)
        select ${tenantId}, ${id}, kind, name, coalesce(version, 0) from json_to_recordset(${JSON.stringify(targets)}::json) t(kind text, name text, version integer)
        on conflict do nothing`.execute(transaction)
      await this.#store.shared.notify(signalName, transaction)
    })
    await this.look()
    return id
  }

  /** @throws NotFoundError `stop-unknown`; ConflictError `stop-lifted` */
  async lift(tenantId: string, id: string, { by, because }: { by: string; because: string }): Promise<void> {
    const { numUpdatedRows } = await this.#database
      .updateTable('agent_stop')
      .set({ lifted_ms: this.#clock.nowMs(), lifted_by: by, lifted_because: because })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('lifted_ms', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      const known = await this.#database
        .selectFrom('agent_stop')
        .select(['lifted_by'])
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .executeTakeFirst()
      if (known === undefined)
        throw new NotFoundError({ code: 'stop-unknown', message: `There is no stop "${id}".` })
      throw new ConflictError({ code: 'stop-lifted', message: `${known.lifted_by} has lifted it already.` })
    }
    await this.#store.shared.notify(signalName, this.#database)
    await this.look()
  }

  /** Newest first; those that hold, or all. `of`: those that hold for a thing. */
  async list(
    tenantId: string,
    { isActive, of }: { isActive?: boolean; of?: StopTarget } = {},
  ): Promise<Stop[]> {
    const { rows } = await sql<Omit<Stop, 'targetCount'> & { targetCount: number }>`
      select s.id, s.because, s.set_by "by", s.set_ms "setMs", s.query,
        case when s.lifted_ms is null then null else json_build_object('by', s.lifted_by, 'because', s.lifted_because, 'atMs', s.lifted_ms) end lifted,
        (select count(*) from agent_stop_on o where o.tenant_id = s.tenant_id and o.stop_id = s.id) "targetCount",
        coalesce((select json_agg(json_strip_nulls(json_build_object('kind', o.kind, 'name', o.name, 'version', nullif(o.version, 0))) order by o.kind, o.name)
          from (select * from agent_stop_on where tenant_id = s.tenant_id and stop_id = s.id order by kind, name limit ${mostShown}) o), '[]'::json) targets
      from agent_stop s where s.tenant_id = ${tenantId}
        and ${isActive === true ? sql`s.lifted_ms is null` : sql`true`}
        and ${
          of === undefined
            ? sql`true`
            : sql`exists (select from agent_stop_on o where o.tenant_id = s.tenant_id and o.stop_id = s.id and o.kind = ${of.kind} and o.name = ${of.name})`
        }
      order by s.set_ms desc, s.id desc limit 200`.execute(this.#database)
    return rows
  }

  /** Why no run of an agent's version may begin or go on; null where it may. */
  ofRun({ tenant_id: tenantId, agent, version }: RunOf): Failure | null {
    const stop =
      this.#active.get(keyOf(tenantId, 'agent', agent, 0)) ??
      this.#active.get(keyOf(tenantId, 'agent', agent, version))
    return stop === undefined ? null : failureOf('agent-stopped', `The agent "${agent}"`, stop)
  }

  /** Why a tool may not be called; null where it may. */
  ofCall(tenantId: string, reference: ToolReference): Failure | null {
    const stop =
      this.#active.get(keyOf(tenantId, 'tool', toolName(reference), 0)) ??
      this.#active.get(keyOf(tenantId, 'source', reference.from, 0)) ??
      (reference.credential === undefined
        ? undefined
        : this.#active.get(keyOf(tenantId, 'credential', reference.credential, 0)))
    return stop === undefined ? null : failureOf('tool-stopped', `The tool ${toolName(reference)}`, stop)
  }

  /** @throws ConflictError `agent-stopped` */
  async check(run: RunOf): Promise<void> {
    if (this.#mark === '') await this.look()
    const failure = this.ofRun(run)
    if (failure !== null) throw new ConflictError(failure)
  }

  /** A signal that fires when what is called is stopped; `done` when the call is over. */
  watch(tenantId: string, reference: ToolReference): { signal: AbortSignal; done: () => void } {
    const call = { tenantId, reference, broken: new AbortController() }
    this.#calls.add(call)
    return { signal: call.broken.signal, done: () => this.#calls.delete(call) }
  }

  /** Learns what is stopped, and ends what has to. One look at a time; what changes during one is seen by the next. */
  async look(): Promise<void> {
    if (this.#reading !== null) await this.#reading.catch(() => undefined)
    this.#reading ??= this.#look().finally(() => (this.#reading = null))
    await this.#reading
  }

  async #look(): Promise<void> {
    const { rows: marks } = await sql<{ mark: string }>`
      select count(*) || '/' || count(lifted_ms) mark from agent_stop`.execute(this.#database)
    const mark = marks[0]?.mark ?? '0/0'
    if (mark !== this.#mark) {
      const { rows } = await sql<
        Active & { tenantId: string; kind: StopKind; name: string; version: number }
      >`
        select o.tenant_id "tenantId", o.kind, o.name, o.version, s.because, s.set_by "by", s.set_ms "setMs"
        from agent_stop s join agent_stop_on o on o.tenant_id = s.tenant_id and o.stop_id = s.id
        where s.lifted_ms is null`.execute(this.#database)
      this.#active = new Map(
        rows.map(({ tenantId, kind, name, version, ...stop }) => [
          keyOf(tenantId, kind, name, version),
          stop,
        ]),
      )
      this.#mark = mark
    }
    if (this.#active.size === 0) return
    this.#endLocal((row) => this.ofRun(row))
    for (const { tenantId, reference, broken } of this.#calls) {
      const failure = this.ofCall(tenantId, reference)
      if (failure !== null) broken.abort(new Error(failure.message))
    }
    await this.#sweep()
  }

  /** Ends what began elsewhere before its process knew, and what waits. */
  async #sweep(): Promise<void> {
    const { rows } = await sql<RunOf & { id: string }>`
      select r.tenant_id, r.id, r.agent, r.version from run r
      where r.state in ('queued', 'running', 'waiting') and not r.wants_cancel and exists (
        select from agent_stop_on o join agent_stop s on s.tenant_id = o.tenant_id and s.id = o.stop_id and s.lifted_ms is null
        where o.tenant_id = r.tenant_id and o.kind = 'agent' and o.name = r.agent and o.version in (0, r.version))
      limit ${mostAtOnce}`.execute(this.#database)
    for (const row of rows) {
      const failure = this.ofRun(row)
      if (failure !== null) await this.#end(row.tenant_id, row.id, failure)
    }
  }
}

function keyOf(tenantId: string, kind: StopKind, name: string, version: number): string {
  return [tenantId, kind, name, version].join('\n')
}

function failureOf(code: string, what: string, { because, by, setMs }: Active): Failure {
  return {
    code,
    message: `${what} was stopped by ${by} at ${new Date(setMs).toISOString()}: ${because} It works again once that is lifted in the registry.`,
  }
}
