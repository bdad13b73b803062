import { expect, test } from 'vitest'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import { openLedger } from '../../src/ledger/ledger.ts'
import { JobReader } from '../../src/service/job-reader.ts'
import { describeNodes } from '../../src/service/nodes-picture.ts'
import { computeTask, numbers } from '../test-inputs.ts'
import { withFolder } from '../with-folder.ts'

const minuteMs = 60_000
const endMs = 100 * minuteMs

/** A job whose journal tells of one chunk on each of two nodes, and of what befell the second. */
async function told(folder: string): Promise<JobReader> {
  let atMs = endMs - 60 * minuteMs
  const clock = { nowMs: () => atMs, monotonicMs: () => 0 }
  const { job } = await createLedger(folder, computeTask, numbers(8), { chunkSize: 4, clock, name: 'Sweep' })
  const ledger = await openLedger(folder, job.id, clock)
  const ran = { kind: 'ran', worker: 0, inputsFailed: 0 } as const
  ledger.note({ kind: 'started', executor: 'slurm', origin: 'server', workers: 1, node: 'login' })
  atMs = endMs - 30 * minuteMs
  ledger.note({ ...ran, node: 'n1', chunk: 0, startedAtMs: atMs - 15 * minuteMs, end: 'done', inputsDone: 4 })
  ledger.note({
    ...ran,
    node: 'n2',
    chunk: 1,
    startedAtMs: atMs - 6 * minuteMs,
    end: 'preempted',
    inputsDone: 1,
  })
  ledger.note({ kind: 'attempt', node: 'n2', chunk: 1, index: null, cause: 'crashed', reason: 'Killed.' })
  ledger.note({ kind: 'drained', node: 'n2', reason: 'It crashed.', byCluster: true })
  ledger.note({ kind: 'replaced', node: 'n2', by: 'n3' })
  await ledger.written()
  const reader = new JobReader(await openLedger(folder, job.id, clock))
  await reader.refresh()
  return reader
}

test('says how busy each node was span by span, what befell it, and what the cluster says of it now [JOBS-SERVICE-03]', () =>
  withFolder(async (folder) => {
    const reader = await told(folder)
    const options = { nowMs: endMs, windowMs: 60 * minuteMs, known: [] }
    const { nodes, happened } = describeNodes([reader], { ...options, cluster: [] })
    expect(nodes).toMatchObject([
      { node: 'n1', executor: 'slurm', state: 'idle', chunksDone: 1, crashes: 0, workers: 1, busy: 0 },
      { node: 'n2', state: 'drained', reason: 'It crashed.', chunksDone: 0, crashes: 1, preemptions: 1 },
    ])
    // A span is a minute: n1 was busy from the 16th to the 30th.
    expect(
      nodes[0]!.busyShares.map((share, minute) => [minute, share]).filter(([, share]) => share! > 0),
    ).toEqual(Array.from({ length: 15 }, (_, i) => [15 + i, 1]))
    expect(happened.map(({ text, action }) => [text, action])).toEqual([
      ['n2 replaced', 'n3 was brought in'],
      ['n2 drained: It crashed.', 'takes no more work; its chunks went to other nodes'],
      ['Process at chunk 1 crashed: Killed.', 'worker replaced, retried (1 of 2)'],
      ['Chunk 1 preempted by the cluster', 'saved 1 input; goes on from there'],
    ])

    // An operator took it back; another is gone.
    const cluster = [
      { node: 'n2', cores: 8, state: 'idle', reason: 'none' },
      { node: 'n9', cores: 8, state: 'down*', reason: 'Not responding' },
    ]
    const later = describeNodes([reader], { ...options, cluster }).nodes
    expect(later).toMatchObject([
      { node: 'n1' },
      { node: 'n2', state: 'idle', reason: '', workers: 8 },
      { node: 'n9', state: 'lost', reason: 'Not responding', workers: 8 },
    ])
    // What was before the window is not of it.
    const short = describeNodes([reader], { ...options, windowMs: 5 * minuteMs, cluster: [] })
    expect([short.nodes, short.happened]).toEqual([[], []])
  }))

test('a job that nobody works on and that did not end is stopped, with what it has [JOBS-SERVICE-01]', () =>
  withFolder(async (folder) => {
    const reader = await told(folder)
    expect(reader.summary()).toMatchObject({
      name: 'Sweep',
      state: 'stopped',
      executor: 'slurm',
      inputs: 8,
      // The results of chunk 0 are not there, whatever the journal says; what was saved counts as told.
      chunksDone: 0,
      preemptions: 1,
      failedAttempts: 1,
      startedAtMs: endMs - 45 * minuteMs,
    })
    expect((await reader.detail()).chunkStates).toBe('xp')
  }))
