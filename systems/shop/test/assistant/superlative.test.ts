import { expect, test } from 'vitest'
import type { LanguageCode } from '../../src/language/languages.ts'
import { deedCompared, isSuperlative } from '../../src/understand/superlative.ts'

test.each<[LanguageCode, string, boolean]>([
  ['en', 'which is the quietest', true],
  ['en', 'which one costs less', true],
  ['en', 'which one is less expensive', true],
  ['en', 'which charger is for the phone', false],
  ['en', 'the first one please', false],
  ['de', 'welches davon hat den größten Akku', true],
  ['de', 'die erste bitte', false],
  ['fr', 'lequel tient le plus longtemps', true],
  ['fr', 'je voudrais plus de détails', false],
  ['es', 'cuál pesa más', true],
  ['es', 'algo más grande', false],
  ['it', 'quale pesa di più', true],
  ['it', 'vorrei più informazioni', false],
  ['pt', 'qual tem mais capacidade', true],
  ['nl', 'welke is het lichtst', true],
  ['nl', 'de eerste graag', false],
  ['sv', 'vilken håller längst', true],
  ['sv', 'den första', false],
])('%s: whether “%s” asks for the most or the least of something: %s', (code, text, is) => {
  expect(isSuperlative(text, code)).toBe(is)
})

test.each<[LanguageCode, string, string | null]>([
  ['en', 'which uses less power?', 'uses'],
  ['en', 'which needs the least charging', 'needs'],
  ['en', 'which keyboard is quieter', null],
  ['de', 'welche braucht weniger Strom', 'braucht'],
  ['es', 'cuál gasta menos luz', 'gasta'],
  ['fr', 'laquelle consomme le moins', 'consomme'],
])('%s: the deed that “%s” compares is no word of a listing', (code, text, deed) => {
  expect(deedCompared(text, code)).toBe(deed)
})
