import { expect, test } from 'vitest'
import { mineAspects } from '../../src/assistant/aspects/mine.ts'
import { generateSample } from '../../samples/generate.ts'

/** What the sample plants under a name that buyers and the lexicon share. */
const shared = [
  'wet grip',
  'comfort',
  'durability',
  'value',
  'sound quality',
  'battery life',
  'taste',
  'zip',
  'story',
]

test('finds the planted aspects of the sample’s reviews in the planted numbers', () => {
  const planted = { mentions: 0, positive: 0, negative: 0 }
  const found = { mentions: 0, positive: 0, negative: 0 }
  let absolute = 0
  for (const item of generateSample({ seed: 7, products: 200, asOfMs: Date.UTC(2026, 0, 15) })) {
    const mined = mineAspects(item.reviews)
    for (const truth of item.truth) {
      if (!shared.includes(truth.aspect)) continue
      const aspect = mined.find((candidate) => candidate.aspect === truth.aspect)
      absolute += Math.abs(truth.mentions - (aspect?.mentions ?? 0))
      for (const field of ['mentions', 'positive', 'negative'] as const) {
        planted[field] += truth[field]
        found[field] += aspect?.[field] ?? 0
      }
    }
  }
  expect(planted.mentions).toBeGreaterThan(200)
  // Off by less than a fifth over all, product by product; the sums within a tenth and a fifth.
  expect(absolute / planted.mentions).toBeLessThan(0.2)
  expect(found.mentions / planted.mentions).toBeGreaterThan(0.9)
  expect(found.mentions / planted.mentions).toBeLessThan(1.1)
  expect(found.positive / planted.positive).toBeGreaterThan(0.8)
  expect(found.positive / planted.positive).toBeLessThan(1.2)
  expect(found.negative / planted.negative).toBeGreaterThan(0.8)
  expect(found.negative / planted.negative).toBeLessThan(1.2)
}, 30_000)
