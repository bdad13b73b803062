import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const candle = (id: string, title: string, description: string) =>
  product(id, { title, description, categories: ['Home', 'Candles'] })

const say = talkingOf([
  candle('meadow', 'Meadow Candle', 'Poured by hand with lavender and sage.'),
  candle('orchard', 'Orchard Candle', 'Poured by hand with apple and clove.'),
  candle('pillar', 'Pillar Candle', 'A plain candle of pure beeswax.'),
  candle('garden', 'Garden Candle', 'Beeswax with lavender oil.'),
])

test.each([
  ['Which candle has no lavender?'],
  ['candles', 'which of them has no lavender?'],
  ['candles', 'which one is without lavender?'],
  ['candles', 'which ones are not made with lavender?'],
])('which is without a thing is answered by those that are: %s %s', async (...messages) => {
  const { cards, text } = await say(...messages)
  expect(cards.map(({ productId }) => productId).toSorted()).toEqual(['orchard', 'pillar'])
  expect(text).not.toContain('sage')
})
