import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create, insertMultiple, search } from '@orama/orama'
import { createRandom } from '@heavylift/core/math'
import MiniSearch from 'minisearch'
import type { Product } from '../domain/product.ts'
import { plainDocument, plainFields } from '../evals/peers.ts'
import type { PlainDocument } from '../evals/peers.ts'
import { quantized, RowVectors } from '@heavylift/models/meaning'
import type { Meanings } from '@heavylift/models/meaning'
import { StoredSearchIndexes } from '../search/stored-search-indexes.ts'
import { searchTextOf } from '../understand/search-text.ts'

/** An engine after it took the catalog in. */
export interface BuiltEngine {
  /** Ids of the first ten. */
  find(query: string): Promise<string[]>
  /** Seconds from a stored index to the first answer; null where the engine stores none here. */
  openSeconds: number | null
  close(): Promise<void>
}

/**
 * What is measured side by side. Peers get a title boost, stemming where they have it, and typo tolerance.
 */
export const engines: Record<string, (products: Product[]) => Promise<BuiltEngine>> = {
  heavylift: (products) => buildOwn(products, null),
  heavyliftByMeaning: (products) => buildOwn(products, inventedMeanings(products.length)),
  miniSearch: buildMiniSearch,
  orama: buildOrama,
}

/** Vectors at random, as many and as long as a model's: they find nothing, but cost what true ones do. Queries are embedded already. */
function inventedMeanings(rows: number): Pick<Meanings, 'cosines'> {
  const width = 384
  const random = createRandom(7)
  const invented = (): Float32Array => Float32Array.from({ length: width }, () => random.next() - 0.5)
  const vectors = new RowVectors(rows, width)
  for (let row = 0; row < rows; row += 1) vectors.set(row, quantized(invented(), 127))
  const query = invented()
  return { cosines: () => Promise.resolve(vectors.cosines(query)) }
}

async function buildOwn(
  products: Product[],
  meanings: Pick<Meanings, 'cosines'> | null,
): Promise<BuiltEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-bench-'))
  const indexes = new StoredSearchIndexes(folder, 'en', meanings)
  await indexes.build({
    tenantId: 'bench',
    version: '1',
    total: products.length,
    products: () => stream(products),
    changes: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  const searcher = indexes.open('bench', '1')
  const find = async (query: string): Promise<string[]> => {
    const { hits } = await searcher.search({
      text: searchTextOf(query),
      constraints: [],
      sort: 'relevance',
      limit: 10,
      offset: 0,
    })
    return hits.map(({ productId }) => productId)
  }
  const started = performance.now()
  await find(products[0]?.title ?? '')
  return {
    find,
    openSeconds: (performance.now() - started) / 1000,
    close: () => rm(folder, { recursive: true }),
  }
}

// oxlint-disable-next-line typescript/require-await -- an async source of plain values
async function* stream(products: Product[]): AsyncIterable<Product> {
  yield* products
}

function buildMiniSearch(products: Product[]): Promise<BuiltEngine> {
  const index = new MiniSearch<PlainDocument>({
    fields: [...plainFields],
    searchOptions: { boost: { title: 3, brand: 2 }, fuzzy: 0.2 },
  })
  for (const product of products) index.add(plainDocument(product))
  return Promise.resolve({
    find: (query) =>
      Promise.resolve(
        index
          .search(query)
          .slice(0, 10)
          .map(({ id }) => String(id)),
      ),
    openSeconds: null,
    close: () => Promise.resolve(),
  })
}

async function buildOrama(products: Product[]): Promise<BuiltEngine> {
  const index = create({
    schema: {
      id: 'string',
      title: 'string',
      brand: 'string',
      category: 'string',
      attributes: 'string',
      options: 'string',
      description: 'string',
    } as const,
    components: { tokenizer: { stemming: true, language: 'english' } },
  })
  await insertMultiple(index, products.map(plainDocument), 1_000)
  return {
    find: async (query) => {
      const { hits } = await search(index, {
        term: query,
        properties: [...plainFields],
        boost: { title: 3, brand: 2 },
        tolerance: 1,
        limit: 10,
      })
      return hits.map(({ document }) => String(document.id))
    },
    openSeconds: null,
    close: () => Promise.resolve(),
  }
}
