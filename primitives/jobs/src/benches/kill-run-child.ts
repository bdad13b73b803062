// Runs the job of the bench until it is done or this process is killed; tells its parent how far it is.
import { join } from 'node:path'
import { openLocalExecutor } from '../local/open-local-executor.ts'
import { runMany } from '../run-many.ts'
import { benchTask } from './bench-files.ts'
import { killInputs, killOptions } from './kill-inputs.ts'

const [folder = '', mode = ''] = process.argv.slice(2)
const executor = openLocalExecutor({ workers: 2 })
const run = await runMany(benchTask, killInputs(folder, mode === 'dying'), {
  executor,
  folder,
  ...killOptions,
})
for await (const { inputsDone } of run.progress()) process.send!({ id: run.id, inputsDone })
await executor.close()
process.send!({ id: run.id, log: join(folder, 'log'), isDone: true }, () => process.disconnect())
