import { expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, dollars: number, description = '') => ({
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

/** Robes, rugs and soaps of a small store. */
const products = [
  item('robe-1', 'White Waffle Robe', 'Robes', 115, 'Cut from light cotton in a waffle weave.'),
  item('robe-2', 'Beige Waffle Robe', 'Robes', 118),
  item('robe-3', 'White Velour Robe', 'Robes', 185, 'Thick and warm.\nCare:\n• Wash cold'),
  item('rug-1', 'Fox Rug', 'Rugs', 80, 'Shows a fox at night.'),
  item('rug-2', 'Dawn Rug', 'Rugs', 90, 'Shows people on a hill at dawn.'),
  item('rug-3', 'Amber Heron Rug', 'Rugs', 240, 'Shows a heron.'),
  item('soap-1', 'Plain Soap', 'Soaps', 9),
  item('soap-2', 'Oat Soap', 'Soaps', 11),
  item('soap-3', 'Rose Soap', 'Soaps', 12, 'Smells of roses.'),
  item('cake-1', 'Dinosaur Roar Cake', 'Cakes', 85, 'Sponge.\nSize: 10 inch'),
  item('cake-2', 'Dinosaur Egg Cake', 'Cakes', 50, 'Sponge.\nSize: 8 inch'),
  item('cake-3', 'Plain Wedding Cake', 'Cakes', 20, 'Sponge.'),
  item('cake-4', 'Tall Wedding Cake', 'Cakes', 40, 'Sponge.'),
  item('cake-5', 'Heron Cake', 'Cakes', 70, 'Sponge.'),
  item('tree-1', 'Fig Tree', 'Outdoor', 40),
  item('tree-2', 'Moringa Tree', 'Outdoor', 45),
  item('lemon-1', 'Lemon (seedless)', 'Outdoor', 28),
  item('aloe-1', 'Aloe Vera Pot', 'Indoor', 15, 'Pot of clay. Material: Terracotta'),
]

const say = talkingOf(products)
/** The last answer of a conversation. */
async function talk(...messages: string[]) {
  const { text, comparison, cards } = await say(...messages)
  return { text, ids: (comparison?.products ?? cards).map(({ productId }) => productId) }
}

test.each(['kettle', 'xbox games', 'do you have curtains?'])(
  '“%s”, which nothing is called, is no wish for more of what was looked for [SHOP-TALK-12]',
  async (message) => {
    const { text, ids } = await talk('rugs', message)
    expect(text).toMatch(
      /^(?:This store lists nothing called|Nothing in this store mentions) “(?:kettle|xbox games|curtains)”/,
    )
    expect(text).not.toMatch(/best match|first, at|comes closest|fits/)
    expect(ids).toEqual([])
  },
)

test('what was not there is not what the next message narrows [SHOP-TALK-12]', async () => {
  expect((await talk('rugs', 'kettle', 'oat soap')).ids[0]).toBe('soap-2')
})

test.each([
  ['with people on it', 'rug-2'],
  ['something with a fox', 'rug-1'],
])('“%s” says which of the last kind [SHOP-TALK-12]', async (message, id) => {
  expect((await talk('rugs', message)).ids[0]).toBe(id)
})

test('what none of the last kind has, and others do, is asked of those [SHOP-TALK-12]', async () => {
  expect((await talk('rugs', 'something with roses')).ids[0]).toBe('soap-3')
})

test('what only dearer ones of the kind have is shown with a word on their price [SHOP-TALK-12]', async () => {
  const { text, ids } = await talk('rugs under 100', 'something in amber')
  expect(ids).toEqual(['rug-3'])
  expect(text).toMatch(/^Nothing of that kind here is under \$100/)
})

test('“the velour one” is the one that is called so, though it is out of sight by now [SHOP-TALK-13]', async () => {
  const { text } = await talk('robes', 'anything under 130?', 'how do I wash the velour one?')
  expect(text).toContain('“Wash cold”')
})

test('“the waffle one”, of which there are two, is none for certain [SHOP-TALK-13]', async () => {
  expect((await talk('robes', 'the waffle one')).ids).not.toEqual(['robe-1'])
})

test('two that are told apart by a word are put side by side [SHOP-TALK-13]', async () => {
  const { ids } = await talk('robes', 'what is the difference between the beige one and the velour one?')
  expect(ids).toEqual(['robe-2', 'robe-3'])
})

test('the cheapest of what was asked for is none of another sort, and is asked about next [SHOP-TALK-15]', async () => {
  expect((await talk('dinosaur cake', 'which is cheapest?')).text).toMatch(/^Dinosaur Egg Cake is /)
  expect((await talk('dinosaur cake', 'which is cheapest?', 'how big is it?')).text).toContain('8 inch')
  expect((await talk('dinosaur cake')).text).not.toMatch(/Wedding/)
})

test.each([
  ['a letter that is missing', 'weding cake', 'cake-3'],
  ['two words in one', 'aloevera', 'aloe-1'],
  ['a thing that is no tree by its name', 'lemon tree', 'lemon-1'],
])('%s is understood [SHOP-TALK-15]', async (_, message, id) => {
  const { text, ids } = await talk(message)
  expect(ids).toContain(id)
  expect(ids[0]).toBe(id === 'cake-3' ? ids.find((each) => each === 'cake-3' || each === 'cake-4') : id)
  expect(text).not.toMatch(/mentions|I see no|Nothing/)
})

test('what none of those shown has is said first, and then none of them is said to fit [SHOP-TALK-15]', async () => {
  const { text } = await talk('do you have a robe in teal?')
  expect(text).toMatch(
    /^None of these listings mentions “teal”\. I am not sure that this store has what you mean/,
  )
})

test('what a limit takes out of sight is said to be missing [SHOP-TALK-15]', async () => {
  expect((await talk('velour robe', 'max 120')).text).toMatch(/^None of these listings mentions “velour”/)
})

test('“which ones have it?” narrows, and a question for a material is told what it is of [SHOP-TALK-14]', async () => {
  expect((await talk('rugs', 'which of them has a fox?')).ids[0]).toBe('rug-1')
  expect((await talk('aloe vera pot', 'is it made of plastic?')).text).toContain('Terracotta')
})

test('each of two names calls its own, by the words that no other has [SHOP-TALK-16]', async () => {
  expect((await talk('oat soap or the rose one, what is the difference?')).ids.toSorted()).toEqual([
    'soap-2',
    'soap-3',
  ])
})

test('what is held against what is looked at is compared with it, however it is asked [SHOP-TALK-16]', async () => {
  expect((await talk('robes', 'the velour one', 'how is it different from the fox rug?')).ids).toEqual([
    'robe-3',
    'rug-1',
  ])
})

test('the two are the last that were looked at, where no list of two is in sight [SHOP-TALK-16]', async () => {
  const { ids } = await talk(
    'is the oat soap vegan?',
    'and the rose soap?',
    'what is the difference between the two?',
  )
  expect(ids.toSorted()).toEqual(['soap-2', 'soap-3'])
})

test('of other goods those that have to do with what was spoken of come first [SHOP-TALK-16]', async () => {
  const { ids } = await talk('the amber heron rug', 'and a cake')
  expect(ids[0]).toBe('cake-5')
})
