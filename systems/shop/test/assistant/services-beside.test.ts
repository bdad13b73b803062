import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { PolicySection } from '../../src/domain/ports.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { languageOf } from '../../src/language/language.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import { servedBeside } from '../../src/understand/services-beside.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, shelf: string, description: string): Product => ({
  ...product(id, { title, categories: [shelf], sizes: ['One'], description }),
  brand: null,
})

const products = [
  item(
    'red',
    'Moth Lantern Red',
    'Lanterns',
    'A lantern of tin.\nHeight 18 cm.\nTwo years warranty from the maker.',
  ),
  item('green', 'Moth Lantern Green', 'Lanterns', 'A lantern of tin.\nHeight 18 cm.'),
  item('stove', 'Ember Solo Stove', 'Stoves', 'One burner.\nCanister not included.'),
]
const policies: PolicySection[] = [
  {
    section: 'delivery',
    title: 'Delivery',
    text: 'We deliver to all of Great Britain for £4.50.',
    url: null,
  },
  {
    section: 'returns',
    title: 'Returns',
    text: 'What was not used may come back within 21 days.',
    url: null,
  },
].map(({ section, title, text }) => ({ section, title, text }))

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function talk(...messages: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-beside-'))
  folders.push(folder)
  const { signal } = new AbortController()
  const store = await openMemoryStore({ products, folder, signal })
  const talker = new Talker({ name: 'beside', store, policies }, signal)
  let said = await talker.say(messages[0] ?? '', null, {})
  for (const message of messages.slice(1)) said = await talker.say(message, null, said.state)
  return said.answer
}

test('a service asked beside a wish is answered, and so is the wish', async () => {
  const answer = await talk('do you deliver to Wales and do you have the moth lantern in red?')
  expect(answer.cards[0]?.title).toBe('Moth Lantern Red')
  expect(answer.text).toContain('all of Great Britain')
  const returned = await talk('ember solo stove', 'does it come with a canister, and can I send it back?')
  expect(returned.text).toContain('Canister not included')
  expect(returned.text).toContain('within 21 days')
})

test('two services are both answered, and what the store has not said is said', async () => {
  const { text, cards } = await talk('do you deliver to Skye, and can I pay with a gift card?')
  expect(cards).toEqual([])
  expect(text).toContain('all of Great Britain')
  expect(text).toMatch(/not (?:said|stated) anything about payment/)
})

test('a guarantee asked for beside is told by the listing of what is spoken of', async () => {
  const { text } = await talk('moth lantern red', 'how high is it and is there a warranty on it?')
  expect(text).toContain('18 cm')
  expect(text).toContain('Two years warranty')
})

const split = (code: LanguageCode, message: string) =>
  servedBeside(message, languageOf(code), (part) => readIntent(part, lexiconOf(code)))

test.each<[LanguageCode, string, string]>([
  ['en', 'do you deliver to Wales and do you have the lantern in red?', 'do you have the lantern in red?'],
  [
    'de',
    'liefert ihr nach Österreich und habt ihr die Laterne auch in rot?',
    'habt ihr die Laterne auch in rot?',
  ],
  ['fr', 'vous livrez en Belgique et vous avez la lanterne en rouge ?', 'vous avez la lanterne en rouge?'],
  ['es', '¿hacéis envíos a Canarias y tenéis lámparas rojas?', 'tenéis lámparas rojas?'],
  ['it', 'spedite in Sardegna e avete la lanterna rossa?', 'avete la lanterna rossa?'],
  ['pt', 'entregam nos Açores e têm a lanterna em vermelho?', 'têm a lanterna em vermelho?'],
  [
    'nl',
    'leveren jullie in België en hebben jullie de lantaarn ook in rood?',
    'hebben jullie de lantaarn ook in rood?',
  ],
  ['sv', 'levererar ni till Åland och har ni lyktan i rött?', 'har ni lyktan i rött?'],
])('%s: “%s” asks for the delivery beside “%s”', (code, message, rest) => {
  const served = split(code, message)
  expect(served?.rest).toBe(rest)
  expect(served?.beside.map(({ topic }) => topic)).toEqual(['shipping'])
})

test.each<[LanguageCode, string]>([
  ['en', 'do you deliver to Wales, Scotland and the Highlands?'],
  ['en', 'how long does delivery take to Scotland and how much is it?'],
  ['en', 'I live in Leeds. Do you deliver?'],
  ['en', 'red and blue lanterns'],
  ['de', 'wie lange dauert der Versand und was kostet er?'],
  ['fr', 'livrez-vous en Corse et en Belgique ?'],
])('%s: “%s” asks for one thing', (code, message) => expect(split(code, message)).toBeNull())
