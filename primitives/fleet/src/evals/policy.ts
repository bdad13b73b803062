import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { makeLog } from '../../samples/made-log.ts'
import type { JobTable } from '../domain/job-table.ts'
import {
  fixedRules,
  scorePolicy,
  shippedWeights,
  tunedPolicy,
  tunePolicy,
  worstClass,
} from '../policies/tuned.ts'
import type { Scored } from '../policies/tuned.ts'
import { sjf } from '../policies/queue-policies.ts'
import { readJobFile } from '../read/read-jobs.ts'
import { replayPublishedWindow } from '../simulate/published-window.ts'

const windowJobs = 1024
const later = 5
const past = 8
const pastStep = 500

/**
 * `fleet.policy`: weights tuned on the jobs before each later window, and that window under them, beside the fixed rules with the same
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
  for (const { name, jobs, processors } of logs) {
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
    const parts: Scored[] = []
    for (const [i, start] of starts.entries()) {
      signal.throwIfAborted()
      const before = Array.from({ length: past }, (_, k) => start - windowJobs - k * pastStep).filter(
        (row) => row >= 0,
      )
      const weights =
        before.length === 0
          ? shippedWeights
          : tunePolicy(
              before.map((row) => jobs.slice(row, row + windowJobs)),
              processors,
              { tries: 60, seed: 'fleet-policy', signal },
            )
      parts.push(scorePolicy([windows[i]!], processors, tunedPolicy(weights)))
      report({ stage: name, done: i + 1, total: later, unit: 'windows' })
    }
    const own = meanOf(parts)
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
      ratioToPublishedSjf: own.slowdown / published,
      worstClassPct: worstClass(own, best.scored).pct,
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
      ratioToPublishedSjf: meanValue('ratioToPublishedSjf'),
      worstClassPct: worst('worstClassPct').value,
    },
    sources,
    worst: { ratioToBestRule: worst('ratioToBestRule'), worstClassPct: worst('worstClassPct') },
    notes: [
      'ratioToBestRule: the best of FCFS, SJF, WFP3, UNICEF and F1 with the same EASY backfill, chosen with hindsight. ratioToPublishedSjf: SJF with the backfill of the published table, on the same windows.',
    ],
  }
}

const noView = { nowS: -1, processors: 1, heldBy: () => 0, usageOf: () => 0 }

function meanOf(parts: readonly Scored[]): Scored {
  const sums = new Map<string, number[]>()
  for (const { classes } of parts)
    for (const [name, value] of classes) sums.set(name, [...(sums.get(name) ?? []), value])
  // A class counts where every window has it.
  const whole = [...sums].filter(([, values]) => values.length === parts.length)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    slowdown: mean(parts.map(({ slowdown }) => slowdown)),
    classes: new Map(whole.map(([name, values]) => [name, mean(values)])),
  }
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
      if (jobs.size >= 3 * windowJobs)
        logs.push({ name: name.replace(/\.swf(\.gz)?$/, ''), jobs, processors })
    }
  }
  if (logs.length > 0) return logs
  return [
    {
      name: 'made',
      jobs: makeLog({ jobs: 6000, processors: 256, load: 0.9, seed: 'policy' }),
      processors: 256,
    },
  ]
}
