import { describe, expect, test } from 'vitest'
import { askedForIt } from '../../src/language/asking.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description: string, priceMinor = 5000) =>
  product(id, { title, description, categories: [shelf], priceMinor, sizes: ['one'] })

const say = talkingOf([
  item('b7', 'Lumo B7 Digital Camera', 'Cameras', 'Records films in full HD.'),
  item('c1', 'Vesta C1 Digital Camera', 'Cameras', 'A camera for travel. A strap for it is in the box.'),
  item('laptop-bag', 'Vesta Laptop Bag', 'Laptop bags', 'A bag for laptops.'),
  item('camera-bag', 'Tarn Padded Bag', 'Camera bags', 'A padded bag for cameras.'),
  item('large-bag', 'Tarn Large Bag', 'Camera bags', 'A bag for cameras and lenses.'),
  item('german-set', 'Vesta K1 Keyboard Wireless', 'Keyboards', 'With German letters.', 4395),
  item('german', 'Vesta K3 Keyboard Wireless', 'Keyboards', 'With German letters, without a mouse.', 3945),
  item('plain', 'Tarn K2 Keyboard Wireless', 'Keyboards', 'With a mouse.', 2145),
])

test.each(['is there a bag for it?', 'do you have a bag for it?'])(
  '“%s” beside a camera shows the bags that say to be for cameras',
  async (message) => {
    const { cards } = await say('Vesta C1 digital camera', message)
    expect(cards.map(({ productId }) => productId).toSorted()).toEqual(['camera-bag', 'large-bag'])
  },
)

test.each([
  ['en', 'Is there a bag for it?', 'bag'],
  ['en', 'do you sell a long shoulder strap for this', 'long shoulder strap'],
  ['en', 'a bag for it', null],
  ['en', 'is there a bag?', null],
  ['es', '¿hay una bolsa para eso?', 'bolsa'],
  ['fr', 'y a-t-il une housse pour ça ?', 'housse'],
  ['pt', 'tem uma bolsa para ele?', 'bolsa'],
] as const)('%s: what is asked for to go with it, of “%s”', (code, text, expected) =>
  expect(askedForIt(text, code)).toBe(expected),
)

describe('of one that is shown', () => {
  test.each(['the second one, does it have a zoom?', 'does the second one have a zoom?'])(
    '“%s” is asked back',
    async (message) => {
      const { text } = await say('Lumo B7 digital camera', message)
      expect(text).toMatch(/^Which product do you mean/)
    },
  )
})

test('the cheapest one costs no more than another that is in sight, whatever was wished for before', async () => {
  const listed = await say('wireless keyboard, german')
  expect(listed.cards[0]?.productId).not.toBe('plain')
  const { cards } = await say('wireless keyboard, german', 'the cheapest one')
  expect(cards[0]?.productId).toBe('plain')
})

test('what the store is asked for to go with it, and nothing is called, is said not to be there', async () => {
  const { text } = await say('Vesta C1 digital camera', 'can you show me a tripod for it?')
  expect(text).toMatch(/^This store lists nothing called “tripod”/)
})
