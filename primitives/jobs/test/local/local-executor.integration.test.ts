import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLocalExecutor, resumeJob, runMany } from '../../src/index.ts'
import { collect, expected, loggedRuns, runExecutorContract } from '../executor-contract.ts'
import { computeTask, numbers } from '../test-inputs.ts'
import { withFolder } from '../with-folder.ts'
import { computeThroughKills, disposable } from './compute-through-kills.ts'

describe('every promise of an executor [JOBS-RESULTS-01] [JOBS-KILL-01] [JOBS-RETRY-01] [JOBS-RETRY-02] [JOBS-PREEMPT-01] [JOBS-CANCEL-01] [JOBS-TIMEOUT-01] [JOBS-FLIGHT-01]', () => {
  runExecutorContract({
    name: 'worker threads',
    open: () => openLocalExecutor({ workers: 2 }),
    whenTold: () => Promise.resolve(),
  })
})

test('a job whose process is killed three times ends in the same bytes [JOBS-KILL-02]', () =>
  computeThroughKills('kills 0'))

test('a job is gone on with by its id, by another executor, after the first was closed [JOBS-CANCEL-02]', () =>
  withFolder(async (folder) => {
    const log = join(folder, 'log')
    const first = openLocalExecutor({ workers: 1 })
    const inputs = numbers(30, () => ({ log, sleepMs: 5 }))
    const run = await runMany(computeTask, inputs, { executor: first, folder, chunkSize: 15 })
    for await (const { inputsDone } of run.progress()) if (inputsDone > 2) break
    await first.close()
    expect((await run.finished()).state).toBe('stopped')
    await using executor = disposable(openLocalExecutor({ workers: 1 }))
    const again = await resumeJob(run.id, { executor, folder })
    expect(await collect(again.outcomes())).toEqual(expected(30))
    expect(await loggedRuns(log)).toHaveLength(30)
    await expect(resumeJob('none', { executor, folder })).rejects.toMatchObject({ code: 'job-not-found' })
    await expect(resumeJob(run.id, { executor: first, folder })).rejects.toMatchObject({
      code: 'job-executor-closed',
    })
  }))

test('a thread prefers chunks that read what it has read [JOBS-NEAR-01]', () =>
  withFolder(async (folder) => {
    const log = join(folder, 'log')
    await using executor = disposable(openLocalExecutor({ workers: 1 }))
    const inputs = numbers(6, () => ({ log }))
    const near = (_: unknown, index: number) => [index % 2 === 0 ? 'map-a' : 'map-b']
    const run = await runMany(computeTask, inputs, { executor, folder, chunkSize: 1, near })
    await run.finished()
    expect(await loggedRuns(log)).toEqual(['0', '2', '4', '1', '3', '5'])
  }))

test('jobs of one priority share the workers, chunk by chunk [JOBS-FAIR-01]', () =>
  withFolder(async (folder) => {
    const log = join(folder, 'log')
    const gate = join(folder, 'gate')
    await using executor = disposable(openLocalExecutor({ workers: 1 }))
    const options = { executor, folder, chunkSize: 1 }
    const older = await runMany(
      computeTask,
      numbers(4, () => ({ log, gate })),
      options,
    )
    while ((await loggedRuns(log)).length < 1) await new Promise((resolve) => setTimeout(resolve, 5))
    const newer = await runMany(
      { ...computeTask, version: 'newer' },
      numbers(4, () => ({ log, gate })),
      options,
    )
    await writeFile(gate, '')
    await Promise.all([older.finished(), newer.finished()])
    expect(await loggedRuns(log)).toEqual(['0', '0', '1', '1', '2', '2', '3', '3'])
  }))
