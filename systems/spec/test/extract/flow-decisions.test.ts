import { expect, test } from 'vitest'
import { Decisions } from '../../src/extract/flow-decisions.ts'

test('decisions that know more than a million say so, before a map can take no more [SPEC-DRIFT-02]', () => {
  const decisions = new Decisions()
  expect(decisions.isFull).toBe(false)
  for (let atom = 1; atom <= 1_000_001; atom++) decisions.atom(atom * 2)
  expect(decisions.isFull).toBe(true)
})

test('so much is worked out for one function and no more, and for another one again [SPEC-DRIFT-02]', () => {
  const decisions = new Decisions()
  let atom = 2
  const decided = () => decisions.either(decisions.atom((atom += 2)), 1, 3)
  expect(decisions.isDecision(decided())).toBe(true)
  for (let round = 0; round < 400_000 && !decisions.isSpent; round++) decided()
  expect(decisions.isSpent).toBe(true)
  expect(decisions.isDecision(decided())).toBe(false)
  expect(decisions.isDecision(decisions.within(decided))).toBe(true)
  expect(decisions.isSpent).toBe(true)
})
