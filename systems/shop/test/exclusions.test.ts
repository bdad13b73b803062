import { describe, expect, test } from 'vitest'
import { lexiconOf } from '../src/language/lexicon.ts'
import type { LanguageCode } from '../src/language/languages.ts'
import { understand } from '../src/understand/understand.ts'

const vocabulary = {
  facets: new Map([['color', new Map([['black', 9]])]]),
  brands: new Map<string, number>(),
  categories: new Map([['Desks', 20]]),
  currency: 'USD',
}
const of = (text: string, code: LanguageCode = 'en') =>
  understand(text, { vocabulary, lexicon: lexiconOf(code), context: { shown: false } }).constraints

describe('what a shopper does not want, in their words [SHOP-UNDERSTAND-06]', () => {
  test.each([
    ['a desk, not oak', ['oak']],
    ['desks with nothing made of leather', ['leather']],
    ['a desk without oak or pine', ['oak', 'pine']],
    ['I do not want faux leather', ['faux leather']],
    ['oak-free desks', ['oak']],
    ['a desk under 300, not too heavy', []],
    ['no more than 200 dollars', []],
    ['a no-pull harness', []],
    ['does it contain no oak?', []],
    ['a desk that is not treated with varnish', ['varnish']],
    ['a desk not in stock with drawers', []],
    ['a desk without drawers under 200', ['drawers']],
    ['no desk', []],
    ['a desk without scratching the floor', []],
    ['a desk without a coating', ['coating']],
    ['a desk without padding', ['padding']],
  ])('%s', (text, expected) => {
    expect(of(text).flatMap((one) => (one.kind === 'unnamed' ? one.words : []))).toEqual(expected)
  })

  test.each([
    ['de', 'ein Tisch ohne Eiche', ['Eiche']],
    ['fr', 'une table sans chêne', ['chêne']],
    ['es', 'una mesa sin roble', ['roble']],
    ['it', 'un tavolo senza rovere', ['rovere']],
    ['pt', 'uma mesa sem carvalho', ['carvalho']],
    ['nl', 'een tafel zonder eiken', ['eiken']],
    ['sv', 'ett bord utan ek', ['ek']],
    ['de', 'ein Tisch, ohne den Boden zu zerkratzen', []],
    ['fr', 'une table sans rayer le parquet', []],
    ['es', 'una mesa sin rayar el suelo', []],
    ['it', 'un tavolo senza graffiare il pavimento', []],
    ['pt', 'uma mesa sem riscar o chão', []],
    ['nl', 'een tafel zonder de vloer te krassen', []],
    ['sv', 'ett bord utan att repa golvet', []],
  ] as const)('%s: %s', (code, text, expected) => {
    expect(of(text, code).flatMap((one) => (one.kind === 'unnamed' ? one.words : []))).toEqual(expected)
  })
})

describe('how many reviews', () => {
  test.each([
    ['en', 'desks with at least 50 reviews', 50],
    ['en', 'desks with more than 100 customer reviews', 101],
    ['en', 'desks that have 7 or more reviews', 7],
    ['en', 'desks with 1,200+ ratings', 1200],
    ['en', 'desks with good reviews', null],
    ['en', 'desks rated at least 4 stars', null],
    ['de', 'Tische mit mindestens 20 Bewertungen', 20],
    ['fr', 'tables avec au moins 30 avis', 30],
    ['es', 'mesas con más de 10 opiniones', 11],
    ['sv', 'bord med minst 5 omdömen', 5],
  ] as const)('%s: %s', (code, text, min) => {
    const found = of(text, code)
    expect(found.find(({ kind }) => kind === 'reviews')).toEqual(
      min === null ? undefined : expect.objectContaining({ min }),
    )
    if (min !== null) expect(found.filter(({ kind }) => kind === 'price' || kind === 'rating')).toEqual([])
  })
})

test('“plutôt” is no part of what is ruled out', () => {
  expect(understand('sans parfum plutôt', { vocabulary, lexicon: lexiconOf('fr') }).constraints).toEqual([
    { kind: 'unnamed', words: 'parfum', text: 'sans parfum' },
  ])
})
