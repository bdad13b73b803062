import type { Clock } from '@heavylift/core'
import { toDatabaseJson } from '@heavylift/store'
import { sql } from 'kysely'
import type { ColumnType, Kysely } from 'kysely'
import type { JsonObject } from '../wire/codec.ts'
import { objectsAt } from '../wire/json-access.ts'

/** Rows of `src/migrations/kept.ts`. */
export interface ResponseTables {
  kept_response: {
    tenant_id: string
    id: string
    model: string
    replica_id: string
    previous_id: string | null
    input: ColumnType<JsonObject[], string, string>
    response: ColumnType<JsonObject | null, string | null, string | null>
    running_until: Date | null
    made_at: Date
    expires_at: Date
  }
}

/** A response as it was given; `response` null where the replica keeps it and we only know which. */
export interface KeptResponse {
  id: string
  model: string
  replicaId: string
  previousId: string | null
  /** Items of this turn alone. */
  input: JsonObject[]
  response: JsonObject | null
  /** In the background: `running`, or `abandoned` when its process ended before it did. */
  making?: 'running' | 'abandoned'
}

/** A conversation up to and with one response, oldest item first. */
export interface Conversation {
  last: KeptResponse
  /** What it was asked with, all turns before it included. */
  input: JsonObject[]
}

/** More turns are not gone back. */
const mostTurns = 1000

/** Responses of the Responses API that clients go on from, in PostgreSQL, each tenant's apart. */
export class KeptResponses {
  readonly #database: Kysely<ResponseTables>
  readonly #clock: Clock

  constructor(database: Kysely<ResponseTables>, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /** `leaseMs`: it is still being made, and counts so for as long, or until it is renewed. */
  async keep(
    tenantId: string,
    kept: KeptResponse,
    keepMs: number,
    leaseMs: number | null = null,
  ): Promise<void> {
    const nowMs = this.#clock.nowMs()
    const row = {
      model: kept.model,
      replica_id: kept.replicaId,
      previous_id: kept.previousId,
      input: toDatabaseJson(kept.input),
      response: kept.response && toDatabaseJson(kept.response),
      running_until: leaseMs === null ? null : new Date(nowMs + leaseMs),
      made_at: new Date(nowMs),
      expires_at: new Date(nowMs + keepMs),
    }
    await this.#database
      .insertInto('kept_response')
      .values({ tenant_id: tenantId, id: kept.id, ...row })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(row))
      .execute()
  }

  /** Null when the tenant has none of that id, or not any more; or when one that it went on from is gone. */
  async conversation(tenantId: string, id: string): Promise<Conversation | null> {
    const { rows } = await sql<{
      id: string
      model: string
      replica_id: string
      previous_id: string | null
      input: JsonObject[]
      response: JsonObject | null
      running_until: Date | null
    }>`
      with recursive turn as (
        select kept_response.*, 1 as step from kept_response
        where tenant_id = ${tenantId} and id = ${id} and expires_at > ${new Date(this.#clock.nowMs())}
        union all
        select earlier.*, turn.step + 1 from kept_response earlier
        join turn on earlier.tenant_id = turn.tenant_id and earlier.id = turn.previous_id
        where turn.step < ${mostTurns} and earlier.expires_at > ${new Date(this.#clock.nowMs())}
      )
      select id, model, replica_id, previous_id, input, response, running_until from turn order by step desc`.execute(
      this.#database,
    )
    const row = rows.at(-1)
    if (row === undefined || rows[0]?.previous_id != null) return null
    const input = rows.flatMap((turn, at) => [
      ...turn.input,
      ...(at === rows.length - 1 || turn.response === null ? [] : objectsAt(turn.response, 'output')),
    ])
    return {
      last: {
        id: row.id,
        model: row.model,
        replicaId: row.replica_id,
        previousId: row.previous_id,
        input: row.input,
        response: row.response,
        ...(row.running_until && {
          making:
            row.running_until.getTime() > this.#clock.nowMs() ? ('running' as const) : ('abandoned' as const),
        }),
      },
      input,
    }
  }

  /** False when nobody waits for it any more: it was cancelled or deleted. */
  async renew(tenantId: string, id: string, leaseMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#beingMade(tenantId, id)
      .set({ running_until: new Date(this.#clock.nowMs() + leaseMs) })
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** The end of a response that was being made; false when it was cancelled or deleted before, which stays. */
  async finish(tenantId: string, id: string, response: JsonObject): Promise<boolean> {
    const { numUpdatedRows } = await this.#beingMade(tenantId, id)
      .set({ running_until: null, response: toDatabaseJson(response) })
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  #beingMade(tenantId: string, id: string) {
    return this.#database
      .updateTable('kept_response')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .where('running_until', 'is not', null)
  }

  /** False when the tenant had none. What went on from it cannot be gone on from any more. */
  async drop(tenantId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('kept_response')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }

  /** Drops what is too old. */
  async sweep(): Promise<void> {
    await this.#database
      .deleteFrom('kept_response')
      .where('expires_at', '<=', new Date(this.#clock.nowMs()))
      .execute()
  }
}
