import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import { expect } from 'vitest'
import { openLocalExecutor, runMany } from '../../src/index.ts'
import { collect, expected, loggedRuns, resultBytes } from '../executor-contract.ts'
import { computeTask, numbers } from '../test-inputs.ts'
import { withFolder } from '../with-folder.ts'

/** A job whose process is killed three times, at moments drawn from `seed`, ends in the bytes of one that nothing happened to. */
export function computeThroughKills(seed: string): Promise<void> {
  return withFolder(async (folder) => {
    const log = join(folder, 'log')
    const random = createRandom(seed)
    for (const low of [5, 20, 38]) {
      const killAt = low + random.int(0, 12)
      expect(await runUntil(folder, killAt)).toBeGreaterThanOrEqual(killAt)
    }
    await using executor = disposable(openLocalExecutor({ workers: 2 }))
    const options = { executor, folder, chunkSize: 10 }
    const run = await runMany(
      computeTask,
      numbers(60, () => ({ sleepMs: 8 })),
      options,
    )
    const calm = await runMany(computeTask, numbers(60), options)
    expect(await collect(run.outcomes())).toEqual(expected(60))
    await calm.finished()
    expect(await resultBytes(folder, run.id)).toEqual(await resultBytes(folder, calm.id))
    // A kill costs what its two workers were at: here everything is saved at once.
    expect((await loggedRuns(log)).length).toBeLessThanOrEqual(60 + 3 * 2)
  })
}

/** Runs the job in a process of its own and kills it when it has said that so many inputs are done. */
async function runUntil(folder: string, killAt: number): Promise<number> {
  const child = fork(new URL('./run-job-child.ts', import.meta.url), [folder], { execArgv: [] })
  let done = 0
  child.on('message', (count) => {
    done = Number(count)
    if (done >= killAt) child.kill('SIGKILL')
  })
  await once(child, 'exit')
  return done
}

export function disposable<T extends { close(): Promise<void> }>(closable: T): T & AsyncDisposable {
  return Object.assign(closable, { [Symbol.asyncDispose]: () => closable.close() })
}
