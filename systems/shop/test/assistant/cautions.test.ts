import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { cautionOf } from '../../src/assistant/cautions.ts'
import { touchedCautions } from '../../src/assistant/touched.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, shelf: string, description: string): Product => ({
  ...product(id, { title, categories: [shelf], description }),
  brand: null,
})

describe('a line that warns', () => {
  test.each<[LanguageCode, string, string]>([
    ['en', 'Not suited to hammocks', 'Does not sag under a tall sleeper'],
    ['de', 'Nicht an Rohren aus Messing klemmen', 'Kein Werkzeug nötig, quietscht nicht'],
    ['fr', 'Ne pas poser sur un sol en liège', 'Ne grince pas et ne plie pas'],
    ['es', 'No apto para suelos de corcho', 'No cruje ni se dobla'],
    ['it', 'Non adatto a pavimenti in sughero', 'Non cigola e non si piega'],
    ['pt', 'Não indicado para pisos de cortiça', 'Não range nem dobra'],
    ['nl', 'Niet geschikt voor vloeren van kurk', 'Kraakt niet en buigt niet door'],
    ['sv', 'Inte för golv av kork', 'Knarrar inte och böjs inte'],
  ])('%s: “%s” does, “%s” tells', (code, warns, tells) => {
    const lexicon = lexiconOf(code)
    expect(cautionOf(warns, lexicon)).toBeGreaterThan(0.25)
    expect(cautionOf(warns, lexicon)).toBeGreaterThan(cautionOf(tells, lexicon) + 0.1)
  })
})

const pad = item(
  'pad',
  'Velm Warming Pad',
  'Warmth',
  'Warms a chair within a minute. Ask a doctor first if you have a pacemaker. Not suited to waterbeds or bean bags. Never strains the eyes.',
)
const bunk = item(
  'bunk',
  'Odde Loft Bed',
  'Beds',
  'A loft bed of pine for small rooms. The upper bed is not for children under 6 years.',
)
const bed = item('bed', 'Odde Drift Waterbed', 'Beds', 'A bed filled with 200 l, heated to 28 °C.')

const en = lexiconOf('en')
const touched = (message: string, of: Product, beside = '') =>
  touchedCautions(message, of, en, beside).map(({ text }) => text)

describe('what a message names of what a listing warns of', () => {
  test('is said in the words of one of its phrases, whatever else is wished for', () => {
    expect(touched('something warm for my mother, she has a pacemaker', pad)).toEqual([
      'Ask a doctor first if you have a pacemaker.',
    ])
    expect(touched('would it go on my bean bags', pad)).toEqual(['Not suited to waterbeds or bean bags.'])
    expect(touched('is that ok?', pad, bed.title)).toEqual(['Not suited to waterbeds or bean bags.'])
  })

  test('is nothing that it shares by half, nor what only tells, nor what the goods are called', () => {
    expect(touched('a bag for a chair', pad)).toEqual([])
    expect(touched('something that warms a chair', pad)).toEqual([])
    expect(touched('a warming pad', pad)).toEqual([])
  })

  test('is a child that is too young for it, and none that is old enough', () => {
    const line = ['The upper bed is not for children under 6 years.']
    expect(touched('a bed for my two boys', bunk)).toEqual(line)
    expect(touched('a bed for my son, he is 5', bunk)).toEqual(line)
    expect(touched('a bed for my son, he is 8 years old', bunk)).toEqual([])
    expect(touched('a bed for two', bunk)).toEqual([])
  })
})

const folders: string[] = []
const { signal } = new AbortController()
async function talker(products: readonly Product[], language: LanguageCode): Promise<Talker> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-cautions-'))
  folders.push(folder)
  const store = await openMemoryStore({ products, language, folder, signal })
  return new Talker({ name: 'cautions', store, policies: [] }, signal)
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describe('an answer', () => {
  test('says what the first of what is found warns of that the wish names, and nothing else of it', async () => {
    const shop = await talker([pad, bunk, bed], 'en')
    const heart = await shop.say('a warming pad for my mother, she has a pacemaker', null, {})
    expect(heart.answer.text).toContain('Ask a doctor first')
    const plain = await shop.say('a warming pad for my mother', null, {})
    expect(plain.answer.cards.map(({ productId }) => productId)).toContain('pad')
    expect(plain.answer.text).not.toMatch(/doctor|waterbeds/)
  }, 60_000)

  test('says what is in sight warns of, where a question names what it does not go with', async () => {
    const shop = await talker([pad, bunk, bed], 'en')
    const said = await shop.say('would it go on the Odde Drift Waterbed?', pad.id, {})
    expect(said.answer.text).toContain('Velm Warming Pad: The listing says: “Not suited to waterbeds')
    const other = await shop.say('is the Odde Drift heated?', pad.id, {})
    expect(other.answer.text).not.toContain('bean bags')
  }, 60_000)

  test('in German', async () => {
    const kissen = item(
      'kissen',
      'Velm Heizkissen',
      'Wärme',
      'Wärmt den Stuhl. Mit Herzschrittmacher vorher den Arzt fragen. Nicht auf Wasserbetten legen.',
    )
    const shop = await talker([kissen], 'de')
    const said = await shop.say('ein Heizkissen für meine Mutter, sie hat einen Herzschrittmacher', null, {})
    expect(said.answer.text).toContain('vorher den Arzt fragen')
  }, 60_000)
})
