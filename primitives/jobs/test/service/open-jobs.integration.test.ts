import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
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
