import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, description = '', categories: string[] = []) => ({
  ...product(id, { title, brand: null, categories, attributes: {} }),
  description,
})
const range = (length: number) => Array.from({ length }, (_, at) => at)

/** Helmets, of which one speaks of gloves; notebooks, which speak of laptops; and shelves that name no goods. */
const products = [
  ...range(8).map((at) =>
    item(
      `helmet-${at}`,
      `Tarn Ride Helmet ${at}`,
      at === 3 ? 'A shell of fibre. Its buckle opens with gloves on.' : 'A shell of fibre.',
      ['Uncategorized'],
    ),
  ),
  ...range(4).map((at) => item(`visor-${at}`, `Fen Clear Visor ${at}`, 'Holds off rain.', ['Uncategorized'])),
  ...range(4).map((at) =>
    item(`notebook-${at}`, `Ondo Notebook ${at}`, 'Thin and quiet. As a laptop it lasts all day.', [
      'Offers',
    ]),
  ),
  ...range(3).map((at) => item(`brush-${at}`, `Reed Toothbrush ${at}`, 'Soft.', ['Offers'])),
]

let folder: string
let talker: Talker
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-not-listed-'))
  const { signal } = new AbortController()
  const store = await openMemoryStore({ products, folder, signal })
  talker = new Talker({ name: 'helmets', store, policies: [] }, signal)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const ask = async (message: string) => (await talker.say(message, null, {})).answer

test('what nothing is called is said to be not listed, with what speaks of it [SHOP-TALK-11]', async () => {
  const { text, cards } = await ask('do you have gloves?')
  expect(text).toMatch(/^This store lists nothing called “gloves”/)
  expect(text).toContain('These only mention it.')
  expect(text).not.toMatch(/best match|comes closest|first, at|visor/)
  expect(cards.map(({ productId }) => productId)).toEqual(['helmet-3'])
})

test('where nothing is near, the largest kinds that titles know are named, and nothing is shown [SHOP-TALK-11]', async () => {
  const { text, cards } = await ask('show me dumbbells')
  expect(text).toMatch(/^This store lists nothing called “dumbbells”.*lists most is called “helmet”/)
  expect(text).not.toMatch(/uncategorized|offers/i)
  expect(cards).toEqual([])
})

test.each([
  ['two words that name it', 'wool mittens', 'wool mittens'],
  ['what stands before a measure', 'sunscreen spf 50', 'sunscreen'],
  ['what stands before a size', 'ski boots size 8 please', 'ski boots'],
  ['a word alone', 'dumbbells', 'dumbbells'],
])('%s is said to be missing as it was written [SHOP-TALK-11]', async (_, message, what) => {
  const { text, cards } = await ask(message)
  expect(text).toMatch(/^(?:This store lists nothing called|Nothing in this store mentions)/)
  expect(text).toContain(`“${what}”`)
  expect(cards).toEqual([])
})

test.each([
  ['its own noun', 'do you have a visor?'],
  ['a misspelling', 'do you have a hlemet?'],
  ['a part of a compound', 'do you have a brush?'],
  ['a compound', 'do you have an electric toothbrush?'],
  ['what a kind of goods speaks of', 'do you have laptops?'],
  ['whom it is for', 'a helmet for grandpa'],
  ['a quality', 'something waterproof'],
  ['a quality alone', 'waterproof'],
])('%s is not said to be missing [SHOP-TALK-11]', async (_, message) => {
  expect((await ask(message)).text).not.toContain('lists nothing')
})
