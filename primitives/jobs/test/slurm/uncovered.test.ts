import { once } from 'node:events'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { ArrayTask } from '../../src/slurm/array-tasks.ts'
import { parseSinfo } from '../../src/slurm/cluster-nodes.ts'
import { claimBatch, readClaims, toSubmissionStem, writeSubmission } from '../../src/slurm/submission.ts'
import { findUncovered } from '../../src/slurm/uncovered.ts'
import { withFolder } from '../with-folder.ts'

const task = (arrayJobId: number, index: number | null, state = 'RUNNING'): ArrayTask => ({
  arrayJobId,
  index,
  state,
  node: 'n1',
  reason: 'None',
})
const arrays = new Map([[7, { id: 'a', batches: [[0, 1], [2, 3], [4]] }]])
const claims = new Map([[7, new Map([[0, 2]])]])

test('a chunk is submitted again when nobody has it: its task has crashed, or its array is over', () => {
  const state = { chunks: 5, done: new Set([4]), arrays, claims }
  // Task 0 took the last batch; 1 and 2 have none yet and will take the others.
  const all = [task(7, 0, 'FAILED'), task(7, 1), task(7, 2, 'PENDING')]
  expect(findUncovered({ ...state, tasks: all })).toEqual([])
  expect(findUncovered({ ...state, done: new Set(), tasks: all })).toEqual([4])
  expect(findUncovered({ ...state, tasks: [task(7, 0)] })).toEqual([0, 1, 2, 3])
  expect(findUncovered({ ...state, tasks: [] })).toEqual([0, 1, 2, 3])
})

test('nothing is submitted while a task lives of which it is not known what it has', () => {
  const tasks = [task(9, 0)]
  expect(findUncovered({ chunks: 5, done: new Set(), arrays, claims, tasks })).toEqual([])
})

test('a task takes the batch with the best score, keeps it after a requeue, and two never take one', () =>
  withFolder(async (folder) => {
    const submission = await writeSubmission(folder, [[0, 1], [2], [3]])
    const near = (wanted: number) => (batch: readonly number[]) => (batch.includes(wanted) ? 1 : 0)
    expect(await claimBatch(folder, submission, 5, near(2))).toEqual([2])
    expect(await claimBatch(folder, submission, 5, near(0))).toEqual([2])
    const both = await Promise.all([1, 2].map((index) => claimBatch(folder, submission, index, near(3))))
    expect(both.map(String).sort()).toEqual(['0,1', '3'])
    expect(await claimBatch(folder, submission, 4, near(3))).toBeNull()
    expect((await readClaims(folder, submission.id)).get(5)).toBe(1)
  }))

test("a claim that is just being made is never read as another task's", () =>
  withFolder(async (folder) => {
    const batches = Array.from({ length: 200 }, (_, i) => [i])
    const submission = await writeSubmission(folder, batches)
    await symlink(`${toSubmissionStem(folder, submission.id)}.claims`, join(folder, 'claims'))
    // Another process's look at them, as often as it can.
    const looking = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads')
       const { existsSync, readdirSync, readFileSync } = require('node:fs')
       const seen = new Set()
       parentPort.postMessage('looks')
       while (!existsSync(workerData + '/over'))
         for (const name of readdirSync(workerData + '/claims')) seen.add(readFileSync(workerData + '/claims/' + name, 'utf8'))
       parentPort.postMessage([...seen])`,
      { eval: true, workerData: folder },
    )
    await once(looking, 'message')
    for (const [i] of batches.entries()) await claimBatch(folder, submission, i + 1, () => 0)
    const told = once(looking, 'message')
    await writeFile(join(folder, 'over'), '')
    const [seen] = await told
    expect(seen).not.toContain('')
    expect((await readClaims(folder, submission.id)).size).toBe(200)
  }))

test('reads what sinfo prints, a node of two partitions once', () => {
  expect(parseSinfo('n0|2|idle|none\nn1|8|down*|Not responding\nn0|2|idle|none\n')).toEqual([
    { node: 'n0', cores: 2, state: 'idle', reason: 'none' },
    { node: 'n1', cores: 8, state: 'down*', reason: 'Not responding' },
  ])
})
