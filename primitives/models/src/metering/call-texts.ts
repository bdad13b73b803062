import type { Logger } from '@heavylift/core'
import { toDatabaseJson } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import type { CallRecord } from './call-record.ts'
import { keptText } from './kept-text.ts'
import type { CallText } from './meter.ts'
import type { MeteringTables } from './metering-tables.ts'

const delayMs = 500
/** Beyond this, texts are dropped: they are a convenience and must not cost the gateway its memory. */
const maxWaitingCharacters = 16_000_000

/** Brings prompts and answers to the database, keys blotted out. They are not in the log on disk: a crash may lose the last. */
export class CallTexts {
  readonly #db: Kysely<MeteringTables>
  readonly #logger: Logger
  #waiting: { record: CallRecord; text: CallText }[] = []
  #characters = 0
  #timer: NodeJS.Timeout | null = null

  constructor(db: Kysely<MeteringTables>, logger: Logger) {
    this.#db = db
    this.#logger = logger
  }

  add(record: CallRecord, text: CallText): void {
    const characters = text.request.length + text.answer.length
    if (this.#characters + characters > maxWaitingCharacters) {
      this.#logger.warn({ callId: record.id }, 'too many prompts wait for the database; this one is not kept')
      return
    }
    this.#waiting.push({ record, text })
    this.#characters += characters
    this.#timer ??= setTimeout(() => void this.flush(), delayMs).unref()
  }

  /** Never rejects: texts that cannot be written are dropped and logged. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const batch = this.#waiting
    this.#waiting = []
    this.#characters = 0
    if (batch.length === 0) return
    const rows = batch.map(({ record, text }) => ({
      tenant_id: record.tenantId,
      call_id: record.id,
      at: new Date(record.atMs),
      ...keptText(text),
    }))
    try {
      await sql`
        insert into call_text
        select * from json_populate_recordset(null::call_text, ${toDatabaseJson(rows)}::json)
        on conflict do nothing`.execute(this.#db)
    } catch (error) {
      this.#logger.warn({ error, texts: rows.length }, 'cannot keep prompts; they are dropped')
    }
  }
}
