import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mineAspects, reviewVerdicts } from '../../src/assistant/aspects/mine.ts'
import type { Review } from '../../src/domain/product.ts'

let next = 0
function review(text: string, title = ''): Review {
  next++
  return { id: `r${next}`, productId: 'p', rating: 4, title, text, author: 'A', atMs: 0, verified: true }
}

const verdict = (text: string, aspect: string) =>
  reviewVerdicts(review(text)).find((candidate) => candidate.aspect === aspect)?.sign

describe('reviewVerdicts', () => {
  test.each([
    ['The grip is superb in the rain.', 'wet grip', 1],
    ['My daughter slipped on wet grass twice.', 'wet grip', -1],
    ['Grip on dry turf is excellent.', 'grip', 1],
    ['They never slip in the rain.', 'wet grip', 1],
    ['Great comfort but the stitching is poor.', 'comfort', 1],
    ['Great comfort but the stitching is poor.', 'durability', -1],
    ['It is not comfortable at all.', 'comfort', -1],
    ['Not only comfortable, also light.', 'comfort', 1],
    ['Fit is true to size.', 'fit', 1],
    ['They run small. Runs small, order up.', 'fit', -1],
    ['The battery isn’t great.', 'battery life', -1],
    ['No leaks after a week of storms.', 'waterproofing', 1],
    ['The battery could be better.', 'battery life', -1],
    ['The screen is too dim.', 'picture quality', -1],
    ['Bought it for the sound.', 'sound quality', 0],
    ['Fell apart after two weeks.', 'durability', -1],
    ['It has not held up well.', 'durability', -1],
  ])('%s → %s %i', (text, aspect, sign) => {
    expect(verdict(text, aspect)).toBe(sign)
  })

  test('counts praise and blame of one aspect in one review as a mention only', () => {
    expect(verdict('The grip is great. Later the grip was terrible.', 'grip')).toBe(0)
  })

  test('never counts more than one verdict for an aspect, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const names = reviewVerdicts(review(text)).map((found) => found.aspect)
        expect(new Set(names).size).toBe(names.length)
      }),
    )
  })
})

describe('mineAspects', () => {
  test('counts each review once and quotes a sentence of it [SHOP-ANSWER-03]', () => {
    const reviews = [
      review('Grip in the rain is excellent. Really excellent wet grip!'),
      review('Slippery, poor grip when it is wet.'),
      review('Nice colour.'),
    ]
    const wet = mineAspects(reviews).find((aspect) => aspect.aspect === 'wet grip')
    expect(wet).toMatchObject({ mentions: 2, positive: 1, negative: 1 })
    expect(wet?.blame).toEqual({ text: 'Slippery, poor grip when it is wet.', reviewId: reviews[1]?.id })
  })

  test('finds an aspect that no list names', () => {
    const reviews = [
      'The spout is great.',
      'Great spout, pours well.',
      'The spout was terrible.',
      'Fine.',
    ].map((text) => review(text))
    expect(mineAspects(reviews).find((aspect) => aspect.aspect === 'spout')).toMatchObject({
      mentions: 3,
      positive: 2,
      negative: 1,
    })
  })

  test('positive and negative never exceed mentions, and mentions never exceed reviews [SHOP-ANSWER-03]', () => {
    const phrases = fc.constantFrom(
      'The grip is great.',
      'Poor grip.',
      'Not comfortable.',
      'Lovely fit',
      'it leaks',
      'ok',
    )
    fc.assert(
      fc.property(fc.array(fc.array(phrases, { maxLength: 4 }), { maxLength: 12 }), (texts) => {
        const reviews = texts.map((parts) => review(parts.join(' ')))
        for (const aspect of mineAspects(reviews)) {
          expect(aspect.positive + aspect.negative).toBeLessThanOrEqual(aspect.mentions)
          expect(aspect.mentions).toBeLessThanOrEqual(reviews.length)
        }
      }),
    )
  })
})
