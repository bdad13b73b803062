import { createIds, type Clock } from '@heavylift/core'
import { createTestStore, testMigrations, type TestStore } from '@heavylift/store/testing'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { english } from '../../src/language/lexicon.ts'
import type { Catalog } from '../../src/domain/ports.ts'
import type { Proposal } from '../../src/domain/proposal.ts'
import type { Product } from '../../src/domain/product.ts'
import { PostgresMemory } from '../../src/shoppers/postgres-memory.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { Shoppers } from '../../src/shoppers/shoppers.ts'
import type { CommerceTables } from '../../src/domain/commerce-tables.ts'
import { OrderBook } from '../../src/tools/orders/order-book.ts'
import { savePolicies } from '../../src/tools/policies.ts'
import { loadSampleCustomers } from '../../src/tools/sample-customers.ts'
import { StoreDesk } from '../../src/tools/store-desk.ts'
import { checkWatches, listNotifications, listWatches } from '../../src/tools/watches.ts'

let nowMs = Date.UTC(2026, 0, 10)
const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
const ids = createIds(clock)
let testStore: TestStore
let db: Kysely<CommerceTables>
let desk: StoreDesk
let shopperId: string
let products: Map<string, Product>
let tenants = 0
let tenantId: string

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { shop: migrations }, clock })
  db = testStore.host.forSystem('shop').database<CommerceTables>()
})
afterAll(() => testStore.close())

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 10)
  tenantId = `tenant-${tenants++}`
  products = new Map([boots(3000, 5)].map((product) => [product.id, product]))
  desk = new StoreDesk({ db, tenantId, catalog, clock, ids })
  shopperId = await newShopper()
})

function boots(minor: number, stock: number | null): Product {
  const price = { minor, currency: 'USD' }
  return {
    id: 'boots',
    title: 'Swift boots',
    brand: null,
    description: '',
    categories: [],
    attributes: {},
    variants: [{ id: 'boots-34', options: { size: 'EU 34' }, price, compareAt: null, stock, image: null }],
    images: [],
    url: null,
    services: [],
    rating: null,
  }
}

const catalog: Catalog = {
  product: async (id) => products.get(id) ?? null,
  products: async (wanted) => wanted.flatMap((id) => products.get(id) ?? []),
  reviews: async () => ({ reviews: [], total: 0 }),
  questions: async () => [],
  categories: () => Promise.resolve([]),
  priceHistory: async () => [],
  lexicon: () => Promise.resolve(english),
  vocabulary: async () => ({ facets: new Map(), brands: new Map(), categories: new Map(), currency: 'USD' }),
  size: async () => ({ products: products.size, reviews: 0 }),
}

async function newShopper(externalId: string | null = null): Promise<string> {
  const shoppers = new Shoppers({ db, clock, ids })
  const caller = { tenantId, scope: 'admin', keyId: null } as const
  return (await shoppers.issue(caller, externalId === null ? null : { externalId, proof: null })).shopperId
}

async function confirm(proposal: Proposal, key = 'turn:1'): Promise<string> {
  const proposed = await desk.propose(shopperId, { key, conversationId: null, proposal })
  if (!proposed.ok) throw new Error(proposed.reason)
  return proposed.confirmation.confirmationId
}

const toCart = { action: 'add-to-cart', productId: 'boots', variantId: 'boots-34', quantity: 1 } as const
const accept = (idempotencyKey: string) => ({ accept: true, idempotencyKey })

test('the schema is the same from empty and from every earlier version [STORE-MIGRATE-04]', async () => {
  const { tables } = await testMigrations({ system: 'shop', migrations })
  expect(tables).toEqual(
    expect.arrayContaining(['cart_item', 'confirmation', 'memory', 'purchase_order', 'watch']),
  )
})

