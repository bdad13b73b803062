import { expect, test } from 'vitest'
import { saysMust } from '../../src/language/asking.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

test.each<[LanguageCode, string, boolean]>([
  ['en', 'it has to be of beech', true],
  ['en', 'and it must work on gravel', true],
  ['en', 'I must say they are nice', false],
  ['en', 'must it be oiled?', false],
  ['de', 'und sie muss klein sein', true],
  ['de', 'ich muss los', false],
  ['fr', 'il doit être en hêtre', true],
  ['es', 'tiene que ser de haya', true],
  ['it', 'deve essere di faggio', true],
  ['pt', 'tem que ser de faia', true],
  ['nl', 'het moet van beuken zijn', true],
  ['sv', 'den måste vara av bok', true],
])('%s: “%s” says how something must be: %s', (code, message, is) => {
  expect(saysMust(message, code)).toBe(is)
})

const sledge = (id: string, title: string, description: string) =>
  product(id, {
    title,
    description,
    brand: 'Ostrel',
    categories: ['Sledges'],
    attributes: {},
    sizes: ['One'],
  })

const say = talkingOf([
  sledge('ash', 'Ostrel Ash Sledge', 'Bent ash, waxed without solvents. Glides on gravel.'),
  sledge('oak', 'Ostrel Oak Sledge', 'Oak, lacquered. Not for gravel.'),
  sledge('tin', 'Ostrel Tin Sledge', 'Tin runners.'),
])

test.each(['it has to be solvent free', 'and it must glide on gravel'])(
  '“%s” shows only what its listing says so of',
  async (message) => {
    const { cards } = await say('sledges', message)
    expect(cards.map(({ productId }) => productId)).toEqual(['ash'])
  },
)
