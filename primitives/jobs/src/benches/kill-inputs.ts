import { join } from 'node:path'
import type { BenchInput } from './bench-task.ts'
import { sizes } from './sizes.ts'

const { inputs: inputCount, threadDeaths } = sizes.kill
export const killOptions = { chunkSize: 50, checkpoint: { everyMs: 50 } }

/** 4,000 inputs of about a millisecond; with `isDying` some end their thread, once each. */
export function killInputs(folder: string, isDying: boolean): BenchInput[] {
  const every = inputCount / threadDeaths
  return Array.from({ length: inputCount }, (_, i) => ({
    numbers: 100_000,
    log: join(folder, 'log'),
    ...(isDying && i % every === every / 2 && { endsThread: join(folder, `dead-${i}`) }),
  }))
}
