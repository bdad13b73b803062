import { expect, test } from 'vitest'
import { answerFromListing } from '../../src/assistant/compose/extract.ts'
import { Citations } from '../../src/assistant/compose/writer.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, dollars: number, description: string) => ({
  ...product(id, {
    title,
    brand: null,
    categories: [shelf],
    attributes: {},
    priceMinor: dollars * 100,
    sizes: ['One'],
  }),
  description,
})

const sloe = item(
  'sloe',
  'Quendel Sloe Gin',
  'Spirits',
  34,
  'Made in small batches with hand-picked berries for long evenings by the fire.\nServe it cold.',
)
const products = [
  sloe,
  item('plum', 'Quendel Plum Brandy', 'Spirits', 41, 'Strong and dry. Alcohol: 42 % vol.'),
  item('stool', 'Rivel Stool', 'Seats', 60, 'Inspired by old harbours, in a warm shade of rope.'),
  item('bench', 'Rivel Bench', 'Seats', 95, 'A bench of larch. 140 cm wide.'),
  item('beads', 'Tessaly Bead Bracelet', 'Bracelets', 30, 'Beads of green glass on a thread.'),
  item('band', 'Tessaly Green Band Bracelet', 'Bracelets', 12, 'A band in green.'),
  item('qx', 'Orrin QX-20 Lamp', 'Lamps', 70, 'A lamp of glass.'),
  item('tolve', 'Tolve Lamp', 'Lamps', 45, 'A lamp of tin.'),
  item('tumbler', 'Pellmore Tumbler', 'Cups', 18, 'A cup of glass. 0.3 l.'),
  item('steel', 'Pellmore Tumbler (steel)', 'Cups', 24, 'A cup of steel. 0.5 l.'),
  item('moss', 'Dorvel Beanie Moss', 'Hats', 20, 'A warm hat.\nWash it by hand.'),
  item('rust', 'Dorvel Beanie Rust', 'Hats', 20, 'A warm hat.\nWash it by hand.'),
  item('chain', 'Tessaly Chain Bracelet', 'Bracelets', 55, 'A chain of steel.'),
]

const say = talkingOf(products)
async function talk(...messages: string[]) {
  const { text, cards } = await say(...messages)
  return { text, ids: cards.map(({ productId }) => productId) }
}

test('what is asked of goods that are named is not taken for answered by how their listing begins [SHOP-TALK-17]', async () => {
  const { text } = await talk('whats the alcohol content of the Quendel Sloe Gin')
  expect(text).toMatch(/^Quendel Sloe Gin: I do not know for sure/)
  expect((await talk('Quendel Sloe Gin')).text).toContain('small batches')
})

test('nor is what is asked of the cheaper one, whose price is not asked for [SHOP-TALK-17]', async () => {
  const { text } = await talk('seats', 'the cheaper one - how wide is that?')
  expect(text).not.toContain('harbours')
  expect(text).not.toMatch(/\$60/)
  expect((await talk('seats', 'the dearer one - how wide is that?')).text).toContain('140 cm')
})

test('which sizes there are is no number, and one of a list that is pointed at is only shown [SHOP-TALK-17]', async () => {
  const said = answerFromListing(
    'which sizes does it come in?',
    {
      ...sloe,
      title: 'Aubel Shirt',
      categories: [],
      description: 'A shirt.\nSizes: small, medium and large.',
    },
    emptyFacts('USD'),
    new Citations(),
  )
  expect(said?.join(' ')).toMatch(/small|One/)
  const { text } = await talk('seats', 'what about number two')
  expect(text).toMatch(/costs \$/)
})

test('how much, how many and how long is told by a line with a number [SHOP-TALK-17]', () => {
  const said = (description: string) =>
    answerFromListing(
      'how long does the battery last?',
      { ...sloe, title: 'Aubel Lantern', categories: [], description },
      emptyFacts('USD'),
      new Citations(),
    )?.join(' ')
  expect(said('A long lasting battery that lasts and lasts.')).toBeUndefined()
  expect(said('The battery lasts nine hours.')).toContain('nine hours')
})

test('something like that within a limit is another, and not the one in sight again [SHOP-TALK-03]', async () => {
  const { ids, text } = await talk('bracelet with green', 'something like that but under 20')
  expect(ids).toContain('band')
  expect(ids).not.toContain('beads')
  expect(text).not.toContain('$30')
})

test('whether it suits a child is told by the age that a listing states [SHOP-TALK-17]', () => {
  const said = (question: string) =>
    answerFromListing(
      question,
      {
        ...sloe,
        title: 'Aubel Raft',
        categories: [],
        description: 'Soft foam.\nFor kids from 4 to 9 years.',
      },
      emptyFacts('USD'),
      new Citations(),
    )?.join(' ')
  expect(said('may my nephew of 2 sit on it at the lake?')).toContain('from 4 to 9 years')
  expect(said('would you take it to the lake?')).toBeUndefined()
})

test('who must be kept from something and names goods is told of those alone [SHOP-TALK-02]', async () => {
  const { text, ids } = await talk('i get a rash from nickel. can I wear the Tessaly Bead?')
  expect(text).toMatch(/^Tessaly Bead Bracelet: .*free of nickel/)
  expect(ids).toEqual([])
})

test('a designation of one of two that are compared is no wish that only one of them holds', async () => {
  const { text } = await talk('whats the difference, Orrin QX-20 lamp or the Tolve lamp?')
  expect(text).not.toContain('“QX')
  expect(text).toMatch(/cheaper/)
})

test('a question that calls a product by its name and asks more is about that product', async () => {
  const { text, ids } = await talk('my son is 9, can he sleep on the Rivel Bench?')
  expect(text).toMatch(/do not know|does not say/)
  expect(text).toMatch(/cannot promise/)
  expect(text).not.toMatch(/best match|fits|nearest that/)
  expect(ids).toEqual(['bench'])
  // The store is asked for it.
  expect((await talk('do you have the Rivel Bench in walnut?')).text).not.toMatch(/cannot promise/)
})

test('a title that is said in full is meant, whatever longer ones begin alike', async () => {
  expect((await talk('how many litres does the Pellmore Tumbler hold?')).text).toContain('0.3 l')
  expect((await talk('how many litres does the Pellmore Tumbler steel hold?')).text).toContain('0.5 l')
})

test('how much a thing with a number in its name weighs asks for no sum', async () => {
  expect((await talk('how much does the Orrin QX 20 lamp weigh?')).text).not.toMatch(/\$/)
})

test('whether something is safe for a child is asked of what is called so, or asked back', async () => {
  const { text, ids } = await talk('is the pellmore cup safe for my daughter of 2?')
  expect(text).toMatch(/cannot promise/)
  expect(text).not.toMatch(/best match|fits|nearest/)
  expect(ids.every((id) => ['tumbler', 'steel'].includes(id))).toBe(true)
})

test('what all that a question may mean say alike is told of them', async () => {
  const { text, ids } = await talk('can the Dorvel Beanie be washed by hand?')
  expect(text).toContain('Wash it by hand')
  expect(ids).toEqual(expect.arrayContaining(['moss', 'rust']))
})
