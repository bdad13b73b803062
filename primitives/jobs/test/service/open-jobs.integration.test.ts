import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { systemClock } from '@heavylift/core'
import { expect, test } from 'vitest'
import { jobsConfigSchema } from '../../src/config.ts'
import { openJobs } from '../../src/index.ts'
import { collect, expected, loggedRuns } from '../executor-contract.ts'
import { computeTask, numbers } from '../test-inputs.ts'
import { withFolder } from '../with-folder.ts'

test('a job of another process is listed with its progress, cancelled from here, and gone on with here [JOBS-SERVICE-01] [JOBS-SERVICE-02]', () =>
  withFolder(async (folder) => {
    const log = `${folder}/log`
    const gate = `${folder}/gate`
    const child = fork(new URL('./run-job-child.ts', import.meta.url), [folder], { execArgv: [] })
    const [id] = (await once(child, 'message')) as [string]
    const jobs = openJobs({ folder, origin: 'server' })
    while ((await loggedRuns(log)).length < 6) await new Promise((resolve) => setTimeout(resolve, 20))
    const [listed] = await jobs.list()
    expect(listed).toMatchObject({
      id,
      name: 'Gated',
      system: 'test',
      executor: 'local',
      inputs: 12,
      starts: 1,
    })
    expect(['waiting', 'running']).toContain(listed?.state)
    await expect(jobs.resume(id)).rejects.toMatchObject({ code: 'job-is-running' })
    const ended = once(child, 'exit')
    const cancelled = jobs.cancel(id)
    const isHeard = async () => (await jobs.show(id)).happened.some(({ text }) => text === 'Asked to stop')
    while (!(await isHeard())) await new Promise((resolve) => setTimeout(resolve, 20))
    // The input that is being run ends, and no other is begun.
    await writeFile(gate, '')
    await cancelled
    expect(await ended).toEqual([0, null])
    expect((await jobs.show(id)).job).toMatchObject({ state: 'cancelled', workers: 0 })
    const run = await jobs.resume(id)
    expect(await collect(run.outcomes())).toEqual(expected(12))
    await jobs.close()
    expect((await loggedRuns(log)).length).toBe(12)
    expect((await jobs.show(id)).job).toMatchObject({ state: 'done', inputsDone: 12, starts: 2 })
  }))

test('shows failed inputs with their reasons and what was done, chunk by chunk [JOBS-SERVICE-03]', () =>
  withFolder(async (folder) => {
    const jobs = openJobs({ folder, origin: 'server' })
    const inputs = numbers(9, (x) => (x === 4 ? { bad: 'throw' as const, marker: `${folder}/bad` } : {}))
    const run = await jobs.run(computeTask, inputs, { chunkSize: 3, retries: 1 })
    await run.finished()
    await jobs.close()
    const shown = await openJobs({ folder, origin: 'command' }).show(run.id)
    expect(shown.chunkStates).toBe('dfd')
    expect(shown.job).toMatchObject({ inputsFailed: 1, failedAttempts: 1, chunksDone: 3, state: 'done' })
    expect(shown.failures).toMatchObject([
      {
        index: 4,
        chunk: 1,
        code: 'task-threw',
        message: 'run 1 failed',
        input: expect.stringContaining('"x":4'),
      },
    ])
    expect(shown.happened.map(({ text, action }) => [text, action])).toEqual([
      ['Done', null],
      ['Input 4 threw: run 0 failed', 'retried (1 of 1)'],
      [expect.stringMatching(/^Taken up by server on \d+ workers?$/), null],
    ])
    const { nodes } = await jobs.nodes()
    expect(nodes).toMatchObject([{ executor: 'local', chunksDone: 3, state: 'idle' }])
    expect(Math.max(...nodes[0]!.busyShares)).toBeGreaterThan(0)
  }))

