// A task of a job array: runs the chunks of its batch on worker threads of this node. SIGTERM (preemption, cancel, the end of its time)
// saves what it has; Slurm's requeue runs it again, and it goes on from there.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openLedger } from '../ledger/ledger.ts'
import { LocalExecutor } from '../local/local-executor.ts'

const [root = '', jobId = '', submission = '', workers = '1'] = process.argv.slice(2)
const batches = JSON.parse(await readFile(submission, 'utf8')) as number[][]
const chunks = batches[Number(process.env['SLURM_ARRAY_TASK_ID'])]!
const ledger = await openLedger(root, jobId)
const executor = new LocalExecutor({
  workers: Number(workers),
  stopGraceMs: 60_000,
  node: process.env['SLURMD_NODENAME'] ?? '',
  origin: 'slurm',
  role: 'slurm-batch',
})
process.once('SIGTERM', () => void executor.close())
await executor.startChunks(ledger, chunks)
for await (const { state, message } of executor.watch(jobId)) {
  if (state === 'failed') await writeFile(join(ledger.folder, 'failure'), message ?? '')
  const done = await ledger.doneChunks()
  if (chunks.every((chunk) => done.has(chunk))) break
}
await executor.close()
