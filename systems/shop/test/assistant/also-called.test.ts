import { expect, test } from 'vitest'
import { mostOfKind } from '../../src/assistant/kind.ts'
import { english } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const item = (title: string, description: string) => ({
  ...product(title, { title, brand: null, categories: [], attributes: {}, priceMinor: 900, sizes: ['One'] }),
  description,
})
const goods = [
  item('Tarn Sleeve', 'Felt.'),
  item('Fell Sleeve', 'Wool.'),
  item('Moss Cover', 'This sleeve is of leather.'),
  item('Fern Cover', 'The grey sleeve holds a tablet.'),
  item('Reed Cover', 'Leather, sewn by hand.'),
  item('Brass Polish', 'For the buckle of a sleeve.'),
]
const titles = (type: string, of = goods) =>
  mostOfKind(of, (one) => one, type, english).items.map(({ title }) => title)

test('what two goods of another name call themselves is what all of that name are, after those that are called so', () => {
  expect(titles('sleeve')).toEqual(['Tarn Sleeve', 'Fell Sleeve', 'Moss Cover', 'Fern Cover', 'Reed Cover'])
})

test('what goes with one is none', () => {
  const stands = ['Oak Stand', 'Ash Stand'].map((title) =>
    item(title, 'Felt feet. Goes with our grey sleeve. The sleeve is not included.'),
  )
  expect(titles('sleeve', [...goods.slice(0, 2), ...stands])).toEqual(['Tarn Sleeve', 'Fell Sleeve'])
})

test('one that calls itself so says nothing of the others', () => {
  expect(
    titles(
      'sleeve',
      goods.filter(({ title }) => title !== 'Fern Cover'),
    ),
  ).toEqual(['Tarn Sleeve', 'Fell Sleeve'])
})
