import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NearLines } from '../../src/assistant/lines/candidate-lines.ts'
import { comparesWith, namesTwo } from '../../src/assistant/plan/compared.ts'
import type { Mention } from '../../src/assistant/plan/meant.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import type { MemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'
import { nearMeanings } from './near-meanings.ts'

const item = (
  id: string,
  title: string,
  description: string,
  priceMinor: number,
  categories: string[] = [],
) => ({
  ...product(id, { title, brand: null, categories, attributes: {}, priceMinor }),
  description,
})

/** A workshop that dries roots and builds windows. */
const products = [
  item('tarn', 'Tarn Powder', 'Keep frozen. For picky hedgehogs.', 1900),
  item('fen', 'Fen Powder', 'Dry roots of nettle.', 2900),
  item('ridge', 'Ridge Powder', 'Dry roots of sorrel.', 2400),
  item('wide', 'Loft Window 114x118', 'A white frame. Keeps out damp.', 63000, ['Windows']),
  item('slim', 'Loft Window 78x140', 'A white frame, easy to clean. Keeps out damp.', 54600, ['Windows']),
  item('pine', 'Loft Window 55x78', 'A frame of pine.', 35000, ['Windows']),
  item('screen', 'Alder Screen', 'Fine mesh for a frame.', 15700, ['Extras']),
  item('blind', 'Alder Blind', 'Darkens a room by day.', 10300, ['Extras']),
]

const { signal } = new AbortController()
let folder: string
let store: MemoryStore
let meaningful: MemoryStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-second-'))
  store = await openMemoryStore({ products, folder: join(folder, 'words'), signal })
  meaningful = await openMemoryStore({
    products,
    folder: join(folder, 'meaning'),
    signal,
    // "Flies" is near to the screen and to nothing else; "printers" to all alike.
    meanings: nearMeanings(products, (text) => (text.includes('flies') ? { screen: 0.9 } : {})),
  })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const talker = (of = store) => new Talker({ name: 'workshop', store: of, policies: [] }, signal)

test('two that are named are held against each other in any frame, and each is asked what is asked [SHOP-TALK-16]', async () => {
  for (const said of [
    'tarn powder vs fen powder whats the diff',
    'tarn or fen powder, which is cheaper',
    'is the tarn powder cheaper than the fen one?',
  ]) {
    const { answer } = await talker().say(said, null, {})
    expect(answer.comparison?.products.map(({ productId }) => productId).toSorted()).toEqual(['fen', 'tarn'])
    expect(answer.text).toContain('Tarn Powder')
  }
  const { answer } = await talker().say('are the tarn powder and the fen powder frozen?', null, {})
  expect(answer.text).toMatch(/“frozen”: Tarn Powder\.$/)
})

const frames: [LanguageCode, string, boolean][] = [
  ['en', 'and compared to the fen?', true],
  ['de', 'lohnt der sich gegenüber dem Fen?', true],
  ['fr', 'et par rapport au fen ?', true],
  ['es', '¿y frente al Fen?', true],
  ['it', 'e rispetto al fen?', true],
  ['pt', 'e em relação ao fen?', true],
  ['nl', 'en vergeleken met de fen?', true],
  ['sv', 'och jämfört med fen?', true],
  ['nl', 'welke fen heb ik daar dan bij nodig?', false],
  ['de', 'gibt es das als Paket für den Fen?', false],
]
test.each(frames)('%s: “%s” holds it against what is looked at: %s [SHOP-TALK-16]', (code, said, isHeld) => {
  expect(comparesWith(said, ['fen'], lexiconOf(code))).toBe(isHeld)
})

test('“and” joins two only where something is asked of goods', () => {
  const mention = (own: string): Mention => ({
    product: product(own),
    weight: 1,
    share: 0.5,
    words: 1,
    own: [own],
    isSeen: false,
    isFocus: false,
  })
  const english = lexiconOf('en')
  const mentions = [mention('tarn'), mention('fen')]
  expect(namesTwo('show me tarn and fen', mentions, { isOfGoods: false }, english)).toBe(false)
  expect(namesTwo('is tarn and fen dry', mentions, { isOfGoods: true }, english)).toBe(true)
  expect(namesTwo('tarn or fen', mentions, { isOfGoods: false }, english)).toBe(false)
  expect(namesTwo('tarn or fen?', mentions, { isOfGoods: false }, english)).toBe(true)
})

test('what sounds like a question and is answered by no listing may say how it should be', async () => {
  const talk = talker()
  const { state } = await talk.say('loft windows that keep out damp', null, {})
  const { answer } = await talk.say('can only be 78 wide', null, state)
  expect(answer.cards[0]?.productId).toBe('slim')
})

test('a measure that no value of the catalog knows is said to be unmet', async () => {
  const talk = talker()
  const { state } = await talk.say('loft windows', null, {})
  const { answer } = await talk.say('one of 50 inches', null, state)
  expect(answer.text).toContain('“50 inches”')
  expect(answer.text).not.toMatch(/best match|fits/)
})

test('what nothing is called is answered by what is nearest in meaning, where that stands out [SHOP-TALK-11]', async () => {
  const { answer } = await talker(meaningful).say('something against flies', null, {})
  expect(answer.cards.map(({ productId }) => productId)).toEqual(['screen'])
  expect(answer.text).toMatch(/nearest that I have is Alder Screen/)
  const none = await talker(meaningful).say('do you have printers?', null, {})
  expect(none.answer.text).toContain('nothing called “printers”')
  expect(none.answer.cards).toEqual([])
  const byWords = await talker().say('something against flies', null, {})
  expect(byWords.answer.cards).toEqual([])
})

test('what something is for is told by what it means and by the piece of a listing that says so, not by which words are held [SHOP-TALK-11]', async () => {
  const wish = 'midges come in by night while we sleep, what helps?'
  const near = await openMemoryStore({
    products,
    folder: join(folder, 'use'),
    signal,
    // The blind as a whole is a little nearer than the screen; of their pieces that of the screen is.
    meanings: nearMeanings(products, () => ({ blind: 0.9, screen: 0.89 })),
  })
  const talk = (nearLines?: NearLines) =>
    new Talker(
      { name: 'workshop', store: near, policies: [], ...(nearLines ? { nearLines } : {}) },
      signal,
    ).say(wish, null, {})
  const asWhole = await talk()
  expect(asWhole.answer.cards[0]?.productId).toBe('blind')
  const byPiece = await talk((_, texts) =>
    Promise.resolve(new Map(texts.map((text) => [text, text.includes('mesh') ? 0.95 : 0.8]))),
  )
  expect(byPiece.answer.cards[0]?.productId).toBe('screen')
  expect(byPiece.answer.text).toMatch(/nearest that I have is Alder Screen/)
})
