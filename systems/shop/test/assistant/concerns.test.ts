import { expect, test } from 'vitest'
import { isConcerned, spokenOf } from '../../src/assistant/concerns.ts'
import { english } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const cake = product('cake', {
  title: 'Oat Cake',
  description: 'Without nuts.',
  categories: ['Kitchen', 'Cakes'],
})
const jam = product('jam', { title: 'Plum Jam', description: 'Dark.', categories: ['Kitchen', 'Jams'] })
const tent = {
  ...product('tent', { title: 'Two Man Tent', description: 'Dry.', categories: ['Camping', 'Tents'] }),
  attributes: { material: ['Cotton'] },
}
const spoken = new Map([
  ['nuts', new Set(['Kitchen > Cakes'])],
  ['cobalt', new Set<string>()],
])

test.each([
  ['nuts', 'a cake, whose shelf speaks of it', cake, true],
  ['nuts', 'jam, which does not say what it is of', jam, true],
  ['nuts', 'a tent of cotton', tent, false],
  ['nuts', 'a tent whose listing names it', { ...tent, description: 'Dyed with nuts.' }, true],
  ['latex', 'a tent, of which nobody knows what it is made with', tent, true],
  ['cobalt', 'a tent, where no listing of the store speaks of it', tent, true],
])('who must be kept from %s is warned of %s: %#', (what, _, listed, is) => {
  expect(isConcerned(listed, what, spoken, english)).toBe(is)
})

test('what listings of things with a material speak of hurts by touch: no shelf is known to be without it [SHOP-TALK-06]', async () => {
  const mat = { ...tent, title: 'Latex Mat' }
  const listed = { latex: mat, nuts: cake }
  const sources = (what: 'latex' | 'nuts') => ({
    search: { search: () => Promise.resolve({ hits: [{ productId: listed[what].id }] }) },
    catalog: { products: () => Promise.resolve([listed[what]]) },
  })
  expect(await spokenOf(['latex'], sources('latex') as never, english)).toEqual(new Map())
  expect(await spokenOf(['nuts'], sources('nuts') as never, english)).toEqual(
    new Map([['nuts', new Set(['Kitchen > Cakes'])]]),
  )
})
