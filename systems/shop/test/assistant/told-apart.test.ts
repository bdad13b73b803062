import { expect, test } from 'vitest'
import { compareProducts } from '../../src/assistant/compare.ts'
import { comparisonSentences } from '../../src/assistant/compose/comparison.ts'
import { Citations } from '../../src/assistant/compose/writer.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { Phrases } from '../../src/assistant/phrases.ts'
import { calledSo, isCalledExactly } from '../../src/assistant/plan/compared.ts'
import type { Product } from '../../src/domain/product.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'

const product = (
  title: string,
  minor: number,
  description: string,
  fields: Partial<Product> = {},
): Product => ({
  id: title.toLowerCase().replaceAll(' ', '-'),
  title,
  brand: null,
  description,
  categories: [],
  attributes: {},
  variants: [
    { id: title, options: {}, price: { minor, currency: 'EUR' }, compareAt: null, stock: 3, image: null },
  ],
  images: [],
  url: null,
  services: [],
  rating: null,
  ...fields,
})

function compared(code: LanguageCode, message: string, products: readonly Product[]): string {
  const lexicon = lexiconOf(code)
  const phrases = new Phrases(lexicon.language, message)
  const facts = emptyFacts('EUR', lexicon, phrases)
  for (const one of products) facts.products.set(one.id, one)
  facts.comparison = compareProducts(products, new Map(), phrases)
  return comparisonSentences(message, products, facts, phrases, new Citations()).join(' ')
}

const fans = [
  product('Tern Fan', 9500, 'A fan for vans.\n850 m³/h airflow, both ways\nPower 80 W at 12 V'),
  product('Tern Fan LL', 25900, 'A quiet one.\nAirflow 515 m³/h, one way\nOnly 34 W of power'),
]

test('what is compared is told apart by what both texts state in other numbers', () => {
  const said = compared('en', 'what is the difference between the two?', fans)
  expect(said).toContain('Tern Fan is cheaper')
  expect(said).toMatch(/Tern Fan: .*850 m³\/h/)
  expect(said).toMatch(/Tern Fan LL: .*515 m³\/h/)
})

test('texts that state nothing alike are told by a line that the other has not', () => {
  const bags = [
    product('Sac Alba', 4000, 'Un sac souple en lin lavé.\nLivraison en deux jours.'),
    product('Sac Orso', 6000, 'Grand cabas en cuir tressé.\nLivraison en deux jours.'),
  ]
  const said = compared('fr', 'quelle est la différence ?', bags)
  expect(said).toContain('lin lavé')
  expect(said).toContain('cuir tressé')
  expect(said).not.toContain('Livraison')
})

test('of two that have the same, none has the most, and their name asks for nothing', () => {
  const accus = [
    product('V20 accu', 30_000, '', { attributes: { garantie: ['12 maanden'] } }),
    product('V8 accu', 34_900, '', { attributes: { garantie: ['12 maanden'] } }),
  ]
  expect(compared('nl', 'wat is het verschil met de v8 accu?', accus)).not.toContain('meest')
})

test('who asks for the cheapest is told that, and no more', () => {
  expect(compared('en', 'which is the cheapest?', fans)).not.toContain('m³')
})

test('a name that is all of a title means that one, and not a longer one', () => {
  const lexicon = lexiconOf('de')
  const phones = [
    product('Norda S26 Ultra', 139_900, '', { brand: 'Norda' }),
    product('Norda S26', 89_900, '', { brand: 'Norda' }),
  ]
  expect(phones.map((one) => isCalledExactly('das S26', one, lexicon))).toEqual([false, true])
  expect(
    calledSo('mq2', [product('Sensor (MQ-2)', 900, ''), product('Sensor (MQ-9)', 900, '')], lexicon)?.title,
  ).toBe('Sensor (MQ-2)')
})
