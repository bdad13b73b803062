import { silentLogger } from '@heavylift/core'
import { expect, test, vi } from 'vitest'
import { FloorLink } from '../../src/live/floor-link.ts'

test('a floor that begins while its stop is latched stands, and says why [ROBOTS-LIVE-03]', async () => {
  const floor = new FloorLink(
    {
      robots: 20,
      seed: 'stopped',
      units: 1000,
      isGuided: false,
      warehouse: { rows: 24, columns: 30, aisle: 2 },
      pace: { stepMs: 50, stepSeconds: 1, goalPerHour: 100, budgetMs: 25 },
    },
    silentLogger,
    () => Promise.resolve('smoke in aisle 4'),
  )
  try {
    floor.wake()
    await vi.waitFor(
      () => expect(floor.last?.figures).toMatchObject({ isStopped: true, stopReason: 'smoke in aisle 4' }),
      { timeout: 60_000 },
    )
    await floor.ask({ type: 'release' })
    await vi.waitFor(() => expect(floor.last?.figures.isStopped).toBe(false), { timeout: 60_000 })
  } finally {
    await floor.close()
  }
})
