import { expect, test } from 'vitest'
import { parsePrice } from '../../src/import/price-text.ts'

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
])('reads %s in a feed of %s prices', (text, fallback, minor, currency) => {
  expect(parsePrice(text, fallback)).toEqual({ ok: true, money: { minor, currency } })
})

test('takes no word for a currency that is none', () => {
  expect(parsePrice('5 pieces', 'EUR')).toMatchObject({ ok: false, code: 'bad-price' })
})
