import { expect, test } from 'vitest'
import { quantile } from '@heavylift/core/math'
import { baselinePolicies } from '../../../src/benches/routing/baseline-policies.ts'
import { generateTrace } from '../../../src/benches/routing/generate-trace.ts'
import { serviceModel } from '../../../src/benches/routing/service-model.ts'
import { simulate, type SimulationInput } from '../../../src/benches/routing/simulate.ts'
import { atLoad } from '../../../src/benches/routing/trace.ts'
import { policyNames } from '../../../src/table/gateway-config.ts'

const trace = atLoad(generateTrace(300, 11), 0.8, serviceModel.prefillTokensPerSecond, 4)
const short = atLoad(generateTrace(40, 12), 0.8, serviceModel.prefillTokensPerSecond, 4)
const input: Omit<SimulationInput, 'policy'> = { trace, model: serviceModel, replicas: 4, seed: 1 }

function meanMs(sorted: Float64Array): number {
  return sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length
}

test('every policy answers every request, the same on each run, and nobody is ejected without cause', () => {
  for (const policy of [...policyNames, ...Object.values(baselinePolicies)]) {
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
    expect(quantile(ours.ttftMs, 0.99)).toBeLessThan(quantile(theirs.ttftMs, 0.99))
    expect(ours.cachedShare).toBeGreaterThan(theirs.cachedShare)
  },
)
