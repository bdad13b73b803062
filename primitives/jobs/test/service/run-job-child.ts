import { join } from 'node:path'
import { openJobs } from '../../src/index.ts'
import { computeTask, numbers } from '../test-inputs.ts'

// Runs a job that waits at its sixth input, tells its id, and ends with the job.
const [folder = ''] = process.argv.slice(2)
const jobs = openJobs({ folder, origin: 'command' })
const inputs = numbers(12, (x) => ({
  log: join(folder, 'log'),
  ...(x === 5 && { gate: join(folder, 'gate') }),
}))
const run = await jobs.run(computeTask, inputs, {
  name: 'Gated',
  system: 'test',
  chunkSize: 12,
  checkpoint: { everyMs: 0 },
})
process.send!(run.id)
await run.finished()
await jobs.close()
process.disconnect()
