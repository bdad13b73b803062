import { createTestStore } from '@heavylift/store/testing'
import { expect, test } from 'vitest'
import { openPostgresLog, PostgresStateStore, postgresLogSql } from '../../../src/index.ts'
import { runStateStoreContract } from '../../state/state-store-contract.ts'
import { readAll, runLogContract } from '../log-contract.ts'
import { event, events } from '../test-events.ts'

const migrations = { live: [{ name: '0001-log', sql: postgresLogSql }] }

async function openPlace() {
  const created = await createTestStore({ migrations })
  return { store: created.host.forSystem('live'), host: created.host, dispose: () => created.close() }
}

runLogContract({
  name: 'PostgreSQL',
  async make() {
    const { store, dispose } = await openPlace()
    return { open: () => Promise.resolve(openPostgresLog({ store })), dispose }
  },
})

runStateStoreContract(async () => {
  const { store, dispose } = await openPlace()
  return { open: () => Promise.resolve(new PostgresStateStore(store)), dispose }
})

test('the oldest events go while a topic is larger than it may be, and readers go on behind them', async () => {
  const { store, dispose } = await openPlace()
  const log = openPostgresLog({ store, retainBytes: 40_000 })
  try {
    await log.append(
      't',
      events(1, 1).map((one) => ({ ...one, payload: Buffer.alloc(100) })),
    )
    for (let from = 2; from < 3000; from += 500) {
      const batch = events(from, from + 499).map((one) => ({ ...one, payload: Buffer.alloc(20) }))
      await log.append('t', batch)
    }
    await log.retain(40_000)
    const { first, next } = await log.range('t')
    expect([first, next]).toEqual([2001, 3002])
    expect((await readAll(log, 't')).map(({ offset }) => offset)[0]).toBe(2001)
    expect(await log.append('t', [event(3001)])).toEqual([{ offset: 3001, duplicate: true }])
  } finally {
    await log.close()
    await dispose()
  }
})
