import { createTestStore } from '@heavylift/store/testing'
import { expect, test } from 'vitest'
import { runDrill } from '../../src/control/drill/drill.ts'

test('planner, gateway and broker are killed while robots work: nothing is lost, doubled or hit [ROBOTS-CONTROL-09]', async () => {
  const store = await createTestStore()
  try {
    const { ordersLost, ordersDoubled, collisions, schemaErrors, kills } = await runDrill({
      robots: 8,
      rows: 12,
      columns: 16,
      tasks: 8,
      kills: 1,
      waitsForRecovery: false,
      isBadRadio: true,
      driveMs: 100,
      fleets: 1,
      hasStandby: false,
      databaseUrl: store.databaseUrl,
      patienceMs: 200_000,
      report: () => undefined,
      signal: AbortSignal.timeout(280_000),
    })
    expect({ ordersLost, ordersDoubled, collisions, schemaErrors }).toEqual({
      ordersLost: 0,
      ordersDoubled: 0,
      collisions: 0,
      schemaErrors: 0,
    })
    expect(kills).toEqual({ planner: 1, gateway: 1, broker: 1 })
  } finally {
    await store.close()
  }
}, 300_000)
