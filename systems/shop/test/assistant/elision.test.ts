import { expect, test } from 'vitest'
import { contentStems } from '../../src/assistant/words.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'

test.each([
  ['fr', "Savon d'Alep à l’huile d'olive", 'alep huile olive'],
  ['it', "Sapone all'olio d'oliva dell’orto", 'olio oliva orto'],
] as const)(
  '%s words are told from the little ones written with them [SHOP-LANGUAGE-01]',
  (code, text, words) => {
    const lexicon = lexiconOf(code)
    const held = contentStems(text, lexicon)
    for (const word of words.split(' ')) expect(held).toContain(lexicon.meaning(word))
  },
)

test('English keeps its own apostrophes [SHOP-LANGUAGE-01]', () => {
  expect(contentStems("don't o'clock", lexiconOf('en'))).toEqual(contentStems("don't o'clock"))
})
