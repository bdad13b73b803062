import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { nearMeanings } from './near-meanings.ts'
import { talkingOf } from './talking.ts'

const made = (id: string, title: string, category: string, description: string) =>
  product(id, { title, description, brand: 'Tarrow', categories: [category], attributes: {}, sizes: ['One'] })

const goods = [
  made('salt', 'Tarrow Sea Salt Tin', 'Tins', 'Keeps salt from the sea dry.'),
  made('shells', 'Tarrow Sea Shell Plate', 'Plates', 'Porcelain with shells of the sea.'),
  made('steel', 'Tarrow Steel Kettle 2 l', 'Kettles', 'Brushed steel. Whistles.'),
  made('enamel', 'Tarrow Enamel Kettle 1.5 l', 'Kettles', 'Enamelled, never rusts. For gas and induction.'),
  made('lid', 'Tarrow Lid for Kettles', 'Lids', 'Steel lid with a wooden knob.'),
  made('perch', 'Tarrow Oak Stool', 'Stools', 'Low, for one step.'),
  made('warm', 'Tarrow Wool Warmers for Wrists', 'Warmers', 'For cold wrists and hands.'),
  made('knob', 'Tarrow Easy-Lift Knob', 'Spares', 'A tall wooden knob for lids of kettles, easy to lift.'),
  made('stool', 'Tarrow Beech Stool', 'Stools', 'For two steps. Carries 110 kg.'),
  made('torch', 'Tarrow Head Torch', 'Torches', 'Runs for nine hours, charges by USB-C.'),
  made('strap', 'Tarrow Strap for Head Torches', 'Straps', 'Woven, washable.'),
]
const say = talkingOf(goods)
const sayNear = talkingOf(
  goods,
  nearMeanings(goods, (text) => (text.includes('crockery') ? { shells: 0.9, salt: 0.84 } : {})),
)

test.each([
  ['my wrists are weak, so the knob of the lid on the kettle should be easy to lift', 'knob'],
  [
    'my brother snapped his torch strap at the sea last week, the light is fine. he just needs the bit round the head that is washable',
    'strap',
  ],
  [
    'our kitchen has a sea view and shells on each wall, and i burn my hand on the old steel kettle. need the one that never rusts, enamelled',
    'enamel',
  ],
])('“%s” finds what is wished, not what is told around it', async (message, first) => {
  const { cards } = await say(message)
  expect(cards[0]?.productId).toBe(first)
})

test('“let it be the enamel kettle then. which stool goes with it?” asks for stools', async () => {
  const { cards } = await say('kettles', 'let it be the enamel kettle then. which stool goes with it?')
  expect(['stool', 'perch']).toContain(cards[0]?.productId)
})

test('what is nearest in meaning is found in a story though its listing holds no word of it', async () => {
  const story = 'my aunt broke two of hers at the party on saturday, so we owe her some nice crockery'
  const byWords = await say(story)
  expect(byWords.cards.map(({ productId }) => productId)).not.toContain('shells')
  const { cards } = await sayNear(story)
  expect(cards[0]?.productId).toBe('shells')
})

const sayOfStyles = talkingOf(
  [
    ['orbit', 'Orbit Dice Game', 'solo'],
    ['harvest', 'Harvest Dice Game', 'co-operative'],
    ['lantern', 'Lantern Dice Game', 'co-operative'],
    ['quarry', 'Quarry Dice Game', 'solo'],
    ['mill', 'Mill Dice Game', 'solo'],
  ].map(([id = '', title = '', style = '']) =>
    product(id, {
      title,
      description: 'Ten dice in a linen bag for long evenings by the fire.',
      brand: 'Tarrow',
      categories: ['Games'],
      attributes: { style: [style] },
      sizes: ['One'],
    }),
  ),
)
test('a value that not all that is shown state is told as no condition', async () => {
  const { cards, parts } = await sayOfStyles(
    'show me a co-operative dice game in a linen bag for long evenings by the fire',
  )
  const shown = cards.map(({ productId }) => productId)
  expect(shown[0]).toMatch(/harvest|lantern/)
  expect(shown).toContain('mill')
  const told = parts.flatMap((part) => (part.type === 'data-understanding' ? part.data.constraints : []))
  expect(told.map(({ constraint }) => constraint.text)).not.toContain('co-operative')
})
