import { expect, test } from 'vitest'
import { givesInterval, intervalLine, nearLine } from '../../src/assistant/lines/near-line.ts'
import { answerFromListing } from '../../src/assistant/compose/extract.ts'
import { Citations } from '../../src/assistant/compose/writer.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

test.each<[LanguageCode, string, boolean]>([
  ['en', 'Oil the chain every 3 weeks.', true],
  ['en', 'Grease it twice a year.', true],
  ['en', 'Folds in a minute.', false],
  ['en', 'Works for 8 months.', false],
  ['de', 'Die Kette alle 3 Wochen ölen.', true],
  ['de', 'Täglich lüften.', true],
  ['fr', 'À huiler toutes les 3 semaines.', true],
  ['es', 'Engrasar cada 3 semanas.', true],
  ['it', 'Oliare ogni 3 settimane.', true],
  ['pt', 'Lubrificar a cada 3 semanas.', true],
  ['nl', 'Om de 3 weken smeren.', true],
  ['sv', 'Smörj var 3 vecka.', true],
])('%s: “%s” says how often: %s', (code, text, is) => {
  expect(givesInterval(text, lexiconOf(code))).toBe(is)
})

const listed = (title: string, description: string) => product('b', { title, description })

test.each<[LanguageCode, string, string, string | null]>([
  [
    'en',
    'how often do I have to oil the chain?',
    'A city bike. Oil the chain every 3 weeks.',
    'Oil the chain',
  ],
  ['en', 'how often must the brakes be bled?', 'A city bike. Oil the chain every 3 weeks.', null],
  ['de', 'Wie oft wird die Kette geölt?', 'Ein Stadtrad. Die Kette alle 3 Wochen ölen.', 'Die Kette'],
])('%s: “%s” is answered by the interval', (code, question, description, said) => {
  const line = intervalLine(question, listed('Hask 12', description), lexiconOf(code))
  if (said === null) expect(line).toBeNull()
  else expect(line?.text).toContain(said)
})

test.each<[LanguageCode, string, string, string | null]>([
  ['de', 'Muss man das an die Decke schrauben?', 'Ein Regal. Ein Deckenhaken liegt bei.', 'Deckenhaken'],
  ['de', 'Muss man das an die Decke schrauben?', 'Ein Regal aus Eiche.', null],
  ['en', 'how many shelves does it have?', 'An oak rack. Its shelves are oiled.', null],
])('%s: “%s” is met by what is near it', (code, question, description, said) => {
  const line = nearLine(question, listed('Hask 12', description), lexiconOf(code))
  if (said === null) expect(line).toBeNull()
  else expect(line?.text).toContain(said)
})

test('a time in weeks is one', () => {
  const lexicon = lexiconOf('de')
  const soap = listed('Hask Seife', 'Eine Seife mit Mandelöl. Ein Stück reicht für eine Person 5 Wochen.')
  const told = answerFromListing(
    'Wie lange reicht ein Stück?',
    soap,
    emptyFacts('EUR', lexicon),
    new Citations(),
  )
  expect(told?.[0]).toContain('5 Wochen')
})
