import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CatalogTables } from '../../src/catalog/catalog-tables.ts'
import { LiveCatalog } from '../../src/catalog/live-catalog.ts'
import { createLiveSearch } from '../../src/catalog/live-search.ts'
import { PostgresCatalog } from '../../src/catalog/postgres-catalog.ts'
import type { ImportOptions, ImportView } from '../../src/catalog/import-record.ts'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { Feeds } from '../../src/import/feeds.ts'
import type { FeedTables } from '../../src/import/feeds.ts'
import { defaultImportOptions, Imports } from '../../src/import/imports.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { PictureAddresses } from '../../src/pictures/picture-addresses.ts'
import type { PictureTables } from '../../src/pictures/picture-addresses.ts'
import { sampleFeed } from '../../samples/sample-feed.ts'
import { generateSample } from '../../samples/generate.ts'
import { StoreLexicons } from '../../src/language/store-lexicons.ts'
import type { LanguageTables } from '../../src/language/store-lexicons.ts'
import { StoredSearchIndexes } from '../../src/search/stored-search-indexes.ts'

let testStore: TestStore
let folder: string
let imports: Imports
let feeds: Feeds
/** Of servers of this test. */
const ports: number[] = []
let live: LiveCatalog
let indexes: StoredSearchIndexes
let catalogOf: (tenantId: string) => PostgresCatalog
let searchOf: ReturnType<typeof createLiveSearch>
let tenants = 0
let tenantId: string
let catalog: PostgresCatalog

const sampleOptions = { seed: 3, products: 150, asOfMs: Date.UTC(2026, 5, 1) }

const wentLive: string[] = []

beforeAll(async () => {
  testStore = await createTestStore({ durable: true, migrations: { shop: migrations } })
  folder = await mkdtemp(join(tmpdir(), 'heavylift-shop-'))
  const store = testStore.host.forSystem('shop')
  const db = store.database<CatalogTables>()
  indexes = new StoredSearchIndexes(folder)
  live = new LiveCatalog(db)
  const lexicons = new StoreLexicons(store.database<LanguageTables>(), 'en')
  const pictures = new PictureAddresses(store.database<PictureTables>())
  catalogOf = (of) => new PostgresCatalog({ db, live, lexicons, pictures, tenantId: of })
  const signal = new AbortController().signal
  searchOf = createLiveSearch({ db, live, lexicons, indexes, log: silentLogger, signal })
  imports = new Imports({
    db,
    store,
    indexes,
    clock: systemClock,
    ids: createIds(systemClock),
    log: silentLogger,
    language: 'en',
    afterLive: async (tenantId) => void wentLive.push(tenantId),
  })
  feeds = new Feeds({
    db: store.database<FeedTables>(),
    store,
    imports,
    fetch: (url, init) => createSafeFetch({ allowNetworks: ['127.0.0.1/32'], ports })(url, init),
    maxBytes: 1024 ** 2,
    clock: systemClock,
    ids: createIds(systemClock),
    log: silentLogger,
  })
  await testStore.host.startDurable()
})
afterAll(async () => {
  await testStore.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  tenantId = `tenant-${tenants++}`
  catalog = catalogOf(tenantId)
})

function bodyOf(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream()
}

async function run(
  body: ReadableStream<Uint8Array> | string | null,
  options: Partial<ImportOptions> = {},
  kind: ImportView['kind'] = 'feed',
): Promise<ImportView> {
  const { importId } = await imports.start(tenantId, {
    name: 'test',
    kind,
    options: { ...defaultImportOptions, ...options },
    body: typeof body === 'string' ? bodyOf(body) : body,
  })
  return imports.ended(tenantId, importId, AbortSignal.timeout(30_000))
}

async function search(text: string): Promise<string[]> {
  const request = { text, constraints: [], sort: 'relevance' as const, limit: 20, offset: 0 }
  const result = await searchOf(tenantId).search(request)
  return result.hits.map(({ productId }) => productId)
}

const csv = (rows: string[]) => ['id,title,price,brand,category', ...rows].join('\n')

