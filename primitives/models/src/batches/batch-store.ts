import type { Clock, KeyLimits } from '@heavylift/core'
import { toDatabaseJson } from '@heavylift/store'
import { sql } from 'kysely'
import type { ColumnType, Kysely, Selectable } from 'kysely'
import type { JsonObject } from '../wire/codec.ts'
import type { AnsweredLine, Batch, BatchLine, BatchProblem, BatchStatus } from './batch.ts'

type Json<T> = ColumnType<T, string, string>

/** Rows of `src/migrations/kept.ts`. */
export interface BatchTables {
  batch: {
    tenant_id: string
    id: string
    endpoint: string
    input_file_id: string
    key_id: string | null
    limits: Json<KeyLimits | null>
    metadata: Json<JsonObject | null>
    status: BatchStatus
    times: Json<Record<string, number>>
    errors: Json<BatchProblem[] | null>
    total: number
    completed: number
    failed: number
    output_file_id: string | null
    error_file_id: string | null
    made_at: Date
    expires_at: Date
  }
  batch_line: {
    tenant_id: string
    batch_id: string
    line: number
    custom_id: string
    body: Json<JsonObject>
    state: 'waiting' | 'asked' | 'done'
    call_id: string | null
    status_code: number | null
    answer: Json<JsonObject | null>
  }
}

type Key = Pick<Batch, 'tenantId' | 'id'>

/** Batches and the state of each of their requests, in PostgreSQL, by tenant. */
export class BatchStore {
  readonly #database: Kysely<BatchTables>
  readonly #clock: Clock

  constructor(database: Kysely<BatchTables>, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  async insert(batch: Batch): Promise<void> {
    await this.#database
      .insertInto('batch')
      .values({
        tenant_id: batch.tenantId,
        id: batch.id,
        endpoint: batch.endpoint,
        input_file_id: batch.inputFileId,
        key_id: batch.keyId,
        limits: toDatabaseJson(batch.limits),
        metadata: toDatabaseJson(batch.metadata),
        status: batch.status,
        times: toDatabaseJson(batch.times),
        errors: toDatabaseJson(batch.errors),
        total: batch.total,
        completed: 0,
        failed: 0,
        output_file_id: null,
        error_file_id: null,
        made_at: new Date(batch.madeAtMs),
        expires_at: new Date(batch.expiresAtMs),
      })
      .execute()
  }

  async find({ tenantId, id }: Key): Promise<Batch | null> {
    const row = await this.#database
      .selectFrom('batch')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst()
    return row === undefined ? null : this.#withCounts(fromRow(row))
  }

  /** Null when there is no such batch. */
  async statusOf({ tenantId, id }: Key): Promise<BatchStatus | null> {
    const row = await this.#database
      .selectFrom('batch')
      .select('status')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst()
    return row?.status ?? null
  }

  /** Oldest first, of Anthropic's API or all others. */
  async list(tenantId: string, ofAnthropic: boolean): Promise<Batch[]> {
    const rows = await this.#database
      .selectFrom('batch')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('endpoint', ofAnthropic ? '=' : '<>', '/v1/messages')
      .orderBy('made_at')
      .orderBy('id')
      .execute()
    return Promise.all(rows.map((row) => this.#withCounts(fromRow(row))))
  }

  /** Goes on to `status` from one of `from`; false when it is in none of them. */
  async advance(
    { tenantId, id }: Key,
    from: readonly BatchStatus[],
    status: BatchStatus,
    more: { errors?: BatchProblem[] } = {},
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('batch')
      .set({
        status,
        times: sql`times || ${toDatabaseJson({ [`${status}_at`]: this.#seconds() })}::jsonb`,
        ...(more.errors ? { errors: toDatabaseJson(more.errors) } : {}),
      })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('status', 'in', [...from])
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** All at once or none. */
  async addLines({ tenantId, id }: Key, lines: readonly BatchLine[]): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      for (let at = 0; at < lines.length; at += 500) {
        const rows = lines.slice(at, at + 500).map(({ line, customId, body }) => ({
          tenant_id: tenantId,
          batch_id: id,
          line,
          custom_id: customId,
          body: toDatabaseJson(body),
          state: 'waiting' as const,
          call_id: null,
          status_code: null,
          answer: 'null',
        }))
        await transaction
          .insertInto('batch_line')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
      await transaction
        .updateTable('batch')
        .set({ total: lines.length })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    })
  }

  /** Requests whose call was begun and not recorded as answered: the process ended in between. */
  async leftOver({ tenantId, id }: Key): Promise<(BatchLine & { callId: string | null })[]> {
    return (await this.#toDo({ tenantId, id }, 'asked').execute()).map(lineOf)
  }

  /** The next that nobody asked for yet, marked as asked under call ids of `nextId`. One runner at a time. */
  async claim(
    { tenantId, id }: Key,
    most: number,
    nextId: () => string,
  ): Promise<(BatchLine & { callId: string })[]> {
    const rows = await this.#toDo({ tenantId, id }, 'waiting').limit(most).execute()
    const claimed = rows.map((row) => ({ ...lineOf(row), callId: nextId() }))
    if (claimed.length === 0) return []
    const marks = toDatabaseJson(claimed.map(({ line, callId }) => ({ line, call_id: callId })))
    await sql`
      update batch_line set state = 'asked', call_id = mark.call_id
      from json_to_recordset(${marks}::json) as mark (line integer, call_id text)
      where tenant_id = ${tenantId} and batch_id = ${id} and batch_line.line = mark.line`.execute(
      this.#database,
    )
    return claimed
  }

  /** It is asked for once more, under another call. */
  async askAgain({ tenantId, id }: Key, line: number, callId: string): Promise<void> {
    await this.#database
      .updateTable('batch_line')
      .set({ call_id: callId })
      .where('tenant_id', '=', tenantId)
      .where('batch_id', '=', id)
      .where('line', '=', line)
      .execute()
  }

  /** Only the first answer counts. */
  async answered({ tenantId, id }: Key, line: number, statusCode: number, answer: JsonObject): Promise<void> {
    await this.#database
      .updateTable('batch_line')
      .set({ state: 'done', status_code: statusCode, answer: toDatabaseJson(answer) })
      .where('tenant_id', '=', tenantId)
      .where('batch_id', '=', id)
      .where('line', '=', line)
      .where('state', '<>', 'done')
      .execute()
  }

  /** In order, a page at a time; `answer` null for those that were not asked for. */
  async *lines({
    tenantId,
    id,
  }: Key): AsyncGenerator<Omit<AnsweredLine, 'answer'> & { answer: JsonObject | null }> {
    for (let after = -1; ;) {
      const rows = await this.#database
        .selectFrom('batch_line')
        .select(['line', 'custom_id', 'call_id', 'status_code', 'answer', 'state'])
        .where('tenant_id', '=', tenantId)
        .where('batch_id', '=', id)
        .where('line', '>', after)
        .orderBy('line')
        .limit(200)
        .execute()
      for (const row of rows) {
        yield {
          line: row.line,
          customId: row.custom_id,
          callId: row.call_id,
          statusCode: row.status_code ?? 0,
          answer: row.state === 'done' ? row.answer : null,
        }
      }
      const last = rows.at(-1)
      if (last === undefined) return
      after = last.line
    }
  }

  /**
   * Ends a batch whose files are written, at once or not at all: until then they can be written again from its rows. Its counts
   * stay with it, its requests and answers are in the files from now on.
   */
  async close(
    { tenantId, id }: Key,
    status: BatchStatus,
    files: { outputFileId: string | null; errorFileId: string | null },
  ): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      await sql`
        update batch set completed = counted.completed, failed = counted.failed, status = ${status},
          times = times || ${toDatabaseJson({ [`${status}_at`]: this.#seconds() })}::jsonb,
          output_file_id = ${files.outputFileId}, error_file_id = ${files.errorFileId}
        from (
          select count(*) filter (where status_code between 200 and 299) as completed,
            count(*) filter (where state = 'done' and status_code not between 200 and 299) as failed
          from batch_line where tenant_id = ${tenantId} and batch_id = ${id}
        ) counted
        where batch.tenant_id = ${tenantId} and batch.id = ${id}`.execute(transaction)
      await transaction
        .deleteFrom('batch_line')
        .where('tenant_id', '=', tenantId)
        .where('batch_id', '=', id)
        .execute()
    })
  }

