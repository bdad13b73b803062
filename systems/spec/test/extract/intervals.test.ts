import { expect, test } from 'vitest'
import { noneShown } from '../../src/evals/extract/count-shown.ts'
import { intervalsOf } from '../../src/evals/extract/run-extract.ts'
import type { Total } from '../../src/evals/extract/run-extract.ts'

const source = (hits: number, published: number): Total => {
  const none = { hits: 0, published: 0, found: 0 }
  return {
    operations: { hits, published, found: hits },
    parameters: none,
    statuses: none,
    errors: none,
    provedErrors: none,
    frameworkErrors: none,
    constraints: none,
    signIn: none,
    expectedErrors: none,
    expectedErrorsTold: none,
    expectedOthers: none,
    claims: 0,
    claimsResolved: 0,
    ...noneShown(),
    lines: 0,
    seconds: 0,
  }
}

test('intervals come of drawing repositories anew, and two repositories give none [SPEC-EXTRACT-03]', () => {
  const [low, high] = intervalsOf([source(10, 10), source(5, 10), source(0, 10)])['operationRecall'] ?? [0, 0]
  expect(low).toBe(0)
  expect(high).toBe(1)
  expect(intervalsOf([source(9, 10), source(9, 10), source(9, 10)])['operationRecall']).toEqual([0.9, 0.9])
  expect(intervalsOf([source(1, 1), source(0, 1)])).toEqual({})
})
