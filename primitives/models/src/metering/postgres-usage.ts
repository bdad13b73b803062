import type { CoreServices } from '@heavylift/core'
import type { Ledger } from '@heavylift/store'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { sampleProvider } from '../table/sample-names.ts'
import { toDecision } from './call-decision.ts'
import { CallLog } from './call-log.ts'
import { listCalls, readCall } from './call-queries.ts'
import { CallTexts } from './call-texts.ts'
import { CallWriter } from './call-writer.ts'
import type { KeptCall } from './files/call-lines.ts'
import type { MeteringTables } from './metering-tables.ts'
import { readSpent } from './read-spent.ts'
import { usageFolder } from './usage-folder.ts'
import { readUsage } from './usage-queries.ts'
import type { UsageStore } from './usage-store.ts'
import { CallTableWriter } from './write-calls.ts'

export interface PostgresUsageOptions {
  services: Pick<CoreServices, 'clock' | 'ids' | 'log' | 'dataDir' | 'processes'>
  db: Kysely<MeteringTables>
  ledger: Pick<Ledger, 'decideAll' | 'removeSamples'>
  /** `log.keepDays` of the table, asked each hour. */
  keepDays: () => number
}

const hourMs = 3_600_000
const samples = `${sampleProvider}/%`

/** Usage in PostgreSQL and the ledger, by way of `<dataDir>/usage`. Writes what an earlier process left there. */
export function createPostgresUsage({ services, db, ledger, keepDays }: PostgresUsageOptions): UsageStore {
  const { clock, ids, log: logger } = services
  const table = new CallTableWriter(db)
  const texts = new CallTexts(db, logger)
  const writer = new CallWriter({
    log: new CallLog(usageFolder(services.dataDir, services.processes ?? null), ids),
    logger,
    write: async (records) => {
      await table.write(records)
      await ledger.decideAll(records.map(toDecision))
      // Only calls from files have theirs with them.
      const withText = (records as KeptCall[]).filter(({ text }) => text !== undefined)
      for (const { text, ...call } of withText) if (text) texts.add(call, text)
      if (withText.length > 0) await texts.flush()
    },
  })
  const forget = async (): Promise<void> => {
    try {
      await table.forget(keepDays(), clock.nowMs())
    } catch (error) {
      logger.warn({ error }, 'cannot drop old calls; it is tried again in an hour')
    }
  }
  void forget()
  const forgetting = setInterval(() => void forget(), hourMs).unref()

  return {
    add(call, text) {
      writer.add(call)
      if (text) texts.add(call, text)
    },
    get unwritten() {
      return writer.unwritten
    },
    async flush() {
      await texts.flush()
      await writer.flush()
    },
    async close() {
      clearInterval(forgetting)
      await texts.flush()
      await writer.close()
    },
    listCalls: (filter) => listCalls(db, filter),
    readCall: (tenantId, id) => readCall(db, tenantId, id),
    readUsage: (query) => readUsage(db, query),
    readSpent: (nowMs) => readSpent(db, nowMs),
    async hasCalls() {
      const { rows } = await sql`
        select 1 from usage_hour where model not like ${samples} limit 1`.execute(db)
      return rows.length > 0
    },
    async removeSamples() {
      await sql`delete from call_text where call_id in (select id from call where model like ${samples})`.execute(
        db,
      )
      await sql`delete from call where model like ${samples}`.execute(db)
      await sql`delete from usage_hour where model like ${samples}`.execute(db)
      await ledger.removeSamples('main', 'models')
    },
  }
}
