import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { warnedOf } from '../../src/assistant/warns.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, description: string): Product => ({
  ...product(id, { title, categories: ['Goods'], description }),
  brand: null,
})

const lamp = item(
  'lamp',
  'Velm Fairy Lantern',
  'A paper shade on a slim stand of beech. Lit by two coin batteries in the foot. These are harmful if swallowed. Do not hang it in a damp room. Not for children under 3. Never iron the shade.',
)
const kite = item(
  'kite',
  'Brack Stunt Kite',
  'A kite of ripstop that never tears. Comes with two lines of 20 m.',
)

const folders: string[] = []
const { signal } = new AbortController()
async function answer(message: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-warned-'))
  folders.push(folder)
  const store = await openMemoryStore({ products: [lamp, kite], language: 'en', folder, signal })
  const { answer: said } = await new Talker({ name: 'warned', store, policies: [] }, signal).say(
    message,
    lamp.id,
    {},
  )
  return said.text
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const en = lexiconOf('en')
const warned = (message: string, of: Product, isAnswered = false) =>
  warnedOf(message, of, en, isAnswered).lines.map(({ text }) => text)

describe('what a listing warns of', () => {
  test('is said where a child is spoken of, whatever is asked', async () => {
    const said = await answer('is the stand made of beech? my baby crawls around here')
    expect(said).toContain('harmful if swallowed')
    expect(said).toContain('Not for children under 3')
    expect(said).not.toContain('iron')
  }, 60_000)

  test('is said beside that nothing is known of what is asked', async () => {
    const said = await answer('would it look alright in a caravan?')
    expect(said).toContain('the listing does not say')
    expect(said).toContain('harmful if swallowed')
  }, 60_000)

  test('is not said where the listing answers, and no risk is asked of', async () => {
    expect(await answer('is the stand made of beech?')).not.toContain('swallowed')
    expect(warned('is the stand made of beech?', lamp, true)).toEqual([])
    expect(warned('how long is the cable', lamp)).toEqual([])
  }, 60_000)

  test('is nothing that a listing tells of itself', () => {
    expect(warned('can my baby play with it?', kite)).toEqual([])
  })

  test('is what it forbids where it does not warn, for children where one is spoken of', () => {
    const shelf = item(
      'shelf',
      'Odde Wall Shelf',
      'Must not be put on plasterboard. Not for children to climb.',
    )
    expect(warned('would it look alright in a caravan?', shelf)).toEqual(['Must not be put on plasterboard.'])
    expect(warned('is it ok with a toddler around?', shelf, true)).toEqual(['Not for children to climb.'])
  })

  test('is not how something is cleaned, and may stand in another word of the same root', () => {
    const rail = item(
      'rail',
      'Odde Towel Rail',
      'Must not be hung on sliding doors. Never put it in the dishwasher.',
    )
    const asked = warnedOf('would that go on our slider?', rail, en, false)
    expect(asked.lines.map(({ text }) => text)).toEqual(['Must not be hung on sliding doors.'])
    expect(asked.isAnswer).toBe(true)
    expect(warnedOf('would that go in the caravan?', rail, en, false).isAnswer).toBe(false)
  })

  test('is known in every language', () => {
    const told: [LanguageCode, string, string][] = [
      ['de', 'Geht das mit einem Kleinkind?', 'Verschluckte Teile sind lebensgefährlich.'],
      ['fr', 'est-ce que ça va avec un bébé ?', 'Les piles sont dangereuses si elles sont avalées.'],
      ['es', '¿lo puede usar mi hijo?', 'Las pilas son nocivas si se ingieren; peligroso.'],
      ['it', 'va bene con un bambino?', 'Tenere fuori dalla portata di chi gioca.'],
      ['pt', 'serve para um bebê?', 'As pilhas são nocivas em caso de ingestão.'],
      ['nl', 'kan dat met een peuter?', 'Batterijen zijn gevaarlijk bij inslikken.'],
      ['sv', 'går det med ett spädbarn?', 'Batterierna är farliga att svälja.'],
    ]
    for (const [code, question, line] of told) {
      const of = item('thing', 'Velm 20', `Velm 20. ${line}`)
      expect(warnedOf(question, of, lexiconOf(code), true).lines.map(({ text }) => text)).toEqual([line])
    }
  })
})
