import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { openLocalExecutor } from '../local/open-local-executor.ts'
import { runMany } from '../run-many.ts'
import { openSlurmExecutor } from '../slurm/open-slurm-executor.ts'
import type { startSlurm } from '../testing/start-slurm.ts'
import { benchTask, countGoodOutcomes, inFolder, hashResults, runsOf } from './bench-files.ts'
import type { BenchInput } from './bench-task.ts'

const inputs = 400

export interface KilledNodes {
  kills: number
  inputs: number
  lost: number
  runTwice: number
  isByteIdentical: boolean
  seconds: number
}

/** On three nodes of a real Slurm: one is killed with all its processes, and on another a process is killed. */
export function killedNodes(
  { report }: Pick<MeasureInput, 'report'>,
  start: typeof startSlurm,
): Promise<KilledNodes> {
  return inFolder(async (folder) => {
    report({ stage: 'killing a node of Slurm', done: 0, total: inputs, unit: 'inputs' })
    const log = join(folder, 'log')
    const all = (isDying: boolean): BenchInput[] =>
      Array.from({ length: inputs }, (_, i) => ({
        numbers: 2_000_000,
        ...(isDying && { log }),
        ...(isDying && i === 390 && { endsProcess: join(folder, 'killed') }),
      }))
    const local = openLocalExecutor({ workers: 2 })
    const options = { folder, chunkSize: 20, checkpoint: { everyMs: 50 } }
    const calm = await runMany(benchTask, all(false), { executor: local, ...options })
    await calm.finished()
    await local.close()
    const slurm = await start({ nodes: 3 })
    const executor = openSlurmExecutor({
      env: slurm.env,
      pollMs: 250,
      chunksPerBatch: 4,
      partitions: [{ name: 'experiment', priority: 0 }],
    })
    try {
      const startedMs = performance.now()
      const run = await runMany(benchTask, all(true), { executor, ...options })
      while ((await runsOf(log)) < inputs / 8) await sleep(50)
      await slurm.killNode(1)
      await run.finished()
      return {
        kills: 2,
        inputs,
        lost: inputs - (await countGoodOutcomes(folder, run.id)),
        runTwice: (await runsOf(log)) - inputs,
        isByteIdentical: (await hashResults(folder, run.id)) === (await hashResults(folder, calm.id)),
        seconds: (performance.now() - startedMs) / 1000,
      }
    } finally {
      await executor.close()
      await slurm.stop()
    }
  })
}
