import { expect, test } from 'vitest'
import { RestartPolicy } from '../../src/async/index.ts'

test('waits twice as long after each failure, then gives up', () => {
  const policy = new RestartPolicy()
  expect([0, 0, 0, 0, 0].map((servedMs) => policy.afterFailure(servedMs))).toEqual([
    500,
    1000,
    2000,
    4000,
    null,
  ])
})

test('a good run makes up for the failures before it', () => {
  const policy = new RestartPolicy()
  policy.afterFailure(0)
  policy.afterFailure(0)
  expect(policy.afterFailure(120_000)).toBe(500)
  expect(policy.afterFailure(0)).toBe(1000)
  policy.reset()
  expect(policy.afterFailure(0)).toBe(500)
})