describe('a confirmation', () => {
  test('says exactly what will happen, and nothing happens before it is accepted [SHOP-TOOLS-01]', async () => {
    const proposed = await desk.propose(shopperId, { key: 't:1', conversationId: null, proposal: toCart })
    expect(proposed).toMatchObject({
      ok: true,
      confirmation: {
        action: 'add-to-cart',
        summary: 'Add Swift boots (EU 34) to your basket for $30.00.',
        ceiling: { minor: 3000, currency: 'USD' },
      },
    })
    expect((await desk.cart(shopperId)).items).toEqual([])
  })

  test('acts once, however often and however concurrently the same answer comes [SHOP-TOOLS-01]', async () => {
    const id = await confirm(toCart)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => desk.answer(shopperId, id, accept('key-1'))),
    )
    expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(['accepted']))
    expect((await desk.cart(shopperId)).items.map(({ quantity }) => quantity)).toEqual([1])
    await expect(desk.answer(shopperId, id, accept('key-2'))).rejects.toMatchObject({
      code: 'confirmation-answered',
    })
  })

  test('is one for the same proposal, however often it is made', async () => {
    expect(await confirm(toCart, 'same')).toBe(await confirm(toCart, 'same'))
    expect(await confirm(toCart, 'another')).not.toBe(await confirm(toCart, 'same'))
  })

  test('is worth nothing to another shopper, another tenant, or after fifteen minutes [SHOP-TOOLS-02]', async () => {
    const id = await confirm(toCart)
    const other = await newShopper()
    await expect(desk.answer(other, id, accept('key-1'))).rejects.toMatchObject({
      code: 'confirmation-not-found',
    })
    const elsewhere = new StoreDesk({ db, tenantId: 'elsewhere', catalog, clock, ids })
    await expect(elsewhere.answer(shopperId, id, accept('key-1'))).rejects.toMatchObject({ status: 404 })
    nowMs += 15 * 60 * 1000
    await expect(desk.answer(shopperId, id, accept('key-1'))).rejects.toMatchObject({
      code: 'confirmation-expired',
    })
    expect((await desk.cart(shopperId)).items).toEqual([])
  })

  test('is refused when the price has risen above what was agreed [SHOP-TOOLS-02]', async () => {
    const id = await confirm(toCart)
    products.set('boots', boots(3001, 5))
    const outcome = await desk.answer(shopperId, id, accept('key-1'))
    expect(outcome.state).toBe('refused')
    expect(outcome.message).toContain('$30.01')
    expect((await desk.cart(shopperId)).items).toEqual([])
  })

  test('declined, does nothing', async () => {
    const id = await confirm(toCart)
    const outcome = await desk.answer(shopperId, id, { accept: false, idempotencyKey: 'key-1' })
    expect(outcome.state).toBe('declined')
    expect((await desk.cart(shopperId)).items).toEqual([])
  })
})

describe('checkout', () => {
  test('places one order for one key, at most once at a time, and empties the basket', async () => {
    await desk.setCartQuantity(shopperId, 'boots', 'boots-34', 2)
    const orders = await Promise.all(
      Array.from({ length: 6 }, () => desk.placeOrder(shopperId, 'checkout-1')),
    )
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(1)
    expect(await desk.orders(shopperId, { limit: 10 })).toHaveLength(1)
    expect(orders[0]?.items).toEqual([
      { title: 'Swift boots', quantity: 2, price: { minor: 3000, currency: 'USD' } },
    ])
    expect((await desk.cart(shopperId)).items).toEqual([])
  })

  test('two keys at once order the basket once', async () => {
    await desk.setCartQuantity(shopperId, 'boots', 'boots-34', 1)
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((key) => desk.placeOrder(shopperId, `checkout-${key}`)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await desk.orders(shopperId, { limit: 10 })).toHaveLength(1)
  })

  test('refuses what is out of stock, and keeps the basket', async () => {
    await desk.setCartQuantity(shopperId, 'boots', 'boots-34', 1)
    products.set('boots', boots(3000, 0))
    await expect(desk.placeOrder(shopperId, 'checkout-1')).rejects.toMatchObject({ code: 'order-refused' })
    expect((await desk.cart(shopperId)).items).toHaveLength(1)
  })

  test('takes a gift card’s money, and refuses when it does not hold enough', async () => {
    const book = new OrderBook(db, tenantId)
    const account = await book.account(shopperId, false)
    const gift = (minor: number) => ({
      id: 'gift',
      kind: 'gift-card' as const,
      label: 'gift card',
      balance: { minor, currency: 'USD' },
    })
    await book.saveAccount({ ...account, paymentMethods: [gift(3500)] })
    await desk.setCartQuantity(shopperId, 'boots', 'boots-34', 1)
    await desk.placeOrder(shopperId, 'checkout-1')
    expect((await book.account(shopperId, false)).paymentMethods[0]?.balance?.minor).toBe(500)
    await desk.setCartQuantity(shopperId, 'boots', 'boots-34', 1)
    await expect(desk.placeOrder(shopperId, 'checkout-2')).rejects.toMatchObject({ code: 'order-refused' })
  })
})