  async drop({ tenantId, id }: Key): Promise<void> {
    await this.#database.deleteFrom('batch').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
  }

  /** Drops what is over for a year; its files went long before. */
  async sweep(): Promise<void> {
    await this.#database
      .deleteFrom('batch')
      .where('expires_at', '<', new Date(this.#clock.nowMs() - 365 * 86_400_000))
      .execute()
  }

  /** While requests are under way their rows say how many are done. */
  async #withCounts(batch: Batch): Promise<Batch> {
    const row = await this.#database
      .selectFrom('batch_line')
      .select([
        sql<number>`count(*) filter (where status_code between 200 and 299)`.as('completed'),
        sql<number>`count(*) filter (where state = 'done' and status_code not between 200 and 299)`.as(
          'failed',
        ),
        sql<number>`count(*)`.as('lines'),
      ])
      .where('tenant_id', '=', batch.tenantId)
      .where('batch_id', '=', batch.id)
      .executeTakeFirst()
    return row === undefined || row.lines === 0
      ? batch
      : { ...batch, completed: row.completed, failed: row.failed }
  }

  #toDo({ tenantId, id }: Key, state: 'waiting' | 'asked') {
    return this.#database
      .selectFrom('batch_line')
      .select(['line', 'custom_id', 'body', 'call_id'])
      .where('tenant_id', '=', tenantId)
      .where('batch_id', '=', id)
      .where('state', '=', state)
      .orderBy('line')
  }

  #seconds(): number {
    return Math.floor(this.#clock.nowMs() / 1000)
  }
}

function lineOf(row: Pick<Selectable<BatchTables['batch_line']>, 'line' | 'custom_id' | 'body' | 'call_id'>) {
  return { line: row.line, customId: row.custom_id, body: row.body, callId: row.call_id }
}

function fromRow(row: Selectable<BatchTables['batch']>): Batch {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    endpoint: row.endpoint,
    inputFileId: row.input_file_id,
    keyId: row.key_id,
    limits: row.limits,
    metadata: row.metadata,
    status: row.status,
    times: row.times,
    errors: row.errors,
    total: row.total,
    completed: row.completed,
    failed: row.failed,
    outputFileId: row.output_file_id,
    errorFileId: row.error_file_id,
    madeAtMs: row.made_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
  }
}
