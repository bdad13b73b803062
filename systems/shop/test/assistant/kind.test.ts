import { expect, test } from 'vitest'
import { kindTier } from '../../src/assistant/kind.ts'
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
