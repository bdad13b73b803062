import type { JobExecutor } from '../job-executor.ts'
import { SlurmClient } from './slurm-client.ts'
import { SlurmExecutor } from './slurm-executor.ts'
import type { SlurmExecutorOptions } from './slurm-options.ts'

/**
 * Runs jobs as job arrays of Slurm (22.05 or later). The folder of ledgers, this project and its Node must be at the same paths on all nodes. `close`
 * leaves the arrays to Slurm; another executor that starts the same ledger finds them and goes on.
 */
export function openSlurmExecutor(options: SlurmExecutorOptions): JobExecutor {
  return new SlurmExecutor(new SlurmClient(options.env ?? {}), {
    partitions: options.partitions,
    workersPerBatch: options.workersPerBatch ?? 1,
    chunksPerBatch: options.chunksPerBatch ?? 8,
    pollMs: options.pollMs ?? 1000,
    maxQueued: options.maxQueued ?? 1000,
    crashesToDrain: options.crashesToDrain ?? 2,
    spareNodes: options.spareNodes ?? [],
    origin: options.origin ?? 'process',
  })
}
