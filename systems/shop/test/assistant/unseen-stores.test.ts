import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { PathStyleLearner, readCategories } from '../../src/import/category-paths.ts'
import { product } from './fixture.ts'

const item = (
  id: string,
  title: string,
  shelf: string,
  dollars: number,
  flavours: string[] = [],
): Product => {
  const made = product(id, { title, categories: [shelf], priceMinor: dollars * 100, sizes: ['One size'] })
  const [variant] = made.variants
  if (variant === undefined) return made
  const options = flavours.length === 0 ? [{}] : flavours.map((flavour) => ({ flavour }))
  return { ...made, variants: options.map((each, at) => ({ ...variant, id: `${id}-v${at}`, options: each })) }
}

const products = [
  item('pie-1', 'Otter Birthday Pie', 'Pies', 30, ['Plum', 'Leek']),
  item('pie-2', 'Heron Birthday Pie', 'Pies', 32, ['Plum']),
  item('pie-3', 'Marsh Pie', 'Pies', 12, ['Leek']),
  item('pie-4', 'Fen Pie', 'Pies', 14, ['Leek']),
  item('bar-1', 'Oat Bar', 'Bars', 4),
  item('bar-2', 'Honey Bar', 'Bars', 5),
  item('ferret-1', 'Locator Small (Ferrets)', 'Locators', 90),
  item('ferret-2', 'Crunchy Salmon Bites', 'Ferret snacks', 6),
  item('ferret-3', 'Hemp Tunnel', 'Ferret toys', 9),
  ...['Reed', 'Moor', 'Tarn'].map((name, at) =>
    item(`heater-${at}`, `${name} Oil Heater`, 'Heaters', 80 + at),
  ),
  { ...item('mist-1', 'Sea Salt Mist', 'Care', 11), description: 'Hold the dryer close, then spray.' },
  { ...item('mist-2', 'Hair Milk', 'Care', 12), description: 'Works with or without a dryer.' },
  item('comb-1', 'Horn Comb', 'Combs', 8),
  item('comb-2', 'Beech Comb', 'Combs', 7),
  item('fan-1', 'Brass Desk Fan', 'Fans', 40),
  item('fan-2', 'Steel Floor Fan', 'Fans', 60),
]

let folder: string
let store: Awaited<ReturnType<typeof openMemoryStore>>
const { signal } = new AbortController()
const talker = () => new Talker({ name: 'unseen', store, policies: [] }, signal)
const idsOf = ({ cards }: { cards: readonly { productId: string }[] }) =>
  cards.map(({ productId }) => productId)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-unseen-'))
  store = await openMemoryStore({ products, folder, signal })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a price is asked of no measure that a product is not sold in and says nothing of [SHOP-TALK-03]', async () => {
  const { state } = await talker().say('Otter Birthday Pie', null, {})
  const { answer } = await talker().say('how much is the 1kg one?', null, state)
  expect(answer.text).toContain('Not in 1kg')
  expect(answer.text).not.toContain('$30')
})

test('what has no choices is told to cost nothing in a measure that its listing says nothing of [SHOP-TALK-03]', async () => {
  const { state } = await talker().say('Oat Bar', null, {})
  const { answer } = await talker().say('how much is the 1kg one?', null, state)
  expect(answer.text).toContain('does not say anything about 1kg')
  expect(answer.text).not.toContain('$4')
})

test('goods that go with others are found by their own name [SHOP-TALK-09]', async () => {
  const { state } = await talker().say('oil heater', null, {})
  const { answer } = await talker().say('what about a fan for it', null, state)
  expect(idsOf(answer)).toContain('fan-1')
  expect(answer.text).not.toContain('I see no')
})

test('anything for somebody is what has to do with them, and not what alone is called so [SHOP-TALK-09]', async () => {
  const first = await talker().say('got anything for ferrets?', null, {})
  expect(idsOf(first.answer)).toEqual(expect.arrayContaining(['ferret-1', 'ferret-2', 'ferret-3']))
  const { answer } = await talker().say('teh cheapest one', null, first.state)
  expect(answer.cards[0]?.productId).toBe('ferret-2')
})

test('what descriptions alone name is said to be missing, and narrows nothing that is asked for next [SHOP-TALK-09]', async () => {
  const first = await talker().say('hair dryer', null, {})
  expect(first.answer.text).toContain('There may be no “dryer” here')
  const { answer } = await talker().say('comb for long hair', null, first.state)
  expect(idsOf(answer)[0]).toMatch(/^comb-/)
})

test('however nuts are ruled out, that no listing says to be without them is said [SHOP-TALK-02]', async () => {
  const { answer } = await talker().say('which bars have no nuts?', null, {})
  expect(answer.text).toContain('None of these listings says that it is without')
})

test('a shelf that is written as a handle is read in words [SHOP-IMPORT-10]', () => {
  const learner = new PathStyleLearner()
  for (const cell of ['ferret-snacks', 't-shirts', 'pies']) learner.add(cell)
  const path = (cell: string) => readCategories(cell, learner.style()).path
  expect([path('ferret-snacks'), path('t-shirts'), path('pies')]).toEqual([
    ['ferret snacks'],
    ['t-shirts'],
    ['pies'],
  ])
})
