import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError, systemClock } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import type { TaskReference } from '../task/task.ts'
import { encodeValue } from '../task/value-codec.ts'
import type { JobFile } from './job-file.ts'
import { inputPath, Ledger, openLedger } from './ledger.ts'

export interface JobOptions<I> {
  /** What people call the job, e.g. `Clearance of 1.4.0`. Default: the name of the task's export. */
  name?: string
  /** The system that runs it, e.g. `drive`; shown beside its name. */
  system?: string
  /** Whose it is; default `main`. */
  tenantId?: string
  /** Default 0. */
  priority?: number
  /** Default 2. */
  retries?: number
  /** Inputs a chunk. Default: a thousandth of all, at least 1 and at most 1,000. */
  chunkSize?: number
  /**
   * How long an input may take. Its worker is then ended, which counts as a crash: after `retries` it is a failed outcome (`input-timed-out`). Default:
   * no limit. Whether it strikes can depend on the machine's speed, so leave ample room.
   */
  inputTimeoutMs?: number
  /**
   * Inputs that a worker has under way at once, for a task that waits for something else. Default 1. After a crash the job goes on one by one, so
   * that the input is found that causes it; with a time limit, the clock begins anew with every input that begins.
   */
  inFlight?: number
  /** How long a worker computes before it saves what it has; a kill costs at most that much. Default 1 s. */
  checkpoint?: { everyMs: number }
  /** Keys of the objects that an input reads; its chunk goes where they were read before, as far as that can be had. */
  near?: (input: I, index: number) => readonly string[]
  clock?: Clock
}

/** A job that is being written. */
export const unfinishedPrefix = '.new-'

/** Inputs that are made when they are asked for, so that a hundred thousand need no memory. `at` depends on the index alone. */
export interface JobInputs<I> {
  count: number
  at(index: number): I
}

/**
 * Writes a job's folder below `root`, whole or not at all, and opens it. Its id follows from the task, the inputs and the size of a chunk:
 * where such a job exists already, that one is opened (its own priority and retries hold), so a call can be repeated after any kill.
 */
export async function createLedger<I>(
  root: string,
  task: TaskReference,
  inputs: Iterable<I> | JobInputs<I>,
  options: JobOptions<I> = {},
): Promise<Ledger> {
  const all = 'at' in inputs && 'count' in inputs ? inputs : listInputs([...inputs])
  const { count } = all
  const chunkSize = options.chunkSize ?? clamp(Math.ceil(count / 1000), 1, 1000)
  check('chunkSize', chunkSize, 1)
  const retries = options.retries ?? 2
  check('retries', retries, 0)
  if (options.inputTimeoutMs !== undefined) check('inputTimeoutMs', options.inputTimeoutMs, 1)
  const inFlight = options.inFlight ?? 1
  check('inFlight', inFlight, 1)
  const reference = { module: task.module, export: task.export, version: task.version ?? '' }
  const hash = createHash('sha256').update(JSON.stringify([reference, count, chunkSize]))
  const staging = join(root, `${unfinishedPrefix}${randomUUID()}`)
  await mkdir(join(staging, 'inputs'), { recursive: true })
  try {
    const near: string[][] = []
    for (let first = 0, chunk = 0; first < count; first += chunkSize, chunk++) {
      const length = Math.min(chunkSize, count - first)
      const values = Array.from({ length }, (_, index) => all.at(first + index))
      const lines = values.map((value) => `${encodeValue(value)}\n`).join('')
      hash.update(lines)
      await writeFile(inputPath(staging, chunk), lines)
      if (options.near !== undefined) {
        const keys = values.flatMap((value, i) => options.near!(value, first + i))
        near.push([...new Set(keys)].sort())
      }
    }
    const job: JobFile = {
      version: 1,
      id: hash.digest('hex').slice(0, 20),
      name: options.name ?? '',
      system: options.system ?? '',
      tenantId: options.tenantId ?? 'main',
      createdAtMs: (options.clock ?? systemClock).nowMs(),
      task: reference,
      inputs: count,
      chunkSize,
      priority: options.priority ?? 0,
      retries,
      inputTimeoutMs: options.inputTimeoutMs ?? null,
      inFlight,
      checkpointEveryMs: options.checkpoint?.everyMs ?? 1000,
      near,
    }
    await mkdir(join(staging, 'results'))
    await mkdir(join(staging, 'checkpoints'))
    await mkdir(join(staging, 'journal'))
    await mkdir(join(staging, 'runs'))
    await writeFile(join(staging, 'job.json'), `${JSON.stringify(job, null, 2)}\n`)
    await rename(staging, join(root, job.id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
    return await openLedger(root, job.id)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

function listInputs<I>(all: readonly I[]): JobInputs<I> {
  return { count: all.length, at: (index) => all[index] as I }
}

function check(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return
  throw new InvalidInputError({
    code: 'job-option-invalid',
    message: `${name} of a job must be a whole number of at least ${least}, not ${value}.`,
  })
}
