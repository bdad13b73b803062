import { expect, test } from 'vitest'
import { measureOf, parsePrice, priceColumn } from '../../src/import/price-text.ts'

test.each([
  ['15 000 Fcfa', 'EUR', 15_000, 'XAF'],
  ['15 000 F CFA', 'XOF', 15_000, 'XOF'],
  ['12.5 TND', 'EUR', 12_500, 'TND'],
  ['USD 12', 'EUR', 1200, 'USD'],
  ['120 lei', 'RON', 12_000, 'RON'],
  ['1 299 kr', 'SEK', 129_900, 'SEK'],
  ['$12.50', 'SGD', 1250, 'SGD'],
  ['15/20 €', 'EUR', 1500, 'EUR'],
  ['S$ 109.90', 'SGD', 10_990, 'SGD'],
  ['$12', 'EUR', 1200, 'USD'],
  ['R$ 12,00', 'USD', 1200, 'BRL'],
  ['US$ 10', 'BRL', 1000, 'USD'],
  ['CA$10.50', 'USD', 1050, 'CAD'],
  ['¥1200', 'CNY', 120_000, 'CNY'],
  ['$1,299.00 USD', 'CAD', 129_900, 'USD'],
  ['6,40 per 3 stuks', 'EUR', 640, 'EUR'],
  ['€ 9,50 per schaal (10% korting)', 'GBP', 950, 'EUR'],
  ['€ 2,50 / st', 'USD', 250, 'EUR'],
  ['3,20 € al pezzo', 'USD', 320, 'EUR'],
  ['12 € la pièce', 'USD', 1200, 'EUR'],
  ['$4.50 each', 'USD', 450, 'USD'],
  ['from 12.00', 'GBP', 1200, 'GBP'],
  ['à partir de 15,00 €', 'USD', 1500, 'EUR'],
  ['vanaf € 20 per stuk', 'USD', 2000, 'EUR'],
])('reads %s in a feed of %s prices', (text, fallback, minor, currency) => {
  expect(parsePrice(text, fallback)).toEqual({ ok: true, money: { minor, currency } })
})

test.each([
  ['6,40 per 3 stuks', '3 stuks'],
  ['€1,80 / 100g', '100g'],
  ['9,75 per pot', 'pot'],
  ['15/20 €', null],
  ['120 lei', null],
])('keeps what %s is for', (text, measure) => {
  expect(measureOf(text)).toBe(measure)
})

test('takes no word for a currency that is none', () => {
  expect(parsePrice('5 pieces', 'EUR')).toMatchObject({ ok: false, code: 'bad-price' })
})

test.each([
  [['€29,95 Incl. btw', '€8,50 Incl. btw', '€1.120,00 Incl. btw'], 2995, 'EUR'],
  [['45.00 EUR inkl. MwSt.', '12.00 EUR inkl. MwSt.', '9.00 EUR', '7.00 EUR inkl. MwSt.'], 4500, 'EUR'],
  [['Our price: $20', 'Our price: $31', 'Our price: $7'], 2000, 'USD'],
  [['120 kr', '130 kr', '90 kr'], 12_000, 'SEK'],
  [['15 000 Fcfa', '9 000 Fcfa', '7 500 Fcfa'], 15_000, 'XAF'],
])('reads prices of %j by what their column says beside each', (cells, minor, currency) => {
  const [first] = cells
  const fallback = currency === 'SEK' ? 'SEK' : 'GBP'
  expect(parsePrice(first, fallback, false, priceColumn(cells))).toEqual({
    ok: true,
    money: { minor, currency },
  })
})

test('a text that one cell alone has is no price', () => {
  const column = priceColumn(['12.00', 'call us about 3 sizes', '9.50', '7.00'])
  expect(parsePrice('call us about 3 sizes', 'EUR', false, column)).toMatchObject({
    ok: false,
    code: 'bad-price',
  })
})
