import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, shelf: string, dollars: number, size?: string): Product => {
  const made = product(id, { title, categories: [shelf] })
  const variants = made.variants.map((variant) => ({
    ...variant,
    options: size === undefined ? {} : { size },
    price: { minor: dollars * 100, currency: 'USD' },
  }))
  return { ...made, variants }
}

/** In two sizes, the larger for twice the price. */
function twoSizes(of: Product): Product {
  const variants = of.variants.flatMap((variant) => [
    { ...variant, id: `${variant.id}-s`, options: { size: '50" × 60"' } },
    {
      ...variant,
      id: `${variant.id}-l`,
      options: { size: '60" × 80"' },
      price: { ...variant.price, minor: variant.price.minor * 2 },
    },
  ])
  return { ...of, variants }
}

/** A store of garden birds and a few clothes, where most sandals lie on shelves of other names. */
const products = [
  item('feeder-1', 'Green Tube Feeder', 'Bird care', 20),
  item('feeder-2', 'Steel Tube Feeder', 'Bird care', 24),
  item('seed-1', 'Sunflower Seed for Tube Feeders', 'Bird care', 9),
  item('sandal-1', 'Reef Sandal', 'Sandals', 60),
  ...[45, 30, 52].map((dollars, at) => item(`sandal-w${at}`, `Beach Sandal ${at}`, 'Women', dollars)),
  item('weave-1', 'Remy Weave Straight 18"', 'Hair', 90),
  item('weave-2', 'Remy Weave Curly', 'Hair', 80),
  item('sneaker-1', 'Blue Sneakers', 'Shoes', 50, 'EU40/US10'),
  item('sneaker-2', 'White Sneakers', 'Shoes', 55, 'EU36/US6'),
  item('wig-1', 'Page Wig', 'Hair', 70, '18"'),
  item('case-1', 'Beach Flip Case', 'Phone cases', 15),
  {
    ...item('pump-1', 'Pond Pump', 'Pumps', 95),
    description:
      'Moves 900 litres an hour. The motor has a warranty of two years. Its handle carries up to 40 kg.',
  },
  item('mug-1', 'Case File Mug', 'Mugs', 12),
  item('print-1', 'Case File Poster', 'Posters, prints', 9),
  item('print-2', 'Owl Case File Poster', 'Posters, prints', 11),
  twoSizes(item('blanket-1', 'Owl Blanket', 'Blankets', 40)),
]

let folder: string
let store: Awaited<ReturnType<typeof openMemoryStore>>
const { signal } = new AbortController()
const talker = () => new Talker({ name: 'strange', store, policies: [] }, signal)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-strange-'))
  store = await openMemoryStore({ products, folder, signal })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('advice about goods of the catalog is the store’s business, the prime minister is not [SHOP-TALK-01]', async () => {
  const { answer } = await talker().say('What should I put in my tube feeder?', null, {})
  expect(answer.cards.map(({ productId }) => productId)).toContain('seed-1')
  const other = await talker().say('who is the prime minister of Norway?', null, {})
  expect(other.answer.cards).toEqual([])
})

test('the cheapest sandal is found wherever it lies [SHOP-TALK-09]', async () => {
  const { answer } = await talker().say('cheapest sandals', null, {})
  expect(answer.cards[0]?.productId).toBe('sandal-w1')
  expect(answer.cards).toHaveLength(4)
})

test('a size that few listings state hides none of the kind, and is said to be left out', async () => {
  const { answer } = await talker().say('18 inch remy weave please', null, {})
  expect(answer.cards.map(({ productId }) => productId)).toEqual(
    expect.arrayContaining(['weave-1', 'weave-2']),
  )
  expect(answer.text).toContain('18')
})

test('“the cheaper one” is one of those in sight, “cheaper” asks for others', async () => {
  const first = await talker().say('feeders', null, {})
  const { answer } = await talker().say('tell me about the cheaper one', null, first.state)
  expect(answer.cards.map(({ productId }) => productId)).toEqual(['feeder-1'])
})

test('a message in another language that the shop speaks is answered in it, and told whose words the listings are in [SHOP-LANGUAGE-05]', async () => {
  const { answer } = await talker().say('Haben Sie auch Sandalen für meine Tochter?', null, {})
  expect(answer.text).toMatch(/Englisch/)
  expect(answer.text).toMatch(/gesucht/)
})

test('a size is found within a value that names its region too, and what is told of somebody is no wish', async () => {
  const { answer } = await talker().say('sneakers size 40 for my mum, she is turning 60', null, {})
  expect(answer.text).not.toMatch(/no listing/i)
  const { state } = await talker().say('sneakers', null, {})
  const sized = await talker().say('do you have them in 41?', null, state)
  expect(sized.answer.text).toMatch(/not in 41/i)
})

