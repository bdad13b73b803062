import { describe, expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (
  id: string,
  title: string,
  shelf: string,
  description: string,
  attributes: Record<string, string[]> = {},
) => product(id, { title, description, categories: [shelf], attributes, priceMinor: 5000, sizes: ['one'] })

const say = talkingOf([
  item('wicker', 'Tarn Picnic Basket', 'Baskets', 'A wicker basket for four.', { weight: ['2.4 kg'] }),
  item('canvas', 'Rill Picnic Basket', 'Baskets', 'Of canvas, with a lid.', { weight: ['0.9 kg'] }),
  item('wooden', 'Fen Wooden Picnic Basket', 'Baskets', 'Slats of ash.', { weight: ['3.1 kg'] }),
  item('fan-a', 'Marsh Desk Fan', 'Fans', 'Three speeds.', { noise: ['52 dB'] }),
  item('fan-b', 'Heron Desk Fan', 'Fans', 'Two speeds.', { noise: ['38 dB'] }),
  item('fan-c', 'Wireless Moor Desk Fan', 'Fans', 'Charges by USB.', { noise: ['45 dB'] }),
  item('blanket', 'Wooden Peg Blanket', 'Blankets', 'Held by pegs.'),
])
const ids = ({ cards }: { cards: readonly { productId: string }[] }) => cards.map((card) => card.productId)

describe('another of what was looked for [SHOP-TALK-09]', () => {
  test.each(['what about a wooden one', 'do you have a wooden one?', 'any wooden ones?'])(
    '“%s” is looked for, and no line of a listing quoted',
    async (message) => {
      const { text, cards } = await say('picnic basket', message)
      expect(cards[0]?.productId).toBe('wooden')
      expect(text).not.toContain('The listing says')
    },
  )

  test.each(['how about one with a lid?', 'what about something with a lid?'])('“%s”', async (message) => {
    const { cards } = await say('picnic basket', message)
    expect(cards[0]?.productId).toBe('canvas')
  })

  test('a question about the one in sight stays one', async () => {
    const { text } = await say('picnic basket', 'the first one', 'does it have a lid?')
    expect(text).toMatch(/do not know/i)
  })
})

describe('more or less of a measure [SHOP-TALK-14]', () => {
  test('is told by fields', async () => {
    const { cards } = await say('Tarn picnic basket', 'do you have it lighter?')
    expect(cards[0]?.productId).toBe('canvas')
  })

  test('is heard of noise', async () => {
    const { cards } = await say('Marsh desk fan', 'anything quieter?')
    expect(ids({ cards })).toEqual(['fan-c', 'fan-b'])
  })
})

test('what is without a thing by its own word comes first of those without it [SHOP-TALK-02]', async () => {
  const { text, cards } = await say('a desk fan without wires')
  expect(cards[0]?.productId).toBe('fan-c')
  expect(text).not.toContain('None of these listings')
})
