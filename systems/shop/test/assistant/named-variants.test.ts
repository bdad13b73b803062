import { expect, test } from 'vitest'
import { namedVariants } from '../../src/assistant/named-variants.ts'
import type { Product } from '../../src/domain/product.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'

function sold(title: string, options: Record<string, readonly string[]>): Product {
  const choices = Object.entries(options).reduce<Record<string, string>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  )
  return {
    id: 'p',
    title,
    brand: null,
    description: '',
    categories: [],
    attributes: {},
    variants: choices.map((each, at) => ({
      id: `v${at}`,
      options: each,
      price: { minor: 100 * (at + 1), currency: 'EUR' },
      compareAt: null,
      stock: at,
      image: null,
    })),
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}

const cutlery = sold('Alder Cutlery', {
  finish: ['Black & Gold', 'Silver', 'Black'],
  set: ['24 Piece', '30 Piece'],
})
const caps = sold('Sleep Capsules', { size: ['60 Capsules (30 Day Supply)', '120 Capsules (60 Day Supply)'] })
const pot = sold('Cube Pot', { size: ['Small | 30 cm', 'Medium | 40 cm', 'Large | 50 cm'] })
const bag = sold('Valigia laterale', { colore: ['Nero', 'Argento'], litri: ['35L - 35L', '45L - 45L'] })
const shirt = sold('Camiseta', { talla: ['S', 'M', 'XL'] })
const clog = sold('Boston', { color: ['Black', 'Black/White'], width: ['Narrow', 'Regular'] })

test.each<[LanguageCode, string, Product, string[] | null, number]>([
  ['en', 'how much is the 30 piece in black and gold', cutlery, ['Black & Gold', '30 Piece'], 1],
  ['en', 'the black one with 24 pieces', cutlery, ['Black', '24 Piece'], 1],
  ['en', 'how much is the 60 day supply', caps, ['120 Capsules (60 Day Supply)'], 1],
  ['en', 'i need 3 mediums', pot, ['Medium | 40 cm'], 1],
  ['it', 'quelle da 45 litri nere', bag, ['Nero', '45L - 45L'], 1],
  ['es', 'cuánto vale en talla m', shirt, ['M'], 1],
  ['en', 'do they come narrow?', clog, ['Narrow'], 2],
  ['en', 'and in black?', clog, ['Black'], 2],
  ['en', 'how much are boston', clog, null, 0],
  ['en', '4 of them how much', sold('Stool', { size: ['4', '5'] }), null, 0],
])('%s: %s names the variants it is about', (code, message, product, values, count) => {
  const named = namedVariants(message, product, lexiconOf(code))
  expect(named?.values ?? null).toEqual(values)
  expect(named?.variants.length ?? 0).toBe(count)
})

test.each<[LanguageCode, string]>([
  ['de', 'was kostet ein kilo davon'],
  ['en', 'how much is one kilogram'],
  ['it', 'quanto costa un kg'],
  ['nl', 'wat kost een kilo'],
])('%s: “%s” names the choice of 1 kg', (code, said) => {
  const bars = sold('Tarn Bars', { weight: ['500 g', '1 kg'] })
  expect(namedVariants(said, bars, lexiconOf(code))?.values).toEqual(['1 kg'])
})
