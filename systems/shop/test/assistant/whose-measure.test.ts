import { expect, test } from 'vitest'
import { weightAllowed, weightOfSomebody } from '../../src/assistant/whose-measure.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

test.each<[LanguageCode, string, number | null]>([
  ['en', 'a saddle for me, I weigh 82 kg and have a bad back', 82_000],
  ['en', 'how heavy is the 20 kg dumbbell?', null],
  ['en', 'my limit is a weight of up to 12 kg', null],
  ['de', 'mein Sohn wiegt 24 Kilo, welche Schaukel hält das aus?', 24_000],
  ['de', 'eine Hantel von 10 kg', null],
])('%s: “%s” says that somebody weighs %s g', (code, message, grams) => {
  expect(weightOfSomebody(message, lexiconOf(code))).toBe(grams)
})

test.each<[LanguageCode, string, boolean | null]>([
  ['en', 'A swing for children up to 25 kg.', false],
  ['en', 'A swing for riders from 20 to 60 kg.', true],
  ['en', 'Carries up to 100 kg.', true],
  ['en', 'A swing of beech, 2 kg.', null],
  ['en', 'A meal for a rider is 180 to 230 g.', null],
  ['de', 'Eine Schaukel für Kinder bis 25 kg.', false],
  ['de', 'Trägt bis 100 kg.', true],
])('%s: “%s” is for 40 kg: %s', (code, description, is) => {
  const found = weightAllowed(product('s', { title: 'Hask', description }), 40_000, lexiconOf(code))
  expect(found?.isKept ?? null).toBe(is)
})