test('what a killed process of the same origin left is gone on with [JOBS-SERVICE-04]', () =>
  withFolder(async (folder) => {
    const child = fork(new URL('./run-job-child.ts', import.meta.url), [folder], { execArgv: [] })
    const [id] = (await once(child, 'message')) as [string]
    while ((await loggedRuns(`${folder}/log`)).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const other = openJobs({ folder, origin: 'server' })
    expect((await other.list()).map(({ state }) => state)).toEqual(['stopped'])
    expect(await other.resumeStopped()).toEqual([])
    const jobs = openJobs({ folder, origin: 'command' })
    await writeFile(`${folder}/gate`, '')
    expect(await jobs.resumeStopped()).toEqual([{ id, error: null }])
    const run = await jobs.resume(id)
    expect((await run.finished()).state).toBe('done')
    await jobs.close()
    expect(await collect(jobs.outcomes(id))).toEqual(expected(12))
  }))

test('a job is deleted with its files, but not while somebody works on it [JOBS-SERVICE-06]', () =>
  withFolder(async (folder) => {
    const jobs = openJobs({ folder, origin: 'server' })
    const gate = `${folder}/gate`
    const run = await jobs.run(
      computeTask,
      numbers(4, () => ({ gate })),
      { chunkSize: 4 },
    )
    await expect.poll(async () => (await jobs.show(run.id)).job.state).not.toBe('stopped')
    await expect(jobs.remove(run.id)).rejects.toMatchObject({ code: 'job-is-running', status: 409 })
    await writeFile(gate, '')
    await run.finished()
    await expect.poll(async () => (await jobs.show(run.id)).job.state).toBe('done')
    await jobs.remove(run.id)
    expect((await readdir(folder)).filter((name) => name !== 'gate')).toEqual([])
    await expect(jobs.show(run.id)).rejects.toMatchObject({ code: 'job-not-found' })
    await expect(jobs.remove(run.id)).rejects.toMatchObject({ code: 'job-not-found' })
    const again = await jobs.run(
      computeTask,
      numbers(4, () => ({ gate })),
      { chunkSize: 4 },
    )
    expect(again.id).toBe(run.id)
    expect(await collect(again.outcomes())).toEqual(expected(4))
    await jobs.close()
  }))

test('no more jobs are under way than may be, of one tenant and in all, however many ask at once [JOBS-SERVICE-05]', () =>
  withFolder(async (folder) => {
    const config = jobsConfigSchema.parse({ workers: 1, mostUnderWay: 3, mostUnderWayPerTenant: 2 })
    const jobs = openJobs({ folder, origin: 'server', config })
    const gate = `${folder}/gate`
    const start = (round: number, tenantId: string) =>
      jobs
        .run(
          computeTask,
          numbers(2, () => ({ gate, sleepMs: round })),
          { tenantId },
        )
        .then(
          (run) => ({ round, run, refused: null }),
          (error: { code: string; status: number }) => ({
            round,
            run: null,
            refused: [error.code, error.status],
          }),
        )
    const full = { run: null, refused: ['jobs-full', 429] }
    const tried = await Promise.all([1, 2, 3, 4].map((round) => start(round, 'a')))
    const refused = tried.filter(({ run }) => run === null)
    expect(refused).toMatchObject([full, full])
    expect(await start(5, 'b')).toMatchObject({ refused: null })
    expect(await start(6, 'c')).toMatchObject(full)
    // What is under way already is joined, not refused.
    const under = tried.filter(({ run }) => run !== null)
    expect(await start(under[0]!.round, 'a')).toMatchObject({ refused: null })
    await writeFile(gate, '')
    for (const { run } of under) await run!.finished()
    await expect.poll(() => start(refused[0]!.round, 'a')).toMatchObject({ refused: null })
    await jobs.close()
  }))

test('jobs that are kept no longer go with their files, and so does what kills left [JOBS-SERVICE-07]', () =>
  withFolder(async (folder) => {
    let laterMs = 0
    const clock = { ...systemClock, nowMs: () => Date.now() + laterMs }
    const config = jobsConfigSchema.parse({ keepDays: 2 })
    const jobs = openJobs({ folder, origin: 'server', config, clock })
    const run = await jobs.run(computeTask, numbers(2))
    await run.finished()
    await expect.poll(async () => (await jobs.show(run.id)).job.state).toBe('done')
    for (const name of ['.new-left', '.deleted-left', '.new-at-work']) await mkdir(`${folder}/${name}`)
    for (const name of ['.new-left', '.deleted-left']) await utimes(`${folder}/${name}`, 1, 1)
    expect(await jobs.removeOld()).toEqual([])
    expect((await readdir(folder)).toSorted()).toEqual(['.new-at-work', run.id].toSorted())
    laterMs = 3 * 86_400_000
    expect(await jobs.removeOld()).toEqual([run.id])
    expect(await jobs.list()).toEqual([])
    await jobs.close()
  }))
