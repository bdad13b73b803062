import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, EventStream, noTelemetry, RawResponse, silentLogger, systemClock } from '@heavylift/core'
import type { Route, RouteResult } from '@heavylift/core'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCatalog } from '../../src/import/create-catalog.ts'
import type { ImportView } from '../../src/catalog/import-record.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { catalogRoutes } from '../../src/routes/catalog.ts'
import { importRoutes } from '../../src/routes/imports.ts'
import { shopConfig } from '../../src/config.ts'
import { searchRoutes } from '../../src/routes/search.ts'
import type { ShopContext } from '../../src/context.ts'
import { WordEmbedder } from '../search/word-embedder.ts'

let testStore: TestStore
let dataDir: string
let routes: Route[]
let embedder: WordEmbedder | null = null

let awaited: Set<string>
beforeAll(async () => {
  testStore = await createTestStore({ durable: true, migrations: { shop: migrations } })
  dataDir = await mkdtemp(join(tmpdir(), 'heavylift-shop-'))
  const services = {
    clock: systemClock,
    ids: createIds(systemClock),
    log: silentLogger,
    telemetry: noTelemetry,
    dataDir,
    configDir: dataDir,
    signal: new AbortController().signal,
    store: testStore.host.forSystem('shop'),
    models: { forTask: () => null, embedder: () => embedder },
  }
  const catalog = createCatalog(services, { language: 'en', maxImportBytes: 1024 ** 3 }, () =>
    Promise.resolve(),
  )
  awaited = catalog.awaited
  // These groups use no more of the context than this.
  const shop = { ...services, ...catalog, config: shopConfig.parse({}) } as unknown as ShopContext
  routes = [...catalogRoutes(shop), ...importRoutes(shop), ...searchRoutes(shop)]
  await testStore.host.startDurable()
})
afterAll(async () => {
  await testStore.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function call(
  method: Route['method'],
  path: string,
  given: { params?: object; query?: object; body?: unknown } = {},
): Promise<RouteResult> {
  const route = routes.find((candidate) => candidate.method === method && candidate.path === path)
  if (!route) throw new Error(`There is no route ${method} ${path}.`)
  return route.handle({
    params: route.params?.parse(given.params ?? {}) ?? {},
    query: route.query?.parse(given.query ?? {}) ?? {},
    body: given.body,
    headers: new Headers(),
    caller: { tenantId: 'main', scope: 'admin', keyId: null },
    signal: AbortSignal.timeout(30_000),
    lastEventId: null,
  })
}

it('says of a store without a catalog whether it is being read in [SHOP-STOREFRONT-04]', async () => {
  const isBeingRead = async () => ((await call('get', '/store')) as { isBeingRead: boolean }).isBeingRead
  expect(await isBeingRead()).toBe(false)
  awaited.add('main')
  expect(await isBeingRead()).toBe(true)
  awaited.delete('main')
  expect(await isBeingRead()).toBe(false)
})

it('takes a feed in, streams its progress to the end, and serves products and rejects', async () => {
  const feed =
    'id,title,cost,brand,category\n1,Lamp,10,Lumette,Home > Lighting\n2,Mug,5,Saltmere,Home > Kitchen\n3,Bad,-1,L,H\n'
  const started = await call('post', '/imports', {
    query: { name: 'feed.csv', map: 'price=cost' },
    body: new Blob([feed]).stream(),
  })
  const params = { importId: (started as { importId: string }).importId }

  const stream = await call('get', '/imports/:importId/progress', { params })
  const events: { event?: string; data: unknown }[] = []
  if (stream instanceof EventStream) for await (const event of stream.events) events.push(event)
  expect(events.at(-1)).toMatchObject({
    event: 'end',
    data: { state: 'done', rows: { read: 3, accepted: 2, rejected: 1 } },
  })

  const { imports } = (await call('get', '/imports')) as { imports: ImportView[] }
  expect(imports).toMatchObject([
    { ...params, name: 'feed.csv', reasons: [{ code: 'negative-price', firstLines: [4] }] },
  ])

  const rejects = await call('get', '/imports/:importId/rejects', { params })
  const text = rejects instanceof RawResponse ? await new Response(rejects.body as BodyInit).text() : ''
  expect(JSON.parse(text)).toMatchObject({ line: 4, code: 'negative-price' })

  expect(await call('get', '/products', { query: { text: 'lamp' } })).toMatchObject({
    total: 1,
    products: [{ id: '1' }],
  })
  expect(await call('get', '/products', { query: { text: 'teal lamp' } })).toMatchObject({
    unmentioned: ['teal'],
  })
  expect(await call('get', '/products', { query: { text: 'lamp', max: 9 } })).toEqual({
    total: 0,
    products: [],
    unmentioned: [],
  })
  expect(await call('get', '/products', { query: { max: 6 } })).toMatchObject({
    total: 1,
    products: [{ id: '2' }],
  })
  expect(await call('get', '/products/:productId', { params: { productId: '1' } })).toMatchObject({
    product: { title: 'Lamp' },
    reviews: [],
    priceHistory: [{ price: { minor: 1000, currency: 'USD' } }],
  })
  expect(await call('get', '/categories')).toMatchObject({
    departments: [{ name: 'Home', count: 2, categories: [{ count: 1 }, { count: 1 }] }],
  })
})

it('says what is wrong: an empty file, a mapping nobody knows, things that are not there', async () => {
  const empty = new Blob(['']).stream()
  await expect(call('post', '/imports', { body: empty })).rejects.toMatchObject({
    code: 'feed-empty',
    status: 400,
  })
  const mapped = call('post', '/imports', { query: { map: 'prize=Cost' }, body: new Blob(['x']).stream() })
  await expect(mapped).rejects.toMatchObject({ code: 'mapping-invalid', status: 400 })
  for (const [path, params] of [
    ['/imports/:importId', { importId: 'none' }],
    ['/imports/:importId/progress', { importId: 'none' }],
    ['/products/:productId', { productId: 'none' }],
    ['/images/:name', { name: '../../secret' }],
  ] as const) {
    await expect(call('get', path, { params })).rejects.toMatchObject({ status: 404 })
  }
})

it('serves generated pictures that browsers keep', async () => {
  const picture = await call('get', '/images/:name', { params: { name: 'boot.red.3.svg' } })
  expect(picture).toMatchObject({
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': expect.stringContaining('immutable'),
    },
  })
})

it('reads an imported catalog for meaning in the background, and finds by it [SHOP-SEARCH-10]', async () => {
  expect(await call('get', '/meaning')).toMatchObject({ model: null, state: 'off' })
  embedder = new WordEmbedder()
  const materials = ['oak', 'walnut', 'ash', 'steel', 'glass', 'linen', 'cork', 'marble', 'brass', 'bamboo']
  const rows = ['Rug', 'Table', 'Basket', 'Shelf', 'Mirror', 'Vase', 'Clock', 'Tray'].flatMap((name) =>
    materials.map((material) => `${name}-${material},${name} in ${material},5`),
  )
  const feed = ['id,title,price', 'sofa-1,Sofa,90', ...rows].join('\n')
  const started = await call('post', '/imports', {
    query: { name: 'more.csv' },
    body: new Blob([feed]).stream(),
  })
  const params = { importId: (started as { importId: string }).importId }
  const stream = await call('get', '/imports/:importId/progress', { params })
  if (stream instanceof EventStream) for await (const _event of stream.events);
  await expect
    .poll(() => call('get', '/meaning'), { timeout: 20_000 })
    .toMatchObject({ model: 'test-e5', state: 'ready', problem: null })
  expect(await call('post', '/search', { body: { query: 'grunzel', limit: 5 } })).toMatchObject({
    products: [{ id: 'sofa-1' }],
  })
  embedder = null
  expect(await call('post', '/search', { body: { query: 'grunzel', limit: 5 } })).toMatchObject({
    products: [],
  })
})
