// A task of a job array: runs the chunks of a batch on worker threads of this node. SIGTERM (preemption, cancel, the end of its time)
// saves what it has; Slurm's requeue runs it again, and it goes on from there.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCancelAsked } from '../journal/job-reporter.ts'
import { openLedger } from '../ledger/ledger.ts'
import { LocalExecutor } from '../local/local-executor.ts'
import { openNodeCache } from '../placement/node-cache.ts'
import { claimBatch, readSubmission } from './submission.ts'

const [root = '', jobId = '', submissionId = '', workers = '1'] = process.argv.slice(2)
const node = process.env['SLURMD_NODENAME'] ?? ''
const ledger = await openLedger(root, jobId)
const executor = new LocalExecutor({
  workers: Number(workers),
  stopGraceMs: 60_000,
  node,
  origin: 'slurm',
  role: 'slurm-batch',
})
process.once('SIGTERM', () => {
  ledger.note({ kind: 'stop-heard', node })
  void isCancelAsked(ledger.folder).then((isCancel) => (isCancel ? executor.cancel(jobId) : executor.close()))
})

if (!(await isCancelAsked(ledger.folder))) await run()
await executor.close()
await ledger.written()

async function run(): Promise<void> {
  const { near } = ledger.job
  const held = await openNodeCache().held([...new Set(near.flat())])
  const submission = await readSubmission(ledger.folder, submissionId)
  const task = Number(process.env['SLURM_ARRAY_TASK_ID'])
  const chunks = await claimBatch(ledger.folder, submission, task, (batch) => {
    const wanted = new Set(batch.flatMap((chunk) => near[chunk] ?? []))
    return wanted.size === 0 ? 0 : [...wanted].filter((key) => held.has(key)).length / wanted.size
  })
  if (chunks === null) return
  await executor.startChunks(ledger, chunks)
  for await (const { state, message } of executor.watch(jobId)) {
    if (state === 'failed') await writeFile(join(ledger.folder, 'failure'), message ?? '')
    const done = await ledger.doneChunks()
    if (chunks.every((chunk) => done.has(chunk))) break
  }
}