test('a question about what is shown is no business of somebody else, whatever it sounds like', async () => {
  const { state } = await talker().say('sneakers', null, {})
  const { answer } = await talker().say('do they change colour?', null, state)
  expect(answer.text).not.toMatch(/only know this store/)
})

test('goods that are not here are said not to be', async () => {
  const { answer } = await talker().say('blue umbrella', null, {})
  expect(answer.text).toMatch(/^This store lists nothing called “(?:blue )?umbrella”/)
})

test('what a store sells of a kind is asked anew, whatever was looked for before [SHOP-TALK-03]', async () => {
  const { state } = await talker().say('sandals under $50', null, {})
  const { answer } = await talker().say('what feeders do you sell?', null, state)
  expect(answer.cards.map(({ productId }) => productId)).toEqual(
    expect.arrayContaining(['feeder-1', 'feeder-2']),
  )
  expect(answer.text).not.toContain('50')
})

test('a shelf that is named starts anew, though goods of the last kind hold its words [SHOP-TALK-03]', async () => {
  const { state } = await talker().say('a phone case', null, {})
  const { answer } = await talker().say('posters of owls', null, state)
  expect(answer.cards[0]?.productId).toBe('print-2')
})

test('a wish after “ok then” is no leave-taking, and what was not there narrows nothing [SHOP-TALK-03]', async () => {
  const { state } = await talker().say('blue umbrella', null, {})
  const { answer } = await talker().say('ok then some blankets', null, state)
  expect(answer.cards.map(({ productId }) => productId)).toEqual(['blanket-1'])
  expect(answer.text).not.toMatch(/umbrella/)
})

test('“any cheaper posters?” without posters in sight asks for the cheapest of them', async () => {
  const { state } = await talker().say('blankets', null, {})
  const { answer } = await talker().say('any cheaper posters?', null, state)
  expect(answer.cards.map(({ productId }) => productId)).toEqual(['print-1', 'print-2'])
})

test('a choice that is named has its own price', async () => {
  const { state } = await talker().say('blankets', null, {})
  const { answer } = await talker().say('what does it cost in 60x80?', null, state)
  expect(answer.text).toContain('$80.00 in 60" × 80"')
})

test('who something is for is no kind of goods', async () => {
  const { answer } = await talker().say('my nephew is crazy about owls, got something for him?', null, {})
  expect(answer.text).not.toMatch(/nephew/)
  expect(answer.cards.map(({ productId }) => productId)).toContain('print-2')
})

test('what no listing says to be free of is not said to fit, and what is plainly not wanted asks for no promise [SHOP-TALK-06]', async () => {
  const unsaid = /None of these listings says that it is without/
  const { answer } = await talker().say('seed, dust free please', null, {})
  expect(answer.text).toMatch(unsaid)
  expect(answer.text).not.toMatch(/ fits/)
  const { answer: plain } = await talker().say('a tube feeder, but no plastic', null, {})
  expect(plain.text).not.toMatch(unsaid)
})

test('what the store has not said of a service, the listing of what is looked at may say [SHOP-TALK-01]', async () => {
  const talk = talker()
  let state = {}
  const say = async (message: string) => {
    const said = await talk.say(message, null, state)
    state = said.state
    return said.answer.text
  }
  await say('pond pump')
  expect(await say('how long is the warranty?')).toContain('a warranty of two years')
  expect(await say('can I pay with PayPal?')).not.toContain('two years')
  await say('page wig')
  expect(await say('how long is the warranty?')).not.toContain('two years')
})

test('what a thing carries is not what it weighs', async () => {
  const talk = talker()
  const { state } = await talk.say('pond pump', null, {})
  expect((await talk.say('how heavy is it?', null, state)).answer.text).not.toContain('40 kg')
  expect((await talk.say('how much weight can it carry?', null, state)).answer.text).toContain('40 kg')
})

test('so many of one choice, several together, and how many are left are counted', async () => {
  const { state } = await talker().say('blankets', null, {})
  const three = await talker().say('3 of them in 60x80, what is the total?', null, state)
  expect(three.answer.text).toContain('3 of them come to $240.00')
  const { state: posters } = await talker().say('posters', null, {})
  const both = await talker().say('both together, how much is that?', null, posters)
  expect(both.answer.text).toContain('$20.00')
  const { state: pump } = await talker().say('pond pump', null, {})
  const left = await talker().say('how many are left?', null, pump)
  expect(left.answer.text).toMatch(/^\d+ in stock/)
})

test('so many of each are summed up', async () => {
  const { state } = await talker().say('tube feeders', null, {})
  const { answer } = await talker().say('2 of the green and one of the steel, total?', null, state)
  expect(answer.text).toContain('$64.00')
})

test('which is less expensive is told by the price', async () => {
  const { state } = await talker().say('tube feeders', null, {})
  const { answer } = await talker().say('which one is less expensive?', null, state)
  expect(answer.text).toContain('Green Tube Feeder is cheaper: $20.00 against $24.00')
})
