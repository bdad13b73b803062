import { silentLogger, systemClock } from '@heavylift/core'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { english } from '../../src/language/lexicon.ts'
import type { Catalog } from '../../src/domain/ports.ts'
import type { Product, Question } from '../../src/domain/product.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import type { PillTables } from '../../src/assistant/pills/pill-tables.ts'
import { Pills } from '../../src/assistant/pills/pills.ts'
import { summarisePills } from '../../src/assistant/pills/summary.ts'

let testStore: TestStore
let db: Kysely<PillTables>
let pills: Pills
let products: Map<string, Product>
let answered: string[]

const question: Question = {
  id: 'q1',
  productId: 'kettle',
  question: 'Is it quiet?',
  answers: [{ text: 'Yes.', author: 'a', votes: 3 }],
}
const catalog: Catalog = {
  product: async (id) => products.get(id) ?? null,
  products: async (ids) => ids.flatMap((id) => products.get(id) ?? []),
  reviews: async () => ({ reviews: [], total: 0 }),
  questions: async (productId) => (productId === 'kettle' ? [question] : []),
  categories: () => Promise.resolve([]),
  priceHistory: async () => [],
  lexicon: () => Promise.resolve(english),
  vocabulary: async () => ({ facets: new Map(), brands: new Map(), categories: new Map(), currency: 'USD' }),
  size: async () => ({ products: products.size, reviews: 0 }),
}

function kettle(minor: number): Product {
  const price = { minor, currency: 'USD' }
  return {
    id: 'kettle',
    title: 'Kettle',
    brand: null,
    description: '',
    categories: [],
    attributes: {},
    variants: ['red', 'blue'].map((color) => ({
      id: color,
      options: { color },
      price,
      compareAt: null,
      stock: 1,
      image: null,
    })),
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}

beforeAll(async () => {
  testStore = await createTestStore({ durable: true, migrations: { shop: migrations } })
  const store = testStore.host.forSystem('shop')
  db = store.database<PillTables>()
  pills = new Pills({
    stopping: new AbortController().signal,
    db,
    clock: systemClock,
    log: silentLogger,
    durable: store.durable,
    catalog: () => catalog,
    popular: async () => [...products.keys()],
    answer: async (_tenant, productId, text) => {
      answered.push(text)
      const product = products.get(productId)
      if (product === undefined) throw new Error('no such product')
      return {
        parts: [{ type: 'text-delta', id: 'answer', delta: `Costs ${product.variants[0]?.price.minor}.` }],
        products: [product],
      }
    },
    answerVersion: () => '1',
    buildLimit: 10,
  })
  await testStore.host.startDurable()
})
afterAll(() => testStore.close())

beforeEach(async () => {
  products = new Map([['kettle', kettle(1000)]])
  answered = []
  await db.deleteFrom('pill').execute()
})

test('a first answer is made and kept; the next comes from the store [SHOP-PILLS-01]', async () => {
  const [first] = await pills.forProduct('main', 'kettle')
  expect(first?.question).toBe('Is it quiet?')
  const id = first?.id ?? ''
  expect(await pills.answer('main', id)).toMatchObject({ isHit: false })
  expect(await pills.answer('main', id)).toMatchObject({ isHit: true, question: 'Is it quiet?' })
  expect(answered).toEqual(['Is it quiet?'])
})

test('an answer whose product changed is made again, never shown as it was [SHOP-PILLS-02]', async () => {
  const [first] = await pills.forProduct('main', 'kettle')
  const id = first?.id ?? ''
  await pills.answer('main', id)
  products.set('kettle', kettle(900))
  const again = await pills.answer('main', id)
  expect(again.isHit).toBe(false)
  expect(again.parts).toEqual([{ type: 'text-delta', id: 'answer', delta: 'Costs 900.' }])
})

test('a build answers everything ahead of time, and a second one only what changed [SHOP-PILLS-01]', async () => {
  const { runId } = await pills.build('main')
  await pills.buildResult(runId)
  expect(answered).toEqual(['Is it quiet?', 'Which colors are in stock?'])
  for (const pill of await pills.forProduct('main', 'kettle')) {
    expect((await pills.answer('main', pill.id)).isHit).toBe(true)
  }
  answered = []
  const second = await pills.build('main')
  await pills.buildResult(second.runId)
  expect(answered).toEqual([])
  expect(await summarisePills(db, 'main', catalog)).toMatchObject({
    hits: 2,
    misses: 0,
    pills: 2,
    products: { withPills: 1, total: 1 },
    job: { state: 'idle', done: 1, total: 1 },
  })
})

test('a pill of another tenant is not there [SHOP-PILLS-02]', async () => {
  const [first] = await pills.forProduct('main', 'kettle')
  await expect(pills.answer('other', first?.id ?? '')).rejects.toMatchObject({ code: 'pill-not-found' })
})
