import { expect, test } from 'vitest'
import { kindTier, nameGoods } from '../../src/assistant/kind.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const on = (title: string, ...categories: string[]) => product('p', { title, categories })

test('a shelf of table lamps is none of tables', () => {
  expect(kindTier(on('Greta Glass Table Lamp', 'Home', 'Table lamps'), 'dining tables', english)).toBe(1)
  expect(kindTier(on('Freya Veneer Table', 'Home', 'Dining tables'), 'dining tables', english)).toBe(4)
})

test('a shelf of several goods is one of each, and what they are for is none of them', () => {
  expect(kindTier(on('Ardo 24 cm', 'Pots & pans for gas'), 'pan', english)).toBeGreaterThan(2)
  expect(kindTier(on('Ardo 24 cm', 'Pots & pans for gas'), 'gas', english)).toBeLessThan(3)
})

test('where adjectives follow the noun, the first word of a shelf says what stands there', () => {
  expect(kindTier(on('Lampe Greta', 'Lampes de table'), 'lampe', lexiconOf('fr'))).toBeGreaterThan(2)
  expect(kindTier(on('Lampe Greta', 'Lampes de table'), 'table', lexiconOf('fr'))).toBeLessThan(3)
})

test('what stands on the shelf of coffee beans below "Coffee & tea" is no tea', () => {
  expect(kindTier(on('Dark Roast', 'Coffee & tea', 'Coffee beans'), 'tea', english)).toBeLessThan(3)
  expect(kindTier(on('Harvest Lane Green', 'Coffee & tea', 'Tea'), 'tea', english)).toBe(4)
})

test('words name goods where most of what they find is called so', () => {
  const screens = [on('Mineral Sunscreen'), on('Sunscreen SPF 40'), on('Day Cream with Sunscreen')]
  expect(nameGoods('sunscreen', screens, english)).toBe(true)
  const small = [on('Rose Toner (Travel Size)'), on('Eye Cream, travel size'), on('Travel Size Kit')]
  expect(nameGoods('travel size', small, english)).toBe(false)
  const minis = [on('Toner Mini', 'Toners'), on('Serum Mini', 'Serums'), on('Soap Mini', 'Soaps')]
  expect(nameGoods('mini', minis, english)).toBe(false)
})
