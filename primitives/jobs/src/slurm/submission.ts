import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What was handed to Slurm at once: an array with a task for each batch. Which task runs which batch is settled when they start. */
export interface Submission {
  id: string
  batches: number[][]
}

function slurmFolder(ledgerFolder: string): string {
  return join(ledgerFolder, 'slurm')
}

/** Path without an ending of a submission's files: `.json` batches, `.sh` what is run, `.claims/<batch>` which task has it. */
export function toSubmissionStem(ledgerFolder: string, id: string): string {
  return join(slurmFolder(ledgerFolder), id)
}

export async function writeSubmission(ledgerFolder: string, batches: number[][]): Promise<Submission> {
  const id = randomUUID()
  const stem = toSubmissionStem(ledgerFolder, id)
  await mkdir(`${stem}.claims`, { recursive: true })
  await writeFile(`${stem}.json`, JSON.stringify(batches))
  return { id, batches }
}

export async function readSubmission(ledgerFolder: string, id: string): Promise<Submission> {
  const text = await readFile(`${toSubmissionStem(ledgerFolder, id)}.json`, 'utf8')
  return { id, batches: JSON.parse(text) as number[][] }
}

/** Keeps which array a submission became, for an executor that comes after this one. */
export async function recordArray(ledgerFolder: string, arrayJobId: number, id: string): Promise<void> {
  await writeFile(join(slurmFolder(ledgerFolder), `${arrayJobId}.array`), id)
}

/** Submissions by their array's job id. One that was submitted right before a kill is missing. */
export async function readArrays(ledgerFolder: string): Promise<Map<number, Submission>> {
  const names = await readdir(slurmFolder(ledgerFolder)).catch(() => [])
  const arrays = new Map<number, Submission>()
  for (const name of names.filter((each) => each.endsWith('.array'))) {
    const id = await readFile(join(slurmFolder(ledgerFolder), name), 'utf8')
    arrays.set(parseInt(name, 10), await readSubmission(ledgerFolder, id))
  }
  return arrays
}

/** Which batch each task has, by the task's index; one that has not started has none. */
export async function readClaims(ledgerFolder: string, id: string): Promise<Map<number, number>> {
  const folder = `${toSubmissionStem(ledgerFolder, id)}.claims`
  const claims = new Map<number, number>()
  for (const name of await readdir(folder)) {
    claims.set(Number(await readFile(join(folder, name), 'utf8')), Number(name))
  }
  return claims
}

/**
 * Gives a task that starts its batch: the one that it has already (it was requeued), else of those that are left the one with the best
 * `score`. Null when none is left, since others than expected have them.
 */
export async function claimBatch(
  ledgerFolder: string,
  submission: Submission,
  task: number,
  score: (batch: readonly number[]) => number,
): Promise<number[] | null> {
  const { id, batches } = submission
  const claims = await readClaims(ledgerFolder, id)
  const own = claims.get(task)
  if (own !== undefined) return batches[own] ?? null
  const taken = new Set(claims.values())
  const left = batches
    .map((batch, place) => ({ batch, place, score: score(batch) }))
    .filter(({ place }) => !taken.has(place))
    .sort((a, b) => b.score - a.score || a.place - b.place)
  // Written first and linked then: a claim that is there says whose it is. An empty one would be read as task 0's.
  const stem = toSubmissionStem(ledgerFolder, id)
  const staging = `${stem}.${randomUUID()}`
  await writeFile(staging, String(task))
  try {
    for (const { batch, place } of left) {
      if (await linkNew(staging, join(`${stem}.claims`, String(place)))) return batch
    }
    return null
  } finally {
    await rm(staging, { force: true })
  }
}

/** Gives a file a second name; false where something has that name. */
async function linkNew(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
