import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const stilts = (id: string, title: string, description: string) =>
  product(id, { title, description, brand: 'Ostrel', categories: ['Stilts'], attributes: {}, sizes: ['One'] })

const say = talkingOf([
  stilts('low', 'Ostrel Low Stilts', 'Ash. For children of 95 to 120 cm.'),
  stilts('mid', 'Ostrel Mid Stilts', 'Ash. For children of 115 to 140 cm.'),
  stilts('high', 'Ostrel High Stilts', 'Ash. For people from 140 to 190 cm.'),
])

test('“my niece is 130 cm tall, which ones fit?” shows those for her, with the line that says so', async () => {
  const { cards, text } = await say('stilts', 'my niece is 130 cm tall, which ones fit?')
  expect(cards.map(({ productId }) => productId)).toEqual(['mid'])
  expect(text.split('115 to 140 cm')).toHaveLength(2)
})
