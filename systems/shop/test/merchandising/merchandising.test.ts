import { describe, expect, it } from 'vitest'
import type { ProductSearch, SearchHit } from '../../src/domain/ports.ts'
import type { Product } from '../../src/domain/product.ts'
import { english, makeLexicon } from '../../src/language/lexicon.ts'
import { parseSynonyms } from '../../src/language/synonyms.ts'
import { arrangedSearch } from '../../src/merchandising/arranged-search.ts'
import { runTests } from '../../src/merchandising/kept-tests.ts'
import { noAnswer, ownAnswer } from '../../src/merchandising/own-answer.ts'
import { parseRules } from '../../src/merchandising/rules.ts'

const product = (id: string, title: string, brand: string, material: string): Product => ({
  id,
  title,
  brand,
  description: '',
  categories: ['Home'],
  attributes: { material: [material] },
  variants: [
    {
      id: `${id}-1`,
      options: {},
      price: { minor: 1000, currency: 'USD' },
      compareAt: null,
      stock: null,
      image: null,
    },
  ],
  images: [],
  url: null,
  services: [],
  rating: null,
})

const catalog = [
  product('a', 'Oak sofa', 'Velquist', 'Oak'),
  product('b', 'Sofa bed', 'Harrow', 'Plastic'),
  product('c', 'Corner sofa', 'Harrow', 'Oak'),
  product('d', 'Garden bench', 'Velquist', 'Oak'),
]
const byId = new Map(catalog.map((each) => [each.id, each]))

/** A ranked list of these products, whatever is asked, as ranking would hand it on. */
const ranked = (ids: string[]): ProductSearch => ({
  search: ({ limit, offset }) => {
    const hits: SearchHit[] = ids.map((productId, index) => ({
      productId,
      score: 10 - index,
      variantIds: [`${productId}-1`],
    }))
    return Promise.resolve({
      hits: hits.slice(offset, offset + limit),
      total: ids.length,
      relaxed: [],
      preferred: [],
      tookMs: 0,
    })
  },
})

async function list(
  lines: string[],
  query: string,
  options: {
    sort?: 'relevance' | 'price-ascending'
    limit?: number
    offset?: number
    lexicon?: typeof english
  } = {},
) {
  const rules = parseRules(lines)
  const search = arrangedSearch({
    search: ranked(['a', 'b', 'c']),
    rules: () => Promise.resolve(rules),
    lexicon: () => Promise.resolve(options.lexicon ?? english),
    products: (ids) => Promise.resolve(ids.flatMap((id) => byId.get(id) ?? [])),
  })
  const { hits } = await search.search({
    text: query,
    constraints: [],
    sort: options.sort ?? 'relevance',
    limit: options.limit ?? 10,
    offset: options.offset ?? 0,
  })
  return hits.map(({ productId }) => productId)
}

describe('a merchant’s rules [SHOP-MERCHANDISING-01]', () => {
  it('put a pinned product at its place for these words and no others, also one that the words do not find', async () => {
    expect(await list(['pin sofa = c at 1'], 'sofas')).toEqual(['c', 'a', 'b'])
    expect(await list(['pin sofa = d at 2'], 'sofa')).toEqual(['a', 'd', 'b', 'c'])
    expect(await list(['pin sofa = c at 1'], 'oak sofa')).toEqual(['a', 'b', 'c'])
    expect(await list(['pin sofa = gone at 1'], 'sofa')).toEqual(['a', 'b', 'c'])
  })

  it('move products with a value up or down, and pages of the list agree', async () => {
    expect(await list(['boost sofa = brand: Harrow'], 'big sofa')).toEqual(['b', 'c', 'a'])
    expect(await list(['bury * = material: plastic'], 'sofa')).toEqual(['a', 'c', 'b'])
    expect(await list(['pin sofa = c at 1'], 'sofa', { limit: 1, offset: 1 })).toEqual(['a'])
  })

  it('leave a list as the shopper sorted it', async () => {
    expect(await list(['pin sofa = c at 1'], 'sofa', { sort: 'price-ascending' })).toEqual(['a', 'b', 'c'])
  })

  it('hold for words of one meaning in the store', async () => {
    const lexicon = makeLexicon('en', parseSynonyms(['sofa = chesterfield']))
    expect(await list(['pin sofa = c at 1'], 'chesterfield', { lexicon })).toEqual(['c', 'a', 'b'])
  })
})

it('answers in the store’s own words, or not at all, to messages that say what it names [SHOP-MERCHANDISING-02]', () => {
  const rules = parseRules([
    'answer "match prices" = We match any price within 14 days.',
    'answer your supplier = -',
  ])
  expect(ownAnswer(rules, 'Do you match a price from elsewhere?', english)).toBe(
    'We match any price within 14 days.',
  )
  expect(ownAnswer(rules, 'Who is your supplier?', english)).toBe(noAnswer)
  expect(ownAnswer(rules, 'What does it cost?', english)).toBeNull()
})

it('says of each kept test whether it holds, and where the product stands [SHOP-MERCHANDISING-03]', async () => {
  const rules = parseRules(['test sofa = c in top 3', 'test sofa = b in top 1', 'test sofa = gone in top 3'])
  const results = await runTests(rules, (query) => list([], query))
  expect(results.map(({ position, passed }) => [position, passed])).toEqual([
    [3, true],
    [2, false],
    [null, false],
  ])
})

it('names the line that is no rule, and the forms there are', () => {
  expect(() => parseRules(['# mine', 'pin sofa = c', 'pni sofa = c'])).toThrow(/Line 3.*pin WORDS = PRODUCT/)
  expect(() => parseRules(['boost lamp = Velquist'])).toThrow(/FACET: VALUE/)
})
