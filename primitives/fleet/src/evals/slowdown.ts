import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { makeLog } from '../../samples/made-log.ts'
import { f1, fcfs, sjf, unicefScore, wfp3Score } from '../policies/queue-policies.ts'
import type { PolicyView } from '../policies/queue-policy.ts'
import { readJobFile } from '../read/read-jobs.ts'
import type { JobTable } from '../domain/job-table.ts'
import { replayPublishedWindow } from '../simulate/published-window.ts'
import type { PublishedScore } from '../simulate/published-window.ts'

const windowJobs = 1024

/** Of the published table, by first row. */
const publishedWindows = [1981, 2756, 4299, 8850, 3316, 2714, 5228, 7762, 4022, 7085]

/** The published table (RLScheduler, SC '20, Lublin-1), shown beside what comes out. */
const published = {
  bsld: { FCFS: 7273.77, WFP3: 19_753.53, UNI: 22_274.74, SJF: 277.35, F1: 258.37 },
  bsldBackfill: { FCFS: 235.82, WFP3: 133.87, UNI: 307.23, SJF: 73.31, F1: 75.07 },
  utilisation: { FCFS: 0.657, WFP3: 0.747, UNI: 0.691, SJF: 0.762, F1: 0.816 },
  utilisationBackfill: { FCFS: 0.868, WFP3: 0.864, UNI: 0.883, SJF: 0.778, F1: 0.84 },
} as const

const never: PolicyView = { nowS: -1, processors: 1, heldBy: () => 0, usageOf: () => 0 }

const scores: Record<keyof typeof published.bsld, PublishedScore> = {
  FCFS: (jobs, job) => fcfs.score(jobs, job, never),
  WFP3: (jobs, job) => wfp3Score(jobs, job, -1),
  UNI: (jobs, job) => unicefScore(jobs, job, -1),
  SJF: (jobs, job) => sjf.score(jobs, job, never),
  F1: (jobs, job) => f1.score(jobs, job, never),
}

/** `fleet.slowdown`: the published table once more, from the log it was made from; or the same on any log and windows. */
export async function runSlowdownEval({
  dataDir,
  options,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const { jobs, processors, source } = await load(dataDir, signal)
  const asked = options?.['windows']
  const starts =
    typeof asked === 'string'
      ? asked.split(',').map(Number)
      : dataDir === null
        ? [0, 500, 1000]
        : publishedWindows
  const wrong = starts.find((one) => !Number.isInteger(one) || one < 0 || one + windowJobs > jobs.size)
  if (wrong !== undefined) {
    const message = `A window begins at a row from 0 to ${jobs.size - windowJobs}; ${wrong} is none.`
    throw new InvalidInputError({ code: 'bad-window', message })
  }
  const metrics: Record<string, number> = {}
  let equal = 0
  for (const [policy, score] of Object.entries(scores) as [keyof typeof scores, PublishedScore][]) {
    for (const backfill of [false, true]) {
      let bsld = 0
      let utilisation = 0
      for (const start of starts) {
        signal.throwIfAborted()
        const result = replayPublishedWindow(
          jobs.slice(start, start + windowJobs),
          processors,
          score,
          backfill,
        )
        bsld += result.meanBoundedSlowdown / starts.length
        utilisation += result.utilisation / starts.length
      }
      const names = backfill
        ? (['bsldBackfill', 'utilisationBackfill'] as const)
        : (['bsld', 'utilisation'] as const)
      metrics[`${names[0]}.${policy}`] = Number(bsld.toFixed(2))
      metrics[`${names[1]}.${policy}`] = Number(utilisation.toFixed(3))
      equal += Number(bsld.toFixed(2)) === published[names[0]][policy] ? 1 : 0
      equal += Number(utilisation.toFixed(3)) === published[names[1]][policy] ? 1 : 0
    }
  }
  const isPublished = dataDir !== null && asked === undefined && source === 'lublin_256'
  return {
    n: starts.length * windowJobs,
    metrics: isPublished ? { ...metrics, equal, cells: 20 } : metrics,
    ...(isPublished
      ? {
          baseline: Object.fromEntries(
            Object.entries(published).flatMap(([name, row]) =>
              Object.entries(row).map(([policy, value]) => [`${name}.${policy}`, value]),
            ),
          ),
        }
      : {}),
    notes: [
      `${source}, ${starts.length} windows of ${windowJobs} jobs, ${processors} processors.`,
      'WFP3 and UNI are as the table has them: they are scored with a start time of −1, so that whoever came first counts as most behind.',
    ],
  }
}

async function load(
  dataDir: string | null,
  signal: AbortSignal,
): Promise<{ jobs: JobTable; processors: number; source: string }> {
  if (dataDir === null)
    return {
      jobs: makeLog({ jobs: 2500, processors: 256, load: 0.9, seed: 'slowdown' }),
      processors: 256,
      source: 'a made log',
    }
  for (const folder of [dataDir, join(dataDir, 'swf')]) {
    const names = await readdir(folder).catch(() => [])
    const logs = names.filter((name) => /\.swf(\.gz)?$/.test(name)).sort()
    const file = logs.find((name) => name.startsWith('lublin_256')) ?? logs[0]
    if (file === undefined) continue
    const { jobs, processors } = await readJobFile(join(folder, file), { signal })
    return { jobs, processors, source: file.replace(/\.swf(\.gz)?$/, '') }
  }
  throw new InvalidInputError({
    code: 'no-log',
    message: `There is no .swf or .swf.gz in ${dataDir} or its folder swf.`,
  })
}
