import type { Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import pg from 'pg'

/** First key of the advisory locks that live executors hold; the second is a hash of the executor's id. */
const LOCK = 18_519

/** The queue that runs of dead processes are put on, unless they were on one of their own. */
export const RECOVERY_QUEUE = 'heavylift'

export interface ExecutorLease {
  /**
   * Puts the unfinished runs of dead executors back on a queue, where a live one takes them. Only runs of the named workflows.
   * @returns how many
   */
  recoverDead(workflowNames: readonly string[]): Promise<number>
  /** Runs `action` in one process at a time. */
  exclusively(action: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

/**
 * Says "this executor is alive" for as long as our database session lives: a session lock, which the server drops at once
 * when the process dies, whatever killed it. If only the session breaks, another process may take over our runs; DBOS
 * then refuses the results of the former owner.
 */
export async function openExecutorLease(
  url: string,
  executorId: string,
  log: Logger,
): Promise<ExecutorLease> {
  let isClosed = false
  let session: pg.Client | null = null
  let retry: NodeJS.Timeout | undefined

  async function open(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'heavylift-executor',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    })
    client.on('error', () => undefined)
    client.once('end', () => {
      if (session === client) session = null
      if (!isClosed) reopenLater()
    })
    await client.connect()
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [LOCK, executorId])
    session = client
  }

  function reopenLater(): void {
    clearTimeout(retry)
    retry = setTimeout(() => {
      open().catch((error: unknown) => {
        log.warn({ error: String(error) }, 'no database session for durable runs; trying again')
        if (!isClosed) reopenLater()
      })
    }, 500)
    retry.unref()
  }

  await open()
  return {
    async recoverDead(workflowNames) {
      if (session === null || workflowNames.length === 0) return 0
      const client = session
      const owners = await client.query<{ executor_id: string }>(
        `SELECT DISTINCT executor_id FROM dbos.workflow_status
         WHERE status = 'PENDING' AND executor_id <> $1 AND name = ANY($2)`,
        [executorId, workflowNames],
      )
      let recovered = 0
      for (const { executor_id: owner } of owners.rows)
        recovered += await recover(client, owner, workflowNames)
      return recovered
    },
    async exclusively(action) {
      const client = session
      if (client === null) throw new Error('The database went away while durable runs started.')
      // Asked again and again: a session that waits inside PostgreSQL would block `CREATE INDEX CONCURRENTLY`.
      for (;;) {
        const lock = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_lock($1) AS ours', [LOCK])
        if (lock.rows[0]?.ours === true) break
        await sleep(50)
      }
      try {
        await action()
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [LOCK])
      }
    },
    async close() {
      isClosed = true
      clearTimeout(retry)
      await session?.end().catch(() => undefined)
    },
  }
}

/** Does nothing while the owner lives, or while another process recovers it. */
async function recover(client: pg.Client, owner: string, workflowNames: readonly string[]): Promise<number> {
  const key = [LOCK, owner]
  const lock = await client.query<{ isDead: boolean }>(
    'SELECT pg_try_advisory_lock($1, hashtext($2)) AS "isDead"',
    key,
  )
  if (lock.rows[0]?.isDead !== true) return 0
  try {
    // The statement of DBOS's own recovery, which knows only one executor and every workflow of it.
    const result = await client.query(
      `UPDATE dbos.workflow_status
       SET status = 'ENQUEUED', owner_xid = NULL, started_at_epoch_ms = NULL,
           updated_at = (EXTRACT(EPOCH FROM now()) * 1000)::bigint, queue_name = COALESCE(queue_name, $3)
       WHERE status = 'PENDING' AND executor_id = $1 AND name = ANY($2)`,
      [owner, workflowNames, RECOVERY_QUEUE],
    )
    return result.rowCount ?? 0
  } finally {
    await client.query('SELECT pg_advisory_unlock($1, hashtext($2))', key)
  }
}
