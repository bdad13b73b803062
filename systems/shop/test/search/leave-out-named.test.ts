import { describe, expect, test } from 'vitest'
import type { SearchRequest } from '../../src/domain/ports.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { denies, deniesAlike, names } from '../../src/language/mentions.ts'
import { IndexBuilder } from '../../src/search/index/index-data.ts'
import { OpenIndex } from '../../src/search/open-index.ts'
import { searchLeavingOut } from '../../src/search/leave-out-named.ts'
import { product, variant } from './products.ts'

describe('names', () => {
  test.each([
    ['A desk of solid oak.', true],
    ['Oaks grow slowly; this is one.', true],
    ['Finished in oak, free of varnish.', true],
    ['Oak-free: made of steel.', false],
    ['No oak, no pine: steel alone.', false],
    ['Made without any oak.', false],
    ['Free of oak and pine.', false],
    ['A cloakroom stand.', false],
  ])('%s', (text, expected) => {
    expect(names(text, 'oak', english)).toBe(expected)
  })

  test('all words side by side', () => {
    expect(names('Lined with faux leather', 'faux leather', english)).toBe(true)
    expect(names('Leather, never faux', 'faux leather', english)).toBe(false)
  })

  test.each([
    ['de', 'Enthält Nüsse', 'Nuss', true],
    ['de', 'Ohne Nüsse', 'Nuss', false],
    ['de', 'nussfrei', 'Nuss', false],
    ['fr', 'sans gluten', 'gluten', false],
    ['fr', 'farine avec gluten', 'gluten', true],
    ['sv', 'laktosfri mjölk', 'laktos', false],
  ] as const)('%s: %s', (code, text, what, expected) => {
    expect(names(text, what, lexiconOf(code))).toBe(expected)
  })
})

describe('denies', () => {
  test.each([
    ['en', 'A sleeveless jerkin', 'sleeves', true],
    ['en', 'Not sleeveless', 'sleeves', false],
    ['en', 'Sleeves of linen', 'sleeves', false],
    ['de', 'Nadellose Zweige', 'Nadeln', true],
    ['nl', 'Naadloze sokken', 'naden', true],
    ['sv', 'En trådlös lampa', 'trådar', true],
  ] as const)('%s: %s', (code, text, what, expected) => {
    expect(denies(text, what, lexiconOf(code))).toBe(expected)
  })

  test('what else may be meant counts but for what has to be declared', () => {
    expect(deniesAlike('A cordless drill', 'wires', english)).toBe(true)
    expect(deniesAlike('No almonds inside', 'nuts', english)).toBe(false)
  })
})

test('leaves out what names it, says which, and fills the page with what comes next', async () => {
  const products = Array.from({ length: 150 }, (_, at) =>
    product(`p${at}`, 'Desk', {
      description: at % 3 === 0 ? 'Solid oak.' : at % 3 === 1 ? 'Steel.' : 'No oak.',
    }),
  )
  const asked: SearchRequest[] = []
  const search = searchLeavingOut({
    search: {
      search(request) {
        asked.push(request)
        const page = products.slice(request.offset, request.offset + request.limit)
        return Promise.resolve({
          hits: page.map(({ id }) => ({ productId: id, score: 1, variantIds: [`${id}-1`] })),
          total: products.length,
          relaxed: [],
          preferred: [],
          tookMs: 0,
        })
      },
    },
    lexicon: () => Promise.resolve(english),
    products: (ids) => Promise.resolve(products.filter(({ id }) => ids.includes(id))),
  })
  const result = await search.search({
    text: 'desk',
    constraints: [{ kind: 'unnamed', words: 'oak', text: 'not oak' }],
    sort: 'relevance',
    offset: 40,
    limit: 10,
  })
  expect(result.hits.map(({ productId }) => productId)).toEqual(
    products
      .filter((_, at) => at % 3 !== 0)
      .slice(40, 50)
      .map(({ id }) => id),
  )
  expect(result.leftOut?.slice(0, 3)).toEqual(['p0', 'p3', 'p6'])
  expect(asked.every(({ constraints }) => constraints.length === 0)).toBe(true)
})

test('prices are those of the currency that most products are sold in, whichever comes first', async () => {
  const priced = (id: string, currency: string) =>
    product(id, 'Lamp', { variants: [variant(id, { price: { minor: 900, currency } })] })
  const builder = new IndexBuilder(english.language)
  for (const one of [priced('a', 'PHP'), priced('b', 'EUR'), priced('c', 'EUR')]) builder.add(one)
  const { hits } = await new OpenIndex(builder.finish()).search({
    text: 'lamp',
    constraints: [
      { kind: 'price', min: null, max: 10, minInclusive: false, maxInclusive: true, text: 'under 10' },
    ],
    sort: 'relevance',
    offset: 0,
    limit: 10,
  })
  expect(hits.map(({ productId }) => productId)).toEqual(['b', 'c'])
})

test('takes what some variants are for a choice, and shows the others', async () => {
  const shoe = product('shoe', 'Shoe', {
    description: 'Comes in red and blue.',
    variants: [
      variant('red', { options: { color: 'Red' } }),
      variant('blue', { options: { color: 'Blue' } }),
    ],
  })
  const search = searchLeavingOut({
    search: {
      search: () =>
        Promise.resolve({
          hits: [{ productId: 'shoe', score: 1, variantIds: ['red', 'blue'] }],
          total: 1,
          relaxed: [],
          preferred: [],
          tookMs: 0,
        }),
    },
    lexicon: () => Promise.resolve(english),
    products: () => Promise.resolve([shoe]),
  })
  const { hits, leftOut } = await search.search({
    text: 'shoe',
    constraints: [{ kind: 'unnamed', words: 'red', text: 'not red' }],
    sort: 'relevance',
    offset: 0,
    limit: 6,
  })
  expect(hits.map(({ variantIds }) => variantIds)).toEqual([['blue']])
  expect(leftOut).toEqual([])
})
