import { describe, expect, test } from 'vitest'
import { languageOf } from '../../src/language/language.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { denies, names } from '../../src/language/mentions.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { turnExamples } from '../../src/language/turn-examples.ts'
import { keptFrom } from '../../src/understand/kept-from.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

/** Substances and wordings that no example holds. */
const kept: [LanguageCode, string, string[]][] = [
  ['en', 'mohair makes my hands itch', ['mohair']],
  ['en', 'whenever I wear rayon I get a rash', ['rayon']],
  ['en', 'do you have a sunscreen? zinc makes me break out', ['zinc']],
  ['en', 'my mother can’t have saffron', ['saffron']],
  ['en', 'I am allergic to cashews, prawns and rye. Which snacks can I have?', ['cashews', 'prawns', 'rye']],
  ['en', 'I’m coeliac, what biscuits are fine for me?', ['gluten']],
  ['de', 'Ich kriege Pickel von Polyester, welche Decke passt?', ['Polyester']],
  ['de', 'ist die Creme parabenfrei?', ['paraben']],
  ['fr', 'mon fils est allergique aux crevettes, quels biscuits ?', ['crevettes']],
  ['es', 'el poliéster me irrita la piel', ['poliéster']],
  ['it', 'sono allergica al polline', ['polline']],
  ['pt', 'a minha filha não tolera o trigo', ['trigo']],
  ['nl', 'mijn huid reageert slecht op zink', ['zink']],
  ['sv', 'min man tål inte vete', ['vete']],
]

describe('what somebody has to be kept from', () => {
  test.each(kept)('%s: “%s” [SHOP-TALK-02]', (code, message, what) => {
    expect(readIntent(message, lexiconOf(code)).intent).toBe('allergy')
    expect(keptFrom(message, languageOf(code)).map((one) => one.what)).toEqual(what)
  })

  test.each([
    'wool sweater for my daughter',
    'a latex mattress',
    'my son needs a desk',
    'cream for my hands',
    'a jacket that does not make me sweat',
    'leather bags without zippers',
  ])('“%s” is about nothing of the kind', (message) => {
    expect(readIntent(message, english).intent).not.toBe('allergy')
  })
})

describe('a text that denies', () => {
  test.each([
    ['Nut-free', 'nut', true],
    ['Free of any wool.', 'wool', true],
    ['Made without latex.', 'latex', true],
    ['Not nut-free.', 'nut', false],
    ['Nut free: no', 'nut', false],
    ['Contains nuts.', 'nut', false],
    ['We do not say that it is free of nuts.', 'nut', false],
  ])('“%s” of %s: %s [SHOP-TALK-02]', (text, what, expected) => {
    expect(denies(text, what, english)).toBe(expected)
  })

  test('does not name what it denies', () => {
    expect(names('Oak-free', 'oak', english)).toBe(false)
    expect(names('Solid oak', 'oak', english)).toBe(true)
  })

  test.each([
    ['de', 'Frei von Nüssen', 'Nüsse'],
    ['fr', 'Sans gluten', 'gluten'],
    ['es', 'Sin gluten', 'gluten'],
  ] as const)('in %s', (code, text, what) => {
    expect(denies(text, what, lexiconOf(code))).toBe(true)
  })
})

test('a line with choices gives an example for each side of the longest', () => {
  const language = {
    ...languageOf('en'),
    turnLines: ['@allergy', '(my son|she) can’t have {(wool|rye|soy)}', 'i am {celiac>gluten}'],
  }
  const texts = turnExamples(language).map(({ text, kept: marks }) => [
    text,
    ...marks.map(({ start, end, meant }) => meant ?? text.slice(start, end)),
  ])
  expect(texts).toEqual([
    ['my son can not have rye', 'rye'],
    ['she can not have soy', 'soy'],
    ['my son can not have wool', 'wool'],
    ['i am celiac', 'gluten'],
  ])
})

test('both sides of an “or” are kept from', () => {
  expect(
    keptFrom("now soup. she can't have celery or wheat", english.language).map(({ what }) => what),
  ).toEqual(['celery', 'wheat'])
})
