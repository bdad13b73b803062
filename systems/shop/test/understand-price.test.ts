import { describe, expect, it } from 'vitest'
import { findPrice } from '../src/understand/price.ts'

const bounds = (text: string, currency = 'USD') => {
  const found = findPrice(text, currency)?.constraint
  return found === undefined ? null : [found.min, found.max]
}

describe('a stated price', () => {
  it.each([
    ['de', 'Licht sollte dran sein, und über 900 Euro mag ich nicht ausgeben'],
    ['de', 'mehr als 900 € will ich dafür wirklich nicht zahlen'],
    ['en', 'anything above €900 I will not pay'],
    ['es', 'una bici, no quiero gastar más de 900 euros'],
    ['fr', 'un vélo, plus de 900 € je ne veux pas mettre'],
    ['it', 'una bici, più di 900 euro non voglio spendere'],
    ['nl', 'een fiets, meer dan 900 euro wil ik niet uitgeven'],
    ['pt', 'uma bicicleta, não quero gastar mais de 900 euros'],
    ['sv', 'en cykel, över 900 euro vill jag inte lägga'],
  ] as const)('%s: what “%s” denies to spend is the most', (code, text) => {
    expect(findPrice(text, 'EUR', code)?.constraint).toMatchObject({ min: null, max: 900 })
  })

  it.each([
    ['en', 'a bike over €900, and I do not want to pay for shipping'],
    ['de', 'ein Rad über 900 Euro, das nicht zu schwer ist'],
    ['es', 'una bici de más de 900 euros, no para niños'],
  ] as const)('%s: “%s” denies something else', (code, text) => {
    expect(findPrice(text, 'EUR', code)?.constraint).toMatchObject({ min: 900, max: null })
  })

  it.each([
    ['headphones under 50 bucks', [null, 50]],
    ['laptop for no more than 2k', [null, 2000]],
    ['shoes at least $40', [40, null]],
    ['a phone from $324 to $623', [324, 623]],
    ['$20-$30 toys', [20, 30]],
    ['between 20 and 30 dollars', [20, 30]],
    ['a camera under $1,299.99', [null, 1299.99]],
    ['up to two hundred dollars', [null, 200]],
    ['over 40 dollars and under 100 dollars', [40, 100]],
    ['my budget is 150', [null, 150]],
    ['$50 or less', [null, 50]],
    ['around $50', [40, 60]],
    ['around 80', [64, 96]],
    ['about 40 please', [32, 48]],
    ["I don't want to spend more than $80", [null, 80]],
    ['not cheaper than $20', [20, null]],
    ['a 55 inch tv under 500', [null, 500]],
    ['something for the kitchen, below a grand', [null, 1000]],
    ['a lamp, 40 max', [null, 40]],
    ['over 20 but less than 40', [20, 40]],
  ])('reads %s [SHOP-UNDERSTAND-01]', (text, expected) => {
    expect(bounds(text)).toEqual(expected)
  })

  it.each([
    ['es', 'un taladro por menos de 50 mil', [null, 50_000]],
    ['es', 'entre 20 y 40 mil', [20_000, 40_000]],
    ['es', '40 € max', [null, 40]],
    ['de', 'weniger als fünfzig Euro', [null, 50]],
    ['pt', 'até 1,5 mil reais', [null, 1500]],
    ['nl', 'hooguit 60 euro', [null, 60]],
  ] as const)('reads %s: %s', (language, text, expected) => {
    const found = findPrice(text, null, language)?.constraint
    expect([found?.min, found?.max]).toEqual(expected)
  })

  it.each([
    'iphone 15 max',
    'tv under 60 inches',
    'iphone 15',
    'pack of 12 pens',
    'kids aged 8 to 12',
    'power usage between 500 and 1000',
    'spf over 50 sunscreen',
    'books under 200 pages',
    'with more than 4 stars',
    'between 5 and 10 kg dumbbells',
    'lego sets for over 18s',
    'a gift for a woman around 40',
    'around 12 inches',
  ])('sees none in %s', (text) => {
    expect(bounds(text)).toBeNull()
  })

  it('excludes "under" and "over" and includes "up to" and "from" [SHOP-UNDERSTAND-01]', () => {
    expect(findPrice('under $50', 'USD')?.constraint.maxInclusive).toBe(false)
    expect(findPrice('up to $50', 'USD')?.constraint.maxInclusive).toBe(true)
    expect(findPrice('over $50', 'USD')?.constraint.minInclusive).toBe(false)
    expect(findPrice('at least $50', 'USD')?.constraint.minInclusive).toBe(true)
  })

  it('gives no constraint for an amount in a currency that the catalog does not sell in [SHOP-UNDERSTAND-01]', () => {
    expect(bounds('under 50 euros', 'USD')).toBeNull()
    expect(bounds('under 50 euros', 'EUR')).toEqual([null, 50])
    expect(bounds('unter 1.234,56 € or less', 'EUR')).toEqual([null, 1234.56])
  })

  it.each([
    ['de', 'darf nicht mehr als 60 kosten', [null, 60]],
    ['de', 'ohne mehr als 50 auszugeben', [null, 50]],
    ['de', 'der Preis soll 60 Euro nicht überschreiten', [null, 60]],
    ['fr', 'qui ne dépasse pas 60 euros', [null, 60]],
    ['fr', 'maximum 30 chacun', [null, 30]],
    ['es', 'sin pasar de 50', [null, 50]],
    ['es', 'que no supere los 50', [null, 50]],
    ['it', 'senza superare i 50', [null, 50]],
    ['it', "massimo 30 l'uno", [null, 30]],
    ['pt', 'sem passar de 200', [null, 200]],
    ['nl', 'zonder meer dan 50 uit te geven', [null, 50]],
    ['nl', 'hooguit 30 per stuk', [null, 30]],
    ['sv', 'utan att betala mer än 500', [null, 500]],
    ['sv', 'som inte överstiger 200', [null, 200]],
    ['en', 'under 20 per bottle', [null, 20]],
  ] as const)('is the most there is to pay in %s: %s [SHOP-UNDERSTAND-01]', (code, text, expected) => {
    const found = findPrice(text, 'EUR', code)?.constraint
    expect([found?.min, found?.max]).toEqual(expected)
  })
})
