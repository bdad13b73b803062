import { toDatabaseJson } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import type { MeteredCall } from './call-record.ts'
import { toCallRow } from './call-rows.ts'
import type { MeteringTables } from './metering-tables.ts'

const dayMs = 86_400_000

/** Days of what was spent that are kept: a month and what may still be on its way. */
const spentDays = 62

/** Ends an insert into `usage_hour as known`: what is there grows by what comes. */
export const addToSums = sql`
  on conflict (tenant_id, hour, key_id, model, provider) do update set
    calls = known.calls + excluded.calls,
    failed = known.failed + excluded.failed,
    cancelled = known.cancelled + excluded.cancelled,
    refused = known.refused + excluded.refused,
    cache_hits = known.cache_hits + excluded.cache_hits,
    unpriced = known.unpriced + excluded.unpriced,
    input_tokens = known.input_tokens + excluded.input_tokens,
    cache_read_tokens = known.cache_read_tokens + excluded.cache_read_tokens,
    cache_write_tokens = known.cache_write_tokens + excluded.cache_write_tokens,
    output_tokens = known.output_tokens + excluded.output_tokens,
    reasoning_tokens = known.reasoning_tokens + excluded.reasoning_tokens,
    cost_micros = known.cost_micros + excluded.cost_micros,
    wasted_tokens = known.wasted_tokens + excluded.wasted_tokens,
    wasted_cost_micros = known.wasted_cost_micros + excluded.wasted_cost_micros`

/**
 * Writes calls, their hourly sums, and what tenants and keys spent, in one statement; a call that is there already changes
 * nothing. What a process held of a budget for its calls is booked with them, so that money is either held or spent, never both.
 */
export class CallTableWriter {
  readonly #db: Kysely<MeteringTables>
  /** Days that have their partition. */
  readonly #days = new Set<number>()

  constructor(db: Kysely<MeteringTables>) {
    this.#db = db
  }

  async write(records: readonly MeteredCall[]): Promise<void> {
    if (records.length === 0) return
    await this.#makePartitions(new Set(records.map(({ atMs }) => Math.floor(atMs / dayMs))))
    const paid = records.flatMap(({ id, paidBy }) => (paidBy === undefined ? [] : [{ id, paidBy }]))
    await sql`
      with fresh as (
        insert into call
        select * from json_populate_recordset(null::call, ${toDatabaseJson(records.map(toCallRow))}::json)
        on conflict do nothing
        returning *
      ), spending as (
        select id, (at at time zone 'UTC')::date as day, scope, cost_micros + wasted_cost_micros as micros
        from fresh cross join lateral (values ('t:' || tenant_id), ('k:' || key_id)) as scopes (scope)
        where scope is not null and cost_micros + wasted_cost_micros > 0
      ), spent as (
        insert into limit_spent as known (scope, day, micros)
        select scope, day, sum(micros) from spending group by 1, 2 order by 1, 2
        on conflict (scope, day) do update set micros = known.micros + excluded.micros
      ), booked as (
        update limit_hold as hold set booked = hold.booked + paid.micros
        from (
          select holder, scope, sum(micros) as micros
          from json_to_recordset(${toDatabaseJson(paid)}::json) as payers (id text, "paidBy" text)
          join spending using (id)
          cross join lateral (values ("paidBy")) as by (holder)
          group by 1, 2
        ) as paid
        where hold.holder = paid.holder and hold.kind = 'budget' and hold.scope = paid.scope
      )
      insert into usage_hour as known (
        hour, tenant_id, key_id, model, provider, calls, failed, cancelled, refused, cache_hits, unpriced,
        input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_micros,
        wasted_tokens, wasted_cost_micros
      )
      select date_trunc('hour', at, 'UTC'), tenant_id, coalesce(key_id, ''),
        -- Clients may ask for models that do not exist, under any name.
        case when status = 'rejected' then '' else model end, provider,
        count(*),
        count(*) filter (where status in ('failed', 'cut')),
        count(*) filter (where status = 'cancelled'),
        count(*) filter (where status in ('shed', 'rejected')),
        count(*) filter (where cache in ('hit', 'ready')),
        count(*) filter (where not is_priced),
        sum(input_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(output_tokens),
        sum(reasoning_tokens), sum(cost_micros), sum(wasted_tokens), sum(wasted_cost_micros)
      from fresh
      group by 1, 2, 3, 4, 5
      -- In one order, so that two servers do not wait for each other.
      order by 1, 2, 3, 4, 5
      ${addToSums}`.execute(this.#db)
  }

  /** Drops what is older than `keepDays`: whole days, so that nothing younger goes. Hourly sums stay. */
  async forget(keepDays: number, nowMs: number): Promise<void> {
    const keptFrom = Math.floor(nowMs / dayMs) - keepDays
    const partitions = await sql<{ name: string }>`
      select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'call'::regclass`.execute(this.#db)
    for (const { name } of partitions.rows) {
      const day = dayOf(name)
      if (day === null || day >= keptFrom) continue
      this.#days.delete(day)
      await sql`drop table if exists ${sql.table(name)}`.execute(this.#db)
    }
    await this.#db
      .deleteFrom('limit_spent')
      .where('day', '<', new Date(nowMs - spentDays * dayMs))
      .execute()
    await this.#db
      .deleteFrom('call_text')
      .where('at', '<', new Date(keptFrom * dayMs))
      .execute()
  }

  async #makePartitions(days: ReadonlySet<number>): Promise<void> {
    const missing = [...days].filter((day) => !this.#days.has(day))
    if (missing.length === 0) return
    await this.#db.transaction().execute(async (transaction) => {
      // Two servers that make the same table at once would fail, "if not exists" or not.
      await sql`select pg_advisory_xact_lock(hashtext('models.call'))`.execute(transaction)
      for (const day of missing) {
        await sql`
          create table if not exists ${sql.table(partitionName(day))} partition of call
          for values from (${sql.lit(isoOf(day))}) to (${sql.lit(isoOf(day + 1))})`.execute(transaction)
      }
    })
    for (const day of missing) this.#days.add(day)
  }
}

function isoOf(day: number): string {
  return new Date(day * dayMs).toISOString()
}

function partitionName(day: number): string {
  return `call_${isoOf(day).slice(0, 10).replaceAll('-', '')}`
}

function dayOf(name: string): number | null {
  const match = /^call_(\d{4})(\d\d)(\d\d)$/.exec(name)
  if (!match) return null
  return Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / dayMs
}
