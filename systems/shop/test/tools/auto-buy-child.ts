import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { english } from '../../src/language/lexicon.ts'
import type { Catalog } from '../../src/domain/ports.ts'
import type { Product } from '../../src/domain/product.ts'
import type { CommerceTables } from '../../src/domain/commerce-tables.ts'
import { checkWatches } from '../../src/tools/watches.ts'

/** Checks one tenant's watches until all have fired, then exits with 0: `node auto-buy-child.ts <database url> <data dir> <tenant>`. */
const [databaseUrl, dataDir, tenantId] = process.argv.slice(2)
if (databaseUrl === undefined || dataDir === undefined || tenantId === undefined)
  throw new Error('three arguments')

const price = { minor: 1000, currency: 'USD' }
const kettle: Product = {
  id: 'kettle',
  title: 'Kettle',
  brand: null,
  description: '',
  categories: [],
  attributes: {},
  variants: [{ id: 'kettle-1', options: {}, price, compareAt: null, stock: null, image: null }],
  images: [],
  url: null,
  services: [],
  rating: null,
}
const catalog: Catalog = {
  product: async () => kettle,
  products: async () => [kettle],
  reviews: async () => ({ reviews: [], total: 0 }),
  questions: async () => [],
  categories: () => Promise.resolve([]),
  priceHistory: async () => [],
  lexicon: () => Promise.resolve(english),
  vocabulary: async () => ({ facets: new Map(), brands: new Map(), categories: new Map(), currency: 'USD' }),
  size: async () => ({ products: 1, reviews: 0 }),
}

const host = await openStore({ dataDir, databaseUrl, log: silentLogger, clock: systemClock })
const db = host.forSystem('shop').database<CommerceTables>()
process.stdout.write('ready\n')
for (;;) {
  const { checked } = await checkWatches({
    db,
    tenantId,
    catalog,
    clock: systemClock,
    ids: createIds(systemClock),
  })
  if (checked === 0) break
}
await host.close()
