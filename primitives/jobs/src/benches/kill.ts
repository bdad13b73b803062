import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { openLocalExecutor } from '../local/open-local-executor.ts'
import { runMany } from '../run-many.ts'
import { explainMissingSlurm, startSlurm } from '../testing/start-slurm.ts'
import { benchTask, countGoodOutcomes, inFolder, hashResults, runsOf } from './bench-files.ts'
import { killInputs, killOptions } from './kill-inputs.ts'
import { killedNodes } from './killed-nodes.ts'
import { sizes } from './sizes.ts'

const { inputs: inputCount, processKills, threadDeaths } = sizes.kill

interface Round {
  hash: string
  outcomes: number
  runs: number
  seconds: number
}

/** Kills processes, threads and (where Slurm is there) nodes under a job, and looks whether anything is lost. */
export async function runKillBench(input: MeasureInput): ReturnType<Measure['run']> {
  const calm = await inFolder((folder) => calmRound(folder))
  input.report({ stage: 'killing', done: 0, total: processKills, unit: 'kills' })
  const killed = await inFolder((folder) => killedRound(folder, input))
  const nodes = (await explainMissingSlurm()) === null ? await killedNodes(input, startSlurm) : null
  return {
    n: inputCount,
    metrics: {
      kills: processKills + threadDeaths,
      lost: inputCount - killed.outcomes + (nodes?.lost ?? 0),
      byteIdentical: killed.hash === calm.hash && (nodes?.isByteIdentical ?? true) ? 1 : 0,
      runTwice: killed.runs - inputCount,
      runTwicePerKill: (killed.runs - inputCount) / (processKills + threadDeaths),
      seconds: killed.seconds,
      ...(nodes !== null && {
        nodeKills: nodes.kills,
        nodeInputs: nodes.inputs,
        nodeRunTwice: nodes.runTwice,
        nodeSeconds: nodes.seconds,
      }),
    },
    baseline: { runTwice: calm.runs - inputCount, seconds: calm.seconds },
  }
}

async function calmRound(folder: string): Promise<Round> {
  const startedMs = performance.now()
  const executor = openLocalExecutor({ workers: 2 })
  const run = await runMany(benchTask, killInputs(folder, false), { executor, folder, ...killOptions })
  await run.finished()
  await executor.close()
  return ended(folder, run.id, startedMs)
}

/** Kills the process at seeded shares of the work, and starts it again each time. */
async function killedRound(folder: string, { report, signal }: MeasureInput): Promise<Round> {
  const startedMs = performance.now()
  const random = createRandom('jobs.kill')
  let id = ''
  for (let kill = 1; kill <= processKills; kill++) {
    signal.throwIfAborted()
    const killAt = Math.floor((inputCount * (kill - 1 + random.next())) / (processKills + 1))
    const child = startChild(folder)
    child.on('message', (said: { id: string; inputsDone?: number }) => {
      id = said.id
      if ((said.inputsDone ?? 0) >= killAt) child.kill('SIGKILL')
    })
    await once(child, 'exit')
    report({ stage: 'killing', done: kill, total: processKills, unit: 'kills' })
  }
  const last = startChild(folder)
  const [code] = (await once(last, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The last run of the job ended with code ${code}.`)
  return ended(folder, id, startedMs)
}

function startChild(folder: string): ChildProcess {
  return fork(new URL('./kill-run-child.ts', import.meta.url), [folder, 'dying'], { execArgv: [] })
}

async function ended(folder: string, id: string, startedMs: number): Promise<Round> {
  const seconds = (performance.now() - startedMs) / 1000
  return {
    hash: await hashResults(folder, id),
    outcomes: await countGoodOutcomes(folder, id),
    runs: await runsOf(join(folder, 'log')),
    seconds,
  }
}
