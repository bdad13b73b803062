import { describe, expect, test } from 'vitest'
import { languageCodes } from '../src/language/languages.ts'
import { findOrder } from '../src/understand/order.ts'
import { findPriceShare, priceOfShare } from '../src/understand/relative-price.ts'

describe('the order that is asked for [SHOP-UNDERSTAND-07]', () => {
  test.each([
    ['en', 'which one has the best rating?', 'rating'],
    ['en', 'top rated headphones', 'rating'],
    ['en', 'the most popular one', 'reviews'],
    ['en', 'the most reviews first', 'reviews'],
    ['en', 'the least expensive', 'price-ascending'],
    ['en', 'sort by price, high to low', 'price-descending'],
    ['en', 'new arrivals', 'newest'],
    ['de', 'welche ist am besten bewertet?', 'rating'],
    ['de', 'die teuersten zuerst', 'price-descending'],
    ['fr', 'le moins cher', 'price-ascending'],
    ['fr', 'les mieux notés', 'rating'],
    ['es', 'el más barato', 'price-ascending'],
    ['es', 'mejor valorados', 'rating'],
    ['it', 'il più costoso', 'price-descending'],
    ['pt', 'os mais vendidos', 'reviews'],
    ['nl', 'het best beoordeeld', 'rating'],
    ['sv', 'nyaste', 'newest'],
  ] as const)('%s: %s', (language, text, sort) => {
    expect(findOrder(text, language)?.sort).toBe(sort)
  })

  test.each(['best headphones', 'highest quality wool', 'a most useful thing', 'rated voltage 12 V'])(
    '%s is none',
    (text) => {
      expect(findOrder(text, 'en')).toBeNull()
    },
  )

  test('no language takes an ordinary request for one', () => {
    for (const language of languageCodes) expect(findOrder('Northolm 500 ml', language)).toBeNull()
  })
})

describe('a price as a share of one that was shown [SHOP-UNDERSTAND-07]', () => {
  const bounds = (text: string, language: 'en' | 'de' | 'fr' = 'en') => {
    const share = findPriceShare(text, language)
    return share && priceOfShare(share, 100, text)
  }
  test('lies around it, or on the side that is said', () => {
    expect(bounds('something for half the price')).toMatchObject({ min: 40, max: 60 })
    expect(bounds('not more than twice as much')).toMatchObject({ min: null, max: 200 })
    expect(bounds('höchstens doppelt so teuer', 'de')).toMatchObject({ min: null, max: 200 })
    expect(bounds('la moitié', 'fr')).toMatchObject({ min: 40, max: 60 })
    expect(bounds('half a litre')).toBeNull()
  })
})
