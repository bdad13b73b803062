import { describe, expect, test } from 'vitest'
import type { Constraint, SortOrder } from '../../src/domain/constraints.ts'
import type { SearchRequest } from '../../src/domain/ports.ts'
import type { Product } from '../../src/domain/product.ts'
import { english } from '../../src/language/lexicon.ts'
import { IndexBuilder } from '../../src/search/index/index-data.ts'
import { OpenIndex } from '../../src/search/open-index.ts'
import { product, variant } from './products.ts'

function indexOf(products: Product[]): OpenIndex {
  const builder = new IndexBuilder(english.language)
  for (const each of products) builder.add(each)
  return new OpenIndex(builder.finish())
}

function request(text: string, more: Partial<SearchRequest> = {}): SearchRequest {
  return { text, constraints: [], sort: 'relevance', limit: 10, offset: 0, ...more }
}

async function found(index: OpenIndex, text: string, more: Partial<SearchRequest> = {}): Promise<string[]> {
  return (await index.search(request(text, more))).hits.map((hit) => hit.productId)
}

const titles = [
  ['wheel', 'Solid rubber caster wheel 6/8/10/12 inches'],
  ['case', 'Phone case shockproof clear cover'],
  ['band', 'Steel watch band 22mm'],
  ['fridge', 'Mini fridge for the car, rechargeable'],
  ['guitar', 'Acoustic guitar with bag'],
  ['guitarbag', 'Bag for guitar, padded'],
  ['boots', 'Football boots for wet grass'],
  ['espresso', 'Espresso machine with grinder'],
] as const
const store = indexOf(titles.map(([id, title]) => product(id, title)))

describe('words', () => {
  test.each([
    ['12" wheels', 'wheel'],
    ['a 12-inch wheel please', 'wheel'],
    ['watchband', 'band'],
    ['shock resistant cell phone cover', 'case'],
    ['refrigerator', 'fridge'],
    ['soccer boots', 'boots'],
    ['expresso machine', 'espresso'],
    ['gitar', 'guitar'],
  ])('"%s" finds %s', async (text, id) => {
    expect((await found(store, text))[0]).toBe(id)
  })

  test('the head of the first phrase says what is wanted', async () => {
    expect((await found(store, 'guitar bag'))[0]).toBe('guitarbag')
    expect((await found(store, 'guitar with a bag'))[0]).toBe('guitar')
  })

  test('what another name of the goods names comes before what only mentions them', async () => {
    const index = indexOf([
      product('pc', 'Office tower computer', { description: 'SSD' }),
      product('drive', 'Internal solid state drive', { description: 'SSD' }),
    ])
    expect(await found(index, 'ssd')).toEqual(['drive', 'pc'])
  })

  test('a query of words that the catalog does not know finds nothing', async () => {
    expect(await store.search(request('xylophone quartet'))).toMatchObject({
      hits: [],
      total: 0,
      relaxed: [],
    })
  })

  test('a query without words lists the catalog', async () => {
    expect((await store.search(request('show me the'))).total).toBe(titles.length)
  })

  test('a word counts for more in the title than in the description [SHOP-SEARCH-02]', async () => {
    const index = indexOf([
      product('a', 'Kettle', { description: 'Goes well with a teapot.' }),
      product('b', 'Teapot', { description: 'Goes well with a kettle.' }),
    ])
    expect(await found(index, 'kettle')).toEqual(['a', 'b'])
  })
})

const shoes = indexOf([
  product('runner', 'Running shoes', {
    brand: 'Acme',
    attributes: { material: ['mesh'] },
    services: ['free-shipping'],
    rating: { average: 4.3, count: 50 },
    variants: [
      variant('runner-red-40', {
        options: { Color: 'Red', Size: '40' },
        price: { minor: 9900, currency: 'USD' },
      }),
      variant('runner-blue-41', {
        options: { Color: 'Blue', Size: '41' },
        price: { minor: 4900, currency: 'USD' },
      }),
    ],
  }),
  product('trail', 'Running shoes for trails', {
    brand: 'Other',
    attributes: { material: ['leather'] },
    rating: { average: 4.9, count: 3 },
    variants: [
      variant('trail-1', {
        options: { Color: 'Red', Size: '41' },
        price: { minor: 7000, currency: 'USD' },
        stock: 0,
      }),
    ],
  }),
])

const facet = (name: string, value: string, negated = false): Constraint => ({
  kind: 'facet',
  name,
  values: [value],
  negated,
  text: value,
})
const price = (min: number | null, max: number | null, inclusive = true): Constraint => ({
  kind: 'price',
  min,
  max,
  minInclusive: inclusive,
  maxInclusive: inclusive,
  text: 'price',
})

