import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { leadFeatures } from '../../src/assistant/lead-trust.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const good = (id: string, title: string, description: string): Product => ({
  ...product(id, { title }),
  description,
  categories: [],
  attributes: {},
})

const goods = [
  good('lantern', 'Lawn lantern', 'A lantern on a spike for the lawn. Charges in the sun.'),
  good('gnome', 'Reading gnome', 'A gnome of clay with a book on his knees.'),
  good('fence', 'Low border fence', 'Steel hoops along a bed. Keeps hens and rabbits out.'),
  good('insoles', 'Cork insoles', 'Soothe tired feet after a long day of standing.'),
  good('stool', 'Folding stool', 'For standing still in a queue, or sitting in one.'),
]

async function answerTo(message: string) {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-trust-'))
  folders.push(folder)
  const { signal } = new AbortController()
  const store = await openMemoryStore({ products: goods, folder, signal })
  const { answer } = await new Talker({ name: 'made', store, policies: [] }, signal).say(message, null, {})
  return answer
}

test('what shares hardly a word with the message is not said to come nearest, and nothing to be cheaper than it [SHOP-TALK-09]', async () => {
  const { text, cards, parts } = await answerTo('a lantern that keeps moles away from the vegetable patch')
  expect(text).toMatch(/not sure that this store has what you mean/)
  expect(text).toMatch(/by words alone, Lawn lantern/)
  expect(cards[0]?.productId).toBe('lantern')
  expect(parts.find((part) => part.type === 'data-products')?.data.title).not.toMatch(/best/i)
})

test('what says most of what was asked is told without doubt, in whatever forms [SHOP-TALK-09]', async () => {
  const { text, cards } = await answerTo('something soothing for tired feet')
  expect(cards[0]?.productId).toBe('insoles')
  expect(text).not.toMatch(/not sure/)
})

const features = (said: string, shown: readonly Product[], lexicon = english) =>
  leadFeatures({ said, shown, found: shown }, { lexicon, currency: 'EUR' })

test('counts what the first says of what was asked, what nobody says, and how far it is ahead', () => {
  const [lantern, gnome] = goods as [Product, Product]
  const of = features('a lantern for a shady lawn', [lantern, gnome])
  expect(of?.held).toBeCloseTo(2 / 3)
  expect(of?.unsaid).toBeCloseTo(1 / 3)
  expect(of?.ahead).toBeCloseTo(2 / 3)
  // What nobody says is rarer than what one says.
  expect(of?.heldRare).toBeLessThan(2 / 3)
})

test('price, whom it is for and what is ruled out are no words that a listing has to say', () => {
  const [lantern] = goods as [Product]
  expect(features('a lantern for my uncle under 30 euros, no plastic', [lantern])?.held).toBe(1)
})

test('a compound says what it is made of, in languages that write them as one', () => {
  const tent = good('zelt', 'Faltzelt', 'Steht in einer Minute.')
  expect(features('ein Zelt', [tent], lexiconOf('de'))?.held).toBe(1)
})

test('a size that titles write with a sign is said by them', () => {
  const screen = good('screen', 'Orbel screen 139.7 cm (55")', 'A screen for the wall.')
  expect(features('55 inch screen', [screen])).toMatchObject({ held: 1, unsaid: 0 })
})
