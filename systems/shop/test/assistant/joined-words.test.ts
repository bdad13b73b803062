import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { isKindOf } from '../../src/language/joined.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const item = (
  id: string,
  title: string,
  shelf: string,
  description: string,
  priceMinor = 5000,
  size: string | null = null,
) =>
  product(id, {
    title,
    description,
    categories: [shelf],
    attributes: size === null ? {} : { maße: [size] },
    priceMinor,
    sizes: ['eine'],
    brand: null,
  })

let folder: string
let talker: Talker
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-joined-'))
  const { signal } = new AbortController()
  const products = [
    item('stand', 'Stehlampe Tarn', 'Stehlampen', 'Mit Holzfuß und Netzstecker.'),
    item('table', 'Tischlampe Moor', 'Tischlampen', 'Akkubetrieben, aus Messing.'),
    item('hang', 'Hängelampe Fenn', 'Hängelampen', 'Schirm aus Kirschholz.'),
    item('desk', 'Schreibtisch Rill', 'Schreibtische', 'Groß.', 30_000, '160 x 80 cm'),
    item('side', 'Beistelltisch Rill', 'Beistelltische', 'Klein.', 9000, '45 x 45 cm'),
    item('holder', 'Schirmhalter Fenn', 'Schirmhalter', 'Aus Guss.'),
    item('rug', 'Wollteppich Otter', 'Teppiche', 'Passt unter jeden Tisch.'),
  ]
  const store = await openMemoryStore({ products, language: 'de', folder, signal })
  talker = new Talker({ name: 'made', store, policies: [] }, signal)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))
const say = async (...messages: string[]) => {
  let state = {}
  let answer
  for (const message of messages) ({ state, answer } = await talker.say(message, null, state))
  if (answer === undefined) throw new Error('Nothing was said.')
  return { ...answer, ids: answer.cards.map(({ productId }) => productId) }
}

describe('words that are written as one [SHOP-TALK-09]', () => {
  test('a kind of goods is what its last part is', async () => {
    expect((await say('habt ihr Lampen?')).ids.toSorted()).toEqual(['hang', 'stand', 'table'])
    expect((await say('Tische')).ids.toSorted()).toEqual(['desk', 'side'])
  })

  test('what is of a kind of wood is of wood', async () => {
    const { ids, text } = await say('habt ihr Lampen?', 'und eine aus Holz?')
    expect(ids[0]).toBe('hang')
    expect(text).not.toContain('steht in diesen Beschreibungen nichts')
  })

  test('what stands on a shelf by itself and goes with it is looked for by the last part of its name', async () => {
    const { ids, text } = await say('Hängelampe', 'welcher Halter passt dazu?')
    expect(text).not.toContain('sehe ich hier nicht')
    expect(ids).toContain('holder')
    expect(ids).not.toContain('hang')
  })

  test('a smaller one than one that is named is of its shelf, whatever name its title ends in', async () => {
    expect((await say('Hängelampe', 'gibt es den Schreibtisch Rill auch kleiner?')).ids).not.toContain('rug')
  })

  test.each([
    ['was kostet der kleinste?', 'side'],
    ['und was kostet der größte?', 'desk'],
  ])('“%s” is of the most of a measure, and no comparison of prices', async (message, expected) => {
    expect((await say('Tische', message)).ids[0]).toBe(expected)
  })

  test('what names a kind of a thing is not without it', async () => {
    expect((await say('eine Lampe ohne Stecker')).ids).not.toContain('stand')
  })
})

test.each([
  ['de', 'Couchtische', 'Tisch', true],
  ['de', 'Stehlampe', 'Tisch', false],
  ['nl', 'tuinstoelen', 'stoel', true],
  ['sv', 'trädgårdsstol', 'stolar', true],
  ['en', 'armchair', 'chair', false],
] as const)('%s: %s, %s', (code, word, noun, expected) => {
  const lexicon = lexiconOf(code)
  expect(isKindOf(lexicon.meaning(word.toLowerCase()), lexicon.meaning(noun.toLowerCase()), code)).toBe(
    expected,
  )
})
