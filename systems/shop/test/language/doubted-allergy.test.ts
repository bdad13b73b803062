import { expect, test } from 'vitest'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

const intentOf = (code: LanguageCode, message: string, held: readonly string[] = []) =>
  readIntent(
    message,
    lexiconOf(code),
    code,
    message,
    () => false,
    null,
    false,
    (word) => held.includes(word),
  ).intent

test.each<[LanguageCode, string]>([
  ['en', 'my thumb is sore from knitting all evening and im a beginner... help?'],
  ['en', 'his nose is sore from blowing all day'],
])('%s: “%s” keeps nobody from anything', (code, message) =>
  expect(intentOf(code, message)).not.toBe('allergy'),
)

test.each<[LanguageCode, string]>([
  ['en', 'my son gets spots from marigold'],
  ['en', 'her neck is sore from wool'],
  ['en', 'she is allergic to knitting yarn'],
  ['de', 'auf Ringelblume reagiert meine Haut'],
])('%s: “%s” does', (code, message) => expect(intentOf(code, message)).toBe('allergy'))

test('what goods are stated to hold may hurt, however faintly it is said', () => {
  expect(intentOf('en', 'my neck is sore from sisal all week')).not.toBe('allergy')
  expect(intentOf('en', 'my neck is sore from sisal all week', ['sisal'])).toBe('allergy')
})
