import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLocalExecutor, openSlurmExecutor, runMany, type JobExecutor } from '../../src/index.ts'
import { slurmMissing, startSlurm, type TestSlurm } from '../../src/testing/index.ts'
import { collect, expected, loggedRuns, resultBytes } from '../executor-contract.ts'
import { computeTask, numbers } from '../test-inputs.ts'

const missing = await slurmMissing()

describe.skipIf(missing !== null)(`Slurm${missing === null ? '' : ` (left out: ${missing})`}`, () => {
  let slurm: TestSlurm
  let folder: string
  let executor: JobExecutor

  beforeAll(async () => {
    slurm = await startSlurm({ nodes: 2 })
    folder = await mkdtemp(join(tmpdir(), 'heavylift-jobs-'))
    executor = openSlurmExecutor({
      env: slurm.env,
      pollMs: 200,
      chunksPerBatch: 2,
      workersPerBatch: 2,
      partitions: [
        { name: 'experiment', priority: 0 },
        { name: 'safety', priority: 10 },
      ],
    })
  })
  afterAll(async () => {
    await executor?.close()
    await slurm?.stop()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  test('a preempted array, in which a process is killed, leaves the bytes that threads leave [JOBS-SLURM-01] [JOBS-SLURM-02]', async () => {
    await using local = Object.assign(openLocalExecutor({ workers: 2 }), {
      [Symbol.asyncDispose]: () => local.close(),
    })
    const log = join(folder, 'log')
    const marker = join(folder, 'killed')
    const low = await runMany(
      computeTask,
      numbers(32, (x) => ({
        log,
        // Long enough that no batch ends before Slurm has looked at what is more urgent.
        sleepMs: 700,
        ...(x === 20 && { bad: 'kill process' as const, badRuns: 1, marker }),
      })),
      { executor, folder, chunkSize: 4, checkpoint: { everyMs: 0 } },
    )
    while ((await loggedRuns(log)).length < 4) await wait(20)
    // Both nodes are taken from it.
    const high = await runMany(computeTask, numbers(8), { executor, folder, chunkSize: 2, priority: 10 })
    expect(await collect(high.outcomes())).toEqual(expected(8))
    expect(await low.finished()).toMatchObject({ state: 'done' })
    const calm = await runMany(computeTask, numbers(32), { executor: local, folder, chunkSize: 4 })
    await calm.finished()
    expect(await resultBytes(folder, low.id)).toEqual(await resultBytes(folder, calm.id))
    expect((await low.attempts()).map(({ kind }) => kind)).toEqual(['crashed'])
    expect(await slurm.command('scontrol', ['show', 'job', '--oneliner'])).toMatch(/Restarts=[1-9]/)
    // Each of two threads of at most three batches lost what it was at, no more.
    expect((await loggedRuns(log)).length).toBeLessThanOrEqual(32 + 3 * 2)
  })
})
