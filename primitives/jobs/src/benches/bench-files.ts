import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedger } from '../ledger/ledger.ts'
import type { TaskReference } from '../task/task.ts'

export const benchTask: TaskReference = {
  module: new URL('./bench-task.ts', import.meta.url).href,
  export: 'work',
}

/** One hash over the names and bytes of a job's results. */
export async function hashResults(folder: string, id: string): Promise<string> {
  const results = join(folder, id, 'results')
  const hash = createHash('sha256')
  for (const name of (await readdir(results)).sort()) {
    hash.update(`${name}\n`).update(await readFile(join(results, name)))
  }
  return hash.digest('hex')
}

/** How many inputs of a job have a result. */
export async function countGoodOutcomes(folder: string, id: string): Promise<number> {
  const ledger = await openLedger(folder, id)
  let count = 0
  for (const chunk of await ledger.doneChunks()) {
    for (const { ok } of await ledger.outcomes(chunk)) if (ok) count++
  }
  return count
}

/** How often inputs were begun, by the log that they write. */
export async function runsOf(log: string): Promise<number> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.split('\n').length - 1
}

/** A folder for the time of a bench. */
export async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-jobs-bench-'))
  try {
    return await body(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
