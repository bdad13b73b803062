import { expect, test } from 'vitest'
import type { LanguageCode } from '../src/language/languages.ts'
import { lexiconOf } from '../src/language/lexicon.ts'
import { understand } from '../src/understand/understand.ts'

/** A store whose titles end in whom its goods are for. */
const typeOf = (code: LanguageCode, text: string, ...nouns: string[]) =>
  understand(text, {
    vocabulary: {
      facets: new Map(),
      brands: new Map(),
      categories: new Map(),
      currency: 'EUR',
      nouns: new Map(
        nouns.map((noun) => [lexiconOf(code).meaning(noun), { products: 9, facets: new Map() }]),
      ),
    },
    lexicon: lexiconOf(code),
    context: { shown: false },
  }).productType

test.each<[LanguageCode, string, string]>([
  ['es', 'busco un regalo para un bebé de 6 meses', 'bebe'],
  ['en', 'a present for a baby', 'baby'],
  ['de', 'ein Geschenk für ein Baby', 'baby'],
])('%s: “%s” is for one, and asks for none', (code, text, noun) => {
  expect(typeOf(code, text, noun)).toBeNull()
})

test('what is named beside whom a present is for is asked for', () => {
  expect(typeOf('en', 'a present for a baby, a blanket', 'baby', 'blanket')).toBe('blanket')
})
