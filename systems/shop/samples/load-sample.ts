import type { Clock, ReportProgress } from '@heavylift/core'
import type { Kysely } from 'kysely'
import type { LiveCatalog } from '../src/catalog/live-catalog.ts'
import type { PostgresCatalog } from '../src/catalog/postgres-catalog.ts'
import { defaultImportOptions } from '../src/import/imports.ts'
import type { Imports } from '../src/import/imports.ts'
import type { ShopConfig } from '../src/config.ts'
import type { Shoppers } from '../src/shoppers/shoppers.ts'
import type { CommerceTables } from '../src/domain/commerce-tables.ts'
import { loadSampleCustomers } from '../src/tools/sample-customers.ts'
import { listPolicies, savePolicies } from '../src/tools/policies.ts'
import { sampleFeed } from './sample-feed.ts'
import { samplePolicies } from './policies.ts'

export interface LoadSampleInput {
  tenantId: string
  live: LiveCatalog
  catalog(tenantId: string): PostgresCatalog
  imports: Imports
  commerceDb: Kysely<CommerceTables>
  shoppers: Shoppers
  clock: Clock
  config: ShopConfig
  nowMs: number
  report: ReportProgress
  signal: AbortSignal
}

const dayMs = 86_400_000

/** Imports the sample catalog for a tenant that never had a catalog; joins the import if one is under way. */
export async function loadSample(input: LoadSampleInput): Promise<void> {
  const { tenantId, live, imports, commerceDb, config, report, signal } = input
  const { version, sampleProducts } = await live.read(tenantId)
  if (version !== null) {
    // A stop between the catalog and its customers is made up for here.
    if (sampleProducts > 0) await loadCustomers(input)
    return
  }
  if ((await listPolicies(commerceDb, tenantId)).length === 0)
    await savePolicies(commerceDb, tenantId, samplePolicies)
  const options = {
    seed: config.sampleSeed,
    products: config.sampleProducts,
    asOfMs: Math.floor(input.nowMs / dayMs) * dayMs,
  }
  const feed = {
    name: 'Sample catalog',
    kind: 'sample' as const,
    options: { ...defaultImportOptions, format: 'jsonl' as const, content: 'products' as const },
    body: sampleFeed(options, report),
  }
  const { importId } = await imports.start(tenantId, feed, `sample-${tenantId}`)
  for await (const { progress, finishedAtMs, error } of imports.watch(tenantId, importId, signal)) {
    if (progress) {
      const { stage, done, total, unit } = progress
      report({ stage: `sample: ${stage}`, done, unit, ...(total === null ? {} : { total }) })
    }
    if (finishedAtMs !== null && error) throw new Error(`The sample was not imported. ${error.message}`)
  }
  if ((await live.read(tenantId)).sampleProducts > 0) await loadCustomers(input)
}

/** Customers of the demo store, who bought the first of its products. */
async function loadCustomers(input: LoadSampleInput): Promise<void> {
  const { products } = await input.catalog(input.tenantId).browse({
    category: null,
    brand: null,
    minMinor: null,
    maxMinor: null,
    sort: 'rating',
    limit: 12,
    offset: 0,
  })
  await loadSampleCustomers(input, input.tenantId, products)
}
