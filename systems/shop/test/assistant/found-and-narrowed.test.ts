import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import type { SeenAnswer } from '../../src/evals/dialogue/conversation.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { LanguageCode } from '../../src/language/languages.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

interface Good {
  title: string
  price?: number
  stock?: number | null
  description?: string
  categories?: string[]
  attributes?: Record<string, string[]>
  /** Prices by size, in place of the one. */
  sizes?: Record<string, number>
}

/** A store of these goods in a language, and what it answers to one message after the other. */
async function answers(
  language: LanguageCode,
  goods: readonly Good[],
  ...messages: string[]
): Promise<SeenAnswer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-found-'))
  folders.push(folder)
  const products = goods.map(
    (
      { title, price = 20, stock = null, description = '', categories = [], attributes = {}, sizes = null },
      at,
    ): Product => ({
      id: `p-${at}`,
      title,
      brand: null,
      description,
      categories,
      attributes,
      images: [],
      url: null,
      services: [],
      rating: null,
      variants: Object.entries(sizes ?? { '': price }).map(([size, cost]) => ({
        id: `v-${at}-${size}`,
        options: size === '' ? {} : { size },
        price: { minor: cost * 100, currency: language === 'en' ? 'USD' : 'EUR' },
        compareAt: null,
        stock,
        image: null,
      })),
    }),
  )
  const { signal } = new AbortController()
  const store = await openMemoryStore({ products, language, folder, signal })
  const talker = new Talker({ name: 'made', store, policies: [] }, signal)
  const said: SeenAnswer[] = []
  let state = {}
  for (const message of messages) {
    const turn = await talker.say(message, null, state)
    state = turn.state
    said.push(turn.answer)
  }
  return said
}

const titles = (answer: SeenAnswer | undefined): string[] => answer?.cards.map(({ title }) => title) ?? []

const bicycles: Good[] = [
  { title: 'Alder Bicycle', description: 'For the way to work.' },
  { title: 'Birk Bicycle', description: 'Small, for kids.', price: 90 },
  { title: 'Cedar Bicycle', description: 'Carbon fork.', stock: 0 },
  { title: 'Dune Helmet', description: 'One size.' },
]

const rackets: Good[] = [
  ...['Racket Orion', 'Racket Vega', 'Racket Lyra', 'Racket Rigel'].map((title) => ({
    title,
    price: 120,
    attributes: { product: ['Rackets'] },
  })),
  ...['Tern Junior', 'Finch Junior'].map((title, at) => ({
    title,
    price: 30 + at,
    description: 'Round and light, to begin with.',
    attributes: { product: ['Rackets'] },
  })),
  { title: 'Tern Cover', price: 15, attributes: { fits: ['Rackets'], product: ['Covers'] } },
]

