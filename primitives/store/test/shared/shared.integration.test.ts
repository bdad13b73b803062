import { silentLogger } from '@heavylift/core'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKysely, createPool } from '../../src/database/connect.ts'
import { createShared } from '../../src/shared/shared.ts'
import { createTestDatabase } from '../../src/testing/test-database.ts'

// Each `createShared` has a session of its own, as each process has.
let database: Awaited<ReturnType<typeof createTestDatabase>>
const opened: { close(): Promise<void> }[] = []
let stopping: AbortController
beforeEach(async () => {
  stopping = new AbortController()
  database = await createTestDatabase({})
})
afterEach(async () => {
  stopping.abort()
  for (const each of opened.splice(0)) await each.close()
  await database.drop()
})

function join() {
  const shared = createShared(database.url, silentLogger)
  opened.push(shared)
  return shared
}

/** Ends the session of whoever leads, as the death of its process does. */
async function endSessions(application: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
    [application],
  )
  await client.end()
}

test('one leads at a time, and another takes over when its session ends [STORE-SHARED-01]', async () => {
  const leading = new Set<string>()
  let most = 0
  const lead = (who: string, signal: AbortSignal) =>
    join().lead('work', {
      signal,
      lead: async (ending) => {
        leading.add(who)
        most = Math.max(most, leading.size)
        await new Promise((resolve) => ending.addEventListener('abort', resolve, { once: true }))
        leading.delete(who)
      },
    })
  const first = new AbortController()
  const firstOver = lead('first', first.signal)
  await expect.poll(() => [...leading]).toEqual(['first'])
  const secondOver = lead('second', stopping.signal)
  first.abort()
  await firstOver
  await expect.poll(() => [...leading], { timeout: 10_000 }).toEqual(['second'])
  await endSessions('heavylift-shared')
  // It joins again, and is the only one that wants to.
  await expect.poll(() => [...leading], { timeout: 10_000 }).toEqual(['second'])
  expect(most).toBe(1)
  stopping.abort()
  await secondOver
  expect(leading.size).toBe(0)
})

test('every process hears what one tells, and looks again after a lost session [STORE-SHARED-02]', async () => {
  const heard = { here: 0, there: 0, other: 0 }
  const [here, there] = [join(), join()]
  here.listen('news', stopping.signal, () => heard.here++)
  there.listen('news', stopping.signal, () => heard.there++)
  there.listen('other', stopping.signal, () => heard.other++)
  // The first session of each begins with a look.
  await expect.poll(() => heard).toEqual({ here: 1, there: 1, other: 1 })
  const pool = createPool({ url: database.url, schema: 'public', maxConnections: 1, onError: () => {} })
  const kysely = createKysely<object>(pool)
  await here.notify('news', kysely)
  await expect.poll(() => heard).toEqual({ here: 2, there: 2, other: 1 })
  await expect(
    kysely.transaction().execute(async (transaction) => {
      await here.notify('news', transaction)
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  await endSessions('heavylift-shared')
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual({ here: 3, there: 3, other: 2 })
  await pool.end()
})

test('servers on one database are counted, and no longer when they end [STORE-SHARED-03]', async () => {
  const [here, there] = [join(), join()]
  await here.joinServers()
  expect(await here.countServers()).toBe(1)
  await there.joinServers()
  expect(await here.countServers()).toBe(2)
  await endSessions('heavylift-shared')
  await expect.poll(() => here.countServers(), { timeout: 10_000 }).toBe(2)
  await there.close()
  await expect.poll(() => here.countServers(), { timeout: 10_000 }).toBe(1)
})
