import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Phrases } from '../../src/assistant/phrases.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { languageOf } from '../../src/language/language.ts'
import { product } from './fixture.ts'

const goods = [
  product('topf', { title: 'Brodel Topf 16 cm', description: 'Ein Topf aus Stahl mit flachem Griff.' }),
  product('reiniger', {
    title: 'Klarn Essigreiniger',
    description: 'Essigreiniger für Fliesen. Nicht für Fenster mit Holzrahmen.',
  }),
]

const folders: string[] = []
const { signal } = new AbortController()
async function answer(message: string, page: string | null) {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-doubted-'))
  folders.push(folder)
  const store = await openMemoryStore({ products: goods, language: 'de', folder, signal })
  return (await new Talker({ name: 'doubted', store, policies: [] }, signal).say(message, page, {})).answer
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const phrases = new Phrases(languageOf('de'), '')

test('a wish that hardly sounds like an emergency shows goods behind a word of care', async () => {
  const { text, cards } = await answer(
    'Mein Bruder hat sich getrennt und alle Töpfe behalten. Jetzt muss ein Topf her, der in den Schrank passt',
    null,
  )
  expect(text).toMatch(phrases.say('care.in-case'))
  expect(cards.map(({ title }) => title)).toContain('Brodel Topf 16 cm')
}, 60_000)

test('what hardly sounds like a question for a doctor is answered from the listing as well', async () => {
  const { text } = await answer('kann ich euren Essigreiniger für die Fenster nehmen?', 'reiniger')
  expect(text).toMatch(phrases.say('care.medicine'))
  expect(text).toContain('Nicht für Fenster mit Holzrahmen')
}, 60_000)
