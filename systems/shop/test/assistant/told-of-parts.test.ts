import { expect, test } from 'vitest'
import { answerFromListing } from '../../src/assistant/compose/extract.ts'
import { Citations } from '../../src/assistant/compose/writer.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { product } from './fixture.ts'

const told = (code: LanguageCode, question: string, description: string) =>
  answerFromListing(
    question,
    product('one', { title: 'Lumo 3', brand: null, categories: [], sizes: ['one'], description }),
    emptyFacts('EUR', lexiconOf(code)),
    new Citations(),
  )?.join(' ') ?? null

test.each<[LanguageCode, string, string, string]>([
  [
    'en',
    'is a battery in the box or not?',
    'Runs on one battery of 4 Ah. Battery and charger are sold separately.',
    'Battery and charger are sold',
  ],
  ['en', 'does it come with a lid?', 'Comes with a bag. The lid is sold separately.', 'The lid is sold'],
  [
    'de',
    'ist das Netzteil dabei?',
    'Leuchtmittel nicht enthalten. Das Netzteil liegt bei.',
    'Das Netzteil liegt bei',
  ],
  [
    'fr',
    'le couvercle est inclus ?',
    'Livré avec un sac. Le couvercle est vendu séparément.',
    'vendu séparément',
  ],
  ['es', 'viene con tapa?', 'Con filtro y luz. La tapa se vende por separado.', 'La tapa se vende'],
  ['it', 'il coperchio è incluso?', 'Con borsa. Il coperchio si vende separatamente.', 'separatamente'],
  ['pt', 'vem com tampa?', 'Com saco. A tampa é vendida separadamente.', 'separadamente'],
  ['nl', 'zit het deksel erbij?', 'Met tas. Het deksel is apart verkrijgbaar.', 'apart verkrijgbaar'],
  ['sv', 'ingår locket?', 'Med väska. Locket säljs separat.', 'Locket säljs separat'],
])('%s: “%s” is told by the line that speaks of that part', (code, question, description, line) =>
  expect(told(code, question, description)).toContain(line),
)

test.each<[LanguageCode, string, string]>([
  ['en', 'can it hold 130 kg?', 'Weighs 98 kg. Max user weight 150 kg.'],
  ['de', 'hält er 60 kg?', 'Wiegt 12 kg. Traglast 70 kg.'],
])('%s: “%s” is told by what it carries, and not by what it weighs', (code, question, description) => {
  expect(told(code, question, description)).toContain(description.split('. ')[1]?.slice(0, -1))
})

test('whether a part is sold by itself is told by the line that says so', () => {
  expect(
    told('en', 'is the lid sold separately?', 'Comes with a bag. The lid is sold separately.'),
  ).toContain('The lid is sold')
})

test('an age that is asked for is told by the line that says from which one it is', () => {
  expect(
    told('de', 'ab welchem Alter ist die denn?', 'Vier Becher. Ab 3 Jahren, nicht zum Verzehr.'),
  ).toContain('Ab 3 Jahren')
  expect(told('de', 'ab welchem Alter ist die denn?', 'Vier Becher. 3 Jahre Garantie.')).toBeNull()
})