test('an order goes from pending to delivered by the warehouse’s reports, and not back', async () => {
  await desk.setCartQuantity(shopperId, 'boots', 'boots-34', 1)
  const { orderId } = await desk.placeOrder(shopperId, 'checkout-1')
  expect((await desk.ship(orderId, 'processed', ['T1'])).tracking).toBe('T1')
  const delivered = await desk.ship(orderId, 'delivered', ['T1'])
  expect(delivered.status).toBe('delivered')
  expect(delivered.actions.find(({ action }) => action === 'return')?.allowed).toBe(true)
  await expect(desk.ship(orderId, 'processed', [])).rejects.toMatchObject({ code: 'order-refused' })
  await expect(desk.ship('unknown', 'processed', [])).rejects.toMatchObject({ code: 'order-not-found' })
})

test('sample customers have orders in every state, and are made once', async () => {
  const shoppers = new Shoppers({ db, clock, ids })
  const deps = { commerceDb: db, shoppers, clock }
  const sold = Array.from({ length: 12 }, (_, index) => ({
    ...boots(1000 + index, 5),
    id: `p${index}`,
    title: `P${index}`,
  }))
  await loadSampleCustomers(deps, tenantId, sold)
  await loadSampleCustomers(deps, tenantId, sold)
  const caller = { tenantId, scope: 'admin', keyId: null } as const
  const { shopperId: alex } = await shoppers.issue(caller, {
    externalId: 'demo-alex',
    proof: null,
  })
  const orders = await desk.orders(alex, { limit: 10 })
  expect(orders.map(({ status }) => status)).toEqual(['pending', 'processed', 'delivered'])
})

describe('a watched price', () => {
  const autoBuy = { ...toCart, action: 'auto-buy', ceiling: { minor: 2500, currency: 'USD' } } as const
  const deps = () => ({ db, tenantId, catalog, clock, ids })

  test('is bought once when it is reached, by however many processes [SHOP-TOOLS-03]', async () => {
    await desk.answer(shopperId, await confirm(autoBuy), accept('key-1'))
    expect((await checkWatches(deps())).fired).toBe(0)
    products.set('boots', boots(2400, 5))
    const checks = await Promise.all(Array.from({ length: 5 }, () => checkWatches(deps())))
    expect(checks.reduce((sum, { fired }) => sum + fired, 0)).toBe(1)
    expect((await checkWatches(deps())).fired).toBe(0)
    const [order, ...others] = await desk.orders(shopperId, { limit: 10 })
    expect(others).toEqual([])
    expect(order?.items).toEqual([
      { title: 'Swift boots', quantity: 1, price: { minor: 2400, currency: 'USD' } },
    ])
    expect((await listWatches(db, tenantId, shopperId))[0]).toMatchObject({
      state: 'done',
      orderId: order?.orderId,
    })
    expect((await listNotifications(db, tenantId, shopperId, 10))[0]?.text).toContain(
      'Bought for you: Swift boots for $24.00',
    )
  })

  test('waits while it is out of stock', async () => {
    await desk.answer(shopperId, await confirm(autoBuy), accept('key-1'))
    products.set('boots', boots(2400, 0))
    expect((await checkWatches(deps())).fired).toBe(0)
    products.set('boots', boots(2400, 1))
    expect((await checkWatches(deps())).fired).toBe(1)
  })

  test('an alert tells of any drop, once, and buys nothing [SHOP-TOOLS-03]', async () => {
    const alert = { action: 'price-alert', productId: 'boots', variantId: 'boots-34', target: null } as const
    await desk.answer(shopperId, await confirm(alert), accept('key-1'))
    products.set('boots', boots(2999, 5))
    expect((await checkWatches(deps())).fired).toBe(1)
    expect((await checkWatches(deps())).fired).toBe(0)
    expect((await listNotifications(db, tenantId, shopperId, 10)).map(({ text }) => text)).toEqual([
      'Swift boots costs $29.99 now.',
    ])
    expect(await desk.orders(shopperId, { limit: 10 })).toEqual([])
  })

  test('in another currency is refused', async () => {
    const proposal = { ...autoBuy, ceiling: { minor: 2500, currency: 'EUR' } }
    expect(await desk.propose(shopperId, { key: 'k', conversationId: null, proposal })).toMatchObject({
      ok: false,
    })
  })
})

