import { expect, test } from 'vitest'
import { understand } from '../src/understand/understand.ts'

const counts = (...values: string[]) => new Map(values.map((value) => [value, 5]))
const vocabulary = {
  facets: new Map([
    ['depth', counts('60', '120')],
    ['width', counts('80', '120', '160')],
    ['weight', counts('900 g', '1.5 kg', '2.5 kg')],
  ]),
  brands: counts('Apple'),
  categories: counts('Desks'),
  currency: 'USD',
}
const facets = (text: string) =>
  understand(text, { vocabulary }).constraints.map((one) =>
    one.kind === 'facet' ? [one.name, one.negated, [...one.values].toSorted()] : [one.kind],
  )

test.each(['not wider than 120 cm', 'a desk no wider than 120 cm'])(
  '"%s" rules out what is wider, of widths that are stated without a unit [SHOP-UNDERSTAND-08]',
  (text) => {
    expect(facets(text)).toEqual([['width', true, ['160']]])
  },
)

test('a limit on one side is none on another, and rules out no value of it', () => {
  expect(facets('wider than 100 cm')).toEqual([['width', false, ['120', '160']]])
  expect(facets('not heavier than 2 kg')).toEqual([['weight', true, ['2.5 kg']]])
})
