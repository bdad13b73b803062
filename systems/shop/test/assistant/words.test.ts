import { expect, test } from 'vitest'
import { dimensionsAsked } from '../../src/assistant/dimensions.ts'
import { sentences } from '../../src/assistant/words.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'

test.each([
  [
    'Poids : env. 108 kg. Hauteur max. 60 cm. Il est beau.',
    ['Poids : env. 108 kg.', 'Hauteur max. 60 cm.', 'Il est beau.'],
  ],
  ['Trägt ca. 120 kg. Größe M.', ['Trägt ca. 120 kg.', 'Größe M.']],
  ['It is 12 in. wide, e.g. for a desk. Nice!', ['It is 12 in. wide, e.g. for a desk.', 'Nice!']],
])('a stop that cuts a word short ends no sentence: %s', (text, parts) => {
  expect(sentences(text).map((one) => one.trim())).toEqual(parts)
})

test.each([
  ['fr', 'il pèse combien', 'weight'],
  ['en', 'it weighs how much', 'weight'],
  ['it', 'e quanto pesa', 'weight'],
] as const)('%s: “%s” asks for a number wherever it says so', (code, question, name) => {
  expect(dimensionsAsked(question, lexiconOf(code)).map((one) => one.name)).toContain(name)
})
