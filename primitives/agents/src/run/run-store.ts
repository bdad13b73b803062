import { sql, type Kysely } from 'kysely'
import type { RunStore } from './deps.ts'
import type { Failure } from './entry.ts'
import type { RunKey } from './journal.ts'
import type { AgentsTables, RunRow, WaitRow } from './run-row.ts'

/** Runs and their waits in the database, beside the journal. */
export class PostgresRunStore implements RunStore {
  readonly #database: Kysely<AgentsTables>

  constructor(database: Kysely<AgentsTables>) {
    this.#database = database
  }

  async find({ tenantId, runId }: RunKey): Promise<RunRow | null> {
    const row = await this.#database
      .selectFrom('run')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', runId)
      .executeTakeFirst()
    return row ?? null
  }

  /** Takes a running run over: from here on nothing that a former owner writes is taken. Null where it does not run (any more), or goes on elsewhere. */
  async claim({ tenantId, runId }: RunKey, segment: number): Promise<RunRow | null> {
    const row = await this.#database
      .updateTable('run')
      .set((set) => ({ epoch: set('epoch', '+', 1) }))
      .where('tenant_id', '=', tenantId)
      .where('id', '=', runId)
      .where('segment', '=', segment)
      .where('state', '=', 'running')
      .returningAll()
      .executeTakeFirst()
    return row ?? null
  }

  /** Ends a run that cannot go on, whoever has it. */
  async fail({ tenantId, runId }: RunKey, failure: Failure, nowMs: number): Promise<void> {
    await this.#database
      .updateTable('run')
      .set((set) => ({
        state: 'failed' as const,
        error: JSON.stringify(failure) as never,
        ended_ms: nowMs,
        epoch: set('epoch', '+', 1),
      }))
      .where('tenant_id', '=', tenantId)
      .where('id', '=', runId)
      .where('state', '=', 'running')
      .execute()
  }

  async waits({ tenantId, runId }: RunKey): Promise<WaitRow[]> {
    return await this.#database
      .selectFrom('wait')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('run_id', '=', runId)
      .execute()
  }

  async suspend(
    { tenantId, runId }: RunKey,
    epoch: number,
    costMicros: number,
    tokens: number,
  ): Promise<'rests' | 'answered' | 'cancelled'> {
    return await this.#database.transaction().execute(async (transaction) => {
      // Locked first: whoever answers from here on finds the run at rest and wakes it.
      const row = await transaction
        .selectFrom('run')
        .select('wants_cancel')
        .where('tenant_id', '=', tenantId)
        .where('id', '=', runId)
        .where('epoch', '=', epoch)
        .where('state', '=', 'running')
        .forUpdate()
        .executeTakeFirst()
      // It is another's: what waits here waits for ever, and the other goes on.
      if (row === undefined) return 'rests'
      if (row.wants_cancel) return 'cancelled'
      const answered = await transaction
        .selectFrom('wait')
        .select('path')
        .where('tenant_id', '=', tenantId)
        .where('run_id', '=', runId)
        .where('answered_ms', 'is not', null)
        .where('is_taken', '=', false)
        .limit(1)
        .executeTakeFirst()
      if (answered !== undefined) return 'answered'
      await transaction
        .updateTable('run')
        .set({ state: 'waiting', cost_micros: costMicros, tokens })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', runId)
        .execute()
      return 'rests'
    })
  }

  /**
   * Answers a wait that is open; the first answer stays. False where it has one already, is over its time, or is none of this run.
   * `byMs`: now, for a person or an event; null for the time itself.
   */
  async answer(
    { tenantId, runId }: RunKey,
    path: string,
    answer: { value: unknown; by: string; nowMs: number },
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('wait')
      .set({
        answer: JSON.stringify(answer.value ?? null),
        answered_by: answer.by,
        answered_ms: answer.nowMs,
      })
      .where('tenant_id', '=', tenantId)
      .where('run_id', '=', runId)
      .where('path', '=', path)
      .where('answered_ms', 'is', null)
      .where((where) => where.or([where('until_ms', 'is', null), where('until_ms', '>', answer.nowMs)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** Answers what is over its time, some at a go, and says whose. Each in one process only. */
  async answerDue(nowMs: number, most: number): Promise<RunKey[]> {
    const { rows } = await sql<{ tenant_id: string; run_id: string }>`
      update wait set answer = '{"choice":"late"}', answered_by = 'time', answered_ms = ${nowMs}
      where (tenant_id, run_id, path) in (
        select tenant_id, run_id, path from wait
        where answered_ms is null and until_ms <= ${nowMs} order by until_ms limit ${most} for update skip locked)
      returning tenant_id, run_id`.execute(this.#database)
    return rows.map(({ tenant_id: tenantId, run_id: runId }) => ({ tenantId, runId }))
  }

  /** Runs at rest with an answer that they have not gone on with, or with nothing that they wait for. */
  async answered(most: number): Promise<RunKey[]> {
    const { rows } = await sql<{ tenant_id: string; run_id: string }>`
      (select distinct wait.tenant_id, wait.run_id from wait
       join run on run.tenant_id = wait.tenant_id and run.id = wait.run_id and run.state = 'waiting'
       where wait.answered_ms is not null and not wait.is_taken limit ${most})
      union
      (select tenant_id, id as run_id from run where state = 'waiting' and not exists (
         select from wait where wait.tenant_id = run.tenant_id and wait.run_id = run.id and wait.answered_ms is null)
       limit ${most})`.execute(this.#database)
    return rows.map(({ tenant_id: tenantId, run_id: runId }) => ({ tenantId, runId }))
  }

  /** Sets a resting run going; null where it does not rest. */
  async wake({ tenantId, runId }: RunKey, nowMs: number): Promise<RunRow | null> {
    const row = await this.#database
      .updateTable('run')
      .set((set) => ({ state: 'running' as const, segment: set('segment', '+', 1), turned_ms: nowMs }))
      .where('tenant_id', '=', tenantId)
      .where('id', '=', runId)
      .where('state', '=', 'waiting')
      .returningAll()
      .executeTakeFirst()
    return row ?? null
  }

  /**
   * Runs that should be under way and are in nobody's hands: their durable run was never begun (a crash between the two), or ended without them.
   * Each is given a new segment.
   */
  async forsaken(nowMs: number, afterMs: number, most: number): Promise<RunRow[]> {
    const { rows } = await sql<RunRow>`
      update run set segment = segment + 1, turned_ms = ${nowMs}
      where (tenant_id, id) in (
        select run.tenant_id, run.id from run
        left join dbos.workflow_status w on w.workflow_uuid = ${workflowPrefix} || run.tenant_id || ':' || run.id || ':' || run.segment
        where run.state = 'running' and run.turned_ms < ${nowMs - afterMs}
          and (w.workflow_uuid is null or w.status in ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'))
        limit ${most} for update of run skip locked)
      returning *`.execute(this.#database)
    return rows
  }
}

/** Of the ids that durable runs of ours have in DBOS. */
export const workflowName = 'agents.run'
const workflowPrefix = `${workflowName}:`
