import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom, InvalidInputError } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { mean, quantile } from '@heavylift/core/math'
import { makeLog } from '../../samples/made-log.ts'
import type { JobTable } from '../domain/job-table.ts'
import {
  bestRule,
  fixedRules,
  scorePolicy,
  shippedWeights,
  tunedPolicy,
  tunePolicy,
  worstClass,
} from '../policies/tuned.ts'
import type { Scored, TunedWeights } from '../policies/tuned.ts'
import type { QueuePolicy } from '../policies/queue-policy.ts'
import { sjf } from '../policies/queue-policies.ts'
import { readJobFile } from '../read/read-jobs.ts'
import { replayPublishedWindow } from '../simulate/published-window.ts'

const mostWindowJobs = 1024
const leastWindowJobs = 256
const later = 5
const past = 8
const streamJobs = 6000
const mostLateS = 30
/** Of a log: five later windows and what to learn from before them. */
const windowsInLog = 6

/**
 * `fleet.policy`: weights tuned on the jobs before each of five later windows (1,024 jobs, or a sixth of a shorter log), and that window under them, beside the fixed rules with the same
 * backfill. The rule to beat is the best over all windows of a log, chosen with hindsight.
 */
export async function runPolicyEval({
  dataDir,
  report,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const logs = await load(dataDir, signal)
  const sources: Record<string, Record<string, number>> = {}
  let n = 0
  const ratios: { own: number[]; rule: number[] }[] = []
  for (const { name, jobs, processors } of logs) {
    const windowJobs = Math.min(mostWindowJobs, Math.floor(jobs.size / windowsInLog))
    const first = Math.max(windowJobs + 1, Math.floor(jobs.size / 2))
    const starts = Array.from({ length: later }, (_, i) =>
      Math.floor(first + (i * (jobs.size - windowJobs - first)) / (later - 1)),
    )
    const windows = starts.map((start) => jobs.slice(start, start + windowJobs))
    const rules = fixedRules.map((policy) => ({
      name: policy.name,
      scored: scorePolicy(windows, processors, policy),
    }))
    const best = rules.reduce((a, b) => (b.scored.slowdown < a.scored.slowdown ? b : a))
    const tuned: TunedWeights[] = []
    /** What a site would have that goes on with the rule that was best so far. */
    const ruleBefore: number[] = []
    for (const [i, start] of starts.entries()) {
      // Tuning computes for seconds; between windows a wish to stop is heard.
      await sleep(0)
      signal.throwIfAborted()
      const before = pastOf(jobs, start, windowJobs)
      const weights = before === null ? shippedWeights : tunePolicy(before, processors, { signal })
      tuned.push(weights)
      if (before !== null) {
        const known = fixedRules.find(({ name: rule }) => rule === bestRule(before.windows, processors).name)!
        ruleBefore.push(scorePolicy([windows[i]!], processors, known).slowdown)
      }
      report({ stage: name, done: i + 1, total: later, unit: 'windows' })
    }
    const own = scorePolicy(windows, processors, (i) => tunedPolicy(tuned[i]!))
    ratios.push({ own: own.each, rule: best.scored.each })
    const published = windows.reduce(
      (sum, window) =>
        sum +
        replayPublishedWindow(window, processors, (table, job) => sjf.score(table, job, noView), true)
          .meanBoundedSlowdown /
          later,
      0,
    )
    sources[name] = {
      n: later * windowJobs,
      own: own.slowdown,
      bestRule: best.scored.slowdown,
      ratioToBestRule: own.slowdown / best.scored.slowdown,
      ratioToRuleBefore: own.slowdown / mean(ruleBefore),
      ratioToPublishedSjf: own.slowdown / published,
      worstClassPct: worstClass(own, best.scored).pct,
      ...classInterval(own, best.scored),
      ...reachable(windows, processors, best),
      ...streamOf(jobs, first, processors, tuned[0]!),
      ...Object.fromEntries(rules.map(({ name: rule, scored }) => [`rule.${rule}`, scored.slowdown])),
    }
    n += later * windowJobs
  }
  const of = (key: string) => Object.entries(sources).map(([source, row]) => ({ source, value: row[key]! }))
  const meanValue = (key: string) => of(key).reduce((sum, { value }) => sum + value, 0) / logs.length
  const worst = (key: string) => of(key).reduce((a, b) => (b.value > a.value ? b : a))
  return {
    n,
    metrics: {
      ratioToBestRule: meanValue('ratioToBestRule'),
      ratioToRuleBefore: meanValue('ratioToRuleBefore'),
      ratioToPublishedSjf: meanValue('ratioToPublishedSjf'),
      worstClassPct: worst('worstClassPct').value,
      streamRatio: meanValue('streamRatio'),
    },
    intervals: { ratioToBestRule: intervalOf(ratios) },
    sources,
    worst: {
      ratioToBestRule: worst('ratioToBestRule'),
      ratioToRuleBefore: worst('ratioToRuleBefore'),
      worstClassPct: worst('worstClassPct'),
      streamRatio: worst('streamRatio'),
    },
    notes: [
      'ratioToBestRule: the best of FCFS, SJF, WFP3, UNICEF and F1 with the same EASY backfill, chosen with hindsight. ratioToRuleBefore: the one of them that was best on the windows before. ratioToPublishedSjf: SJF with the backfill of the published table, on the same windows.',
      'worstClass.low and .high: 95 % by a bootstrap over the windows of that log.',
      'bound: the best rule of each window in hindsight, and the shortest first by run times that nobody knows beforehand, by the best rule; chance: the class that loses most under the best rule itself when jobs come up to 30 s later.',
    ],
  }
}

/** The jobs before a row alone: windows and a stream; null where there are too few. */
function pastOf(jobs: JobTable, row: number, windowJobs: number) {
  const starts = Array.from(
    { length: past },
    (_, k) => row - windowJobs - k * Math.floor(windowJobs / 2),
  ).filter((one) => one >= 0)
  if (starts.length === 0) return null
  return {
    windows: starts.map((one) => jobs.slice(one, one + windowJobs)),
    stream: jobs.slice(Math.max(0, row - streamJobs), row),
  }
}

/**
 * What there is to gain, by the best rule: the best rule of each window in hindsight, and the shortest first by run times that nobody knows beforehand (backfill by
 * limits). And what chance does: the class that loses most when each job comes up to half a minute later, under the rule itself.
 */
function reachable(windows: readonly JobTable[], processors: number, best: { name: string; scored: Scored }) {
  const each = fixedRules.map((policy) => scorePolicy(windows, processors, policy).each)
  const known: QueuePolicy = {
    name: 'known run times',
    isStatic: true,
    score: (jobs, job) => Math.min(jobs.runS[job]!, jobs.requestedS[job]!),
  }
  const random = createRandom('fleet-policy-late')
  const late = windows.map((window) => {
    const moved = window.slice(0, window.size)
    for (let job = 0; job < moved.size; job++) moved.submitS[job]! += random.int(0, mostLateS)
    return moved.sortBySubmit()
  })
  return {
    'bound.ruleOfEachWindow':
      mean(windows.map((_, at) => Math.min(...each.map((of) => of[at]!)))) / best.scored.slowdown,
    'bound.knownRunTimes': scorePolicy(windows, processors, known).slowdown / best.scored.slowdown,
    'chance.worstClassPct': worstClass(
      scorePolicy(
        late,
        processors,
        fixedRules.find(({ name }) => name === best.name)!,
      ),
      best.scored,
    ).pct,
  }
}

/** The later half as one stream, under the weights from before it: room that is kept must not cost throughput. */
function streamOf(jobs: JobTable, first: number, processors: number, weights: TunedWeights) {
  const stream = [jobs.slice(first, Math.min(jobs.size, first + streamJobs))]
  const rule = bestRule(stream, processors).scored
  const own = scorePolicy(stream, processors, tunedPolicy(weights))
  return { streamRatio: own.slowdown / rule.slowdown, streamWorstClassPct: worstClass(own, rule).pct }
}

const noView = { nowS: -1, processors: 1, heldBy: () => 0, usageOf: () => 0 }

/** Percentile bootstrap at 95 % of the mean over logs, by windows within each (Efron and Tibshirani 1993). */
function intervalOf(logs: readonly { own: number[]; rule: number[] }[]): [number, number] {
  const random = createRandom('fleet-policy-interval')
  const draws = Array.from({ length: 1000 }, () =>
    mean(
      logs.map(({ own, rule }) => {
        const picked = own.map(() => random.int(0, own.length - 1))
        return mean(picked.map((at) => own[at]!)) / mean(picked.map((at) => rule[at]!))
      }),
    ),
  ).sort((a, b) => a - b)
  return [quantile(draws, 0.025), quantile(draws, 0.975)]
}

/** The same of the class that loses most: how much of its loss hangs on which windows were drawn. */
function classInterval(own: Scored, rule: Scored) {
  const { name } = worstClass(own, rule)
  const random = createRandom('fleet-policy-class')
  const windows = own.classesEach.length
  const lossOf = (picked: readonly number[]) => {
    const meanOf = ({ classesEach }: Scored) => {
      const parts = picked.map((at) => classesEach[at]!.get(name) ?? { sum: 0, jobs: 0 })
      return parts.reduce((sum, one) => sum + one.sum, 0) / parts.reduce((sum, one) => sum + one.jobs, 0)
    }
    return 100 * (meanOf(own) / meanOf(rule) - 1)
  }
  const draws = Array.from({ length: 1000 }, () =>
    lossOf(Array.from({ length: windows }, () => random.int(0, windows - 1))),
  )
    // A class that none of the drawn windows has.
    .filter((one) => Number.isFinite(one))
    .sort((a, b) => a - b)
  return { 'worstClass.low': quantile(draws, 0.025), 'worstClass.high': quantile(draws, 0.975) }
}

async function load(
  dataDir: string | null,
  signal: AbortSignal,
): Promise<{ name: string; jobs: JobTable; processors: number }[]> {
  const logs: { name: string; jobs: JobTable; processors: number }[] = []
  for (const folder of dataDir === null ? [] : [dataDir, join(dataDir, 'swf')]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!/\.swf(\.gz)?$/.test(name)) continue
      const { jobs, processors } = await readJobFile(join(folder, name), { signal })
      if (jobs.size >= windowsInLog * leastWindowJobs)
        logs.push({ name: name.replace(/\.swf(\.gz)?$/, ''), jobs, processors })
    }
  }
  if (logs.length > 0) return logs
  if (dataDir !== null)
    throw new InvalidInputError({
      code: 'no-log',
      message: `${dataDir} has no SWF log of ${windowsInLog * leastWindowJobs} jobs or more, which is what five later windows and a past take.`,
    })
  return [
    {
      name: 'made',
      jobs: makeLog({ jobs: 6000, processors: 256, load: 0.9, seed: 'policy' }),
      processors: 256,
    },
  ]
}
