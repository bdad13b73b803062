import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PrefixCache } from '../src/batch/prefix-cache.ts'
import { commonPrefix } from '../src/batch/token-prefix.ts'
import { FakeSequence } from './fake-sequence.ts'
import type { FakeContext } from './fake-sequence.ts'

const dir = mkdtempSync(join(tmpdir(), 'heavylift-prefix-'))

function setUp(maxBytes: number) {
  const context: FakeContext = { steps: [], states: new Map() }
  const cache = new PrefixCache({ dir, maxBytes })
  const save = async (tokens: number[]) => {
    const sequence = new FakeSequence(context, 0)
    sequence.tokens = [...tokens]
    await cache.save(tokens, sequence)
  }
  return { cache, save, context }
}

test('keeps within its budget, the least recently used going first', async () => {
  // A token costs 10 bytes in the fake.
  const { cache, save, context } = setUp(3_000)
  const state = (first: number) => Array.from({ length: 100 }, (_, at) => first + at)
  await save(state(1000))
  await save(state(2000))
  await save(state(3000))
  const used = cache.longest(state(1000))
  if (used) await cache.load(used.entry, new FakeSequence(context, 1))
  await save(state(4000))
  expect(cache.bytes).toBe(3_000)
  expect([1000, 2000, 3000, 4000].map((first) => cache.longest(state(first))?.length ?? 0)).toEqual([
    100, 0, 100, 100,
  ])
})

test('a state takes the place of those that it contains, and one that is contained is not saved', async () => {
  const { cache, save } = setUp(1_000_000)
  await save([1, 2, 3])
  await save([1, 2, 3, 4, 5])
  await save([1, 2])
  expect(cache.size).toBe(1)
  expect(cache.longest([1, 2, 3, 9])).toMatchObject({ length: 3 })
})

test('finds the longest common beginning among all it holds', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 12 }), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }),
      async (states, prompt) => {
        const { cache, save } = setUp(1_000_000)
        for (const state of states) await save(state)
        const best = Math.max(0, ...states.map((state) => commonPrefix(state, prompt)))
        expect(cache.longest(prompt)?.length ?? 0).toBe(best)
      },
    ),
    { numRuns: 50 },
  ))
