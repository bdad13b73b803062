import { join } from 'node:path'
import { openLocalExecutor, runMany } from '../../src/index.ts'
import { computeTask, numbers } from '../test-inputs.ts'

// Runs a job and tells its parent how far it is, until it is killed.
const [folder = ''] = process.argv.slice(2)
const executor = openLocalExecutor({ workers: 2 })
const run = await runMany(
  computeTask,
  numbers(60, () => ({ sleepMs: 8, log: join(folder, 'log') })),
  {
    executor,
    folder,
    chunkSize: 10,
    checkpoint: { everyMs: 0 },
  },
)
for await (const { inputsDone } of run.progress()) process.send!(inputsDone)
