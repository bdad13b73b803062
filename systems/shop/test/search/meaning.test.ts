import { appendFile, mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import type { TextEmbedder } from '@heavylift/models'
import {
  appendVectors,
  compiledDots,
  Meanings,
  meaningKey,
  quantized,
  readVectors,
  RowVectors,
} from '@heavylift/models/meaning'
import { expect, test } from 'vitest'
import wabt from 'wabt'
import type { Product } from '../../src/domain/product.ts'
import { english } from '../../src/language/lexicon.ts'
import { IndexBuilder } from '../../src/search/index/index-data.ts'
import { meaningTexts } from '../../src/search/meaning-text.ts'
import { OpenIndex } from '../../src/search/open-index.ts'
import { from, product } from './products.ts'
import { vectorOf, width, WordEmbedder } from './word-embedder.ts'

async function setUp(products: Product[]) {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-meaning-'))
  const embedder = new WordEmbedder()
  const catalog = { products }
  const make = (given: TextEmbedder | null = embedder) =>
    new Meanings({
      folder,
      embedder: () => given,
      texts: () => meaningTexts(from(catalog.products)),
      count: () => Promise.resolve(catalog.products.length),
      log: silentLogger,
      signal: new AbortController().signal,
    })
  return { folder, embedder, catalog, make, file: join(folder, 'acme', 'test-e5.vectors') }
}

function indexOf(products: readonly Product[]): OpenIndex {
  const builder = new IndexBuilder(english.language)
  for (const each of products) builder.add(each)
  return new OpenIndex(builder.finish())
}

const materials = ['oak', 'walnut', 'ash', 'steel', 'glass', 'linen', 'cork', 'marble', 'brass', 'bamboo']
const names = ['Lamp', 'Rug', 'Table', 'Basket', 'Shelf', 'Mirror', 'Vase', 'Clock', 'Curtain', 'Tray']
const furniture = [
  product('sofa', 'Sofa'),
  ...names.flatMap((name) =>
    materials.map((material) => product(`${name}-${material}`, `${name} in ${material}`)),
  ),
]

test('the kernel is what its source says', async () => {
  const module = (await wabt()).parseWat(
    'dots.wat',
    await readFile(new URL('dots.wat', import.meta.resolve('@heavylift/models/meaning')), 'utf8'),
    { simd: true },
  )
  expect(Buffer.from(module.toBinary({}).buffer).toString('base64')).toBe(compiledDots)
})

test('cosines over whole numbers are those of the vectors, to a two-hundredth', () => {
  const words = Array.from({ length: 60 }, (_, at) => `word${at}`)
  const rows = new RowVectors(words.length + 1, width)
  words.forEach((word, row) => rows.set(row, quantized(vectorOf([word]), 127)))
  const query = vectorOf(['word3', 'word9'])
  const cosines = rows.cosines(query)
  words.forEach((word, row) => {
    const exact = vectorOf([word]).reduce((sum, value, at) => sum + value * (query[at] as number), 0)
    expect(Math.abs((cosines[row] as number) - exact)).toBeLessThan(0.005)
  })
  expect(cosines[words.length]).toBe(0)
  expect(rows.count).toBe(words.length)
})

test('vectors outlast a crash in the middle of one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-vectors-'))
  const path = join(folder, 'a.vectors')
  const entry = (text: string) => ({ key: meaningKey(text), ...quantized(vectorOf([text]), 127) })
  await appendVectors(path, [entry('one'), entry('two')])
  await appendFile(path, Buffer.alloc(13, 9))
  await appendVectors(path, [entry('three')])
  const read = await readVectors(path)
  const stored = [...read.vectors]
  expect(read.width).toBe(width)
  expect(stored.map(({ key }) => key.toString('hex'))).toEqual(
    ['one', 'two', 'three'].map((text) => meaningKey(text).toString('hex')),
  )
  expect(stored[2]?.values).toEqual(entry('three').values)
  expect(await readVectors(join(folder, 'none'))).toEqual({ width: 0, vectors: [] })
})

