import type { Product } from '../domain/product.ts'
import { knownItems } from '../evals/known-items.ts'
import { rankingMetrics, rankOf } from '../evals/ranking-metrics.ts'
import { generateSample } from '../../samples/generate.ts'
import { engines } from './search-engines.ts'

/** What the parent asks for: an engine by name, and the catalog and queries that all engines get alike. */
export interface SearchBenchTask {
  engine: string
  products: number
  queries: number
  seed: number
}

/** Heap and buffers, in MB, after garbage is gone; the process runs with `--expose-gc`. */
function memoryMb(): number {
  global.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}

async function measure({ engine, products: count, queries, seed }: SearchBenchTask): Promise<void> {
  const build = engines[engine]
  if (build === undefined) throw new RangeError(`No engine is named ${engine}.`)
  const before = memoryMb()
  const products: Product[] = []
  for (const { product } of generateSample({ seed, products: count, asOfMs: 0 })) products.push(product)
  const items = knownItems(products, queries, seed)
  const started = performance.now()
  const built = await build(products)
  const buildSeconds = (performance.now() - started) / 1000
  products.length = 0
  const memory = memoryMb() - before
  // A tenth of the queries warms up the compiler and caches of every engine alike.
  for (const { query } of items.slice(0, Math.ceil(items.length / 10))) await built.find(query)
  const times: number[] = []
  const ranks: (number | null)[] = []
  for (const { query, productId } of items) {
    const asked = performance.now()
    const found = await built.find(query)
    times.push(performance.now() - asked)
    ranks.push(rankOf(productId, found))
  }
  await built.close()
  times.sort((a, b) => a - b)
  const quantile = (share: number): number =>
    Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2))
  process.send?.({
    buildSeconds: Number(buildSeconds.toFixed(2)),
    ...(built.openSeconds === null ? {} : { openSeconds: Number(built.openSeconds.toFixed(2)) }),
    queryP50Ms: quantile(0.5),
    queryP99Ms: quantile(0.99),
    memoryMb: Math.round(memory),
    rssMb: Math.round(process.memoryUsage.rss() / 1e6),
    ...rankingMetrics(ranks),
  })
}

process.once('message', (task: SearchBenchTask) => {
  measure(task).then(
    () => process.disconnect(),
    (error: unknown) => {
      setImmediate(() => {
        throw error
      })
    },
  )
})
