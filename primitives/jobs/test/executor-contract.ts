import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { runMany } from '../src/index.ts'
import type { Outcome } from '../src/index.ts'
import type { JobExecutor } from '../src/job-executor.ts'
import type { RunOptions } from '../src/run-many.ts'
import { computeTask, numbers } from './test-inputs.ts'
import type { TestInput } from './test-tasks.ts'

export interface ExecutorBackend {
  name: string
  /** An executor with two workers. */
  open(): JobExecutor
  /** Resolves when those who work on the job know that they have to stop; at once where they are told at once. */
  whenTold(folder: string, jobId: string): Promise<void>
}

/** What every `JobExecutor` keeps to. */
export function runExecutorContract(backend: ExecutorBackend): void {
  const withPlace = async (body: (place: Place) => Promise<void>): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'heavylift-jobs-'))
    const executor = backend.open()
    try {
      await body(new Place(folder, executor))
    } finally {
      await executor.close()
      // A task of a job that has failed may be writing its last line.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  }

  describe(backend.name, () => {
    test('gives every input its outcome, in order, however the chunks end [JOBS-RESULTS-01]', () =>
      withPlace(async (place) => {
        // The first chunks take the longest.
        const inputs = numbers(23, (x) => ({ sleepMs: x < 6 ? 10 : 0 }))
        const run = await place.run(inputs, { chunkSize: 3 })
        expect(await collect(run.outcomes())).toEqual(expected(23))
        expect(await run.finished()).toMatchObject({
          state: 'done',
          inputs: 23,
          inputsDone: 23,
          chunks: 8,
          chunksDone: 8,
          failedAttempts: 0,
        })
      }))

    test('ends at once for no inputs, and runs nothing again for a job that is done [JOBS-RESULTS-01]', () =>
      withPlace(async (place) => {
        const none = await place.run([])
        expect((await none.finished()).state).toBe('done')
        const log = place.path('log')
        const inputs = numbers(4, () => ({ log }))
        await (await place.run(inputs)).finished()
        const again = await place.run(inputs)
        expect(await collect(again.outcomes())).toEqual(expected(4))
        expect(await loggedRuns(log)).toHaveLength(4)
      }))

    test('leaves the same bytes when workers die under it as when none does [JOBS-KILL-01]', () =>
      withPlace(async (place) => {
        const calm = await place.run(numbers(40), { chunkSize: 8 })
        await calm.finished()
        const dying = numbers(40, (x) =>
          x % 13 === 5 ? { bad: 'end thread' as const, badRuns: 1, marker: place.path(`dead-${x}`) } : {},
        )
        const run = await place.run(dying, { chunkSize: 8 })
        expect(await run.finished()).toMatchObject({ state: 'done', failedAttempts: 3 })
        expect(await place.resultBytes(run.id)).toEqual(await place.resultBytes(calm.id))
        expect((await run.attempts()).map(({ index, kind }) => ({ index, kind })).sort(byIndex)).toEqual(
          [5, 18, 31].map((index) => ({ index, kind: 'crashed' })),
        )
      }))

    test('has several inputs under way where asked, with the same bytes, and finds the one that ends its thread [JOBS-FLIGHT-01]', () =>
      withPlace(async (place) => {
        const calm = await place.run(numbers(24), { chunkSize: 12 })
        await calm.finished()
        // Each waits for the one after it: one by one the first would wait for ever.
        const gated = numbers(24, (x) => ({
          log: place.path('log'),
          ...(x % 12 < 5 && { gate: place.path(`begun-${x + 1}`) }),
          opens: place.path(`begun-${x}`),
        }))
        const run = await place.run(gated, { chunkSize: 12, inFlight: 6 })
        await run.finished()
        expect(await place.resultBytes(run.id)).toEqual(await place.resultBytes(calm.id))
        const dying = numbers(12, (x) =>
          x === 5 ? { bad: 'end thread' as const, marker: place.path('dead') } : { sleepMs: 5 },
        )
        const killed = await place.run(dying, { chunkSize: 12, inFlight: 6, retries: 0 })
        const outcomes = await collect(killed.outcomes())
        expect(outcomes.filter(({ ok }) => !ok)).toEqual([
          { index: 5, ok: false, error: { code: 'worker-crashed', message: expect.any(String) as string } },
        ])
      }))

    test('tries a failing input again as often as asked, keeps the reasons, and goes on behind it [JOBS-RETRY-01]', () =>
      withPlace(async (place) => {
        const inputs = numbers(8, (x) => {
          const marker = place.path(`bad-${x}`)
          if (x === 1) return { bad: 'throw' as const, badRuns: 2, marker }
          if (x === 3) return { bad: 'throw' as const, marker }
          if (x === 4) return { bad: 'refuse' as const, marker }
          return x === 6 ? { bad: 'end thread' as const, marker } : {}
        })
        const run = await place.run(inputs, { chunkSize: 4, retries: 2 })
        const outcomes = await collect(run.outcomes())
        const good = expected(8)
        expect(outcomes.filter(({ ok }) => ok)).toEqual([0, 1, 2, 5, 7].map((i) => good[i]))
        expect(outcomes.filter(({ ok }) => !ok)).toEqual([
          { index: 3, ok: false, error: { code: 'task-threw', message: 'run 2 failed' } },
          { index: 4, ok: false, error: { code: 'scenario-broken', message: 'It has no road.' } },
          { index: 6, ok: false, error: { code: 'worker-crashed', message: expect.any(String) as string } },
        ])
        const reasons = (await run.attempts()).map(({ index, kind }) => `${index} ${kind}`).sort()
        expect(reasons).toEqual([
          '1 threw',
          '1 threw',
          '3 threw',
          '3 threw',
          '6 crashed',
          '6 crashed',
          '6 crashed',
        ])
      }))

    test('takes workers for a higher priority, and goes on at the next input afterwards [JOBS-PREEMPT-01]', () =>
      withPlace(async (place) => {
        const log = place.path('log')
        const gate = place.path('gate')
        // Both workers reach an input that waits for the gate; each has done one before it.
        const low = await place.run(
          numbers(8, (x) => ({ log, ...(x % 4 === 1 && { gate }) })),
          { chunkSize: 4, priority: 0 },
        )
        while ((await loggedRuns(log)).length < 4) await wait(5)
        const urgentLog = place.path('urgent')
        const high = await place.run(
          numbers(6, (x) => ({ log: urgentLog, x: x + 100 })),
          { chunkSize: 2, priority: 10 },
        )
        await backend.whenTold(place.options.folder, low.id)
        await writeFile(gate, '')
        let lowDoneAtStart = -1
        for await (const { inputsDone } of high.progress()) {
          if (inputsDone > 0 && lowDoneAtStart < 0) lowDoneAtStart = (await loggedRuns(log)).length
        }
        // Not one input of the lower job was begun between.
        expect(lowDoneAtStart).toBe(4)
        expect(await collect(low.outcomes())).toEqual(expected(8))
        // And none was run twice: what was saved at the stop was used.
        expect((await loggedRuns(log)).sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
      }))

    test('stops for a cancel, keeps what it has, and goes on from there when it is started again [JOBS-CANCEL-01]', () =>
      withPlace(async (place) => {
        const log = place.path('log')
        const gate = place.path('gate')
        const inputs = numbers(12, (x) => ({ log, ...(x === 5 && { gate }) }))
        const run = await place.run(inputs, { chunkSize: 12 })
        while ((await loggedRuns(log)).length < 6) await wait(5)
        const cancelled = run.cancel()
        await backend.whenTold(place.options.folder, run.id)
        await writeFile(gate, '')
        await cancelled
        expect(await run.finished()).toMatchObject({ state: 'cancelled', chunksDone: 0 })
        await expect(collect(run.outcomes())).rejects.toMatchObject({ code: 'job-not-done' })
        const begun = (await loggedRuns(log)).length
        expect(begun).toBeLessThan(12)
        const again = await place.run(inputs, { chunkSize: 12 })
        expect(await collect(again.outcomes())).toEqual(expected(12))
        expect(await loggedRuns(log)).toHaveLength(12)
      }))

    test('ends an input that takes longer than it may, and counts it as failed [JOBS-TIMEOUT-01]', () =>
      withPlace(async (place) => {
        const inputs = numbers(4, (x) =>
          x === 1 ? { bad: 'never return' as const, marker: place.path('endless') } : {},
        )
        const run = await place.run(inputs, { chunkSize: 4, retries: 1, inputTimeoutMs: 400 })
        const outcomes = await collect(run.outcomes())
        expect(outcomes.filter(({ ok }) => ok)).toEqual([0, 2, 3].map((i) => expected(4)[i]))
        expect(outcomes[1]).toMatchObject({ ok: false, error: { code: 'input-timed-out' } })
        expect((await run.attempts()).map(({ index, kind }) => `${index} ${kind}`)).toEqual([
          '1 timed-out',
          '1 timed-out',
        ])
      }))

    test('fails a job whose task cannot be loaded, with what to do [JOBS-RETRY-02]', () =>
      withPlace(async (place) => {
        const run = await runMany({ ...computeTask, export: 'nothing' }, [1], place.options)
        await expect(run.finished()).rejects.toMatchObject({
          code: 'job-failed',
          message: expect.stringContaining('exports no function named nothing') as string,
        })
      }))
  })
}

/** A folder of ledgers with an executor. */
class Place {
  readonly options: { folder: string; executor: JobExecutor }

  constructor(folder: string, executor: JobExecutor) {
    this.options = { folder, executor }
  }

  path(name: string): string {
    return join(this.options.folder, name)
  }

  run(inputs: TestInput[], options: Partial<RunOptions<TestInput>> = {}) {
    return runMany<TestInput, unknown>(computeTask, inputs, { ...this.options, ...options })
  }

  resultBytes(id: string): Promise<Record<string, string>> {
    return resultBytes(this.options.folder, id)
  }
}

export function expected(count: number): unknown[] {
  return numbers(count).map(({ x }) => ({
    index: x,
    ok: true,
    value: { index: x, square: x * x, wave: Float64Array.of(Math.sin(x), -0, NaN) },
  }))
}

export async function collect(outcomes: AsyncIterable<Outcome<unknown>>): Promise<Outcome<unknown>[]> {
  const all: Outcome<unknown>[] = []
  for await (const outcome of outcomes) all.push(outcome)
  return all
}

/** The files of a job's results: name → content. */
export async function resultBytes(folder: string, id: string): Promise<Record<string, string>> {
  const results = join(folder, id, 'results')
  const names = (await readdir(results)).sort()
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(results, name), 'utf8')] as const),
    ),
  )
}

/** The indices that were begun, in that order. */
export async function loggedRuns(log: string): Promise<string[]> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.split('\n').slice(0, -1)
}

function byIndex(a: { index: number | null }, b: { index: number | null }): number {
  return (a.index ?? -1) - (b.index ?? -1)
}