describe('constraints', () => {
  test('two options must hold on one variant [SHOP-SEARCH-03]', async () => {
    const both = [facet('color', 'red'), facet('size', '41')]
    expect(await shoes.search(request('running shoes', { constraints: both }))).toMatchObject({
      hits: [{ productId: 'trail', variantIds: ['trail-1'] }],
      total: 1,
      relaxed: [],
    })
  })

  test('a price holds on the variant that the options hold on [SHOP-SEARCH-03]', async () => {
    const constraints = [facet('color', 'red'), price(null, 50)]
    const result = await shoes.search(request('running shoes', { constraints }))
    expect(result.relaxed).toHaveLength(1)
    expect(result.total).toBeGreaterThan(0)
  })

  test.each<[string, Constraint, string[]]>([
    ['under an inclusive bound', price(null, 49), ['runner']],
    ['negated facet', facet('material', 'leather', true), ['runner']],
    ['service', { kind: 'service', service: 'free-shipping', negated: false, text: '' }, ['runner']],
    ['service negated', { kind: 'service', service: 'free-shipping', negated: true, text: '' }, ['trail']],
    ['rating at the bound', { kind: 'rating', min: 4.3, text: '' }, ['runner', 'trail']],
    ['rating above', { kind: 'rating', min: 4.5, text: '' }, ['trail']],
    ['brand in other case', facet('brand', 'ACME'), ['runner']],
    ['in stock', facet('availability', 'in stock'), ['runner']],
  ])('%s', async (_, constraint, expected) => {
    const result = await shoes.search(request('running shoes', { constraints: [constraint] }))
    expect(result.hits.map((hit) => hit.productId).toSorted()).toEqual(expected)
    expect(result.relaxed).toEqual([])
  })

  test('an exclusive bound leaves the bound out, so the constraint is relaxed where nothing else fits', async () => {
    expect(
      (await shoes.search(request('running shoes', { constraints: [price(null, 49, false)] }))).relaxed,
    ).toHaveLength(1)
  })

  test('leaves out as few as possible and says which [SHOP-SEARCH-01]', async () => {
    const green = facet('color', 'green')
    const constraints = [price(null, 100), green, facet('brand', 'acme')]
    const result = await shoes.search(request('running shoes', { constraints }))
    expect(result.relaxed).toEqual([green])
    expect(result.hits.map((hit) => hit.productId)).toEqual(['runner'])
  })

  test('gives up a rating before a negation', async () => {
    const rating: Constraint = { kind: 'rating', min: 4.8, text: '' }
    const result = await shoes.search(
      request('running shoes', { constraints: [rating, facet('material', 'leather', true)] }),
    )
    expect(result.relaxed).toEqual([rating])
  })

  test('a facet may hold under another of its names', async () => {
    const constraint: Constraint = { ...facet('frame_color', 'blue'), alsoNamed: ['color'] } as Constraint
    expect((await shoes.search(request('shoes', { constraints: [constraint] }))).hits[0]?.variantIds).toEqual(
      ['runner-blue-41'],
    )
  })
})

