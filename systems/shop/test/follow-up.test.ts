import { describe, expect, it } from 'vitest'
import type { FacetVocabulary } from '../src/domain/constraints.ts'
import type { Product } from '../src/domain/product.ts'
import { mergeFollowUp } from '../src/understand/follow-up.ts'
import { resolveReference } from '../src/understand/resolve.ts'
import { understand } from '../src/understand/understand.ts'

const counts = (...values: string[]): Map<string, number> => new Map(values.map((value) => [value, 40]))
const vocabulary: FacetVocabulary = {
  facets: new Map([
    ['color', counts('Red', 'Blue', 'Black')],
    ['material', counts('leather', 'mesh')],
    ['waterproof', counts('yes', 'no')],
  ]),
  brands: counts('Northolm'),
  categories: counts('Hiking boots', 'Headphones'),
  currency: 'USD',
}
const read = (text: string) => understand(text, { vocabulary })

function product(id: string, color: string, material: string): Product {
  const variant = {
    id: `${id}-1`,
    options: { color },
    price: { minor: 5000, currency: 'USD' },
    compareAt: null,
    stock: 1,
    image: null,
  }
  return {
    id,
    title: `${color} Boots ${id}`,
    brand: 'Northolm',
    description: '',
    categories: ['Hiking boots'],
    attributes: { material: [material] },
    variants: [variant],
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}
const shown = [product('a', 'Red', 'leather'), product('b', 'Blue', 'mesh'), product('c', 'Black', 'leather')]
const ids = (text: string) => resolveReference(read(text), shown).map(({ id }) => id)

describe('resolveReference', () => {
  it.each([
    ['the second one', ['b']],
    ['add the last one to my cart', ['c']],
    ['the red one', ['a']],
    ['the leather ones', ['a', 'c']],
    ['compare these', ['a', 'b', 'c']],
    ['is this waterproof?', ['a']],
    ['the tenth one', []],
    ['something cheaper', []],
    ['hiking boots', []],
  ])('%s → %j', (text, expected) => {
    expect(ids(text)).toEqual(expected)
  })
})

describe('mergeFollowUp', () => {
  const summary = { prices: { min: 40, max: 90 }, bestRating: 4.2 }
  const first = read('red hiking boots made of leather under $100')
  const merge = (text: string) => mergeFollowUp(first, read(text), summary)
  const labels = (text: string) =>
    merge(text)
      .constraints.map((one) => {
        if (one.kind === 'facet') return `${one.negated ? 'not ' : ''}${one.name}=${one.values.join('|')}`
        if (one.kind === 'price') return `price ${one.min}–${one.max}`
        return one.kind
      })
      .toSorted((a, b) => a.localeCompare(b))

  it('keeps everything and asks for less than the cheapest shown [SHOP-UNDERSTAND-03]', () => {
    expect(labels('cheaper')).toEqual(['color=Red', 'material=leather', 'price null–40'])
    expect(merge('cheaper').searchText).toBe(first.searchText)
  })

  it('asks for more than the dearest shown within the old limit', () => {
    expect(labels('something more expensive')).toEqual(['color=Red', 'material=leather', 'price 90–100'])
  })

  it('asks for better ratings than any shown', () => {
    expect(merge('better rated').constraints).toContainEqual({
      kind: 'rating',
      min: 4.2,
      text: 'better rated',
    })
  })

  it('replaces a colour and a price [SHOP-UNDERSTAND-03]', () => {
    expect(labels('in blue instead')).toEqual(['color=Blue', 'material=leather', 'price null–100'])
    expect(labels('under $60')).toEqual(['color=Red', 'material=leather', 'price null–60'])
  })

  it('adds what is new', () => {
    expect(labels('and waterproof')).toEqual([
      'color=Red',
      'material=leather',
      'price null–100',
      'waterproof=yes',
    ])
    expect(labels('not mesh')).toEqual([
      'color=Red',
      'material=leather',
      'not material=mesh',
      'price null–100',
    ])
  })

  it('takes a value back that is now unwanted', () => {
    expect(labels('not red')).toEqual(['material=leather', 'not color=Red', 'price null–100'])
  })

  it('starts anew for another kind of product', () => {
    const next = read('black headphones')
    expect(mergeFollowUp(first, next, summary)).toEqual(next)
  })
})
