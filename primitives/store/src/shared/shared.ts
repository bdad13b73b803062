import type { Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { sql, type Kysely } from 'kysely'
import { KeptSession } from './kept-session.ts'

/** What the processes on one database have of each other. */
export interface Shared {
  /**
   * Runs `lead` in one of the processes that call this with the same name: in another one as soon as that process has died or its session is
   * lost (`signal` of `lead` aborts then). What it throws is logged, and it is run again. Resolves when `signal` has aborted and `lead` is over.
   * `tryMs`: how soon a death is noticed by those who would lead; 1 s.
   */
  lead(
    name: string,
    options: { signal: AbortSignal; lead: (signal: AbortSignal) => Promise<void>; tryMs?: number },
  ): Promise<void>
  /**
   * Calls `onSignal` after each `notify` of the name by any process, with its detail, and with null when some may have been missed.
   * Stops with `signal`.
   */
  listen(name: string, signal: AbortSignal, onSignal: (detail: string | null) => void): void
  /** Tells whoever listens, on this process too. In a transaction, when that commits. `detail`: at most 7,000 bytes. */
  notify<Tables>(name: string, database: Kysely<Tables>, detail?: string): Promise<void>
  /** Says that this process is a server, until it ends. */
  joinServers(): Promise<void>
  /** Servers on this database, this one included where it joined. */
  countServers(): Promise<number>
}

/** First keys of the advisory locks; 18516 to 18519 are those of other parts of the store. */
const leadLock = 18_520
const serverLock = 18_521
const channel = 'heavylift'
const usualTryMs = 1_000

export function createShared(url: string, log: Logger): Shared & { close(): Promise<void> } {
  const listeners = new Map<string, Set<(detail: string | null) => void>>()
  /** Locks of one session are its own: a second try would succeed. */
  const led = new Set<string>()
  let isServer = false
  const session = new KeptSession(url, log, async (client) => {
    client.on('notification', ({ payload = '' }) => {
      const [name = '', detail = ''] = payload.split('\n', 2)
      for (const onSignal of listeners.get(name) ?? []) onSignal(detail)
    })
    await client.query(`LISTEN ${channel}`)
    if (isServer) await client.query('SELECT pg_advisory_lock_shared($1, 0)', [serverLock])
    // What was told while there was no session.
    for (const each of listeners.values()) for (const onSignal of each) onSignal(null)
  })

  async function leadOnce(
    name: string,
    signal: AbortSignal,
    lead: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const open = await session.get()
    if (open === null || led.has(name)) return
    const { lost } = open
    const key = [leadLock, name]
    const lock = await open.query<{ ours: boolean }>(
      'SELECT pg_try_advisory_lock($1, hashtext($2)) AS ours',
      key,
    )
    if (lock.rows[0]?.ours !== true) return
    led.add(name)
    try {
      if (!signal.aborted) await lead(AbortSignal.any([signal, lost]))
    } finally {
      led.delete(name)
      if (!lost.aborted) await open.query('SELECT pg_advisory_unlock($1, hashtext($2))', key)
    }
  }

  return {
    async lead(name, { signal, lead, tryMs = usualTryMs }) {
      while (!signal.aborted) {
        await leadOnce(name, signal, lead).catch((error: unknown) => {
          if (!signal.aborted)
            log.warn({ lease: name, error }, 'what one process does for all has stopped; trying again')
        })
        await sleep(tryMs, signal, { keepsAlive: false })
      }
    },
    listen(name, signal, onSignal) {
      if (signal.aborted) return
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all.add(onSignal))
      signal.addEventListener('abort', () => all.delete(onSignal), { once: true })
      void session.get()
    },
    async notify(name, database, detail) {
      const payload = detail === undefined ? name : `${name}\n${detail}`
      await sql`SELECT pg_notify(${channel}, ${payload})`.execute(database)
    },
    async joinServers() {
      isServer = true
      const open = await session.get()
      // Where there was a session already it has to take it now; twice does no harm.
      await open?.query('SELECT pg_advisory_lock_shared($1, 0)', [serverLock])
    },
    async countServers() {
      const open = await session.get()
      const found = await open?.query<{ servers: number }>(
        `SELECT count(DISTINCT pid)::int AS servers FROM pg_locks
         WHERE locktype = 'advisory' AND classid = $1 AND objsubid = 2 AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [serverLock],
      )
      return found?.rows[0]?.servers ?? 1
    },
    close: () => session.close(),
  }
}
