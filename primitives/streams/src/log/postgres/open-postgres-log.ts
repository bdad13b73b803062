import { HeavyliftError, silentLogger, systemClock, type Clock, type Logger } from '@heavylift/core'
import { sleep, Wakeup } from '@heavylift/core/async'
import type { Store } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import { checkEvents, checkGroup, checkTopic } from '../check-input.ts'
import type { Appended, Delivery, GroupOptions, Log, LogEvent, LoggedEvent, ReadOptions } from '../log.ts'
import { logClosed, StreamUnavailableError } from '../stream-errors.ts'
import { consumeGroup } from './consume-group.ts'
import { toLoggedEvent, type LogTables } from './tables.ts'

export interface PostgresLogOptions {
  /** With the tables of `postgresLogSql` in the system's schema. */
  store: Pick<Store, 'database' | 'shared'>
  /** The oldest events of a topic are removed while it is larger. Default: no limit. */
  retainBytes?: number
  clock?: Clock
  logger?: Logger
}

const retentionEveryMs = 60_000
/** Removed at once, so that nobody waits long for the topic. */
const removeAtOnce = 1_000
/** One batch holds no more than so many bytes of payloads, and one event. */
const batchBytes = 8 * 1024 * 1024
/** A signal that was missed costs so much, and a database that went away is asked again so soon. */
const lookAgainMs = 1_000

/**
 * Opens the log that all processes on one database share. An event is a row, told to the others by NOTIFY. A topic's appends come one after the
 * other, some hundred a second; for more there is JetStream.
 */
export function openPostgresLog(options: PostgresLogOptions): Log & Pick<PostgresLog, 'retain'> {
  return new PostgresLog(options)
}

class PostgresLog implements Log {
  readonly #db: Kysely<LogTables>
  readonly #shared: Store['shared']
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #closing = new AbortController()
  readonly #changes = new Map<string, Wakeup>()

  constructor({
    store,
    retainBytes = Infinity,
    clock = systemClock,
    logger = silentLogger,
  }: PostgresLogOptions) {
    this.#db = store.database<LogTables>()
    this.#shared = store.shared
    this.#clock = clock
    this.#logger = logger
    if (retainBytes === Infinity) return
    const timer = setInterval(() => {
      this.retain(retainBytes).catch((error: unknown) => {
        if (!this.#closing.signal.aborted) logger.warn({ error }, 'Old events of the log stay.')
      })
    }, retentionEveryMs)
    timer.unref()
    this.#closing.signal.addEventListener('abort', () => clearInterval(timer))
  }

  async append(topic: string, events: readonly LogEvent[]): Promise<Appended[]> {
    checkTopic(topic)
    checkEvents(events)
    if (events.length === 0) return []
    return this.#asked(() => this.#db.transaction().execute((tx) => this.#appendIn(tx, topic, events)))
  }

  async *read(topic: string, options: ReadOptions): AsyncGenerator<LoggedEvent[], void, undefined> {
    checkTopic(topic)
    const { maxEvents = 1_000, until } = options
    const signal = AbortSignal.any([options.signal, this.#closing.signal])
    const end = until === 'end' ? (await this.range(topic)).next : Infinity
    const changed = this.#changed(topic)
    let from = Math.max(1, Math.floor(options.fromOffset))
    while (from < end && !signal.aborted) {
      // Read before the table: a change during the reading is read again.
      const since = changed.count
      const batch = await this.#batch(topic, from, end, maxEvents).catch((error: unknown) => {
        if (end !== Infinity || signal.aborted) throw error
        this.#logger.warn({ topic, error }, 'The log cannot be read; trying again.')
        return null
      })
      if (batch === null) await sleep(lookAgainMs, signal)
      else if (batch.length > 0) {
        from = batch.at(-1)!.offset + 1
        yield batch
      } else if (end !== Infinity) return
      else await changed.wait({ since, signal, timeoutMs: lookAgainMs })
    }
  }

  async range(topic: string): Promise<{ first: number; next: number }> {
    checkTopic(topic)
    const found = await this.#asked(() =>
      this.#db
        .selectFrom('log_topic')
        .select((from) => [
          'next',
          from
            .selectFrom('log_event')
            .select(({ fn }) => fn.min<number | null>('log_offset').as('first'))
            .where('topic', '=', topic)
            .as('first'),
        ])
        .where('topic', '=', topic)
        .executeTakeFirst(),
    )
    const next = found?.next ?? 1
    return { first: found?.first ?? next, next }
  }

