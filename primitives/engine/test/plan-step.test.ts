import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planStep } from '../src/batch/plan-step.ts'

test('short prompts start before a long one, which still goes on', () => {
  const chunks = planStep({
    remaining: [2000, 30, 40],
    generating: 0,
    batchTokens: 512,
    mixedTokens: 512,
  })
  expect(chunks).toEqual([442, 30, 40])
})

test('while others generate, prompts are read in smaller portions', () => {
  const chunks = planStep({ remaining: [2000], generating: 4, batchTokens: 512, mixedTokens: 64 })
  expect(chunks).toEqual([64])
})

test('fills the budget, never more, never more than is left, and the oldest always moves', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 64 }),
      fc.integer({ min: 0, max: 64 }),
      fc.integer({ min: 65, max: 1024 }),
      fc.integer({ min: 1, max: 1024 }),
      (remaining, generating, batchTokens, mixedTokens) => {
        const chunks = planStep({ remaining, generating, batchTokens, mixedTokens })
        const budget = Math.min(batchTokens - generating, generating > 0 ? mixedTokens : batchTokens)
        const wanted = remaining.reduce((sum, tokens) => sum + tokens, 0)
        expect(chunks.reduce((sum, tokens) => sum + tokens, 0)).toBe(Math.min(budget, wanted))
        expect(chunks.every((tokens, index) => tokens >= 0 && tokens <= (remaining[index] ?? 0))).toBe(true)
        expect(chunks[0]).toBeGreaterThan(0)
      },
    ),
  ))
