import { expect, test } from 'vitest'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import { replicaIdOf } from '../../src/gateway/route/route-table.ts'
import { healthTargets } from '../../src/routing/health-targets.ts'
import { createReplica } from '../../src/routing/create-replica.ts'

test('each address of a provider is asked at its health path, and its finding goes to all models served from there', () => {
  const config = gatewayConfigSchema.parse({
    providers: {
      vllm: {
        kind: 'openai',
        replicas: ['http://a.test:8000/v1', 'http://b.test:8000/v1'],
        healthPath: '/health',
      },
      hosted: { kind: 'openai', replicas: ['http://c.test/v1'], healthPath: null },
    },
  })
  const replicas = ['http://a.test:8000/v1', 'http://b.test:8000/v1'].flatMap((url) =>
    ['small', 'large'].map((model) =>
      createReplica({ id: replicaIdOf('vllm', url, model), provider: 'vllm', model }),
    ),
  )
  const found: [string[], boolean][] = []
  const targets = healthTargets(
    config,
    async () => 'k',
    (which, isHealthy) => found.push([replicas.filter(which).map(({ id }) => id), isHealthy]),
  )
  expect(targets.map(({ url }) => url)).toEqual(['http://a.test:8000/health', 'http://b.test:8000/health'])
  targets[1]?.report(false)
  expect(found).toEqual([[['vllm/b.test:8000/small', 'vllm/b.test:8000/large'], false]])
})

test('without a health path, the models below the base address are asked for, and any answer but a 5xx will do', () => {
  const config = gatewayConfigSchema.parse({
    providers: { hosted: { kind: 'openai', replicas: ['https://models.test/api/v1'] } },
  })
  const [target] = healthTargets(
    config,
    async () => 'k',
    () => {},
  )
  expect(target?.url).toBe('https://models.test/api/v1/models')
  expect([200, 401, 404, 405, 500, 503].map((status) => target?.isWell?.(status))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
})
