import type { Wakeup } from '@heavylift/core/async'
import { sql, type Kysely } from 'kysely'
import type { Delivery, GroupOptions, LoggedEvent } from '../log.ts'
import { toLoggedEvent, type LogTables } from './tables.ts'

/** How soon a place that another process gave free, or a delivery that is due again, is seen. */
const lookAgainMs = 250

/** Hands out one event after the other to this member; the tables say what others hold. */
export async function* consumeGroup(
  db: Kysely<LogTables>,
  topic: string,
  { group, maxInFlight = 100, ackWaitMs = 30_000, signal }: GroupOptions,
  changed: Wakeup,
): AsyncGenerator<Delivery, void, undefined> {
  const ofGroup = { topic, name: group }
  while (!signal.aborted) {
    const since = changed.count
    const taken = await claim(db, ofGroup, maxInFlight, ackWaitMs)
    if (taken === null) {
      await changed.wait({ since, signal, timeoutMs: lookAgainMs })
      continue
    }
    const { event, attempt } = taken
    const own = { ...ofGroup, log_offset: event.offset }
    yield {
      event,
      attempt,
      async ack() {
        await db
          .deleteFrom('log_delivery')
          .where((where) => where.and(own))
          .execute()
        changed.wake()
      },
      async retry(delayMs = 0) {
        await db
          .updateTable('log_delivery')
          .set({ due: inMs(delayMs) })
          .where((where) => where.and(own))
          .execute()
        changed.wake()
      },
    }
  }
}

const inMs = (ms: number) => sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1000})`

/** The next event for a member: one that is due again, else a new one while there is room; null for none. */
async function claim(
  db: Kysely<LogTables>,
  ofGroup: { topic: string; name: string },
  maxInFlight: number,
  ackWaitMs: number,
): Promise<{ event: LoggedEvent; attempt: number } | null> {
  return db.transaction().execute(async (tx) => {
    // Members come one after another.
    const { taken } = await tx
      .insertInto('log_group')
      .values({ ...ofGroup, taken: 0 })
      .onConflict((conflict) => conflict.columns(['topic', 'name']).doUpdateSet({ name: ofGroup.name }))
      .returning('taken')
      .executeTakeFirstOrThrow()
    const open = await tx
      .selectFrom('log_delivery')
      .select(['log_offset', 'attempt', sql<boolean>`due <= clock_timestamp()`.as('isDue')])
      .where((where) => where.and(ofGroup))
      .orderBy('log_offset')
      .execute()
    const due = open.find(({ isDue }) => isDue)
    if (due === undefined && open.length >= maxInFlight) return null
    const row = await tx
      .selectFrom('log_event')
      .selectAll()
      .where('topic', '=', ofGroup.topic)
      .where('log_offset', due === undefined ? '>' : '=', due?.log_offset ?? taken)
      .orderBy('log_offset')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) {
      // Retention has removed it: nobody can work on it any more.
      if (due !== undefined)
        await tx
          .deleteFrom('log_delivery')
          .where((where) => where.and({ ...ofGroup, log_offset: due.log_offset }))
          .execute()
      return null
    }
    const attempt = (due?.attempt ?? 0) + 1
    await tx
      .insertInto('log_delivery')
      .values({ ...ofGroup, log_offset: row.log_offset, attempt, due: inMs(ackWaitMs) })
      .onConflict((conflict) =>
        conflict.columns(['topic', 'name', 'log_offset']).doUpdateSet({ attempt, due: inMs(ackWaitMs) }),
      )
      .execute()
    if (due === undefined)
      await tx
        .updateTable('log_group')
        .set({ taken: row.log_offset })
        .where((where) => where.and(ofGroup))
        .execute()
    return { event: toLoggedEvent(row), attempt }
  })
}