  async *consume(topic: string, options: GroupOptions): AsyncGenerator<Delivery, void, undefined> {
    checkTopic(topic)
    checkGroup(options.group)
    const signal = AbortSignal.any([options.signal, this.#closing.signal])
    yield* consumeGroup(this.#db, topic, { ...options, signal }, this.#changed(topic))
  }

  async topics(): Promise<string[]> {
    const rows = await this.#asked(() =>
      this.#db.selectFrom('log_topic').select('topic').where('next', '>', 1).execute(),
    )
    return rows.map(({ topic }) => topic).sort()
  }

  /** The database stays open: it is the system's. */
  close(): Promise<void> {
    this.#closing.abort()
    return Promise.resolve()
  }

  async #appendIn(tx: Kysely<LogTables>, topic: string, events: readonly LogEvent[]): Promise<Appended[]> {
    const { next } = await tx
      .insertInto('log_topic')
      .values({ topic, next: 1, bytes: 0 })
      .onConflict((conflict) => conflict.column('topic').doUpdateSet({ topic }))
      .returning('next')
      .executeTakeFirstOrThrow()
    const added = await sql<{ id: string; log_offset: number; bytes: number }>`
      WITH given AS (
        SELECT DISTINCT ON (id) * FROM unnest(
          ${events.map(({ id }) => id)}::text[], ${events.map(({ key }) => key)}::text[],
          ${events.map(({ eventTimeMs }) => eventTimeMs)}::float8[], ${events.map(({ schemaVersion }) => schemaVersion)}::int[],
          ${events.map(({ payload }) => payload)}::bytea[]
        ) WITH ORDINALITY AS one (id, key, event_time_ms, schema_version, payload, place)
        ORDER BY id, place
      ), fresh AS (
        SELECT *, row_number() OVER (ORDER BY place) AS number FROM given
        WHERE NOT EXISTS (SELECT 1 FROM log_event AS old WHERE old.topic = ${topic} AND old.id = given.id)
      )
      INSERT INTO log_event (topic, log_offset, id, key, event_time_ms, schema_version, payload, appended_at_ms)
      SELECT ${topic}, ${next}::bigint + number - 1, id, key, event_time_ms, schema_version, payload, ${Math.floor(this.#clock.nowMs())}
      FROM fresh RETURNING id, log_offset, octet_length(payload) AS bytes`.execute(tx)
    const offsets = new Map(added.rows.map(({ id, log_offset: offset }) => [id, offset]))
    const isFresh = new Set(offsets.keys())
    const known = events.map(({ id }) => id).filter((id) => !offsets.has(id))
    if (known.length > 0) {
      const rows = await tx
        .selectFrom('log_event')
        .select(['id', 'log_offset'])
        .where('topic', '=', topic)
        .where('id', 'in', known)
        .execute()
      for (const { id, log_offset: offset } of rows) offsets.set(id, offset)
    }
    if (added.rows.length > 0) {
      const bytes = added.rows.reduce((sum, row) => sum + row.bytes, 0)
      await tx
        .updateTable('log_topic')
        .set({ next: next + added.rows.length, bytes: sql`bytes + ${bytes}` })
        .where('topic', '=', topic)
        .execute()
      await this.#shared.notify(signalOf(topic), tx)
    }
    // Only the first of an id in the batch is the one that was stored.
    return events.map(({ id }) => ({ offset: offsets.get(id)!, duplicate: !isFresh.delete(id) }))
  }

  async #batch(topic: string, from: number, end: number, maxEvents: number): Promise<LoggedEvent[]> {
    const { rows } = await this.#asked(() =>
      sql<LogTables['log_event']>`
        SELECT * FROM (
          SELECT *, sum(octet_length(payload)) OVER (ORDER BY log_offset) - octet_length(payload) AS bytes_before
          FROM (
            SELECT * FROM log_event WHERE topic = ${topic} AND log_offset >= ${from} AND log_offset < ${Math.min(end, Number.MAX_SAFE_INTEGER)}
            ORDER BY log_offset LIMIT ${maxEvents}
          ) AS next
        ) AS sized
        WHERE bytes_before < ${batchBytes} ORDER BY log_offset`.execute(this.#db),
    )
    return rows.map(toLoggedEvent)
  }

  /** As housekeeping does each minute. */
  async retain(retainBytes: number): Promise<void> {
    for (const topic of await this.topics()) {
      for (let isLarger = true; isLarger && !this.#closing.signal.aborted;) {
        const { rows } = await sql<{ bytes: number }>`
          WITH gone AS (
            DELETE FROM log_event WHERE topic = ${topic} AND log_offset < (
              SELECT min(log_offset) + ${removeAtOnce} FROM log_event WHERE topic = ${topic}
            ) AND (SELECT bytes FROM log_topic WHERE topic = ${topic}) > ${retainBytes}
            RETURNING octet_length(payload) AS bytes
          )
          UPDATE log_topic SET bytes = bytes - (SELECT coalesce(sum(bytes), 0)::bigint FROM gone)
          WHERE topic = ${topic} AND EXISTS (SELECT 1 FROM gone) RETURNING bytes`.execute(this.#db)
        isLarger = (rows[0]?.bytes ?? 0) > retainBytes
      }
    }
  }

  /** Wakes with every append to the topic, by any process. */
  #changed(topic: string): Wakeup {
    const known = this.#changes.get(topic)
    if (known !== undefined) return known
    const fresh = new Wakeup()
    this.#changes.set(topic, fresh)
    this.#shared.listen(signalOf(topic), this.#closing.signal, () => fresh.wake())
    return fresh
  }

  async #asked<Result>(ask: () => Promise<Result>): Promise<Result> {
    if (this.#closing.signal.aborted) throw logClosed()
    try {
      return await ask()
    } catch (cause) {
      if (HeavyliftError.isInstance(cause)) throw cause
      throw new StreamUnavailableError({
        message: `The log's database does not answer: ${cause instanceof Error ? cause.message : String(cause)}. Try again.`,
        cause,
      })
    }
  }
}

const signalOf = (topic: string): string => `log ${topic}`
