import { describe, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import type { Language } from '../../src/language/language.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { CategoryPaths } from '../../src/search/index/category-paths.ts'
import { changedIndex, IndexBuilder } from '../../src/search/index/index-data.ts'
import type { IndexData } from '../../src/search/index/index-data.ts'
import { kindNames } from '../../src/search/index/kind-names.ts'
import { OpenIndex } from '../../src/search/open-index.ts'
import { product } from './products.ts'

const laptops = Array.from({ length: 8 }, (_, at) =>
  product(`laptop${at}`, `Orvo Slate ${at} laptop ${['silver', 'black', 'blue'][at % 3]}`, {
    attributes: { processor: [`p${at}`], memory: ['8 gb'], screen: ['14 inch'] },
  }),
)
const locks = Array.from({ length: 8 }, (_, at) =>
  product(`lock${at}`, `Kensor ${at} laptop lock`, {
    attributes: { cable_length: [`${at} m`], lock_type: ['keyed'] },
  }),
)
const others = Array.from({ length: 40 }, (_, at) =>
  product(`other${at}`, `Garden chair ${at}`, { categories: ['Garden', 'Chairs'] }),
)
const catalog = [...locks, ...others, ...laptops]

function build(products: readonly Product[]): IndexData {
  const builder = new IndexBuilder(english.language)
  for (const each of products) builder.add(each)
  return builder.finish()
}
const data = build(catalog)
const kindOf = (id: string): number => data.kinds[data.facts.productIds.indexOf(id)] as number

describe('kinds', () => {
  test('what states the same facets, or stands in the same category, is of one kind', () => {
    expect(new Set(laptops.map(({ id }) => kindOf(id))).size).toBe(1)
    expect(new Set(others.map(({ id }) => kindOf(id))).size).toBe(1)
    expect(kindOf('laptop0')).not.toBe(kindOf('lock0'))
    expect(kindOf('laptop0')).not.toBe(kindOf('other0'))
  })

  test('a kind is called what most of its titles say and few others', () => {
    const names = kindNames(data.text, data.kinds)
    const said = (id: string): string[] =>
      [...(names[kindOf(id)] ?? [])].map((term) => data.text.terms[term] ?? '')
    expect(said('lock0')).toContain(english.stem('lock'))
    expect(said('lock0')).not.toContain(english.stem('laptop'))
    expect(said('laptop0')).toContain(english.stem('laptop'))
  })

  test('an index from changes has the kinds of one that is built from nothing', () => {
    const base = build([...catalog.slice(0, 30), product('laptop0', 'Orvo draft')])
    const changed = changedIndex(base, catalog, [], english.language)
    const whole = build(
      changed.facts.productIds.map((id) => catalog.find((each) => each.id === id) as Product),
    )
    expect(changed.kinds).toEqual(whole.kinds)
  })
})

describe('being the thing', () => {
  const index = new OpenIndex(data)
  const first = async (text: string): Promise<string[]> => {
    const { hits } = await index.search({ text, constraints: [], sort: 'relevance', limit: 8, offset: 0 })
    return hits.map(({ productId }) => productId)
  }

  test('laptops go before locks for laptops [SHOP-SEARCH-09]', async () => {
    expect((await first('laptop')).every((id) => id.startsWith('laptop'))).toBe(true)
  })

  test('an order by price is of what was asked for, not of what goes with it', async () => {
    const priced = catalog.map((each) => ({
      ...each,
      variants: each.variants.map((one) => ({
        ...one,
        price: { minor: each.id.startsWith('lock') ? 500 : 90_000, currency: 'USD' },
      })),
    }))
    const more = Array.from({ length: 4 }, (_, at) => ({ ...(priced.at(-1) as Product), id: `laptop1${at}` }))
    const store = new OpenIndex(build([...priced, ...more]))
    const { hits, total } = await store.search({
      text: 'laptop',
      constraints: [],
      sort: 'price-ascending',
      limit: 50,
      offset: 0,
    })
    expect(hits.every(({ productId }) => productId.startsWith('laptop'))).toBe(true)
    expect(total).toBe(laptops.length + more.length)
  })

  test('accessories go first where accessories are asked for [SHOP-SEARCH-09]', async () => {
    expect((await first('laptop lock')).every((id) => id.startsWith('lock'))).toBe(true)
    expect((await first('lock for a laptop')).every((id) => id.startsWith('lock'))).toBe(true)
  })

  test('what the store’s own category calls so goes before what only mentions it [SHOP-SEARCH-12]', async () => {
    const store = new OpenIndex(
      build([
        ...Array.from({ length: 12 }, (_, at) =>
          product(`case${at}`, `Phone case ${at} for a phone`, {
            categories: ['Cell Phones', 'Cell Phone Cases & Clips'],
          }),
        ),
        ...Array.from({ length: 4 }, (_, at) =>
          product(`phone${at}`, `Orvo Galaxy ${at}`, { categories: ['Cell Phones', 'Prepaid Phones'] }),
        ),
        product('cable', 'Cable', { categories: ['Cell Phones', 'Cell Phone Accessories', 'Cables'] }),
        ...others,
      ]),
    )
    const ids = async (text: string): Promise<string[]> => {
      const { hits } = await store.search({ text, constraints: [], sort: 'relevance', limit: 4, offset: 0 })
      return hits.map(({ productId }) => productId)
    }
    expect((await ids('phone')).every((id) => id.startsWith('phone'))).toBe(true)
    expect((await ids('phone case')).every((id) => id.startsWith('case'))).toBe(true)
    expect((await ids('clips')).every((id) => id.startsWith('case'))).toBe(true)
  })
})

describe('paths of categories', () => {
  const verdicts = (language: Language, words: string[], paths: string[][]): number[] => {
    const builder = new IndexBuilder(language)
    paths.forEach((categories, at) => builder.add(product(`p${at}`, 'x', { categories })))
    const { facts } = builder.finish()
    const read = new CategoryPaths(facts)
    const told = read.verdicts(new Set(words.map((word) => language.stem(word))), language)
    return Array.from(read.of, (path) => told[path] as number)
  }

  test('the deepest category that has the word tells the thing from what goes with it', () => {
    expect(
      verdicts(
        english.language,
        ['phone'],
        [
          ['Phones'],
          ['Phones', 'Cases for phones'],
          ['Phones', 'Phone accessories', 'Cables'],
          ['Phones and tablets'],
          ['Phones', 'Refurbished'],
          ['Garden'],
          [],
        ],
      ),
    ).toEqual([1, -1, -1, 1, 1, 0, 0])
  })

  test('Spanish names begin with the thing', () => {
    const { language } = lexiconOf('es')
    const paths = [['Aceite de oliva'], ['Aceite, vinagre y sal'], ['Atún en aceite']]
    expect(verdicts(language, ['aceite'], paths)).toEqual([1, 1, -1])
    expect(verdicts(language, ['sal'], paths)).toEqual([0, 1, 0])
    expect(verdicts(language, ['oliva'], paths)).toEqual([-1, 0, 0])
  })
})