describe('an import', () => {
  it('makes the whole sample readable: products, reviews, questions, prices, vocabulary, search', async () => {
    const items = [...generateSample(sampleOptions)]
    const view = await run(
      sampleFeed(sampleOptions, () => {}),
      {},
      'sample',
    )
    expect(view).toMatchObject({
      state: 'done',
      format: 'jsonl',
      products: { added: 150, updated: 0 },
      rows: { read: 150, rejected: 0 },
    })
    expect(await catalog.size()).toEqual({
      products: 150,
      reviews: items.reduce((sum, { reviews }) => sum + reviews.length, 0),
    })
    for (const { product, reviews, questions, priceHistory } of items.slice(0, 20)) {
      const stored = await catalog.product(product.id)
      expect(stored).toEqual({
        ...product,
        rating: product.rating && { ...product.rating, average: expect.closeTo(product.rating.average, 1) },
      })
      const page = await catalog.reviews(product.id, { limit: 100, offset: 0 })
      expect(page.total).toBe(reviews.length)
      expect(page.reviews.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
        reviews.toSorted((a, b) => a.id.localeCompare(b.id)),
      )
      expect(await catalog.questions(product.id)).toEqual(
        questions.toSorted((a, b) => a.id.localeCompare(b.id)),
      )
      expect(await catalog.priceHistory(product.id)).toHaveLength(priceHistory.length)
    }
    const vocabulary = await catalog.vocabulary()
    const kids = items.filter(({ product }) => product.attributes['audience']?.includes('kids')).length
    expect(vocabulary.facets.get('audience')?.get('kids')).toBe(kids)
    expect(vocabulary.currency).toBe('USD')
    expect(await search(items[0]?.product.title ?? '')).toContain(items[0]?.product.id)
    await expect.poll(() => wentLive).toContain(tenantId)
  })

  it('updates in place, skips unchanged rows and appends to the price history [SHOP-IMPORT-04]', async () => {
    await run(csv(['1,Lamp,10,Lumette,Home', '2,Mug,5,Lumette,Home']))
    const again = await run(csv(['1,Lamp,10,Lumette,Home', '2,Mug,5,Lumette,Home']))
    expect(again.products).toEqual({ added: 0, updated: 0, unchanged: 2, removed: 0 })
    const changed = await run(csv(['1,Lamp,8,Lumette,Home', '3,Vase,20,Saltmere,Home']))
    expect(changed.products).toEqual({ added: 1, updated: 1, unchanged: 0, removed: 0 })
    const history = await catalog.priceHistory('1')
    expect(history.map(({ price }) => price.minor)).toEqual([1000, 800])
    expect((await catalog.products(['3', '1', 'none', '2'])).map(({ id }) => id)).toEqual(['3', '1', '2'])
    expect((await catalog.vocabulary()).brands).toEqual(
      new Map([
        ['Lumette', 2],
        ['Saltmere', 1],
      ]),
    )
    expect(await search('vase')).toEqual(['3'])
  })

  it('removes what the feed does not name only when asked to replace', async () => {
    await run(csv(['1,Lamp,10,Lumette,Home', '2,Mug,5,Lumette,Home']))
    await run(csv(['2,Mug,5,Lumette,Home']), { mode: 'update' })
    expect((await catalog.size()).products).toBe(2)
    const foreseen = await run(csv(['2,Mug,5,Lumette,Home']), { mode: 'replace' }, 'preview')
    expect(foreseen).toMatchObject({ kind: 'preview', state: 'done', removedExamples: ['Lamp'] })
    expect(foreseen.products).toMatchObject({ removed: 1 })
    expect((await catalog.size()).products).toBe(2)
    expect((await imports.list(tenantId, 10)).map(({ kind }) => kind)).not.toContain('preview')
    const replaced = await run(csv(['2,Mug,5,Lumette,Home']), { mode: 'replace' })
    expect(replaced.products).toEqual({ added: 0, updated: 0, unchanged: 1, removed: 1 })
    expect(await catalog.product('1')).toBeNull()
    expect(await search('lamp')).toEqual([])
    expect(await search('mug')).toEqual(['2'])
  })

  it('takes the good rows in and keeps the others in a reject file [SHOP-IMPORT-02]', async () => {
    const view = await run(csv(['1,Lamp,10,L,H', '1,Again,10,L,H', '2,,5,L,H', '3,Vase,-3,L,H']))
    expect(view.rows).toEqual({ read: 4, accepted: 1, rejected: 3, hidden: 0 })
    expect(view.reasons.map(({ code, count }) => [code, count])).toEqual(
      expect.arrayContaining([
        ['duplicate-id', 1],
        ['missing-title', 1],
        ['negative-price', 1],
      ]),
    )
    const file = await imports.rejects(tenantId, view.importId)
    const lines = (await new Response(file).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; raw: string })
    expect(lines.map(({ line }) => line)).toEqual([3, 4, 5])
    expect(lines[2]?.raw).toContain('3,Vase,-3')
  })

  it('adds reviews to products that are there, follows their rating and rejects the rest', async () => {
    await run(csv(['1,Lamp,10,L,H']))
    const view = await run(
      'product_id,rating,review_text,date\n1,5,Good,2026-01-01\n1,2,Bad,2026-01-02\nx,3,None,2026-01-01\n',
    )
    expect(view).toMatchObject({
      reviews: 2,
      rows: { read: 3, accepted: 2, rejected: 1 },
      reasons: [{ code: 'unknown-product' }],
    })
    expect((await catalog.product('1'))?.rating).toEqual({ average: 3.5, count: 2 })
    await run(csv(['1,Lamp,9,L,H']))
    expect((await catalog.product('1'))?.rating).toEqual({ average: 3.5, count: 2 })
    const again = await run('product_id,rating,review_text,date\n1,5,Good,2026-01-01\n')
    expect(again).toMatchObject({ reviews: 0, products: { updated: 0 } })
  })

  it('joins variants whose rows lie apart', async () => {
    await run('id,item_group_id,title,price,color\na1,a,Boot,10,Red\nb1,b,Sock,5,\na2,a,Boot,12,Blue\n')
    expect((await catalog.product('a'))?.variants.map(({ id }) => id)).toEqual(['a1', 'a2'])
  })

  it('fails with what to do when the file cannot be used, and changes nothing [SHOP-IMPORT-04]', async () => {
    await run(csv(['1,Lamp,10,L,H']))
    const view = await run('id,code,cost\n2,x,4\n')
    expect(view).toMatchObject({ state: 'failed', error: { code: 'missing-columns' } })
    expect(view.error?.message).toContain('--map title=COLUMN')
    expect((await catalog.size()).products).toBe(1)
  })

  it('removes the sample alone', async () => {
    await run(
      sampleFeed({ ...sampleOptions, products: 20 }, () => {}),
      {},
      'sample',
    )
    await run(csv(['1,Lamp,10,L,H']))
    const view = await run(null, {}, 'remove-sample')
    expect(view.products).toMatchObject({ removed: 20 })
    expect(await catalog.size()).toEqual({ products: 1, reviews: 0 })
    expect((await catalog.vocabulary()).facets.size).toBe(0)
  })

  it('shows no reader a half of it [SHOP-IMPORT-04]', async () => {
    const rows = (price: number) => csv(Array.from({ length: 400 }, (_, i) => `${i},Item ${i},${price},B,C`))
    await run(rows(1))
    const ids = Array.from({ length: 400 }, (_, i) => String(i))
    const seen = new Set<string>()
    let ended = false
    const reading = (async () => {
      while (!ended) {
        const prices = new Set((await catalog.products(ids)).map(({ variants }) => variants[0]?.price.minor))
        seen.add([...prices].join())
      }
    })()
    await run(rows(2))
    ended = true
    await reading
    seen.add(
      [...new Set((await catalog.products(ids)).map(({ variants }) => variants[0]?.price.minor))].join(),
    )
    expect([...seen].toSorted()).toEqual(['100', '200'])
  })

  it('builds a search index that is missing from the catalog, once for all who wait', async () => {
    await run(csv(['1,Lamp,10,L,H', '2,Mug,5,L,H']))
    await indexes.prune(tenantId, [])
    expect(await Promise.all([search('lamp'), search('mug')])).toEqual([['1'], ['2']])
  })

  it('stops when it is cancelled and leaves the catalog as it was [SHOP-IMPORT-08]', async () => {
    await run(csv(['1,Lamp,10,L,H']))
    const { importId } = await imports.start(tenantId, {
      name: 'big',
      kind: 'feed',
      options: defaultImportOptions,
      body: bodyOf(csv(Array.from({ length: 20_000 }, (_, i) => `${i},Item ${i},3,B,C`))),
    })
    const view = await imports.cancel(tenantId, importId)
    expect(view.state).toBe('cancelled')
    expect((await catalog.size()).products).toBe(1)
  })

  it('stops while it reads its file, and the process goes on to the next import', async () => {
    await run(csv(['1,Lamp,10,L,H']))
    const { importId } = await imports.start(tenantId, {
      name: 'big',
      kind: 'feed',
      options: defaultImportOptions,
      body: bodyOf(csv(Array.from({ length: 60_000 }, (_, i) => `${i},Item ${i},3,B,C`))),
    })
    await vi.waitFor(
      async () => expect((await imports.get(tenantId, importId)).progress?.stage).toBe('reading'),
      { timeout: 20_000, interval: 5 },
    )
    expect((await imports.cancel(tenantId, importId)).state).toBe('cancelled')
    expect((await run(csv(['1,Lamp,10,L,H', '2,Mug,5,L,H']))).state).toBe('done')
    expect((await catalog.size()).products).toBe(2)
  })

  it('shows one tenant nothing of another [SHOP-IMPORT-09]', async () => {
    await run(csv(['1,Lamp,10,L,H']))
    const other = catalogOf('somebody-else')
    expect(await other.product('1')).toBeNull()
    expect(await other.size()).toEqual({ products: 0, reviews: 0 })
    const [view] = await imports.list(tenantId, 1)
    await expect(imports.get('somebody-else', view?.importId ?? '')).rejects.toMatchObject({
      code: 'import-not-found',
    })
  })
})

