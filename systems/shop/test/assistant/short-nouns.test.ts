import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { isKindOf } from '../../src/language/joined.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, description: string) =>
  product(id, { title, description, categories: [], attributes: {}, sizes: ['eine'], brand: null })

let folder: string
let talker: Talker
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-short-nouns-'))
  const { signal } = new AbortController()
  const products = [
    item('fold', 'Faltrad Tarn 20 Zoll', 'Passt in jeden Zug.'),
    item('child', 'Kinderrad Moor 16 Zoll', 'Mit Klingel.'),
    item('tyre', 'Reifen Fenn 28 Zoll', 'Für jedes Rad mit Felgen von 28 Zoll.'),
    item('light', 'Scheinwerfer Rill', 'Leuchtet nach, wenn das Rad steht.'),
    item('rain', 'Regenhose Otter unisex', 'Über den Schuhen zu tragen.'),
    item('glove', 'Handschuhe Otter', 'Gegen Regen.'),
    item('box', 'Karton Tarn', 'Für den Versand.'),
  ]
  const store = await openMemoryStore({ products, language: 'de', folder, signal })
  talker = new Talker({ name: 'made', store, policies: [] }, signal)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))
const shownFor = async (message: string): Promise<string[]> => {
  const { answer } = await talker.say(message, null, {})
  return answer.cards.map(({ productId }) => productId)
}

test('a short noun is found in the words that it ends [SHOP-TALK-09]', async () => {
  expect((await shownFor('ein Rad')).slice(0, 2).toSorted()).toEqual(['child', 'fold'])
  expect((await shownFor('Hose'))[0]).toBe('rain')
})

test('what is for such a thing is none of it', async () => {
  expect((await shownFor('Reifen für ein Rad'))[0]).toBe('tyre')
})

test('three letters at the end of a word are no noun behind a part as short as they', () => {
  expect(isKindOf('faltrad', 'rad', 'de')).toBe(true)
  expect(isKindOf('karton', 'ton', 'de')).toBe(false)
})
