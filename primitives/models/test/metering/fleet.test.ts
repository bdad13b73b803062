import { expect, test } from 'vitest'
import { fleetColumns } from '../../src/metering/fleet-columns.ts'
import { changesOf, Fleet, fleetChangesSchema, fleetListSchema } from '../../src/metering/fleet.ts'
import { createLiveStats, mostReplicasListed } from '../../src/metering/live-stats.ts'
import { createReplica } from '../../src/routing/create-replica.ts'

function replicasOf(count: number) {
  return Array.from({ length: count }, (_, at) =>
    createReplica({
      id: `pool-${at % 6}/10.0.${at % 250}.${at % 200}:8000/Qwen/Qwen3-32B-Instruct-${at}`,
      provider: `pool-${at % 6}`,
      model: 'Qwen/Qwen3-32B-Instruct',
      zone: `eu-central-1${'abc'[at % 3]}`,
    }),
  )
}

test('1,500 replicas that all change every second are less than 100 kB a second for a viewer [MODELS-CONSOLE-14]', () => {
  const replicas = replicasOf(1_500)
  const live = {
    brief: (id: string) => ({
      inFlight: 3,
      tokensPerSecond: 900 + id.length,
      ttftMs: 400,
      failedShare: 0.02,
    }),
  }
  const fleet = new Fleet(live, () => [{ name: 'large', replicas }])
  const first = fleet.read(0)
  let before = first.values
  for (let second = 1; second <= 5; second++) {
    for (const [at, replica] of replicas.entries()) {
      replica.requestsInFlight = 100 + ((at * 7 + second * 13) % 900)
      replica.engine = { running: 5, waiting: (at + second) % 90, kvUse: ((at + second * 3) % 100) / 100 }
    }
    const { values, list, atMs } = fleet.read(second * 1_000)
    expect(list).toBe(first.list)
    const changes = changesOf(values, before)
    expect(changes.length).toBe(1_500 * (1 + fleetColumns.length))
    const data = fleetChangesSchema.parse({ atMs, changes })
    expect(Buffer.byteLength(`event: changes\ndata: ${JSON.stringify(data)}\n\n`)).toBeLessThan(100_000)
    before = values
  }
  // The list comes once.
  const list = fleetListSchema.parse({ atMs: 0, replicas: first.list })
  expect(Buffer.byteLength(JSON.stringify(list))).toBeLessThan(500_000)
})

test('only what changed is said, and the list anew when the table is another one [MODELS-CONSOLE-14]', () => {
  const replicas = replicasOf(3)
  const fleet = new Fleet({ brief: () => null }, () => [{ name: 'large', replicas }])
  const first = fleet.read(0)
  // Once a second at most, however many look.
  expect(fleet.read(500)).toBe(first)
  replicas[1]!.requestsInFlight = 4
  replicas[2]!.state = 'open'
  const second = fleet.read(1_000)
  expect(changesOf(second.values, first.values)).toEqual([
    1, 0, 4, -1, -1, -1, 0, 0, 2, 2, 0, -1, -1, -1, 0, 0,
  ])
  expect(changesOf(second.values, second.values)).toEqual([])
  replicas.pop()
  const third = fleet.read(2_000)
  expect(third.list).not.toBe(first.list)
  expect(third.list).toHaveLength(2)
})

test('a snapshot lists the worst of many replicas, counts all, and any can be asked for [MODELS-CONSOLE-14]', () => {
  const replicas = replicasOf(1_500)
  replicas[700]!.state = 'open'
  replicas[800]!.requestsInFlight = 50
  const stats = createLiveStats()
  const table = [{ name: 'large', replicas, waiting: 0 }]
  const snapshot = stats.snapshot(table, 0, null)
  expect(snapshot.replicas).toHaveLength(mostReplicasListed)
  expect(snapshot.replicas.slice(0, 2).map(({ id }) => id)).toEqual([replicas[700]!.id, replicas[800]!.id])
  expect([snapshot.replicaCount, snapshot.replicasWell]).toEqual([1_500, 1_499])
  expect(stats.replica(table, replicas[3]!.id, 0, null)?.replica.zone).toBe('eu-central-1a')
  expect(stats.replica(table, 'none', 0, null)).toBeNull()
})
