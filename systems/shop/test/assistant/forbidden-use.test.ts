import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { forbiddenLine, forbidding } from '../../src/assistant/forbids.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, shelf: string, description: string): Product => ({
  ...product(id, { title, categories: [shelf], description }),
  brand: null,
})

const stores: Partial<Record<LanguageCode, readonly Product[]>> = {
  en: [
    item(
      'lime',
      'Hask Strong Quick Lime Remover Spray for Enamel',
      'Cleaners',
      'Takes off lime with citric acid. Never use it on marble: the acid eats the stone.',
    ),
    item(
      'stone',
      'Orla Stone Soap',
      'Cleaners',
      'A mild soap against lime for marble, slate and tiles. Do not put it in a spray bottle.',
    ),
    item('wax', 'Orla Floor Wax', 'Waxes', 'Wax for wood that never slips in the hall.'),
  ],
  de: [
    item(
      'lime',
      'Hask Kalklöser',
      'Reiniger',
      'Löst Kalk mit Zitronensäure. Niemals auf Marmor anwenden: Die Säure greift den Stein an.',
    ),
    item('stone', 'Orla Steinseife', 'Reiniger', 'Milde Seife gegen Kalk für Marmor, Schiefer und Fliesen.'),
    item('wax', 'Orla Bodenwachs', 'Wachse', 'Wachs für Holz.'),
  ],
}

const folders: string[] = []
const { signal } = new AbortController()
async function talkerFor(code: LanguageCode): Promise<Talker> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-forbidden-'))
  folders.push(folder)
  const store = await openMemoryStore({ products: stores[code] ?? [], language: code, folder, signal })
  return new Talker({ name: 'forbidden', store, policies: [] }, signal)
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describe('what a listing forbids', () => {
  test('answers whether it may be done, and is not offered for it', async () => {
    const talker = await talkerFor('en')
    const asked = await talker.say('can I use the lime remover on my marble as well?', null, {})
    expect(asked.answer.text).toContain('Never use it on marble')
    const wanted = await talker.say('what do you have against lime that is fine for marble', null, {})
    expect(wanted.answer.cards.map(({ productId }) => productId)).toEqual(['stone'])
    const title = await talker.say('what do you have against lime', null, {})
    expect(title.answer.text).not.toMatch(/Remover Spray(?! for Enamel)/)
  }, 60_000)

  test('in German', async () => {
    const talker = await talkerFor('de')
    const asked = await talker.say('Kann ich den Kalklöser auch auf Marmor anwenden?', null, {})
    expect(asked.answer.text).toContain('Niemals auf Marmor')
    const wanted = await talker.say('Was habt ihr gegen Kalk für Marmor?', null, {})
    expect(wanted.answer.cards.map(({ productId }) => productId)).toEqual(['stone'])
  }, 60_000)

  test.each<[LanguageCode, string, string, boolean]>([
    ['en', 'a wax for the hall', 'Wax that never slips in the hall.', false],
    ['en', 'paint for children', 'Not for children under 3 years.', false],
    ['en', 'paint for children', 'Not for children.', true],
    ['de', 'Farbe für Kinder', 'Nichts für Kinder, die alles ablecken.', false],
    ['de', 'Farbe für Kinder', 'Nicht für Kinder geeignet.', true],
    ['fr', 'un produit pour le marbre', 'Ne jamais utiliser sur le marbre.', true],
    ['es', 'algo para el mármol', 'No usar sobre mármol.', true],
    ['it', 'qualcosa per il marmo', 'Non usare mai sul marmo.', true],
    ['pt', 'algo para mármore', 'Não usar em mármore.', true],
    ['nl', 'iets voor marmer', 'Nooit op marmer gebruiken.', true],
    ['sv', 'något för marmor', 'Använd aldrig på marmor.', true],
  ])('%s: “%s” and “%s”: %s', (code, message, description, is) => {
    const listed = { ...item('x', 'Hask 12', 'Hask', description) }
    expect(forbidding(message, listed, lexiconOf(code)) !== null).toBe(is)
  })
})

test.each<[LanguageCode, string, string]>([
  ['en', 'my niece is 9, can she have one?', 'With caffeine. Not suitable for children under 16.'],
  ['de', 'kann meine Tochter von 6 Jahren damit spielen?', 'Sehr stark. Nicht für Kinder geeignet.'],
  ['fr', 'ma fille de 9 ans peut en prendre ?', 'Avec caféine. Ne convient pas aux enfants.'],
  ['es', 'mi hija de 9 años puede tomarlo?', 'Con cafeína. No apto para niños.'],
])('%s: “%s” is told by what is not for children', (code, question, description) => {
  const listed = { ...item('x', 'Hask 12', 'Hask', description) }
  expect(forbiddenLine(question, listed, lexiconOf(code))?.text).toContain(
    description.split('. ')[1]?.slice(0, -1),
  )
})

test('what a listing forbids is asked of what is in sight, whatever it sounds like', async () => {
  const talker = await talkerFor('en')
  const shown = await talker.say('stone soap', null, {})
  const asked = await talker.say('could I fill it in a spray bottle as well?', null, shown.state)
  expect(asked.answer.text).toContain('Do not put it in a spray bottle')
}, 60_000)
