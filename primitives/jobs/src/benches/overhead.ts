import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Measure, MeasureInput } from '@heavylift/core'
import { openLocalExecutor } from '../local/open-local-executor.ts'
import { runMany } from '../run-many.ts'
import { benchTask, inFolder } from './bench-files.ts'
import type { BenchInput } from './bench-task.ts'
import { sizes } from './sizes.ts'

const { inputs: count, threads } = sizes.overhead
const chunkSize = 1000
const smallCount = 2000

/** What a job costs beside its task: inputs that do next to nothing, against a bare loop in the same threads. */
export async function runOverheadBench({ report, signal }: MeasureInput): ReturnType<Measure['run']> {
  const inputs = Array.from({ length: count }, () => ({ numbers: 1 }))
  const stage = (name: string, done: number): void => {
    signal.throwIfAborted()
    report({ stage: name, done, total: 4, unit: 'rounds' })
  }
  stage('bare loop', 0)
  const bareMs = await bareLoop(inputs)
  stage('a message an input', 1)
  const messagesMs = await messageEach(inputs)
  stage('jobs', 2)
  const job = await jobMs(inputs, chunkSize)
  stage('chunks of one input', 3)
  const small = await jobMs(inputs.slice(0, smallCount), 1)
  const perInput = (ms: number): number => (ms * 1000) / count
  return {
    n: count,
    metrics: {
      inputUs: perInput(job.runMs),
      inputsPerSecond: (count * 1000) / job.runMs,
      makeUs: perInput(job.makeMs),
      chunkMs: (small.runMs * threads) / smallCount,
    },
    baseline: { inputUs: perInput(bareMs), inputsPerSecond: (count * 1000) / bareMs },
    peers: {
      'worker_threads, a message an input': {
        inputUs: perInput(messagesMs),
        inputsPerSecond: (count * 1000) / messagesMs,
      },
    },
  }
}

/** Making the ledger, and running it on threads that are warm. */
function jobMs(inputs: BenchInput[], size: number): Promise<{ makeMs: number; runMs: number }> {
  return inFolder(async (folder) => {
    const executor = openLocalExecutor({ workers: threads })
    const warm = await runMany({ ...benchTask, version: 'warm' }, inputs.slice(0, 100), {
      executor,
      folder,
      chunkSize: 1,
    })
    await warm.finished()
    const startedMs = performance.now()
    const run = await runMany(benchTask, inputs, { executor, folder, chunkSize: size })
    const madeMs = performance.now()
    await run.finished()
    const endedMs = performance.now()
    await executor.close()
    return { makeMs: madeMs - startedMs, runMs: endedMs - madeMs }
  })
}

async function bareLoop(inputs: BenchInput[]): Promise<number> {
  const half = inputs.length / threads
  const workers = await start((i) => ({
    inputs: inputs.slice(i * half, (i + 1) * half),
    first: i * half,
    isEach: false,
  }))
  const startedMs = performance.now()
  await Promise.all(
    workers.map((worker) => {
      worker.postMessage('go')
      return once(worker, 'message')
    }),
  )
  const ms = performance.now() - startedMs
  await end(workers)
  return ms
}

/** Two messages on their way to each thread, so that none waits for the next. */
async function messageEach(inputs: BenchInput[]): Promise<number> {
  const workers = await start(() => ({ inputs: [], first: 0, isEach: true }))
  const startedMs = performance.now()
  let next = 0
  let left = inputs.length
  await new Promise<void>((resolve) => {
    const give = (worker: Worker): void => {
      if (next === inputs.length) return
      worker.postMessage({ input: inputs[next], index: next })
      next++
    }
    for (const worker of workers) {
      worker.on('message', () => {
        if (--left === 0) resolve()
        else give(worker)
      })
      give(worker)
      give(worker)
    }
  })
  const ms = performance.now() - startedMs
  await end(workers)
  return ms
}

async function start(data: (i: number) => unknown): Promise<Worker[]> {
  const workers = Array.from(
    { length: threads },
    (_, i) =>
      new Worker(new URL('./bare-loop-child.ts', import.meta.url), { workerData: data(i), execArgv: [] }),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  return workers
}

async function end(workers: Worker[]): Promise<void> {
  await Promise.all(workers.map((worker) => worker.terminate()))
}
