import { expect, test } from 'vitest'
import { findOrdinal } from '../../src/understand/ordinal.ts'
import type { LanguageCode } from '../../src/language/languages.ts'

const second: [LanguageCode, string][] = [
  ['en', 'the second, please'],
  ['de', 'das zweite bitte'],
  ['de', 'zeig mir den zweiten'],
  ['fr', 'montre-moi le deuxième'],
  ['es', 'el segundo, por favor'],
  ['it', 'il secondo'],
  ['pt', 'o segundo'],
  ['nl', 'de tweede'],
  ['sv', 'den andra'],
]

test.each(second)('%s: "%s" points at the second that is shown [SHOP-TALK-10]', (code, text) => {
  expect(findOrdinal(text, code)?.reference).toEqual({ kind: 'ordinal', position: 2 })
})

test('an ordinal that counts something else points at nothing', () => {
  expect(findOrdinal('im zweiten Stock', 'de')).toBeNull()
  expect(findOrdinal('de segunda mano', 'es')).toBeNull()
})

test('the last one is counted from the end', () => {
  expect(findOrdinal('la dernière', 'fr')?.reference).toEqual({ kind: 'ordinal', position: -1 })
})
