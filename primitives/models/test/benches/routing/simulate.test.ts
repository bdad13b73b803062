import { expect, test } from 'vitest'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { baselinePolicies, oracle } from '../../../src/benches/routing/baseline-policies.ts'
import { generateTrace } from '../../../src/benches/routing/generate-trace.ts'
import { serviceModel } from '../../../src/benches/routing/service-model.ts'
import { simulate, type SimulationInput } from '../../../src/benches/routing/simulate.ts'
import { atLoad } from '../../../src/benches/routing/trace.ts'
import { policyNames } from '../../../src/table/gateway-config.ts'

const trace = atLoad(generateTrace(300, 11), 0.8, serviceModel, 4)
const short = atLoad(generateTrace(40, 12), 0.8, serviceModel, 4)
const input: Omit<SimulationInput, 'policy'> = { trace, model: serviceModel, replicas: 4, seed: 1 }

function meanMs(times: Float64Array): number {
  return times.reduce((sum, ms) => sum + ms, 0) / times.length
}

function tail(times: Float64Array): number {
  return quantile(sortNumbers(times), 0.99)
}

test('every policy answers every request, the same on each run, and nobody is ejected without cause', () => {
  for (const policy of [...policyNames, ...Object.values(baselinePolicies), oracle]) {
    const result = simulate({ ...input, trace: short, policy })
    expect(result.ttftMs.length).toBe(short.requests.length)
    expect(result.ejections).toBe(0)
    expect(simulate({ ...input, trace: short, policy }).ttftMs).toEqual(result.ttftMs)
  }
})

test.each([
  ['equal', [1, 1, 1, 1]],
  ['unequal', [1.6, 0.4, 1.6, 0.4]],
])(
  'prefill-aware gives first tokens sooner than least outstanding on replicas of %s speed [MODELS-ROUTE-04]',
  (_, speeds) => {
    const ours = simulate({ ...input, speeds, policy: 'prefill-aware' })
    const theirs = simulate({ ...input, speeds, policy: 'least-outstanding' })
    expect(meanMs(ours.ttftMs)).toBeLessThan(meanMs(theirs.ttftMs))
    expect(tail(ours.ttftMs)).toBeLessThan(tail(theirs.ttftMs))
    expect(ours.cachedShare).toBeGreaterThan(theirs.cachedShare)
  },
)

test('knowing every queue and cache would help the prefill-aware policy little', () => {
  const ours = tail(simulate({ ...input, policy: 'prefill-aware' }).ttftMs)
  expect(ours).toBeLessThan(1.2 * tail(simulate({ ...input, policy: oracle }).ttftMs))
})

test('what a request waited stands where the request does', () => {
  const alone = { atMs: 0, promptTokens: 10_000, outputTokens: 1, blocks: new Uint32Array(0), session: 0 }
  const requests = [alone, { ...alone, atMs: 60_000, promptTokens: 100 }]
  const { ttftMs } = simulate({
    ...input,
    trace: { name: 't', tokensPerBlock: 512, requests },
    policy: 'round-robin',
  })
  expect(ttftMs[0]).toBeGreaterThan(1000)
  expect(ttftMs[1]).toBeLessThan(100)
})
