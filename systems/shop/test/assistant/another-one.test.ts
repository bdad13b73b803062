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
  item('felt', 'Felt Hat', 'Hats', 'Warm.', { colour: ['brown'], material: ['felt'] }),
  item('straw', 'Straw Hat', 'Hats', 'Airy.', { colour: ['blue'], material: ['straw'] }),
  item('crate', 'Rill Crate', 'Crates', 'Stacks.', { size: ['60 x 40 x 30 cm'] }),
  item('low-crate', 'Fen Crate', 'Crates', 'Stacks.', { size: ['50 x 35 x 31 cm'] }),
  item('doll-2', 'Rag Doll', 'Dolls', 'Soft. From 2 years.'),
  item('doll-8', 'Porcelain Doll', 'Dolls', 'From 8 years.'),
  item('stool-oak', 'Tarn Stool', 'Stools', 'Carries up to 110 kg.', {
    material: ['oak wood'],
    weight: ['4 kg'],
  }),
  item('stool-tin', 'Moor Stool', 'Stools', 'May stand outside.', { material: ['tin'], weight: ['3 kg'] }),
  item('tarp', 'Reed Tarp', 'Tarps', 'Covers up to 30 square metres.'),
  item('tarp-40', 'Reed Groundsheet GS 40', 'Groundsheets', 'With eyelets.'),
  item('jug', 'Tall Jug', 'Jugs', 'Pours well.', { handles: ['1'] }),
  item('low-jug', 'Low Jug', 'Jugs', 'Pours well.', { handles: ['1'] }),
  item('amphora', 'Clay Amphora', 'Amphorae', 'Stands in a ring.', { handles: ['2'] }),
  item('k-20', 'Otter Kettle K-20', 'Kettles', 'Lined with tin.', { weight: ['1.2 kg'] }),
  item('k-50', 'Otter Kettle K-50', 'Kettles', 'Tin-free. Designed by Ada Moor.', { weight: ['1.5 kg'] }),
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

  test.each(['what about one that may stand outside?', 'do you have one which may stand outside'])(
    '“%s”',
    async (message) => {
      const { cards } = await say('stools', message)
      expect(cards[0]?.productId).toBe('stool-tin')
    },
  )

  test('a question about the one in sight stays one', async () => {
    const { text } = await say('picnic basket', 'the first one', 'does it have a lid?')
    expect(text).toMatch(/do not know/i)
  })
})

test('of sides with one unit behind them the longest tells which is bigger [SHOP-TALK-14]', async () => {
  expect(ids(await say('Fen Crate', 'do you have it bigger?'))).toEqual(['crate'])
})

test('which has the most of what is counted is told by the field that the message names [SHOP-TALK-14]', async () => {
  const { text } = await say('jug or amphora', 'which of them has the most handles?')
  expect(text).toMatch(/^Clay Amphora has the most: 2/)
})

test('what is in sight and another that is named are compared without a word for “than” [SHOP-TALK-14]', async () => {
  for (const message of ['which weighs less, this or the K-20?', 'is the K-20 lighter?']) {
    const { text } = await say('Otter Kettle K-50', message)
    expect(text).toMatch(/^Otter Kettle K-20 has the least: 1\.2 kg/)
  }
})

test('how much it carries is not told by what it weighs [SHOP-ANSWER-11]', async () => {
  expect((await say('Tarn Stool', 'how much weight can it take?')).text).toContain('Carries up to 110 kg.')
  expect((await say('Moor Stool', 'how much weight can it take?')).text).not.toContain('3 kg')
})

test('one of a list is told by what its fields say [SHOP-TALK-09]', async () => {
  const { text } = await say('stool', 'may the tin one stand outside?')
  expect(text).toContain('May stand outside.')
})

test('a number that measures calls no product [SHOP-TALK-09]', async () => {
  const { text } = await say('Reed Tarp', 'does it cover 40 square metres?')
  expect(text).toContain('Covers up to 30 square metres.')
})

test('others of a maker that is named are looked for [SHOP-TALK-09]', async () => {
  const { cards } = await say('felt hat', 'what else did Norrvale make?')
  expect(cards.length).toBeGreaterThan(1)
})

test('a child’s age is heard without the word for years [SHOP-TALK-15]', async () => {
  expect(ids(await say('a doll for my niece, she is 3'))[0]).toBe('doll-2')
  expect(ids(await say('a doll for my niece, she is 9'))[0]).toBe('doll-8')
})

describe('what is wished otherwise and is not among what was looked for [SHOP-TALK-09]', () => {
  test('is of the same kind, without what was said before', async () => {
    const { cards, text } = await say('felt hat', 'do you have it in blue?')
    expect(cards[0]?.productId).toBe('straw')
    expect(text).not.toContain('Not in blue')
  })

  test('may be called otherwise, where “something” is wished', async () => {
    expect(ids(await say('jug', 'what about something with 2 handles?'))).toEqual(['amphora'])
  })
})

describe('a model’s letters and number are one name', () => {
  test('of which another in sight with the same letters is none [SHOP-TALK-02]', async () => {
    const { text } = await say('Otter Kettle K-50', 'is the K-20 tin-free?')
    expect(text).not.toContain('Tin-free')
  })

  test('that is held against what is in sight', async () => {
    const { text } = await say('Otter Kettle K-50', 'is it heavier than the K-20?')
    expect(text).toMatch(/^Otter Kettle K-50 has the most: 1\.5 kg/)
  })
})

test.each(['who designed it?', 'who is the designer?'])(
  '“%s” is asked of what is in sight',
  async (message) => {
    const { text } = await say('Otter Kettle K-50', message)
    expect(text).toContain('Designed by Ada Moor.')
  },
)

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