describe('undo', () => {
  const before = ['1,Lamp,10,L,Home > Lighting', '2,Chair,50,C,Home > Chairs']

  it('brings back what a replacing import removed and changed, once [SHOP-IMPORT-14]', async () => {
    await run(csv(before))
    await run('product_id,rating,review_text\n2,4,Comfortable enough\n')
    const old = await catalog.products(['1', '2'])
    await run(csv(['1,Lamp,12,L,Home > Lighting', '3,Rug,80,R,Home > Rugs']), { mode: 'replace' })
    expect((await catalog.products(['1', '2', '3'])).map(({ id }) => id)).toEqual(['1', '3'])
    const { importId } = await imports.undo(tenantId)
    const view = await imports.ended(tenantId, importId, AbortSignal.timeout(30_000))
    expect(view).toMatchObject({
      state: 'done',
      kind: 'undo',
      products: { added: 1, updated: 1, removed: 1 },
    })
    expect(await catalog.products(['1', '2', '3'])).toEqual(old)
    expect((await catalog.reviews('2', { limit: 5, offset: 0 })).total).toBe(1)
    expect(await search('chair')).toEqual(['2'])
    expect(await imports.undoable(tenantId)).toBeNull()
    await expect(imports.undo(tenantId)).rejects.toMatchObject({ code: 'nothing-to-undo' })
  })

  it('fails when no row is left, and leaves the catalog as it was [SHOP-IMPORT-15]', async () => {
    await run(csv(before))
    const view = await run('id,title,price,status\n7,Draft,1,draft\n8,,2,active\n', { mode: 'replace' })
    expect(view).toMatchObject({ state: 'failed', error: { code: 'nothing-accepted' } })
    expect((await catalog.size()).products).toBe(2)
  })

  it('takes the sample away when it comes instead of it, and keeps what is the store’s own [SHOP-IMPORT-16]', async () => {
    await run(
      sampleFeed({ ...sampleOptions, products: 20 }, () => {}),
      {},
      'sample',
    )
    await run(csv(['1,Own,1,O,Home']))
    expect((await live.read(tenantId)).sampleProducts).toBe(20)
    await run(csv(['2,Also own,1,O,Home']), { replaceSample: true })
    expect(
      (
        await catalog.browse({
          category: null,
          brand: null,
          minMinor: null,
          maxMinor: null,
          sort: 'newest',
          limit: 50,
          offset: 0,
        })
      ).products
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['1', '2'])
    expect((await live.read(tenantId)).sampleProducts).toBe(0)
  })

  it('leaves out the sample where the store got goods of its own while that was read [SHOP-IMPORT-16]', async () => {
    await run(csv(['1,Own,1,O,Home']))
    const late = await run(
      sampleFeed({ ...sampleOptions, products: 20 }, () => {}),
      {},
      'sample',
    )
    expect(late).toMatchObject({ state: 'done', products: { added: 0 } })
    expect(await live.read(tenantId)).toMatchObject({ products: 1, sampleProducts: 0 })
  })

  it('shows in a preview what columns were taken for and how products will look, and changes nothing', async () => {
    await run(csv(before))
    const view = await run('sku,name,cost,tone\n9,Vase,5,Warm\n10,Bowl,6,Cold\n', {}, 'preview')
    expect(view.state).toBe('done')
    expect(view.examples?.map(({ title }) => title).toSorted()).toEqual(['Bowl', 'Vase'])
    expect(view.columns?.map(({ name, use }) => [name, use])).toContainEqual(['tone', 'attribute'])
    expect((await catalog.size()).products).toBe(2)
  })
})

