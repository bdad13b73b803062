import { expect, test } from 'vitest'
import { readEngineLoad } from '../../src/discovery/engine-load.ts'
import { createBalancer } from '../../src/routing/create-balancer.ts'
import { policyNames } from '../../src/table/gateway-config.ts'
import { replicaSpecs, routeRequest, seeded } from '../routing/requests.ts'

test.each([
  [
    'vLLM',
    `# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="m"} 3.0
vllm:num_requests_running{engine="1",model_name="m"} 4.0
vllm:num_requests_waiting{engine="0",model_name="m"} 2.0
vllm:num_requests_running{engine="0",model_name="other"} 50.0
vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.5
vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.75
vllm:prompt_tokens_total{model_name="m"} 1e+06
`,
    { running: 7, waiting: 2, kvUse: 0.75 },
  ],
  [
    'SGLang',
    'sglang:num_running_reqs{model_name="org/m"} 8\nsglang:num_queue_reqs{model_name="org/m"} 1\nsglang:token_usage{model_name="org/m"} 0.28\n',
    { running: 8, waiting: 1, kvUse: 0.28 },
  ],
  [
    'llama.cpp',
    'llamacpp:requests_processing 2\nllamacpp:requests_deferred 0\nllamacpp:kv_cache_usage_ratio 0.1\n',
    { running: 2, waiting: 0, kvUse: 0.1 },
  ],
  ['TGI', 'tgi_batch_current_size 5\ntgi_queue_size 9\n', { running: 5, waiting: 9, kvUse: null }],
])('%s says how many requests it has [MODELS-DISCOVER-06]', (_, text, load) => {
  expect(readEngineLoad(text, 'm')).toEqual(load)
})

test('what is no engine, and figures that are none, say nothing', () => {
  expect(readEngineLoad('process_cpu_seconds_total 4\n', 'm')).toBeNull()
  expect(readEngineLoad('<html>', 'm')).toBeNull()
  expect(readEngineLoad('vllm:num_requests_running NaN\nvllm:num_requests_waiting -3\n', 'm')).toBeNull()
  expect(readEngineLoad('vllm:num_requests_running 1e300\n', 'm')?.running).toBe(100_000)
})

test.each([
  'least-outstanding',
  'least-tokens',
  'power-of-two',
  'prefix-affinity',
  'prefill-aware',
] satisfies (typeof policyNames)[number][])(
  '%s leaves a replica alone that has the requests of others, and comes back when they are gone [MODELS-DISCOVER-06]',
  (policy) => {
    for (const count of [2, 100]) {
      const balancer = createBalancer({ policy, replicas: replicaSpecs(count), random: seeded(3) })
      for (const { id } of balancer.replicas.slice(1))
        balancer.setEngine(id, { running: 40, waiting: 10, kvUse: 1 }, 0)
      const start = () => balancer.start(routeRequest(), 1)
      const chosen = Array.from({ length: 10 }, start)
      // Two by chance may both be busy ones.
      const least = policy === 'power-of-two' ? (count === 2 ? 10 : 0) : 10
      expect(chosen.filter((one) => one?.replica.id === 'p/0/m').length).toBeGreaterThanOrEqual(least)
      for (const { id } of balancer.replicas) balancer.setEngine(id, null, 2)
      const later = Array.from({ length: 20 * count }, start)
      expect(new Set(later.map((one) => one?.replica.id)).size).toBe(count)
    }
  },
)

test('our own requests are not counted twice', () => {
  const balancer = createBalancer({
    policy: 'least-outstanding',
    replicas: replicaSpecs(2),
    random: seeded(3),
  })
  const first = balancer.start(routeRequest(), 0)
  const id = first?.replica.id ?? ''
  balancer.setEngine(id, { running: 1, waiting: 0, kvUse: null }, 0)
  const ids = Array.from({ length: 3 }, () => balancer.start(routeRequest(), 0)?.replica.id)
  expect(ids.filter((one) => one === id)).toHaveLength(1)
})
