import { expect, test } from 'vitest'
import { makeLog } from '../../samples/made-log.ts'
import { bestRule, scorePolicy, tunedPolicy, tunePolicy, worstClass } from '../../src/policies/tuned.ts'

test('tuning is repeatable, and on what it was tuned on no worse than its start [FLEET-TUNE-01]', () => {
  const jobs = makeLog({ jobs: 700, processors: 128, load: 1.1, seed: 'tune' })
  const windows = [jobs.slice(0, 300), jobs.slice(300, 600)]
  const options = { tries: 12, seed: 'test' }
  const weights = tunePolicy(windows, 128, options)
  expect(tunePolicy(windows, 128, options)).toEqual(weights)
  const rule = bestRule(windows, 128).scored
  const cost = (one: typeof weights) => {
    const scored = scorePolicy(windows, 128, tunedPolicy(one))
    return scored.slowdown / rule.slowdown + Math.max(0, worstClass(scored, rule).pct - 5) / 20
  }
  expect(cost(weights)).toBeLessThanOrEqual(cost({ time: 1, size: 0, area: 1, patience: 0, age: 0 }))
})
