import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { MeasureInput } from '@heavylift/core'
import type { SearchBenchTask } from './search-child.ts'

const products = 50_000
const queries = 200
const seed = 7
const peers = ['miniSearch', 'orama']

/**
 * Takes the same generated catalog into each engine, in a process of its own, and asks all the same queries: seconds
 * to build, milliseconds a query, memory (heap and buffers; RSS), and how often the product that a query was made from
 * is found. `byMeaning…`: the same with a vector for each product (invented ones). Ours includes writing the index to disk, and reading a query's words out of its sentence.
 */
export async function runSearchBench({ report, signal }: MeasureInput) {
  const measured: Record<string, Record<string, number>> = {}
  const all = ['heavylift', 'heavyliftByMeaning', ...peers]
  for (const [done, engine] of all.entries()) {
    report({ stage: engine, done, total: all.length, unit: 'engines' })
    measured[engine] = await inProcess({ engine, products, queries, seed }, signal)
  }
  const { heavylift = {}, heavyliftByMeaning = {}, ...others } = measured
  const byMeaning = {
    byMeaningQueryP50Ms: heavyliftByMeaning['queryP50Ms'] ?? Number.NaN,
    byMeaningQueryP99Ms: heavyliftByMeaning['queryP99Ms'] ?? Number.NaN,
    byMeaningRssMb: heavyliftByMeaning['rssMb'] ?? Number.NaN,
  }
  return { n: queries, metrics: { ...heavylift, ...byMeaning, products }, peers: others }
}

function inProcess(task: SearchBenchTask, signal: AbortSignal): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./search-child.ts', import.meta.url)), {
      execArgv: ['--expose-gc', '--max-old-space-size=6144'],
      // What an engine prints must not mix with the result.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      signal,
    })
    let result: Record<string, number> | null = null
    child.once('message', (message) => {
      result = message as Record<string, number>
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (result !== null) resolve(result)
      else reject(new Error(`The measurement of ${task.engine} ended with code ${code}.`))
    })
    child.send(task)
  })
}
