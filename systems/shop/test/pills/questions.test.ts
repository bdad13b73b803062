import { expect, test } from 'vitest'
import type { ReviewDigest } from '../../src/assistant/aspects/aspect-cache.ts'
import { inEnglish } from '../../src/assistant/phrases.ts'
import type { Product, Question } from '../../src/domain/product.ts'
import { fingerprint } from '../../src/assistant/pills/fingerprint.ts'
import { likelyQuestions, maxPillsPerProduct } from '../../src/assistant/pills/questions.ts'

const usd = (minor: number) => ({ minor, currency: 'USD' })

function boots(sizes: string[]): Product {
  return {
    id: 'boots',
    title: 'Swift boots',
    brand: null,
    description: '',
    categories: [],
    attributes: {},
    variants: sizes.map((size) => ({
      id: size,
      options: { size },
      price: usd(3000),
      compareAt: null,
      stock: 1,
      image: null,
    })),
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}

const noReviews: ReviewDigest = {
  productId: 'boots',
  total: 0,
  average: 0,
  read: 0,
  aspects: [],
  reviews: [],
}

function asked(question: string, votes: number[]): Question {
  return {
    id: question,
    productId: 'boots',
    question,
    answers: votes.map((count) => ({ text: 'Yes.', author: 'a', votes: count })),
  }
}

test('asks what shoppers asked and got answered, the most helpful first', () => {
  const questions = [
    asked('Do they run small?', [1]),
    asked('Are they for turf?', [4, 5]),
    asked('Unanswered?', []),
  ]
  expect(likelyQuestions(boots(['34']), { digest: noReviews, questions, prices: [] }, inEnglish)).toEqual([
    'Are they for turf?',
    'Do they run small?',
  ])
})

test('asks about a choice only where there is one, and about the price only where it changed', () => {
  const point = (minor: number, atMs: number) => ({
    productId: 'boots',
    variantId: '34',
    price: usd(minor),
    atMs,
  })
  const facts = { digest: noReviews, questions: [] }
  expect(likelyQuestions(boots(['34']), { ...facts, prices: [point(3000, 1)] }, inEnglish)).toEqual([])
  expect(
    likelyQuestions(boots(['34', '35']), { ...facts, prices: [point(3000, 1), point(2500, 2)] }, inEnglish),
  ).toEqual(['Has the price changed?', 'Which sizes are in stock?'])
})

test('asks at most five, none twice', () => {
  const questions = [asked('Which sizes are in stock?', [3]), asked('Are they for turf?', [2])]
  const made = likelyQuestions(boots(['34', '35']), { digest: noReviews, questions, prices: [] }, inEnglish)
  expect(made).toEqual(['Which sizes are in stock?', 'Are they for turf?'])
  expect(made.length).toBeLessThanOrEqual(maxPillsPerProduct)
})

test('a fingerprint changes with price, stock, text and the version of answers, and with nothing else', () => {
  const product = boots(['34'])
  expect(fingerprint(structuredClone(product), '1')).toBe(fingerprint(product, '1'))
  const [variant] = product.variants
  if (variant === undefined) throw new Error('no variant')
  const changed = (change: Partial<typeof variant>) =>
    fingerprint({ ...product, variants: [{ ...variant, ...change }] }, '1')
  expect(changed({ price: usd(2999) })).not.toBe(fingerprint(product, '1'))
  expect(changed({ stock: 0 })).not.toBe(fingerprint(product, '1'))
  expect(fingerprint({ ...product, title: 'Swift boots 2' }, '1')).not.toBe(fingerprint(product, '1'))
  expect(fingerprint(product, '2')).not.toBe(fingerprint(product, '1'))
})