describe('what is found', () => {
  test('is within the price by what it states to be, where all that is called so by its title costs more', async () => {
    const [answer] = await answers('en', rackets, 'a racket under 50')
    expect(titles(answer).toSorted()).toEqual(['Finch Junior', 'Tern Junior'])
    expect(answer?.text).not.toMatch(/begins at|nothing/i)
  })

  test('is the cheapest in the size that is asked for, of those that come in it', async () => {
    const lanterns = [
      { title: 'Comet Lantern', sizes: { '10 inch': 40 } },
      { title: 'Harbour Lantern', sizes: { '6 inch': 30, '8 inch': 90 } },
      { title: 'Meadow Lantern', sizes: { '6 inch': 50, '8 inch': 70 } },
    ]
    const [, answer] = await answers('en', lanterns, 'a lantern', 'which of those is cheapest in the 8 inch?')
    expect(answer?.text).toMatch(/Meadow Lantern/)
    expect(answer?.text).toMatch(/70\.00/)
    expect(answer?.text).not.toMatch(/Comet/)
  })

  test('leads with what its listing says to hold the wish', async () => {
    const [answer] = await answers('en', bicycles, 'a bicycle for kids')
    expect(titles(answer)[0]).toBe('Birk Bicycle')
  })

  test('is in stock where that was asked for', async () => {
    const [answer] = await answers('en', bicycles, 'a bicycle, in stock please')
    expect(titles(answer).toSorted()).toEqual(['Alder Bicycle', 'Birk Bicycle'])
  })

  test('holds only those that were asked for by "only"', async () => {
    const goods = ['Blue Mug', 'Red Mug', 'Green Mug'].map((title) => ({ title }))
    const [, only] = await answers('en', goods, 'a mug', 'only the red ones')
    expect(titles(only)).toEqual(['Red Mug'])
  })

  test('is the other thing that is asked for with an article', async () => {
    const goods = [
      ...['Soil Sensor', 'Air Sensor'].map((title) => ({ title })),
      ...['Water Pump', 'Air Pump'].map((title) => ({ title })),
    ]
    const [, pumps] = await answers('en', goods, 'a soil sensor', 'and a pump for them')
    expect(titles(pumps).toSorted()).toEqual(['Air Pump', 'Water Pump'])
  })

  test('is found by a word that an article is written with', async () => {
    const goods = ['Savon à l’huile d’olive', 'Huile de lin', 'Brosse'].map((title) => ({ title }))
    const [answer] = await answers('fr', goods, 'avez-vous de l’huile de lin ?')
    expect(titles(answer)[0]).toBe('Huile de lin')
  })

  test('is a kind that is written as one word with its noun', async () => {
    const goods = ['Frozen Kinderfiets', 'Frozen Bel', 'Frozen Vlag', 'Stadsfiets'].map((title) => ({
      title,
    }))
    const [answer] = await answers('nl', goods, 'frozen fiets')
    expect(titles(answer)[0]).toBe('Frozen Kinderfiets')
  })

  test('says to be without what is not wanted, before what is silent', async () => {
    const goods = [
      { title: 'Fone com microfone', price: 10 },
      { title: 'Fone sem fio', price: 30 },
    ]
    const [, answer] = await answers('pt', goods, 'fone', 'o mais barato sem fio')
    expect(titles(answer)[0]).toBe('Fone sem fio')
  })

  test('is within the price, whatever else of the kind is called so by its title', async () => {
    const goods = [
      { title: 'Coffret cadeau', price: 45 },
      { title: 'Savon noir', price: 9, description: 'Un cadeau simple.' },
    ]
    const [answer] = await answers('fr', goods, 'un cadeau pour ma mère, 40 euros max')
    expect(titles(answer)).toEqual(['Savon noir'])
  })

  test('is not called by a verb, a measure or a word of talk', async () => {
    const goods = ['Toma doble', 'Toma triple', 'Interruptor'].map((title) => ({ title }))
    const [answer] = await answers('es', goods, 'una toma que sirva para el baño')
    expect(answer?.text).not.toContain('sirva')
    expect(titles(answer)).toContain('Toma doble')
  })

  const pans: readonly Good[] = [
    { title: 'Stekpanna Gjutjärn', price: 699 },
    { title: 'Stekpanna Stål Svart', price: 599 },
    { title: 'Kruka Terrakotta', price: 59 },
    { title: 'Kruka Betong', price: 69 },
    { title: 'Ljuslykta Svart', price: 199 },
  ]

  test('is of the kind in sight where a message says nothing but a colour', async () => {
    const [, svart] = await answers('sv', pans, 'stekpanna', 'svart?')
    expect(svart?.cards[0]?.title).toBe('Stekpanna Stål Svart')
    expect(svart?.cards.map(({ title }) => title)).not.toContain('Ljuslykta Svart')
  })

  test('begins anew, without the old limit, where another thing is added with an article', async () => {
    const [, , pots] = await answers('sv', pans, 'stekpanna', 'högst 650 kr', 'och en kruka till')
    expect(pots?.cards.map(({ title }) => title).toSorted()).toEqual(['Kruka Betong', 'Kruka Terrakotta'])
  })

  test.each([
    ['en', 'anything similar but under 50', 'vase'],
    ['de', 'etwas ähnliches unter 50', 'Vase'],
    ['fr', 'quelque chose de similaire à moins de 50', 'vase'],
    ['es', 'algo parecido por menos de 50', 'jarrón'],
    ['it', 'qualcosa di simile sotto i 50', 'vaso'],
    ['pt', 'algo parecido por menos de 50', 'jarra'],
    ['nl', 'iets vergelijkbaars onder de 50', 'vaas'],
    ['sv', 'något liknande under 50', 'vas'],
  ] as const)('is like what is in sight in %s: “%s”', async (code, said, noun) => {
    const goods = [
      { title: `${noun} A1`, price: 90 },
      { title: `${noun} B2`, price: 40 },
      { title: 'Lampa C3', price: 30 },
    ]
    const [, like] = await answers(code, goods, noun, said)
    expect(like?.cards.map(({ title }) => title)).toEqual([`${noun} B2`])
    expect(like?.text).not.toMatch(/similar|ähnlich|parecid|simil|vergelijk|liknande/i)
  })
})

