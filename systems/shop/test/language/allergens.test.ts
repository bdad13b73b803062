import { expect, test } from 'vitest'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { namesAnyOf } from '../../src/language/mentions.ts'

test.each<[LanguageCode, string, string, boolean]>([
  ['en', 'nuts', 'Almond cookies', true],
  ['en', 'tree nuts', 'with chopped pistachios', true],
  ['en', 'gluten', 'whole wheat flour', true],
  ['en', 'dairy', 'dairy free chocolate', false],
  ['en', 'eggs', 'grilled eggplant', false],
  ['de', 'Nüsse', 'Mandelkuchen', true],
  ['de', 'laktose', 'mit Sahne', true],
  ['fr', 'fruits à coque', 'Pâte à tartiner au miel et noisettes', true],
  ['es', 'frutos secos', 'turrón de almendras', true],
  ['it', 'glutine', 'farina di frumento', true],
  ['pt', 'nozes', 'bolo de amêndoas', true],
  ['nl', 'noten', 'amandelkoek', true],
  ['sv', 'nötter', 'Finaste Mandel med hackad mandel', true],
  ['sv', 'nötter', 'chokladboll med kokos', false],
  ['nl', 'melk', 'Zonder: gluten, ei, vis, melk', false],
  ['en', 'milk', 'Free from: wheat, eggs, fish, milk', false],
  ['en', 'milk', 'Without a doubt the best of its kind: milk chocolate', true],
  ['en', 'nuts', 'Wholly free from milk, gluten, egg and nuts.', false],
  ['en', 'egg', 'Wholly free from milk, gluten, egg and nuts.', false],
  ['en', 'nuts', 'Free from milk, contains nuts and egg.', true],
  ['en', 'nuts', 'Oats free from gluten, nuts, sugar and salt.', true],
  ['de', 'Nüsse', 'Frei von Milch, Gluten und Nüssen', false],
  ['es', 'gluten', 'pasta gluten-free', false],
])('%s: who must be kept from %s must be kept from “%s”: %s', (code, what, text, is) => {
  expect(namesAnyOf(text, what, lexiconOf(code))).toBe(is)
})
