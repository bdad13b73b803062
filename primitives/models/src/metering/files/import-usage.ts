import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@heavylift/core'
import { toDatabaseJson } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import type { MeteringTables, UsageHourTable } from '../metering-tables.ts'
import { addToSums } from '../write-calls.ts'
import type { HourRow } from './hour-sums.ts'
import { listSumsFiles, readSumsFile } from './usage-folder.ts'

/**
 * Brings into the database what files alone know: the sums of days whose calls are no longer kept. Segments of calls need nothing, since
 * the writer of the database takes every one that lies in its folder, and sums come from their calls. Each day counts once,
 * however often this is killed and called again.
 */
export async function importFileUsage(dir: string, db: Kysely<MeteringTables>, log: Logger): Promise<void> {
  if (!existsSync(dir)) return
  const { past, derived } = listSumsFiles(dir)
  for (const { name, day } of past) {
    const path = join(dir, name)
    const mark = `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
    const { segments, rows } = await readSumsFile(path)
    // The process may have ended before it had removed them all.
    for (const segment of segments) await rm(join(dir, segment), { force: true })
    await db.transaction().execute(async (transaction) => {
      const fresh = await sql`
        insert into imported_usage (name) values (${mark}) on conflict do nothing returning name`.execute(
        transaction,
      )
      if (fresh.rows.length === 0) return
      await sql`
        insert into usage_hour as known
        select * from json_populate_recordset(null::usage_hour, ${toDatabaseJson(rows.map(toTableRow))}::json)
        ${addToSums}`.execute(transaction)
      await sql`
        insert into limit_spent as known (scope, day, micros)
        select scope, (hour at time zone 'UTC')::date, sum(cost_micros + wasted_cost_micros)
        from json_populate_recordset(null::usage_hour, ${toDatabaseJson(rows.map(toTableRow))}::json)
        cross join lateral (values ('t:' || tenant_id), ('k:' || nullif(key_id, ''))) as scopes (scope)
        where scope is not null
        group by 1, 2 having sum(cost_micros + wasted_cost_micros) > 0 order by 1, 2
        on conflict (scope, day) do update set micros = known.micros + excluded.micros`.execute(transaction)
    })
    await rm(path, { force: true })
    log.info({ day, rows: rows.length }, 'the sums of a day came from files into the database')
  }
  for (const name of derived) await rm(join(dir, name), { force: true })
}

function toTableRow(row: HourRow): Omit<UsageHourTable, 'hour'> & { hour: string } {
  return {
    hour: new Date(row.hourMs).toISOString(),
    tenant_id: row.tenantId,
    key_id: row.keyId,
    model: row.model,
    provider: row.provider,
    calls: row.calls,
    failed: row.failed,
    cancelled: row.cancelled,
    refused: row.refused,
    cache_hits: row.cacheHits,
    unpriced: row.unpriced,
    input_tokens: row.inputTokens,
    cache_read_tokens: row.cacheReadTokens,
    cache_write_tokens: row.cacheWriteTokens,
    output_tokens: row.outputTokens,
    reasoning_tokens: row.reasoningTokens,
    cost_micros: row.costMicros,
    wasted_tokens: row.wastedTokens,
    wasted_cost_micros: row.wastedCostMicros,
  }
}