test('what no product says is found by what it means, once the catalog was read in the background [SHOP-SEARCH-10]', async () => {
  const { embedder, make } = await setUp(furniture)
  const meanings = make()
  const index = indexOf(furniture)
  const find = async (text: string) => {
    const cosines = await meanings.cosines('acme', index.data, text)
    const request = { text, constraints: [], sort: 'relevance', limit: 50, offset: 0, explain: true } as const
    const { hits } = await index.search({ ...request, constraints: [] }, english, cosines)
    return { ids: hits.map(({ productId }) => productId), sofa: hits.find((hit) => hit.productId === 'sofa') }
  }
  expect((await find('walnut flumpet')).ids).not.toContain('sofa')
  await meanings.settled('acme')
  expect(meanings.state('acme')).toMatchObject({ model: 'test-e5', state: 'ready', done: 101, total: 101 })
  expect(embedder.asked[0]).toBe('passage: Sofa')
  expect((await find('walnut flumpet')).ids).toContain('sofa')
  // No word is known: only what stands out by far is found.
  expect((await find('grunzel')).ids).toEqual(['sofa'])
  expect((await find('zzyzx')).ids).toEqual([])
  const { sofa } = await find('flumpet or sofa')
  const factor = sofa?.explanation?.boosts.reduce((all, boost) => all * boost.factor, 1) ?? 0
  const words = sofa?.explanation?.fields.reduce((sum, { score }) => sum + score, 0) ?? 0
  expect(words * factor).toBeCloseTo(sofa?.score ?? 0, 6)
  expect(sofa?.explanation?.boosts.map(({ name }) => name)).toContain('meaning')
})

test('a text is read once, over changes of the catalog and of the process; what is gone is forgotten [SHOP-SEARCH-10]', async () => {
  const { embedder, catalog, make, file } = await setUp(furniture)
  const first = make()
  first.changed('acme')
  await first.settled('acme')
  expect(embedder.asked).toHaveLength(101)
  catalog.products = [...furniture.slice(0, 100), product('new', 'Bench in ash')]
  first.changed('acme')
  await first.settled('acme')
  expect(embedder.asked.slice(101)).toEqual(['passage: Bench in ash'])
  const second = make()
  second.read('acme')
  await second.settled('acme')
  expect(embedder.asked).toHaveLength(102)
  const { size } = await stat(file)
  catalog.products = furniture.slice(0, 3)
  second.changed('acme')
  await second.settled('acme')
  expect((await stat(file)).size).toBeLessThan(size / 4)
})

test('without a model, and while one fails, words alone find, and the reason is told [SHOP-SEARCH-10]', async () => {
  const { embedder, make } = await setUp(furniture)
  const index = indexOf(furniture)
  const none = make(null)
  expect(await none.cosines('acme', index.data, 'sofa')).toBeNull()
  expect(none.state('acme')).toMatchObject({ model: null, state: 'off' })
  const failing = make()
  embedder.failure = new Error('The engine is not ready.')
  expect(await failing.cosines('acme', index.data, 'sofa')).toBeNull()
  await failing.settled('acme')
  expect(failing.state('acme')).toMatchObject({ state: 'failed', problem: 'The engine is not ready.' })
})

test('constraints and an order by price hold as ever', async () => {
  const { make } = await setUp(furniture)
  const meanings = make()
  const index = indexOf(furniture)
  meanings.read('acme')
  await meanings.settled('acme')
  const text = 'walnut flumpet'
  const cosines = await meanings.cosines('acme', index.data, text)
  expect(mean([...(cosines ?? [])].map((value) => (Number.isFinite(value) ? 1 : 0)))).toBe(1)
  const search = (more: object) =>
    index.search(
      { text, constraints: [], sort: 'relevance', limit: 30, offset: 0, ...more },
      english,
      cosines,
    )
  const dear = await search({
    constraints: [
      { kind: 'price', min: null, max: 5, minInclusive: true, maxInclusive: true, text: 'under 5' },
      { kind: 'price', min: 1, max: null, minInclusive: true, maxInclusive: true, text: 'over 1' },
    ],
  })
  expect(dear.relaxed).toHaveLength(1)
  const plain = await index.search({ text, constraints: [], sort: 'price-ascending', limit: 30, offset: 0 })
  expect((await search({ sort: 'price-ascending' })).hits).toEqual(plain.hits)
})

test('what holds every word of the query leads; meaning orders the rest [SHOP-SEARCH-10]', async () => {
  const index = indexOf(furniture)
  const ids = index.data.facts.productIds
  const cosines = Float32Array.from(ids, (id) => (id === 'Rug-walnut' ? 0.9 : id === 'sofa' ? 0.8 : 0.1))
  const search = async (near: Float32Array | null) => {
    const request = { text: 'walnut lamp', constraints: [], sort: 'relevance', limit: 50, offset: 0 } as const
    const { hits } = await index.search({ ...request, constraints: [] }, english, near)
    return hits.map(({ productId }) => productId)
  }
  expect((await search(null))[0]).toBe('Lamp-walnut')
  expect((await search(null)).indexOf('Rug-walnut')).not.toBe(1)
  expect((await search(cosines)).slice(0, 3)).toEqual(['Lamp-walnut', 'Rug-walnut', 'sofa'])
})
