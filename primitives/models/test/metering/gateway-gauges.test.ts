import { expect, test } from 'vitest'
import { gatewayGauges } from '../../src/metering/gateway-gauges.ts'
import type { GaugedModel } from '../../src/metering/gateway-gauges.ts'
import { createReplica } from '../../src/routing/create-replica.ts'

function model(name: string, count: number, change: Partial<GaugedModel> = {}): GaugedModel {
  const replicas = Array.from({ length: count }, (_, at) =>
    createReplica({ id: `${name}/${at}`, provider: name, model: name }),
  )
  return { name, replicas, waiting: 0, mostWaiting: 256, ...change }
}

function read(models: GaugedModel[], tenants: Map<string, number> = new Map()) {
  const families = gatewayGauges({
    models: () => models,
    live: { inFlightBy: () => tenants },
    cache: () => ({ entries: 2, bytes: 900, readyAnswers: 1 }),
  })
  return (name: string) => families.find((family) => family.name === name)?.samples ?? []
}

test('an autoscaler reads how much there is to do for each replica that works [MODELS-METER-11]', () => {
  const large = model('large', 4, { waiting: 10 })
  for (const replica of large.replicas) replica.requestsInFlight = 5
  large.replicas[0]!.state = 'open'
  large.replicas[1]!.engine = { running: 5, waiting: 3, kvUse: 0.9 }
  const small = model('small', 1, { waiting: 7 })
  small.replicas[0]!.state = 'unhealthy'
  const sample = read([large, small, model('heavylift-sample/x', 1)])
  expect(sample('models_in_flight')).toEqual([
    { labels: { model: 'large' }, value: 20 },
    { labels: { model: 'small' }, value: 0 },
  ])
  expect(sample('models_queue_waiting').map(({ value }) => value)).toEqual([10, 7])
  expect(sample('models_load_per_replica').map(({ value }) => value)).toEqual([10, 7])
  expect(sample('models_replicas')).toEqual([
    { labels: { model: 'large', state: 'open' }, value: 1 },
    { labels: { model: 'large', state: 'healthy' }, value: 3 },
    { labels: { model: 'small', state: 'unhealthy' }, value: 1 },
  ])
  expect(sample('models_replica_out_of_service').reduce((sum, { value }) => sum + value, 0)).toBe(2)
  expect(sample('models_replica_engine_waiting')).toEqual([{ labels: { replica: 'large/1' }, value: 3 }])
  expect(sample('models_replica_kv_use_ratio')).toEqual([{ labels: { replica: 'large/1' }, value: 0.9 }])
  expect(sample('models_cache_bytes')).toEqual([{ labels: {}, value: 900 }])
})

test('labels stay few: of thousands of replicas and tenants the busiest are apart [MODELS-METER-11]', () => {
  const large = model('large', 2_500)
  for (const [at, replica] of large.replicas.entries()) replica.requestsInFlight = at
  const tenants = new Map(Array.from({ length: 5_000 }, (_, at) => [`t${at}`, at + 1]))
  const sample = read([large], tenants)
  const inFlight = sample('models_replica_in_flight')
  expect(inFlight).toHaveLength(1_001)
  expect(inFlight[0]).toEqual({ labels: { replica: 'large/2499' }, value: 2_499 })
  expect(inFlight.reduce((sum, { value }) => sum + value, 0)).toBe((2_499 * 2_500) / 2)
  const byTenant = sample('models_tenant_in_flight')
  expect(byTenant).toHaveLength(101)
  expect(byTenant.at(-1)?.labels).toEqual({ tenant: 'other' })
  expect(byTenant.reduce((sum, { value }) => sum + value, 0)).toBe((5_000 * 5_001) / 2)
})
