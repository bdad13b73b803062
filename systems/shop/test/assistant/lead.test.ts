import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { product } from './fixture.ts'

interface Stated {
  stock?: number
  minor?: number
}

const item = (id: string, title: string, description = '', { stock = 4, minor = 2000 }: Stated = {}) => {
  const made = product(id, { title, brand: null, categories: [], attributes: {} })
  const variants = made.variants.map((variant) => ({ ...variant, stock, price: { ...variant.price, minor } }))
  return { ...made, variants, description }
}

const folders: string[] = []
async function open(language: LanguageCode, products: ReturnType<typeof item>[]): Promise<Talker> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-lead-'))
  folders.push(folder)
  const { signal } = new AbortController()
  const store = await openMemoryStore({ products, language, folder, signal })
  return new Talker({ name: language, store, policies: [] }, signal)
}

const coloured = (id: string, title: string, color: string) => {
  const made = item(id, title, 'A clog of leather.')
  return { ...made, variants: made.variants.map((variant) => ({ ...variant, options: { color } })) }
}

let english: Talker
let german: Talker
beforeAll(async () => {
  english = await open('en', [
    item('shampoo-0', 'Tarn Shampoo', 'Mild.', { minor: 0 }),
    item('duo-1', 'Wash Duo: Shampoo + Shampoo Bar', 'A shampoo and a shampoo bar. Shampoo for two.'),
    item('shampoo-2', 'Fen Shampoo', 'Mild.', { stock: 0 }),
    item('shampoo-3', 'Ondo Shampoo', 'Mild.'),
    item('tree-1', 'Sisal Post', 'A scratching post for a cat.'),
    item('card-1', 'Gift Card', 'A gift for anybody: a gift card as a gift.'),
    item('suit-1', 'Navy Suit', 'A suit of wool. A suit for the office.'),
    item('suit-2', 'Grey Suit', 'A suit of wool. A suit for the office.'),
    item('suit-3', 'Black Kids Suit', 'A suit of wool.'),
    coloured('clog-1', 'Fen Clog', 'Black White'),
    coloured('clog-2', 'Tarn Clog', 'Tomato Black'),
    coloured('clog-3', 'Ondo Clog', 'Black'),
  ])
  german = await open('de', [
    item('bier-1', 'Fenbräu Bier', 'Ein Bier.'),
    item('bier-2', 'Tarner alkoholfrei', 'Gebraut wie ein Helles, der Alkohol wird entzogen.'),
    item('bier-3', 'Ondo alkoholfrei', 'Frisch.'),
    item('klar-1', 'Klar Rohrfrei', 'Für Abflüsse.'),
    item('rohr-1', 'Rohr aus Kupfer', 'Ein Rohr.'),
  ])
}, 120_000)
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const shown = async (talker: Talker, message: string) =>
  (await talker.say(message, null, {})).answer.cards.map(({ productId }) => productId)

test('what is sold by itself and in stock leads over sets, samples and what is sold out', async () => {
  expect(await shown(english, 'shampoo')).toEqual(['shampoo-3', 'duo-1', 'shampoo-2', 'shampoo-0'])
  expect((await shown(english, 'shampoo duo'))[0]).toBe('duo-1')
})

test('a present is for somebody, and no gift card unless that is asked for', async () => {
  expect((await shown(english, 'a gift for my cat'))[0]).toBe('tree-1')
  expect((await shown(english, 'gift card'))[0]).toBe('card-1')
})

test('what is for a child of that age leads, however many others are of the kind', async () => {
  expect((await shown(english, 'a suit for my 8 year old nephew'))[0]).toBe('suit-3')
})

test('what is for children leads where that is asked for, and is missed where none is', async () => {
  expect((await shown(english, 'suits for children'))[0]).toBe('suit-3')
  expect((await english.say('clogs for children', null, {})).answer.text).toContain('mentions “children”')
})

test('what is black leads over what is black and white', async () => {
  expect((await shown(english, 'black clogs'))[0]).toBe('clog-3')
})

test('what its title says to be free of something is found for that, whatever it is called', async () => {
  expect((await shown(german, 'alkoholfreies Bier')).toSorted()).toEqual(['bier-2', 'bier-3'])
  expect((await shown(german, 'Rohrfrei'))[0]).toBe('klar-1')
})
