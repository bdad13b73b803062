import { describe, expect, test } from 'vitest'
import { understand } from '../src/understand/understand.ts'

const counts = (...values: string[]) => new Map(values.map((value) => [value, 9]))
const vocabulary = {
  facets: new Map([
    ['color', counts('black', 'green', 'grey')],
    ['recommended_age', counts('8 years and above', '3 years and above')],
    ['set_pieces', counts('1', '2')],
    ['shape', counts('heart')],
    ['thematic_design', counts('shapes')],
  ]),
  brands: counts('Garmin'),
  categories: counts('Hair dye', 'Watch bands'),
  currency: 'PHP',
}
const facets = (text: string) =>
  understand(text, { vocabulary, context: { shown: false } }).constraints.flatMap((one) =>
    one.kind === 'facet' ? `${one.negated ? '!' : ''}${one.name}=${one.values.join('|')}` : [],
  )

describe('what no facet is read from [SHOP-UNDERSTAND-02]', () => {
  test.each([
    ['a second price', 'hair dye under 50 PHP and a brush, price above 8 PHP', []],
    ['the number of a list', 'find 1) a hair dye; 2) a brush', []],
    ['the brand of what a thing goes with', 'a watch band for Garmin', []],
    ['what names the property of its neighbour', 'a heart-shaped watch band', ['shape=heart']],
    ['an exclusion that goes on', 'watch bands without black,green,grey', ['!color=black|green|grey']],
  ])('%s: “%s”', (_, text, expected) => {
    expect(facets(text)).toEqual(expected)
  })
})
