import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { HeavyliftError } from '@heavylift/core'
import { chunkRange } from '../ledger/job-file.ts'
import { encodeOutcome, isFailure, type Ledger } from '../ledger/ledger.ts'
import type { TaskFailure, TaskFunction } from '../task/task.ts'

export interface ChunkRun {
  ledger: Ledger
  chunk: number
  task: TaskFunction<unknown, unknown>
  /** Inputs that may be under way at once. */
  inFlight: number
  /** Inputs that crashed workers too often: they are not run again, and this is their outcome. */
  poisoned: ReadonlyMap<number, TaskFailure>
  /** Monotonic milliseconds. */
  now(): number
  /** Asked between inputs. */
  shouldStop(): boolean
  /** Called before each attempt at an input. `oldest` is the first one of those under way. */
  onStart(index: number, oldest: number): void
  /** Called when all before it and it have an outcome. `done` counts within the chunk. */
  onDone(done: number, underWay: number): void
  onRetry(index: number, reason: string): void
}

export interface ChunkRunEnd {
  end: 'done' | 'stopped'
  /** Inputs of the chunk that have an outcome, and how many of these are failures. */
  inputsDone: number
  inputsFailed: number
}

/**
 * Runs a chunk from where its longest checkpoint ends and publishes its results. Returns `stopped` when it was told to stop: then what it had
 * is saved, and whoever runs the chunk next goes on with the next input.
 */
export async function runChunk(run: ChunkRun): Promise<ChunkRunEnd> {
  const { ledger, chunk } = run
  const { first, end } = chunkRange(ledger.job, chunk)
  const outcomes = (await ledger.checkpoint(chunk)).slice(0, end - first)
  const inputs = await ledger.inputs(chunk)
  // A file of this run alone: another worker that is thought dead may still write its own.
  const checkpoint = await open(ledger.checkpointPath(chunk, randomUUID()), 'wx')
  let saved = 0
  let savedAt = run.now()
  const save = async (): Promise<void> => {
    if (saved === outcomes.length) return
    const text = outcomes
      .slice(saved)
      .map((line) => `${line}\n`)
      .join('')
    await checkpoint.appendFile(text)
    saved = outcomes.length
    savedAt = run.now()
  }
  /** Inputs that were begun and have no outcome among `outcomes` yet, in order, and how many of them still run. */
  const begun: Promise<string>[] = []
  let next = outcomes.length
  let underWay = 0
  const begin = async (place: number): Promise<string> => {
    const poison = run.poisoned.get(first + place)
    if (poison !== undefined) return encodeOutcome({ ok: false, error: poison })
    underWay++
    const line = await runInput(run, first + place, inputs[place], first + outcomes.length)
    underWay--
    // One by one, what has an outcome is saved before the next begins.
    if (run.inFlight > 1) beginMore()
    return line
  }
  const beginMore = (): void => {
    while (underWay < run.inFlight && next < inputs.length && !run.shouldStop()) begun.push(begin(next++))
  }
  try {
    run.onDone(outcomes.length, 0)
    while (outcomes.length < inputs.length) {
      beginMore()
      const oldest = begun.shift()
      if (oldest === undefined) {
        await save()
        return chunkRunEnd('stopped', outcomes)
      }
      outcomes.push(await oldest)
      run.onDone(outcomes.length, underWay)
      if (run.now() - savedAt >= ledger.job.checkpointEveryMs) await save()
    }
  } finally {
    await checkpoint.close()
  }
  await ledger.publish(chunk, outcomes)
  return chunkRunEnd('done', outcomes)
}

function chunkRunEnd(end: ChunkRunEnd['end'], outcomes: readonly string[]): ChunkRunEnd {
  return { end, inputsDone: outcomes.length, inputsFailed: outcomes.filter(isFailure).length }
}

/** Tries an input up to `1 + retries` times; an error that says it is not retryable ends it at once. */
async function runInput(run: ChunkRun, index: number, input: unknown, oldest: number): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    run.onStart(index, oldest)
    try {
      return encodeOutcome({ ok: true, value: await run.task(input, { index }) })
    } catch (error) {
      const failure = asFailure(error)
      const isFinal = HeavyliftError.isInstance(error) && !error.isRetryable
      if (isFinal || attempt >= run.ledger.job.retries) return encodeOutcome({ ok: false, error: failure })
      run.onRetry(index, failure.message)
    }
  }
}

function asFailure(error: unknown): TaskFailure {
  if (!(error instanceof Error)) return { code: 'task-threw', message: String(error) }
  return { code: HeavyliftError.isInstance(error) ? error.code : 'task-threw', message: error.message }
}