test('policy answers come from the store’s own sections, the best first', async () => {
  await savePolicies(db, tenantId, [
    { section: 'returns', title: 'Returns', text: 'Send items back within 30 days for a refund.' },
    {
      section: 'shipping',
      title: 'Shipping',
      text: 'Orders leave within one day. Returned parcels cost nothing.',
    },
  ])
  const found = await desk.policies('how do I return boots?', { limit: 5 })
  expect(found.map(({ section }) => section)).toEqual(['returns', 'shipping'])
  expect(await desk.policies('quantum', { limit: 5 })).toEqual([])
})

describe('memory', () => {
  const item = (key: string, text: string, atMs = nowMs, kind: 'viewed' | 'fact' = 'viewed') => ({
    kind,
    key,
    text,
    productId: null,
    conversationId: null,
    device: 'desktop',
    atMs,
  })

  test('follows a signed-in customer to another device, and stays with them [SHOP-MEMORY-01]', async () => {
    const memory = new PostgresMemory({ db, tenantId, ids })
    const onDesktop = await newShopper('customer-7')
    await memory.remember(onDesktop, [item('viewed:boots', 'Looked at red football boots')])
    const onPhone = await newShopper('customer-7')
    expect(
      (await memory.recall(onPhone, { text: 'the boots I looked at', limit: 5 })).map(({ text }) => text),
    ).toEqual(['Looked at red football boots'])
    expect(await memory.recall(shopperId, { text: 'boots', limit: 5 })).toEqual([])
    const elsewhere = new PostgresMemory({ db, tenantId: 'elsewhere', ids })
    expect(await elsewhere.recall(onDesktop, { text: 'boots', limit: 5 })).toEqual([])
  })

  test('remembers a key once and puts what matches before what is new', async () => {
    const memory = new PostgresMemory({ db, tenantId, ids })
    await memory.remember(shopperId, [
      item('a', 'Looked at cleats', nowMs - 1000),
      item('b', 'Looked at a kettle'),
    ])
    await memory.remember(shopperId, [item('a', 'Looked at red cleats', nowMs - 500)])
    const found = await memory.recall(shopperId, { text: 'cleats', limit: 5 })
    expect(found.map(({ text }) => text)).toEqual(['Looked at red cleats', 'Looked at a kettle'])
  })

  test('can be edited and deleted by its owner only [SHOP-MEMORY-02]', async () => {
    const memory = new PostgresMemory({ db, tenantId, ids })
    await memory.remember(shopperId, [item('fact:size', 'Wears EU 34', nowMs, 'fact')])
    const [stored] = await memory.list(shopperId)
    const id = stored?.id ?? ''
    expect(await memory.edit('somebody', id, 'x')).toBeNull()
    expect((await memory.edit(shopperId, id, 'Wears EU 35'))?.text).toBe('Wears EU 35')
    expect(await memory.forget('somebody', id)).toBe(0)
    expect(await memory.forget(shopperId, id)).toBe(1)
    expect(await memory.list(shopperId)).toEqual([])
  })

  test('keeps the newest 500 and every fact', async () => {
    const memory = new PostgresMemory({ db, tenantId, ids })
    await memory.remember(shopperId, [item('fact:size', 'Wears EU 34', nowMs - 10_000, 'fact')])
    const views = Array.from({ length: 510 }, (_, index) =>
      item(`viewed:${index}`, `Looked at ${index}`, nowMs + index),
    )
    await memory.remember(shopperId, views)
    const all = await memory.list(shopperId)
    expect(all.filter(({ kind }) => kind === 'viewed')).toHaveLength(500)
    expect(all.some(({ kind }) => kind === 'fact')).toBe(true)
  })
})

