import { expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { statesMeasure } from '../../src/assistant/measure-wishes.ts'
import { typedForms } from '../../src/understand/forms.ts'
import { tokenize } from '../../src/understand/text.ts'
import type { Lexicon } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const listing = (title: string, description: string): Product => product('made', { title, description })

const states = (product: Product, said: string, lexicon: Lexicon = english): boolean => {
  const tokens = tokenize(said, lexicon)
  const [measure] = typedForms(tokens, lexicon).filter(({ dimension }) => dimension !== null)
  return statesMeasure(product, measure?.form ?? null, tokens[0]?.word ?? '', lexicon)
}

test('goods that are for a range hold what lies in it', () => {
  const harness = listing('Ridge Pony Harness', 'For ponies from 80 to 120 kg. Nylon.')
  expect(states(harness, '95 kg')).toBe(true)
  expect(states(harness, '140 kg')).toBe(false)
})

test('a range in a title is one as well', () => {
  const nappies = listing('Tupfen Windeln, 12–17 kg, 32 Stück', 'Weich und saugfähig.')
  expect(states(nappies, '13 kg', lexiconOf('de'))).toBe(true)
  expect(states(nappies, '20 kg', lexiconOf('de'))).toBe(false)
})
