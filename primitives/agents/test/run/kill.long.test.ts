import { createTestStore } from '@heavylift/store/testing'
import { expect, test } from 'vitest'
import { killRuns } from '../../src/benches/kill/kill-runs.ts'
import { agents as system } from '../../src/system.ts'

test('server processes that are killed a hundred times lose no run, double no effect and change no end [AGENTS-KILL-02]', async () => {
  const store = await createTestStore({ durable: true, migrations: { agents: system.migrations } })
  try {
    const { host, dataDir } = store
    const result = await killRuns({
      host,
      dataDir,
      kills: 100,
      processes: 3,
      inFlight: 20,
      seed: 11,
      signal: AbortSignal.timeout(580_000),
    })
    expect(result).toMatchObject({ kills: 100, lost: 0, doubled: 0, changedEnds: 0 })
    expect(result.runs).toBeGreaterThanOrEqual(12)
  } finally {
    await store.close()
  }
})