test('a storefront key signs a customer in only with the store’s proof', async () => {
  const shoppers = new Shoppers({ db, clock, ids })
  const caller = { tenantId, scope: 'storefront', keyId: 'k' } as const
  const claim = { externalId: 'customer-9', proof: null }
  await expect(shoppers.issue(caller, claim)).rejects.toMatchObject({
    code: 'identity-not-proven',
    status: 403,
  })
  await expect(shoppers.issue(caller, { ...claim, proof: 'made up' })).rejects.toMatchObject({ status: 403 })
  const { identityProof } = await import('../../src/shoppers/shopper-token.ts')
  const proofExpiresAtMs = clock.nowMs() + 60_000
  const secret = await shoppers.identitySecret(tenantId)
  const proof = identityProof('customer-9', proofExpiresAtMs, secret)
  const { token, shopperId: signedIn } = await shoppers.issue(caller, { ...claim, proof })
  // Its end is part of what is proven.
  const changed = proof.replace(/^\d+/, String(proofExpiresAtMs + 1))
  const tooLong = identityProof('customer-9', clock.nowMs() + 2 * 24 * 3_600_000, secret)
  for (const wrong of [changed, tooLong, identityProof('customer-9', clock.nowMs() - 1, secret)]) {
    await expect(shoppers.issue(caller, { ...claim, proof: wrong })).rejects.toMatchObject({
      code: 'identity-not-proven',
    })
  }
  expect(await shoppers.fromHeaders(caller, new Headers({ 'x-heavylift-shopper': token }))).toBe(signedIn)
  const other = { ...caller, tenantId: 'another' }
  await expect(
    shoppers.fromHeaders(other, new Headers({ 'x-heavylift-shopper': token })),
  ).rejects.toMatchObject({
    code: 'shopper-token-invalid',
  })
})

test('tokens and proofs end with their time, live through a change of keys, and can be ended [SHOP-MEMORY-04]', async () => {
  const { identityProof } = await import('../../src/shoppers/shopper-token.ts')
  let nowMs = 1_800_000_000_000
  const later = { nowMs: () => nowMs, monotonicMs: () => nowMs }
  const shoppers = new Shoppers({ db, clock: later, ids, tokenDays: 1 })
  const elsewhere = new Shoppers({ db, clock: later, ids })
  const caller = { tenantId, scope: 'storefront', keyId: 'k' } as const
  const named = (token: string, by = shoppers) =>
    by.fromHeaders(caller, new Headers({ 'x-heavylift-shopper': token })).catch(() => 'nobody')
  const hourMs = 3_600_000

  const first = await shoppers.issue(caller, null)
  expect(await named(first.token, elsewhere)).toBe(first.shopperId)
  const proofExpiresAtMs = nowMs + hourMs
  const proof = identityProof('customer-10', proofExpiresAtMs, await shoppers.identitySecret(tenantId))
  const claim = { externalId: 'customer-10', proof }
  // Both keys count while they overlap, in every process, then only the new one.
  await shoppers.rotate(tenantId, 'token', 2 * hourMs)
  await shoppers.rotate(tenantId, 'identity', 0)
  const second = await shoppers.issue(caller, null)
  nowMs += 6_000
  expect([await named(first.token), await named(second.token, elsewhere)]).toEqual([
    first.shopperId,
    second.shopperId,
  ])
  await expect(shoppers.issue(caller, claim)).rejects.toMatchObject({ code: 'identity-not-proven' })
  nowMs += 3 * hourMs
  expect([await named(first.token), await named(second.token)]).toEqual(['nobody', second.shopperId])
  // One shopper's tokens are ended; the next one counts.
  expect(await shoppers.endTokens(tenantId, second.shopperId)).toBe(true)
  expect(await shoppers.endTokens('another', second.shopperId)).toBe(false)
  const third = await shoppers.issue(caller, null)
  expect([await named(second.token, elsewhere), await named(third.token)]).toEqual([
    'nobody',
    third.shopperId,
  ])
  nowMs += 24 * hourMs
  expect(await named(third.token)).toBe('nobody')
})