describe('what is called like something else, or only said what for', () => {
  const treatments: Good[] = [
    { title: 'Clay Facial', price: 100, categories: ['Acne Treatments'] },
    { title: 'Birch Facial', price: 60, description: 'Made for skin that tends to acne.' },
    { title: 'Gold Facial', price: 40, description: 'For a glow.' },
  ]

  test('keeps a limit, where a listing speaks of what it is for and what a shelf is called by costs more', async () => {
    const [first] = await answers('en', treatments, 'something for acne under 80')
    expect(titles(first)).toEqual(['Birch Facial'])
    const [, second] = await answers('en', treatments, 'something for acne', 'under 80')
    expect(titles(second)).toEqual(['Birch Facial'])
  })

  const parcels: [LanguageCode, string, string][] = [
    ['nl', 'BBQ Pakket', 'bbq pakket voor 4 personen'],
    ['de', 'Grill Paket', 'grill paket für 4 personen'],
  ]
  test.each(parcels)(
    '%s: sells “%s”, and asks for no order that is on its way',
    async (code, title, message) => {
      const goods = [{ title: `${title} Groot` }, { title: `${title} Klein` }, { title: 'Worst' }]
      const [found, order] = await answers(
        code,
        goods,
        message,
        code === 'nl' ? 'waar is mijn pakket' : 'wo ist mein paket',
      )
      expect(titles(found).slice(0, 2).toSorted()).toEqual([`${title} Groot`, `${title} Klein`])
      expect(titles(order)).toEqual([])
    },
  )

  test('shows what can be bought before a set and before what is sold out', async () => {
    const goods: Good[] = [
      { title: 'Fen Whey Cocoa', stock: 0, description: 'Whey of cocoa.' },
      { title: 'Tarn Whey + Oats Cocoa', stock: 3, description: 'Whey of cocoa.' },
    ]
    const [found] = await answers('en', goods, 'whey cocoa')
    expect(titles(found)[0]).toBe('Tarn Whey + Oats Cocoa')
  })
})

const screens: Good[] = [
  { title: 'Hollin screen', categories: ['Screens'], attributes: { resolution: ['3840 x 2160 (4K)'] } },
  {
    title: 'Brack screen',
    categories: ['Screens'],
    attributes: { resolution: ['1920 x 1080'], cable: ['4 m'] },
  },
  { title: 'Oster screen', categories: ['Screens'], attributes: { resolution: ['3840 x 2160 (4K)'] } },
]

test('"only the 4k ones": digits and letters behind them are one name', async () => {
  const [, only] = await answers('en', screens, 'screens', 'only the 4k ones')
  expect(only?.cards.map(({ title }) => title).toSorted()).toEqual(['Hollin screen', 'Oster screen'])
})
