import { join } from 'node:path'
import type { CoreServices } from '@heavylift/core'
import type { Ledger } from '@heavylift/store'
import type { Kysely } from 'kysely'
import { isSampleModel } from '../table/sample-names.ts'
import { CallCounters } from './call-counters.ts'
import { toDecision } from './call-decision.ts'
import { CallLog } from './call-log.ts'
import { callSpan } from './call-span.ts'
import { CallTexts } from './call-texts.ts'
import { CallWriter } from './call-writer.ts'
import { createLiveStats } from './live-stats.ts'
import type { Meter } from './meter.ts'
import type { MeteringTables } from './metering-tables.ts'
import { CallTableWriter } from './write-calls.ts'

export interface MeterOptions {
  services: Pick<CoreServices, 'clock' | 'ids' | 'log' | 'telemetry' | 'dataDir'>
  db: Kysely<MeteringTables>
  ledger: Pick<Ledger, 'decideAll'>
  /** `log.keepDays` of the table, asked each hour. */
  keepDays: () => number
}

const hourMs = 3_600_000

/** The meter over `<dataDir>/usage`, PostgreSQL and the ledger. Writes what an earlier process left. */
export function createMeter({ services, db, ledger, keepDays }: MeterOptions): Meter {
  const { clock, ids, log: logger, telemetry } = services
  const live = createLiveStats()
  const counters = new CallCounters()
  const table = new CallTableWriter(db)
  const texts = new CallTexts(db, logger)
  const writer = new CallWriter({
    log: new CallLog(join(services.dataDir, 'usage'), ids),
    logger,
    write: async (records) => {
      await table.write(records)
      await ledger.decideAll(records.map(toDecision))
    },
  })
  telemetry.collect(() => [
    ...counters.families(),
    {
      name: 'models_calls_unwritten_total',
      help: 'Calls that could not be written to disk before their answer ended.',
      type: 'counter',
      samples: [{ labels: {}, value: writer.unwritten }],
    },
  ])

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
    live,
    began: (call) => live.began(call, clock.nowMs()),
    record(record, call, text) {
      writer.add(record)
      call?.ended(record, clock.nowMs())
      if (!isSampleModel(record.model)) {
        counters.add(record)
        telemetry.finishedSpan(callSpan(record))
      }
      if (text) texts.add(record, text)
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
  }
}
