import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import { defaultImportOptions, Imports } from '../import/imports.ts'
import { migrations } from '../migrations/migrations.ts'
import { generateSample } from '../../samples/generate.ts'
import { StoredSearchIndexes } from '../search/stored-search-indexes.ts'

const products = 50_000
const tenantId = 'bench'

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** The sample as a CSV feed with one row a variant, as stores export them; products only. */
function csvFeed(report: ReportProgress): ReadableStream<Uint8Array> {
  const items = generateSample({ seed: 11, products, asOfMs: Date.UTC(2026, 5, 1) })
  const encoder = new TextEncoder()
  let text =
    'id,item_group_id,title,description,brand,product_type,price,quantity,color,size,material,audience\n'
  let done = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      while (text.length < 500_000) {
        const next = items.next()
        if (next.done) break
        const { product } = next.value
        const fixed = [
          product.title,
          product.description,
          product.brand ?? '',
          product.categories.join(' > '),
        ]
        const shared = fixed.map(quoted).join(',')
        const facts = ['material', 'audience'].map((name) => product.attributes[name]?.[0] ?? '').join(',')
        for (const { id, price, stock, options } of product.variants) {
          const own = [
            (price.minor / 100).toFixed(2),
            stock ?? '',
            options['color'] ?? '',
            options['size'] ?? '',
          ]
          text += `${id},${product.id},${shared},${own.join(',')},${facts}\n`
        }
        done++
      }
      if (text === '') return controller.close()
      controller.enqueue(encoder.encode(text))
      text = ''
      report({ stage: 'making the feed', done, total: products, unit: 'products' })
    },
  })
}

/** `heavylift bench shop.import`: a first import and the same file again, on a database of its own. */
export async function runImportBench({ report, signal }: MeasureInput) {
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-import-'))
  const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('shop', migrations)
    const store = host.forSystem('shop')
    const imports = new Imports({
      db: store.database<CatalogTables>(),
      store,
      indexes: new StoredSearchIndexes(join(dataDir, 'search')),
      clock: systemClock,
      ids: createIds(systemClock),
      log: silentLogger,
      language: 'en',
      afterLive: () => Promise.resolve(),
    })
    await host.startDurable()
    const run = async () => {
      const feed = {
        name: 'bench',
        kind: 'feed' as const,
        options: defaultImportOptions,
        body: csvFeed(report),
      }
      const { importId } = await imports.start(tenantId, feed)
      const startMs = performance.now()
      const startCpu = process.cpuUsage()
      const view = await imports.ended(tenantId, importId, signal)
      if (view.state !== 'done')
        throw new Error(`The import ended as ${view.state}. ${view.error?.message ?? ''}`)
      const cpu = process.cpuUsage(startCpu)
      return {
        view,
        seconds: (performance.now() - startMs) / 1000,
        cpuSeconds: (cpu.user + cpu.system) / 1e6,
      }
    }
    const first = await run()
    const again = await run()
    return {
      n: products,
      metrics: {
        firstSeconds: first.seconds,
        readingSeconds: first.view.seconds.reading,
        comparingSeconds: first.view.seconds.comparing,
        indexingSeconds: first.view.seconds.indexing,
        publishingSeconds: first.view.seconds.publishing,
        nodeCpuSeconds: first.cpuSeconds,
        rows: first.view.rows.read,
        rejected: first.view.rows.rejected,
        againSeconds: again.seconds,
        againUnchanged: again.view.products.unchanged,
      },
    }
  } finally {
    await host.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
