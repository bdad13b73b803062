import { quantile, roundTo, sortNumbers } from '@heavylift/core/math'
import type { MeasureInput } from '@heavylift/core'
import { generateSample } from '../../samples/generate.ts'
import { sampleNowMs } from './assistant/sample-store.ts'
import { evalTurns } from './assistant/questions.ts'
import { runShoppers } from './load/shoppers.ts'
import type { TurnTiming } from './load/shoppers.ts'
import { startServerProcess } from './load/server-process.ts'

const products = 50_000
const manyShoppers = 32

/** First chunk and whole turns of a real server over HTTP, alone and with 32 shoppers, on 50,000 products without a model. */
export async function runLatencyEval({ report, signal }: MeasureInput) {
  const server = await startServerProcess({ products, report, signal })
  try {
    const sample = [...generateSample({ seed: 7, products: 600, asOfMs: sampleNowMs })].map(
      (item) => item.product,
    )
    const progress = (stage: string, total: number) => (done: number) =>
      report({ stage, done, total, unit: 'turns' })
    await runShoppers(server.address, evalTurns(sample, 60, 1), {
      atOnce: 4,
      prefix: 'warm',
      report: progress('warming up', 60),
      signal,
    })
    const alone = await runShoppers(server.address, evalTurns(sample, 150, 2), {
      atOnce: 1,
      prefix: 'alone',
      report: progress('one shopper', 150),
      signal,
    })
    const many = await runShoppers(server.address, evalTurns(sample, 1_500, 3), {
      atOnce: manyShoppers,
      prefix: 'many',
      report: progress('32 shoppers', 1_500),
      signal,
    })
    return {
      n: many.timings.length,
      metrics: {
        ...quantiles(many.timings),
        turnsPerSecond: many.timings.length / many.seconds,
        firstChunkP50MsAlone: of(alone.timings, 'firstChunkMs', 0.5),
        firstChunkP99MsAlone: of(alone.timings, 'firstChunkMs', 0.99),
        firstContentP50MsAlone: of(alone.timings, 'firstContentMs', 0.5),
        turnsPerSecondAlone: alone.timings.length / alone.seconds,
      },
    }
  } finally {
    await server.close()
  }
}

function of(timings: readonly TurnTiming[], field: keyof TurnTiming, share: number): number {
  const sorted = sortNumbers(timings.map((timing) => timing[field]))
  return roundTo(quantile(sorted, share), 1)
}

function quantiles(timings: readonly TurnTiming[]): Record<string, number> {
  return {
    firstChunkP50Ms: of(timings, 'firstChunkMs', 0.5),
    firstChunkP99Ms: of(timings, 'firstChunkMs', 0.99),
    firstContentP50Ms: of(timings, 'firstContentMs', 0.5),
    firstContentP99Ms: of(timings, 'firstContentMs', 0.99),
    wholeTurnP50Ms: of(timings, 'totalMs', 0.5),
    wholeTurnP99Ms: of(timings, 'totalMs', 0.99),
  }
}
