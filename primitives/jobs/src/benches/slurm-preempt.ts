import { join } from 'node:path'
import { HeavyliftError, systemClock } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { median, sum } from '@heavylift/core/math'
import type { JobEvent } from '../journal/job-event.ts'
import { JournalTail } from '../journal/journal-tail.ts'
import { openLocalExecutor } from '../local/open-local-executor.ts'
import { runMany } from '../run-many.ts'
import { openSlurmExecutor } from '../slurm/open-slurm-executor.ts'
import { explainMissingSlurm, startSlurm, type TestSlurm } from '../testing/start-slurm.ts'
import { benchTask, countGoodOutcomes, inFolder, hashResults, runsOf } from './bench-files.ts'
import type { BenchInput } from './bench-task.ts'
import { sizes } from './sizes.ts'

const { rounds } = sizes.slurmPreempt
const lowInputs = 400
const highInputs = 20

interface Round {
  /** From the submission of the urgent job to the start of its first chunk. */
  startMs: number
  /** From the end of the urgent job to the next chunk of the other. */
  backMs: number
  lost: number
  runTwice: number
  preemptions: number
  isByteIdentical: boolean
}

/** How soon an urgent job has a node that another one fills, and what that costs the other. */
export async function runSlurmPreemptBench(input: MeasureInput): ReturnType<Measure['run']> {
  const missing = await explainMissingSlurm()
  if (missing !== null) {
    throw new HeavyliftError({ code: 'slurm-missing', message: `This bench needs Slurm: ${missing}.` })
  }
  return inFolder(async (folder) => {
    const calmHash = await calm(folder)
    const slurm = await startSlurm({ nodes: 1 })
    const all: Round[] = []
    try {
      for (let i = 0; i < rounds; i++) {
        input.report({ stage: 'preempting', done: i, total: rounds, unit: 'rounds' })
        all.push(await round(folder, i, slurm, calmHash, input))
      }
    } finally {
      await slurm.stop()
    }
    const startMs = all.map((each) => each.startMs)
    const backMs = all.map((each) => each.backMs)
    return {
      n: rounds,
      metrics: {
        startMsP50: median(startMs),
        startMsMax: Math.max(...startMs),
        backMsP50: median(backMs),
        preempted: all.filter(({ preemptions }) => preemptions > 0).length,
        runTwice: sum(all, ({ runTwice }) => runTwice),
        lost: sum(all, ({ lost }) => lost),
        byteIdentical: all.every(({ isByteIdentical }) => isByteIdentical) ? 1 : 0,
      },
    }
  })
}

function inputs(count: number, log?: string): BenchInput[] {
  return Array.from({ length: count }, () => ({ numbers: 2_000_000, ...(log !== undefined && { log }) }))
}

const options = { chunkSize: 100, checkpoint: { everyMs: 100 } }

/** What threads of this machine leave for the job that is preempted. */
async function calm(folder: string): Promise<string> {
  const executor = openLocalExecutor({ workers: 2 })
  const run = await runMany(benchTask, inputs(lowInputs), { executor, folder, ...options })
  await run.finished()
  await executor.close()
  return hashResults(folder, run.id)
}

async function round(
  folder: string,
  number: number,
  slurm: TestSlurm,
  calmHash: string,
  { signal }: Pick<MeasureInput, 'signal'>,
): Promise<Round> {
  signal.throwIfAborted()
  const executor = openSlurmExecutor({
    env: slurm.env,
    pollMs: 200,
    workersPerBatch: 2,
    chunksPerBatch: 8,
    partitions: [
      { name: 'experiment', priority: 0 },
      { name: 'safety', priority: 10 },
    ],
  })
  try {
    const log = join(folder, `log-${number}`)
    const version = String(number)
    const task = { ...benchTask, version }
    const low = await runMany(task, inputs(lowInputs, log), { executor, folder, ...options })
    while ((await runsOf(log)) < lowInputs / 20) await sleep(20)
    const submittedAtMs = systemClock.nowMs()
    const high = await runMany(task, inputs(highInputs), { executor, folder, chunkSize: 10, priority: 10 })
    await high.finished()
    await low.finished()
    const highRan = rans(await new JournalTail(join(folder, high.id)).next())
    const lowRan = rans(await new JournalTail(join(folder, low.id)).next())
    const highEndMs = Math.max(...highRan.map(({ atMs }) => atMs))
    const back = lowRan.map(({ startedAtMs }) => startedAtMs).filter((atMs) => atMs >= highEndMs)
    return {
      startMs: Math.min(...highRan.map(({ startedAtMs }) => startedAtMs)) - submittedAtMs,
      backMs: Math.min(...back) - highEndMs,
      lost: lowInputs - (await countGoodOutcomes(folder, low.id)),
      runTwice: (await runsOf(log)) - lowInputs,
      preemptions: lowRan.filter(({ end }) => end === 'preempted').length,
      isByteIdentical: (await hashResults(folder, low.id)) === calmHash,
    }
  } finally {
    await executor.close()
  }
}

function rans(events: readonly JobEvent[]): Extract<JobEvent, { kind: 'ran' }>[] {
  return events.filter((event) => event.kind === 'ran')
}
