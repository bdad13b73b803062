import { expect, test } from 'vitest'
import { Decisions } from '../../src/extract/flow-decisions.ts'

test('decisions that know more than a million say so, before a map can take no more [SPEC-DRIFT-02]', () => {
  const decisions = new Decisions()
  expect(decisions.isFull).toBe(false)
  for (let atom = 1; atom <= 1_000_001; atom++) decisions.atom(atom * 2)
  expect(decisions.isFull).toBe(true)
})
