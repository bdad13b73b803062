import { createTestStore } from '@heavylift/store/testing'
import { expect, test } from 'vitest'
import { runDrill } from '../../src/control/drill/drill.ts'

test('planner, gateway and broker are killed ten times each while robots work: nothing is lost, doubled or hit [ROBOTS-CONTROL-09]', async () => {
  const store = await createTestStore()
  try {
    const { ordersLost, ordersDoubled, collisions, schemaErrors, kills } = await runDrill({
      robots: 20,
      rows: 16,
      columns: 24,
      tasks: 20,
      kills: 10,
      waitsForRecovery: true,
      isBadRadio: true,
      driveMs: 100,
      fleets: 2,
      hasStandby: true,
      databaseUrl: store.databaseUrl,
      patienceMs: 80_000,
      report: () => undefined,
      signal: AbortSignal.timeout(580_000),
    })
    expect({ ordersLost, ordersDoubled, collisions, schemaErrors }).toEqual({
      ordersLost: 0,
      ordersDoubled: 0,
      collisions: 0,
      schemaErrors: 0,
    })
    expect(kills).toEqual({ planner: 10, gateway: 10, broker: 10 })
  } finally {
    await store.close()
  }
})
