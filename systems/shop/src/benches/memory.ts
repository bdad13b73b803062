import { sleep } from '@heavylift/core/async'
import { mean, roundTo } from '@heavylift/core/math'
import type { MeasureInput } from '@heavylift/core'
import { generateSample } from '../../samples/generate.ts'
import { evalTurns } from '../evals/assistant/questions.ts'
import { sampleNowMs } from '../evals/assistant/sample-store.ts'
import { startServerProcess } from '../evals/load/server-process.ts'
import { runShoppers } from '../evals/load/shoppers.ts'

const products = 5_000
const conversations = 10_000
const rounds = 10
const atOnce = 16

/**
 * Memory of the server over 10,000 conversations. After each thousand, the least heap in use of several looks (so that
 * garbage that waits for collection counts little); growth compares the last rounds with those after warm-up.
 */
export async function runMemoryBench({ report, signal }: MeasureInput) {
  const server = await startServerProcess({ products, report, signal })
  try {
    const sample = [...generateSample({ seed: 7, products: 2_000, asOfMs: sampleNowMs })].map(
      (item) => item.product,
    )
    const turns = evalTurns(sample, conversations, 4)
    const looks: { resident: number; heap: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const size = conversations / rounds
      await runShoppers(server.address, turns.slice(round * size, (round + 1) * size), {
        atOnce,
        prefix: `memory-${round}`,
        report: (done) =>
          report({ stage: 'conversations', done: round * size + done, total: conversations, unit: 'turns' }),
        signal,
      })
      looks.push(await look(server.address))
    }
    const growth = (field: 'resident' | 'heap') =>
      mean(looks.slice(-2).map((seen) => seen[field])) / mean(looks.slice(1, 3).map((seen) => seen[field])) -
      1
    return {
      n: conversations,
      metrics: {
        residentGrowth: roundTo3(growth('resident')),
        heapGrowth: roundTo3(growth('heap')),
        residentMbAfter2000: Math.round((looks[1]?.resident ?? 0) / 1e6),
        residentMbAfter10000: Math.round((looks.at(-1)?.resident ?? 0) / 1e6),
      },
    }
  } finally {
    await server.close()
  }
}

const roundTo3 = (value: number) => roundTo(value, 3)

async function look(address: string): Promise<{ resident: number; heap: number }> {
  const seen: { resident: number; heap: number }[] = []
  for (let i = 0; i < 5; i++) {
    const text = await (await fetch(`${address}/metrics`)).text()
    const value = (name: string) =>
      Number(new RegExp(`^${name}(?:\\{[^}]*\\})? ([\\d.e+]+)$`, 'm').exec(text)?.[1])
    seen.push({
      resident: value('process_resident_memory_bytes'),
      heap: value('nodejs_heap_size_used_bytes'),
    })
    await sleep(1_000)
  }
  return {
    resident: Math.min(...seen.map((one) => one.resident)),
    heap: Math.min(...seen.map((one) => one.heap)),
  }
}
