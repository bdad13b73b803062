import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, EventStream, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { Route, RunningSystem } from '@heavylift/core'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { shopConfig } from '../../src/config.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { startShop } from '../../src/start.ts'

// Every answer of a running shop is held against the schema that its route states.

let testStore: TestStore
let dataDir: string
let shop: RunningSystem
const abort = new AbortController()
const headers = new Headers()

beforeAll(async () => {
  testStore = await createTestStore({ durable: true, migrations: { shop: migrations } })
  dataDir = await mkdtemp(join(tmpdir(), 'heavylift-shop-'))
  shop = await startShop(
    {
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      telemetry: noTelemetry,
      dataDir,
      configDir: dataDir,
      signal: abort.signal,
      store: testStore.host.forSystem('shop'),
      models: { forTask: () => null, embedder: () => null },
    },
    shopConfig.parse({ sampleProducts: 40, pillProducts: 2 }),
  )
  await testStore.host.startDurable()
  await shop.loadSample?.('main', () => {})
}, 120_000)
afterAll(async () => {
  abort.abort()
  await shop.stop()
  await testStore.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Given {
  params?: object
  query?: object
  body?: unknown
}

async function call(method: Route['method'], path: string, given: Given = {}): Promise<unknown> {
  const route = shop.routes.find((candidate) => candidate.method === method && candidate.path === path)
  if (!route) throw new Error(`There is no route ${method} ${path}.`)
  const result = await route.handle({
    params: route.params?.parse(given.params ?? {}) ?? {},
    query: route.query?.parse(given.query ?? {}) ?? {},
    body: route.body?.parse(given.body ?? {}) ?? given.body,
    headers,
    caller: { tenantId: 'main', scope: 'admin', keyId: null },
    signal: AbortSignal.timeout(30_000),
    lastEventId: null,
  })
  if (result instanceof EventStream) {
    const events: unknown[] = []
    for await (const { event, data } of result.events) {
      const schema = route.events?.[event ?? 'message']
      if (!schema) throw new Error(`${path} does not say that it sends "${event}".`)
      events.push(schema.parse(JSON.parse(JSON.stringify(data))))
    }
    return events
  }
  return route.response ? strictly(route.response.parse(json(result)), json(result), path) : result
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** A schema drops what it does not name: then the handler says more than its route promises. */
function strictly(parsed: unknown, answered: unknown, path: string): unknown {
  expect(parsed, path).toEqual(answered)
  return parsed
}

it('answers what its routes promise, before and after a shopper has done something', async () => {
  const { token } = (await call('post', '/shoppers', { body: { externalId: 'c-1' } })) as { token: string }
  headers.set('x-heavylift-shopper', token)
  const { products } = (await call('get', '/products', { query: { limit: 5 } })) as {
    products: { id: string; variants: { id: string }[] }[]
  }
  const [product] = products
  const productId = product?.id ?? ''
  const params = { productId }
  await call('get', '/products/:productId', { params })
  await call('get', '/products/:productId/related', { params })
  await call('get', '/categories')
  await call('post', '/views', { body: { productId } })
  await call('post', '/search', {
    body: { query: 'red shoes under $90, not leather, 4 stars, free shipping' },
  })
  const variantId = product?.variants[0]?.id ?? ''
  await call('put', '/cart/items/:variantId', { params: { variantId }, body: { productId, quantity: 1 } })
  await call('get', '/cart')
  for (const message of [
    'shoes under $90',
    'the second one',
    'compare the first two',
    'add the first one to my cart',
    'where is my order?',
    'tell me when it gets cheaper than $5',
  ])
    await call('post', '/chat', { body: { conversationId: 'talk', message } })
  const { conversations } = (await call('get', '/conversations')) as { conversations: { id: string }[] }
  expect(conversations).toHaveLength(1)
  await call('get', '/conversations/:conversationId', { params: { conversationId: 'talk' } })
  const placed = (await call('post', '/orders', { body: { idempotencyKey: 'order-key-1' } })) as {
    orderId: string
  }
  await call('get', '/orders')
  await call('get', '/orders/:orderId', { params: { orderId: placed.orderId } })
  for (const path of ['/memory', '/watches', '/notifications', '/policies', '/assignment', '/experiment'])
    await call('get', path)
  const { pills } = (await call('get', '/products/:productId/pills', { params })) as {
    pills: { id: string }[]
  }
  await call('get', '/pills/:pillId/answer', { params: { pillId: pills[0]?.id ?? '' } })
  await call('get', '/pills/summary')
  const { imports } = (await call('get', '/imports')) as { imports: { importId: string }[] }
  const importId = imports[0]?.importId ?? ''
  await call('get', '/imports/:importId', { params: { importId } })
  expect(await call('get', '/imports/:importId/progress', { params: { importId } })).not.toEqual([])
  await call('delete', '/memory')
}, 90_000)

it('names pictures of other hosts by addresses of our own, and asks no private host for them [SHOP-PICTURES-01]', async () => {
  let asked = 0
  const secret = createServer((_request, response) => {
    asked++
    response.end('secret')
  })
  await once(secret.listen(0, '127.0.0.1'), 'listening')
  const picture = `http://127.0.0.1:${(secret.address() as AddressInfo).port}/inside.png`
  const feed = `id,title,price,category,image_link\nfeed-1,Feed boot,10.00,Boots,${picture}`
  const { importId } = (await call('post', '/imports', { body: new Blob([feed]).stream() })) as {
    importId: string
  }
  await call('get', '/imports/:importId/progress', { params: { importId } })
  const { product } = (await call('get', '/products/:productId', { params: { productId: 'feed-1' } })) as {
    product: { images: string[] }
  }
  const [signature = '', address = ''] = product.images[0]?.split('/').slice(4) ?? []
  expect(product.images).toEqual([`/api/shop/pictures/${signature}/${address}`])
  expect(Buffer.from(address, 'base64url').toString()).toBe(picture)
  const path = '/pictures/:signature/:address'
  await expect(call('get', path, { params: { signature, address } })).rejects.toMatchObject({
    code: 'picture-not-had',
  })
  const made = { signature, address: Buffer.from('https://example.com/').toString('base64url') }
  await expect(call('get', path, { params: made })).rejects.toMatchObject({ code: 'picture-not-found' })
  expect(asked).toBe(0)
  await new Promise((resolve) => secret.close(resolve))
}, 60_000)
