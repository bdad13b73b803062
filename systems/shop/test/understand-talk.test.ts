import { expect, test } from 'vitest'
import { product } from './assistant/fixture.ts'
import { talkingOf } from './assistant/talking.ts'

const item = (id: string, title: string, category: string) => product(id, { title, categories: [category] })

const say = talkingOf([
  item('drops', 'Orrel Dark Chocolate Callets 1 kg', 'Larder'),
  item('milk', 'Orrel Milk Chocolate Callets 1 kg', 'Larder'),
  item('stone', 'Hobb Baking Stone', 'Baking tools'),
  item('steel', 'Hobb Baking Steel', 'Baking tools'),
  item('flour', 'Orrel Rye Flour 1 kg', 'Larder'),
])

test('what examples of dangers speak of is asked for as goods are', async () => {
  const { cards } = await say('chocolate for baking')
  expect(cards.map(({ productId }) => productId).toSorted()).toEqual(['drops', 'milk'])
})
