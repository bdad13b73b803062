import { createTestStore } from '@heavylift/store/testing'
import { expect } from 'vitest'
import { runCrashRounds } from '../../src/benches/crash/crash-rounds.ts'
import { migrations } from '../../src/migrations/migrations.ts'

/** Imports that are killed at random moments, each drawn from `seed`: every acknowledged one ends, and none is seen half. */
export async function importThroughKills(rounds: number, seed: number): Promise<void> {
  const testStore = await createTestStore({ migrations: { shop: migrations } })
  try {
    const result = await runCrashRounds({
      store: testStore.host.forSystem('shop'),
      databaseUrl: testStore.databaseUrl,
      dataDir: testStore.dataDir,
      rounds,
      seed,
      report: () => {},
      signal: AbortSignal.timeout(120_000 + rounds * 50_000),
    })
    expect(result).toMatchObject({ rounds, lost: 0, halfVisible: 0 })
    expect(result.kills).toBeGreaterThanOrEqual(rounds)
    expect(result.looks).toBeGreaterThan(10)
  } finally {
    await testStore.close()
  }
}
