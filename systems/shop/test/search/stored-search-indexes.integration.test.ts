import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import type { IndexBuild } from '../../src/domain/search-indexes.ts'
import { StoredSearchIndexes } from '../../src/search/stored-search-indexes.ts'
import { from, product, variant } from './products.ts'

let folder: string
let indexes: StoredSearchIndexes

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-search-'))
  indexes = new StoredSearchIndexes(folder)
})
afterEach(() => rm(folder, { recursive: true }))

function request(version: string, products: Product[], more: Partial<IndexBuild> = {}): IndexBuild {
  return {
    tenantId: 'demo',
    version,
    total: products.length,
    products: () => from(products),
    changes: null,
    report: () => {},
    signal: new AbortController().signal,
    ...more,
  }
}

async function ids(version: string, text: string, tenantId = 'demo'): Promise<string[]> {
  const search = indexes.open(tenantId, version)
  const { hits } = await search.search({ text, constraints: [], sort: 'relevance', limit: 100, offset: 0 })
  return hits.map((hit) => hit.productId).toSorted()
}

const lamps = Array.from({ length: 600 }, (_, at) =>
  product(`lamp-${at}`, `Desk lamp ${at}`, {
    brand: 'Łuna',
    attributes: { material: ['brass'] },
    variants: [
      variant(`lamp-${at}-a`, { options: { color: 'Red' }, price: { minor: 100 + at, currency: 'USD' } }),
      variant(`lamp-${at}-b`, { options: { color: 'Blue' }, price: { minor: 9000, currency: 'USD' } }),
    ],
    rating: at % 2 === 0 ? { average: 4.1, count: at } : null,
    services: ['flash-sale'],
  }),
)