describe('named facets', () => {
  const named = (name: string, value: string): Constraint =>
    ({ ...facet(name, value), strength: 'named' }) as Constraint
  const electronics = indexOf([
    product('tv', 'Samvox 40 inch LED TV'),
    product('tv2', 'Samvox 32 inch LED TV'),
    product('mount', 'Wall mount for TV', { attributes: { suitable_for: ['tv'] } }),
    product('jacket', 'Rain jacket', { attributes: { color: ['red'] } }),
    product('jacket2', 'Rain jacket light', { attributes: { color: ['blue'] } }),
    product('jacket3', 'Rain jacket long'),
    product('lamp', 'Reading lamp', { attributes: { finish: ['brass'] } }),
    product('lamp2', 'Reading lamp, dimmable'),
    product('lamp3', 'Reading lamp for beds'),
  ])

  test('a value that names what is wanted is no filter [SHOP-SEARCH-08]', async () => {
    const constraints = [named('suitable_for', 'tv')]
    const result = await electronics.search(request('tv', { constraints }))
    expect(result.hits.map(({ productId }) => productId)).toEqual(
      expect.arrayContaining(['tv', 'tv2', 'mount']),
    )
    expect(result).toMatchObject({ relaxed: [], preferred: constraints })
  })

  test('a facet that most of what is found states, and that the best match holds, filters [SHOP-SEARCH-08]', async () => {
    const constraints = [named('color', 'red')]
    const result = await electronics.search(request('red rain jacket', { constraints }))
    expect(result.hits.map(({ productId }) => productId)).toEqual(['jacket'])
    expect(result).toMatchObject({ total: 1, relaxed: [], preferred: [] })
  })

  test('what would throw away products that say all that was asked ranks [SHOP-SEARCH-08]', async () => {
    const pads = ['tracking', 'tracking', 'gaming mouse'].map((value, at) =>
      product(`pad${at}`, `Gaming mouse pad ${at}`, { attributes: { features: [value] } }),
    )
    const constraints = [named('features', 'gaming mouse')]
    const result = await indexOf(pads).search(request('gaming mouse pad', { constraints }))
    expect(result).toMatchObject({ total: 3, relaxed: [], preferred: constraints })
  })

  test('a facet that few state ranks, and those that do not state it stay [SHOP-SEARCH-08]', async () => {
    const constraints = [named('finish', 'brass')]
    const result = await electronics.search(request('brass reading lamp', { constraints }))
    expect(result.hits.map(({ productId }) => productId)).toEqual(
      expect.arrayContaining(['lamp', 'lamp2', 'lamp3']),
    )
    expect(result.hits[0]?.productId).toBe('lamp')
    expect(result).toMatchObject({ relaxed: [], preferred: constraints })
  })

  test('a facet that ranks shows the variant that holds it', async () => {
    const constraints = [named('strap', 'blue')]
    const index = indexOf([
      product('watch', 'Steel watch', {
        variants: ['red', 'blue'].map((Strap) => variant(`watch-${Strap}`, { options: { Strap } })),
      }),
      product('plain', 'Steel watch, plain'),
      product('small', 'Steel watch, small'),
    ])
    const { hits } = await index.search(request('steel watch', { constraints }))
    expect(hits.find(({ productId }) => productId === 'watch')?.variantIds).toEqual([
      'watch-blue',
      'watch-red',
    ])
  })
})

describe('order and pages', () => {
  test.each<[SortOrder, string[]]>([
    ['price-ascending', ['runner', 'trail']],
    ['price-descending', ['runner', 'trail']],
    ['rating', ['trail', 'runner']],
    ['newest', ['trail', 'runner']],
  ])('%s', async (sort, expected) => {
    expect(await found(shoes, 'running shoes', { sort })).toEqual(expected)
  })

  test('a price sort takes the price of a variant that satisfies the constraints', async () => {
    expect(
      await found(shoes, 'running shoes', { sort: 'price-ascending', constraints: [facet('color', 'red')] }),
    ).toEqual(['trail', 'runner'])
  })

  test('weaker matches follow where fewer match well than the list asks for', async () => {
    const index = indexOf([
      ...Array.from({ length: 12 }, (_, at) => product(`both${at}`, `Walnut candle holder ${at}`)),
      product('one', 'Walnut board'),
    ])
    const ids = async (fewest?: number) => {
      const { hits } = await index.search(
        request('walnut candle holder', { limit: 50, ...(fewest ? { fewest } : {}) }),
      )
      return hits.map(({ productId }) => productId)
    }
    expect(await ids()).not.toContain('one')
    expect((await ids(100)).at(-1)).toBe('one')
  })

  test('pages follow one another without overlap and the total stays', async () => {
    const index = indexOf(Array.from({ length: 25 }, (_, at) => product(`p${at}`, `Candle number ${at}`)))
    const pages = await Promise.all(
      [0, 10, 20, 30].map((offset) => index.search(request('candle', { offset }))),
    )
    const ids = pages.flatMap((page) => page.hits.map((hit) => hit.productId))
    expect(pages.map((page) => page.total)).toEqual([25, 25, 25, 25])
    expect(new Set(ids).size).toBe(25)
  })

  test.each([{ limit: -1 }, { limit: 1.5 }, { limit: 1001 }, { offset: -1 }])(
    'refuses %o with what to do',
    async (page) => {
      await expect(store.search(request('wheel', page))).rejects.toMatchObject({
        code: 'search-request-invalid',
      })
    },
  )
})

test('an explanation adds up to the score [SHOP-SEARCH-02]', async () => {
  const result = await shoes.search(request('acme running shoe for trail', { explain: true }))
  expect(result.hits).not.toHaveLength(0)
  for (const hit of result.hits) {
    const words = hit.explanation?.fields.reduce((sum, field) => sum + field.score, 0) ?? 0
    const factor = hit.explanation?.boosts.reduce((product, boost) => product * boost.factor, 1) ?? 0
    expect(words * factor).toBeCloseTo(hit.score, 5)
  }
})
