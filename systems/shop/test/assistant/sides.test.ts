import { describe, expect, test } from 'vitest'
import { makeEvidence } from '../../src/assistant/evidence.ts'
import { sideAsked, sideIn } from '../../src/assistant/sides.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'

const of = (side: string, text: string, code: LanguageCode = 'en') => {
  const evidence = makeEvidence({
    kind: 'listing',
    text,
    productId: 'p',
    source: { kind: 'product', productId: 'p', field: 'description' },
  })
  const found = sideIn(side, [evidence], lexiconOf(code).language)
  return found && { kind: found.kind, said: found.said }
}
const stated = (said: string) => ({ kind: 'stated', said })

describe('the size of a side', () => {
  test.each([
    ['height', 'H 180 W 80 D 30 cm', '180 cm'],
    ['width', 'H 180 W 80 D 30 cm', '80 cm'],
    ['height', '180 x 80 x 30 cm (H x W x D)', '180 cm'],
    ['depth', '180 x 80 x 30 cm (H x W x D)', '30 cm'],
    ['height', 'Dimensions (L x W x H): 120 x 60 x 75 cm', '75 cm'],
    ['height', '80W x 30D x 180H cm', '180 cm'],
    ['height', 'Height: 75 cm', '75 cm'],
    ['height', 'Product height: 75 cm', '75 cm'],
    ['width', 'Overall: 31.5" W x 15.5" D x 70" H', '31.5"'],
  ])('%s of “%s”', (side, text, said) => {
    expect(of(side, text)).toEqual(stated(said))
  })

  test('sizes whose order is not said are said as they stand', () => {
    expect(of('height', 'Dimensions: 180 x 80 x 30 cm')).toEqual({
      kind: 'unordered',
      said: '180 × 80 × 30 cm',
    })
  })

  test.each([
    ['height', 'A stool for the counter, 65 cm high.'],
    ['length', 'The cable is 2 m long.'],
    ['height', 'Size in stock: Large | 600mm X 710mm, Small | 300mm X 350mm'],
    ['height', 'The seat height goes from 44 to 56 cm.'],
  ])('a sentence that speaks of the %s is told as it stands: “%s”', (side, text) => {
    expect(of(side, text)).toEqual({ kind: 'quoted', said: text })
  })

  test.each([
    ['height', 'Width: 140 cm'],
    ['height', 'W 80 x D 30 cm'],
    ['height', 'Holds 4 x 2 bottles'],
    ['height', 'High quality, 2 m cable, 5 cm thick'],
  ])('none of the %s in “%s”', (side, text) => {
    expect(of(side, text)).toBeNull()
  })

  test.each([
    ['de', 'height', 'H 180 x B 80 x T 30 cm', '180 cm'],
    ['de', 'width', '80 cm breit', '80 cm'],
    ['fr', 'height', 'Hauteur : 45 cm', '45 cm'],
    ['nl', 'depth', '40 x 30 x 20 cm (HxBxD)', '20 cm'],
  ] as const)('%s: %s of “%s”', (code, side, text, said) => {
    expect(of(side, text, code)).toEqual(stated(said))
  })
})

test.each([
  ['how tall is it?', 'height'],
  ['what is its width', 'width'],
  ['how deep are the shelves?', 'depth'],
  ['what does it weigh?', null],
  ['how long does it take to put together?', null],
])('“%s” asks for %s', (question, side) => {
  expect(sideAsked(question, lexiconOf('en').language)).toBe(side)
})
