import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openJobs, openLocalExecutor, openSlurmExecutor, runMany } from '../../src/index.ts'
import type { JobExecutor } from '../../src/job-executor.ts'
import { JournalTail } from '../../src/journal/journal-tail.ts'
import { explainMissingSlurm, startSlurm, type TestSlurm } from '../../src/testing/index.ts'
import { collect, expected, loggedRuns, resultBytes, runExecutorContract } from '../executor-contract.ts'
import { computeTask, numbers } from '../test-inputs.ts'

const missing = await explainMissingSlurm()

describe.skipIf(missing !== null)(`Slurm${missing === null ? '' : ` (left out: ${missing})`}`, () => {
  let slurm: TestSlurm
  let folder: string
  const opened: JobExecutor[] = []

  /** On nodes of its own, so that the tests do not wait for each other. */
  const open = (group: string, more: Partial<Parameters<typeof openSlurmExecutor>[0]> = {}): JobExecutor => {
    const executor = openSlurmExecutor({
      env: slurm.env,
      pollMs: 200,
      workersPerBatch: 2,
      partitions: [
        { name: `experiment-${group}`, priority: 0 },
        { name: `safety-${group}`, priority: 10 },
      ],
      ...more,
    })
    opened.push(executor)
    return executor
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heavylift-jobs-'))
    process.env['HEAVYLIFT_JOBS_CACHE'] = join(folder, 'cache')
    slurm = await startSlurm({
      nodes: 10,
      groups: { contract: [0], preempted: [1], lost: [2, 3], faulty: [4, 5, 6], near: [7, 8], left: [9] },
    })
    await slurm.command('scontrol', ['update', 'NodeName=n6', 'State=DRAIN', 'Reason=spare'])
    for (const each of scenes) {
      each.end = each.play()
      // The test of its name tells.
      each.end.catch(() => {})
    }
  })
  afterAll(async () => {
    delete process.env['HEAVYLIFT_JOBS_CACHE']
    await Promise.all(opened.map((executor) => executor.close()))
    await slurm?.stop()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  /** What threads of this machine leave for the same inputs without any trouble. */
  const calmBytes = async (count: number, chunkSize: number): Promise<Record<string, string>> => {
    const executor = openLocalExecutor({ workers: 2 })
    const calm = await runMany(computeTask, numbers(count), { executor, folder, chunkSize })
    await calm.finished()
    await executor.close()
    return resultBytes(folder, calm.id)
  }

  // They take turns of waiting for Slurm, so they go on beside the contract, each on nodes of its own.
  const scenes: { title: string; play: () => Promise<void>; end: Promise<void> }[] = []
  const scene = (title: string, play: () => Promise<void>): void => {
    scenes.push({ title, play, end: Promise.resolve() })
  }
  scene(
    'arrays of an executor that is gone go on, and the next one finds them and submits none of it again [JOBS-SLURM-03]',
    async () => {
      const log = join(folder, 'left-log')
      const inputs = numbers(12, () => ({ log, sleepMs: 200 }))
      const options = { folder, chunkSize: 4, checkpoint: { everyMs: 0 } }
      const first = open('left', { chunksPerBatch: 2 })
      const run = await runMany(computeTask, inputs, { executor: first, ...options })
      while ((await loggedRuns(log)).length < 2) await wait(20)
      await first.close()
      const second = open('left', { chunksPerBatch: 2 })
      const again = await runMany(computeTask, inputs, { executor: second, ...options })
      expect(again.id).toBe(run.id)
      expect(await collect(again.outcomes())).toEqual(expected(12))
      expect(await loggedRuns(log)).toHaveLength(12)
      const arrays = (await readdir(join(folder, run.id, 'slurm'))).filter((name) => name.endsWith('.array'))
      expect(arrays).toHaveLength(1)
    },
  )

  scene(
    'a preempted array, in which a process is killed, leaves the bytes that threads leave [JOBS-SLURM-01] [JOBS-SLURM-02]',
    async () => {
      const log = join(folder, 'log')
      const executor = open('preempted', { chunksPerBatch: 2 })
      const low = await runMany(
        computeTask,
        numbers(16, (x) => ({
          log,
          // Long enough that no batch ends before Slurm has looked at what is more urgent.
          sleepMs: 700,
          ...(x === 14 && { bad: 'kill process' as const, badRuns: 1, marker: join(folder, 'killed') }),
        })),
        { executor, folder, chunkSize: 4, checkpoint: { everyMs: 0 } },
      )
      while ((await loggedRuns(log)).length < 2) await wait(20)
      const high = await runMany(computeTask, numbers(8), { executor, folder, chunkSize: 2, priority: 10 })
      expect(await collect(high.outcomes())).toEqual(expected(8))
      expect(await low.finished()).toMatchObject({ state: 'done' })
      expect(await resultBytes(folder, low.id)).toEqual(await calmBytes(16, 4))
      expect((await low.attempts()).map(({ kind }) => kind)).toEqual(['crashed'])
      const kinds = (await new JournalTail(join(folder, low.id)).next()).map(({ kind }) => kind)
      expect(kinds).toContain('requeued')
      // Each of two threads of the two batches that lost their process lost what it was at, no more.
      expect((await loggedRuns(log)).length).toBeLessThanOrEqual(16 + 2 * 2)
      const jobs = openJobs({ folder, origin: 'test' })
      expect((await jobs.show(low.id)).job.preemptions).toBeGreaterThan(0)
    },
  )

  scene(
    'a node that is killed under a job is noticed, and its work is done elsewhere with the same bytes [JOBS-FAULT-03]',
    async () => {
      const log = join(folder, 'lost-log')
      const executor = open('lost', { chunksPerBatch: 2 })
      const run = await runMany(
        computeTask,
        // Long enough that no batch ends before its node is killed, also on a slow machine.
        numbers(20, () => ({ log, sleepMs: 1200 })),
        { executor, folder, chunkSize: 5, checkpoint: { everyMs: 0 } },
      )
      // Something is done, and the node that goes has a batch too.
      while ((await loggedRuns(log)).length < 4) await wait(20)
      while ((await slurm.command('squeue', ['-h', '-w', 'n2', '-t', 'R'])) === '') await wait(20)
      await slurm.killNode(2)
      expect(await run.finished()).toMatchObject({ state: 'done' })
      expect(await resultBytes(folder, run.id)).toEqual(await calmBytes(20, 5))
      const events = await new JournalTail(join(folder, run.id)).next()
      expect(events).toContainEqual(expect.objectContaining({ kind: 'node-lost', node: 'n2' }))
    },
  )

  scene(
    'a node that crashes on all that it is given is drained, and a spare takes its place [JOBS-FAULT-02]',
    async () => {
      const executor = open('faulty', { workersPerBatch: 1, chunksPerBatch: 1, spareNodes: ['n6'] })
      const run = await runMany(
        computeTask,
        numbers(24, () => ({ badNode: 'n4', sleepMs: 150 })),
        { executor, folder, chunkSize: 2, checkpoint: { everyMs: 0 } },
      )
      expect(await run.finished()).toMatchObject({ state: 'done' })
      expect(await resultBytes(folder, run.id)).toEqual(await calmBytes(24, 2))
      const events = await new JournalTail(join(folder, run.id)).next()
      expect(events).toContainEqual(expect.objectContaining({ kind: 'drained', node: 'n4', byCluster: true }))
      expect(events).toContainEqual(expect.objectContaining({ kind: 'replaced', node: 'n4', by: 'n6' }))
      expect(await slurm.command('sinfo', ['-h', '-N', '-n', 'n4', '-o', '%T'])).toMatch(/drain/)
      const on = new Set(events.flatMap((event) => (event.kind === 'ran' ? [event.node] : [])))
      expect(on).toContain('n5')
      expect(on).not.toContain('n4')
    },
  )

  scene(
    'an object is fetched once a node, by the node that has it the next time too [JOBS-NEAR-02]',
    async () => {
      const fetches = join(folder, 'fetches')
      const executor = open('near', { chunksPerBatch: 2 })
      const round = async (version: string): Promise<void> => {
        const inputs = numbers(4, (x) => ({
          object: x % 2 === 0 ? 'map-a' : 'map-b',
          fetches,
          // Long enough that each of the two nodes gets a batch.
          sleepMs: 1500,
        }))
        const run = await runMany({ ...computeTask, version }, inputs, {
          executor,
          folder,
          chunkSize: 1,
          near: ({ object = '' }) => [object],
        })
        expect(await run.finished()).toMatchObject({ state: 'done' })
      }
      await round('first')
      const first = (await loggedRuns(fetches)).sort()
      expect(first.map((line) => line.split(' ')[1])).toEqual(expect.arrayContaining(['map-a', 'map-b']))
      await round('second')
      expect((await loggedRuns(fetches)).sort()).toEqual(first)
    },
  )

  describe('every promise of an executor [JOBS-RESULTS-01] [JOBS-KILL-01] [JOBS-RETRY-01] [JOBS-RETRY-02] [JOBS-PREEMPT-01] [JOBS-CANCEL-01] [JOBS-TIMEOUT-01] [JOBS-FLIGHT-01]', () => {
    runExecutorContract({
      name: 'job arrays of Slurm',
      open: () => open('contract', { chunksPerBatch: 20 }),
      async whenTold(root, jobId) {
        const tail = new JournalTail(join(root, jobId))
        while (!(await tail.next()).some(({ kind }) => kind === 'stop-heard')) await wait(20)
      },
    })
  })

  for (const each of scenes) test(each.title, () => each.end)
})