describe('indexes on disk', () => {
  test('the folder says that backups may leave it out [CORE-CACHE-01]', async () => {
    await indexes.build(request('1', lamps.slice(0, 3)))
    await indexes.build(request('2', lamps.slice(0, 3)))
    const tag = await readFile(join(folder, 'CACHEDIR.TAG'), 'utf8')
    expect(tag).toMatch(/^Signature: 8a477f597d28d172789f06886806bc55\n/)
  })

  test('what was built is found again by another process, facts and all', async () => {
    const counts: number[] = []
    await indexes.build(request('1', lamps, { report: (done) => counts.push(done) }))
    indexes = new StoredSearchIndexes(folder)
    const result = await indexes.open('demo', '1').search({
      text: 'lamp',
      constraints: [
        { kind: 'facet', name: 'color', values: ['red'], negated: false, text: 'red' },
        { kind: 'price', min: null, max: 1.05, minInclusive: true, maxInclusive: true, text: 'under 1.05' },
        { kind: 'rating', min: 4.1, text: '4.1' },
        { kind: 'service', service: 'flash-sale', negated: false, text: 'flash' },
      ],
      sort: 'price-descending',
      limit: 10,
      offset: 0,
    })
    expect(result.relaxed).toEqual([])
    expect(result.hits.map((hit) => hit.variantIds)).toEqual([['lamp-4-a'], ['lamp-2-a'], ['lamp-0-a']])
    expect(counts.at(-1)).toBe(600)
    expect(await ids('1', 'łuna lamp 17')).toContain('lamp-17')
  })

  test('an empty catalog has an index too', async () => {
    await indexes.build(request('1', []))
    expect(await ids('1', 'lamp')).toEqual([])
    expect(await ids('1', '')).toEqual([])
  })

  test('changes make the version that a build from nothing would make [SHOP-SEARCH-04]', async () => {
    await indexes.build(request('1', lamps))
    const renamed = product('lamp-3', 'Floor torchiere')
    const added = product('torchiere', 'Torchiere of steel')
    const after = [...lamps.filter(({ id }) => id !== 'lamp-3' && id !== 'lamp-4'), renamed, added]
    await indexes.build(
      request('2', after, {
        products: () => {
          throw new Error('A build from changes does not read the whole catalog.')
        },
        changes: { base: '1', upsertCount: 2, upserts: () => from([renamed, added]), removedIds: ['lamp-4'] },
      }),
    )
    expect(await ids('2', 'torchiere')).toEqual(['lamp-3', 'torchiere'])
    expect(await ids('2', '')).toHaveLength(100)
    const total = await indexes
      .open('demo', '2')
      .search({ text: '', constraints: [], sort: 'relevance', limit: 0, offset: 0 })
    expect(total.total).toBe(600)
    expect(await ids('1', 'torchiere')).toEqual([])
  })

  test('a base that is gone makes it a build from nothing', async () => {
    await indexes.build(
      request('2', lamps, {
        changes: { base: '1', upsertCount: 1, upserts: () => from([]), removedIds: [] },
      }),
    )
    expect(await ids('2', 'lamp 5')).toContain('lamp-5')
  })

  test('a feed that breaks off leaves the live version and no trace of the new one [SHOP-SEARCH-04]', async () => {
    await indexes.build(request('1', lamps))
    async function* broken(): AsyncIterable<Product> {
      yield* from(lamps.slice(0, 300))
      throw new Error('feed ended early')
    }
    await expect(indexes.build(request('2', lamps, { products: broken }))).rejects.toThrow('feed ended early')
    expect(await ids('1', 'lamp 5')).toContain('lamp-5')
    await expect(ids('2', 'lamp')).rejects.toMatchObject({ code: 'search-index-missing' })
    expect(await readdir(join(folder, 'v-demo'))).toEqual(['v-1'])
  })

  test('an abort stops a build', async () => {
    const stop = new AbortController()
    const building = indexes.build(
      request('1', lamps, { signal: stop.signal, report: () => stop.abort(new Error('stopped')) }),
    )
    await expect(building).rejects.toThrow('stopped')
    expect(await readdir(join(folder, 'v-demo'))).toEqual([])
  })

  test('what another release or other language data made is not there, and is built anew [SHOP-SEARCH-07]', async () => {
    await indexes.build(request('1', lamps))
    const manifest = join(folder, 'v-demo', 'v-1', 'manifest.json')
    const known = JSON.parse(await readFile(manifest, 'utf8')) as object
    for (const other of [{ format: 1 }, { language: 'other' }]) {
      indexes = new StoredSearchIndexes(folder)
      await writeFile(manifest, JSON.stringify({ ...known, ...other }))
      await expect(ids('1', 'lamp')).rejects.toMatchObject({ code: 'search-index-missing' })
      const changes = { base: '1', upsertCount: 0, upserts: () => from([]), removedIds: [] }
      await indexes.build(request('2', lamps, { changes }))
      expect(await ids('2', 'lamp 5')).toContain('lamp-5')
    }
    await rm(join(folder, 'v-demo', 'v-1'), { recursive: true })
    await mkdir(join(folder, 'v-demo', 'v-1', 'products.lance'), { recursive: true })
    await expect(ids('1', 'lamp')).rejects.toMatchObject({ code: 'search-index-missing' })
    await indexes.build(request('1', lamps))
    expect(await ids('1', 'lamp 5')).toContain('lamp-5')
  })

  test('building a version again replaces it', async () => {
    await indexes.build(request('1', lamps))
    expect(await ids('1', 'torchiere')).toEqual([])
    await indexes.build(request('1', [product('torchiere', 'Torchiere of steel')]))
    expect(await ids('1', 'torchiere')).toEqual(['torchiere'])
  })

  test('tenants are apart, whatever their names, and pruning keeps what it is told to [SHOP-SEARCH-05]', async () => {
    await indexes.build(request('1', [product('a', 'Lamp')]))
    await indexes.build(request('1', [product('b', 'Lamp')], { tenantId: '../v-demo/v-1' }))
    await indexes.build(request('2', [product('c', 'Lamp')]))
    await indexes.prune('demo', ['2'])
    expect(await ids('2', 'lamp')).toEqual(['c'])
    await expect(ids('1', 'lamp')).rejects.toMatchObject({ code: 'search-index-missing' })
    expect(await ids('1', 'lamp', '../v-demo/v-1')).toEqual(['b'])
  })
})
