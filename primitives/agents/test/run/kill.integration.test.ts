import { createTestStore } from '@heavylift/store/testing'
import { expect, test } from 'vitest'
import { killRuns } from '../../src/benches/kill/kill-runs.ts'
import { agents as system } from '../../src/system.ts'

test('server processes that are killed at random moments lose no run, double no effect and change no end [AGENTS-KILL-02]', async () => {
  const store = await createTestStore({ durable: true, migrations: { agents: system.migrations } })
  try {
    const { host, dataDir } = store
    const result = await killRuns({
      host,
      dataDir,
      kills: 6,
      processes: 3,
      inFlight: 12,
      seed: 7,
      signal: AbortSignal.timeout(110_000),
    })
    expect(result).toMatchObject({ kills: 6, lost: 0, doubled: 0, changedEnds: 0 })
    expect(result.runs).toBeGreaterThanOrEqual(12)
  } finally {
    await store.close()
  }
})
