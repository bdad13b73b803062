import { createTestStore } from '@heavylift/store/testing'
import { expect, it } from 'vitest'
import { runCrashRounds } from '../../src/benches/crash/crash-rounds.ts'
import { migrations } from '../../src/migrations/migrations.ts'

// `heavylift bench shop.crash` runs fifty.
const rounds = Number(process.env['HEAVYLIFT_CRASH_ROUNDS'] ?? 1)

it('finishes every acknowledged import after kills at random moments, and never shows half of one', async () => {
  const testStore = await createTestStore({ migrations: { shop: migrations } })
  try {
    const result = await runCrashRounds({
      store: testStore.host.forSystem('shop'),
      databaseUrl: testStore.databaseUrl,
      dataDir: testStore.dataDir,
      rounds,
      seed: 5,
      report: () => {},
      signal: AbortSignal.timeout(170_000),
    })
    expect(result).toMatchObject({ rounds, lost: 0, halfVisible: 0 })
    expect(result.kills).toBeGreaterThanOrEqual(rounds)
    expect(result.looks).toBeGreaterThan(10)
  } finally {
    await testStore.close()
  }
}, 180_000)
