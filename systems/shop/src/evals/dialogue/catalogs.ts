import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { samplePolicies } from '../../../samples/policies.ts'
import type { NearLines } from '../../assistant/lines/candidate-lines.ts'
import type { StepSources } from '../../assistant/step-sources.ts'
import type { PolicySection } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import { readFeed } from '../../import/read-feed.ts'
import { openMemoryStore } from '../assistant/memory-store.ts'
import type { MemoryStore } from '../assistant/memory-store.ts'
import { openSampleStore } from '../assistant/sample-store.ts'
import { inventCatalog } from './invented-catalog.ts'
import { makerPolicies, makerProducts } from './maker-catalog.ts'

export interface EvalCatalog {
  name: string
  store: MemoryStore
  /** What this store says of itself; empty where it says nothing. */
  policies: readonly PolicySection[]
  /** What a message means to a model for embeddings. Absent: its words alone are read. */
  meant?: NonNullable<StepSources['meant']>
  /** How near a question is to lines of a listing. Absent: they are chosen by words. */
  nearLines?: NearLines
  /** Sees by what wishes are ranked. */
  seeRanked?: NonNullable<StepSources['seeRanked']>
  /** Sees by what first messages are told to be wishes. */
  seeFirst?: NonNullable<StepSources['seeFirst']>
  seeReferents?: NonNullable<StepSources['seeReferents']>
}

/** Opens the catalogs one after the other, as each takes memory: three of our own, then those of `dataDir`. */
export async function* openCatalogs(options: {
  dataDir: string | null
  seed: number
  folder: string
  signal: AbortSignal
}): AsyncGenerator<EvalCatalog> {
  const { dataDir, seed, signal } = options
  const folder = (name: string) => join(options.folder, name)
  yield {
    name: 'sample',
    store: await openSampleStore({ products: 1_200, seed: 7, folder: folder('sample'), signal }),
    policies: samplePolicies,
  }
  yield {
    name: 'maker',
    store: await openMemoryStore({ products: makerProducts, folder: folder('maker'), signal }),
    policies: makerPolicies,
  }
  yield {
    name: 'invented',
    store: await openMemoryStore({ ...inventCatalog(seed), folder: folder('invented'), signal }),
    policies: [],
  }
  if (dataDir !== null) yield* openForeignCatalogs({ dataDir, folder: options.folder, signal })
}

/** Every product file below a folder, one after the other. */
export async function* openForeignCatalogs(options: {
  dataDir: string
  folder: string
  signal: AbortSignal
}): AsyncGenerator<EvalCatalog> {
  const { dataDir, signal } = options
  const files = (await readdir(dataDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:csv|jsonl|xml)(?:\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  for (const [index, file] of files.entries()) {
    const products = await readProducts(file)
    // Judgments, reviews and files of a handful of products have no conversations.
    if (products.length < 12) continue
    yield {
      name: relative(dataDir, file) || file,
      store: await openMemoryStore({ products, folder: join(options.folder, `foreign-${index}`), signal }),
      policies: [],
    }
  }
}

/** The products of an export. `map`: which of its columns is which. */
export async function readProducts(
  file: string,
  { currency = 'USD', map = {} }: { currency?: string; map?: Readonly<Record<string, string>> } = {},
): Promise<Product[]> {
  const products = new Map<string, Product>()
  for await (const events of readFeed(() => createReadStream(file), {
    format: null,
    content: 'products',
    mapping: map,
    currency,
  })) {
    for (const event of events) {
      if (event.kind !== 'product') continue
      const { product, continues } = event.item
      const earlier = products.get(product.id)
      if (continues && earlier) earlier.variants.push(...product.variants)
      else products.set(product.id, product)
    }
  }
  return [...products.values()]
}
