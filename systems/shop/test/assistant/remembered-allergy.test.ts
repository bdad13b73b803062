import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'

const treat = (id: string, category: string, title: string, description: string): Product => ({
  id,
  title,
  brand: 'Ember',
  description,
  categories: [category],
  attributes: {},
  variants: [
    {
      id: `${id}-v`,
      options: {},
      price: { minor: 400, currency: 'EUR' },
      compareAt: null,
      stock: 3,
      image: null,
    },
  ],
  images: [],
  url: null,
  services: [],
  rating: null,
})

const products = [
  treat('biscuit-plain', 'Biscuits', 'Butter Biscuit', 'A crisp biscuit.'),
  treat('biscuit-nut', 'Biscuits', 'Nut Biscuit', 'A biscuit with hazelnuts.'),
  treat('choc-dark', 'Chocolate', 'Dark Chocolate', 'Seventy per cent cocoa.'),
  treat('nougat-peanut', 'Nougat', 'Peanut Nougat', 'Sweet and salty.'),
  treat('nougat-plain', 'Nougat', 'Honey Nougat', 'Sweet.'),
  treat('choc-nut', 'Chocolate', 'Crunch Chocolate', 'Chocolate with whole hazelnuts.'),
]

let folder: string
let store: Awaited<ReturnType<typeof openMemoryStore>>
const { signal } = new AbortController()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-remembered-'))
  store = await openMemoryStore({ products, folder, signal })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('keeps to what hurts when the talk goes on to other goods [SHOP-TALK-06]', async () => {
  const talker = new Talker({ name: 'treats', store, policies: [] }, signal)
  const first = await talker.say('I am allergic to hazelnuts, which biscuits can I have?', null, {})
  expect(first.state.keptFrom).toEqual(['hazelnuts'])
  const second = await talker.say('show me chocolate', null, first.state)
  expect(second.answer.cards.map(({ productId }) => productId)).toEqual(['choc-dark'])
  expect(second.answer.text).toMatch(/hazelnuts.*check the label/)
  const third = await talker.say('cheaper', null, second.state)
  expect(third.answer.cards.map(({ productId }) => productId)).not.toContain('choc-nut')
  const page = await talker.say('how much is it?', 'choc-nut', { keptFrom: third.state.keptFrom ?? [] })
  expect(page.answer.text).toMatch(/Crunch Chocolate says “[^”]*hazelnut[^”]*”/)
})

test('that a listing may be silent is said once of a shelf, and not with each answer [SHOP-TALK-06]', async () => {
  const talker = new Talker({ name: 'treats', store, policies: [] }, signal)
  const first = await talker.say('I am allergic to hazelnuts, which biscuits can I have?', null, {})
  const second = await talker.say('show me chocolate', null, first.state)
  expect(second.answer.text).toMatch(/stay clear of hazelnuts/)
  const third = await talker.say('is it sweet?', null, second.state)
  expect(third.answer.text).not.toMatch(/stay clear/)
  expect(third.state.keptFrom).toEqual(['hazelnuts'])
  const other = await talker.say('show me honey nougat', null, third.state)
  expect(other.answer.text).toMatch(/stay clear of hazelnuts/)
})

test('what is written as one word with what hurts is left out too: peanuts, for nuts [SHOP-TALK-06]', async () => {
  const talker = new Talker({ name: 'treats', store, policies: [] }, signal)
  const first = await talker.say('no nuts please, my son is allergic', null, {})
  expect(first.state.keptFrom).toEqual(['nuts'])
  const { answer } = await talker.say('show me nougat', null, first.state)
  expect(answer.cards.map(({ productId }) => productId)).toEqual(['nougat-plain'])
})

test('a brand that is asked for, or is not wanted, is nothing that hurts', async () => {
  const talker = new Talker({ name: 'treats', store, policies: [] }, signal)
  for (const message of ['anything from Ember?', 'chocolate, sugar free, not Ember']) {
    const { state } = await talker.say(message, null, {})
    expect(state.keptFrom ?? []).toEqual([])
  }
})

test('offers the rules on returns only where the store has some [SHOP-TALK-07]', async () => {
  const without = new Talker({ name: 'treats', store, policies: [] }, signal)
  const { answer } = await without.say('hello', null, {})
  expect(answer.pills).not.toContain('What is your return policy?')
  const returns = { section: 'returns', title: 'Returns', text: 'Send it back within 30 days.' }
  const { answer: other } = await new Talker({ name: 'treats', store, policies: [returns] }, signal).say(
    'hello',
    null,
    {},
  )
  expect(other.pills).toContain('What is your return policy?')
})