describe('a feed by address', () => {
  it('is imported when it changed, and not fetched again while the server says that it has not [SHOP-IMPORT-17]', async () => {
    let body = csv(['1,Lamp,10,L,Home'])
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.headers['if-none-match'])
      const etag = `"${body.length}"`
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.writeHead(200, { etag, 'content-type': 'text/csv' }).end(body)
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    try {
      const url = `http://127.0.0.1:${port}/feed.csv`
      const feed = await feeds.add(tenantId, {
        url,
        name: 'Shop',
        everyMinutes: 60,
        options: defaultImportOptions,
      })
      const fetched = async () => {
        const view = await feeds.fetchNow(tenantId, feed.feedId)
        if (view.lastImportId !== null)
          await imports.ended(tenantId, view.lastImportId, AbortSignal.timeout(30_000))
        return view
      }
      // Only public addresses are fetched, but for the network that this test allows.
      ports.push(port)
      const first = await fetched()
      expect((await catalog.size()).products).toBe(1)
      expect((await fetched()).outcome).toContain('Unchanged')
      body = csv(['1,Lamp,10,L,Home', '2,Chair,20,C,Home'])
      expect((await fetched()).lastImportId).not.toBe(first.lastImportId)
      expect((await catalog.size()).products).toBe(2)
      expect(asked[0]).toBeUndefined()
      expect(asked[1]).toBeDefined()
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})

describe('browsing', () => {
  it('filters, sorts, counts and relates', async () => {
    await run(
      csv([
        '1,Lamp,10,Lumette,Home > Lighting',
        '2,Lantern,30,Lumette,Home > Lighting',
        '3,Mug,5,Saltmere,Home > Kitchen',
        '4,Spot,12,Saltmere,Home > Lighting',
      ]),
    )
    const all = {
      category: null,
      brand: null,
      minMinor: null,
      maxMinor: null,
      sort: 'price-ascending' as const,
      limit: 10,
      offset: 0,
    }
    expect((await catalog.browse(all)).products.map(({ id }) => id)).toEqual(['3', '1', '4', '2'])
    const lit = await catalog.browse({ ...all, category: 'Lighting', minMinor: 1100, limit: 1 })
    expect(lit).toMatchObject({ total: 2, products: [{ id: '4' }] })
    const lamp = await catalog.product('1')
    expect(lamp && (await catalog.related(lamp, 5)).map(({ id }) => id)).toEqual(['4', '2'])
    expect(await catalog.categories()).toEqual([
      expect.objectContaining({
        name: 'Home',
        products: 4,
        children: [
          expect.objectContaining({ name: 'Lighting', path: ['Home', 'Lighting'], products: 3 }),
          expect.objectContaining({ name: 'Kitchen', products: 1 }),
        ],
      }),
    ])
  })
})
