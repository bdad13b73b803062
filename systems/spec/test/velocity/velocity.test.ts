import { createRandom } from '@heavylift/core/math'
import { expect, test } from 'vitest'
import { runVelocityEval } from '../../src/evals/velocity/velocity.ts'
import { weekMs, weeklyCounts } from '../../src/velocity/deployment.ts'
import type { Deployment } from '../../src/velocity/deployment.ts'
import { rateRatio } from '../../src/velocity/rate-ratio.ts'
import { readDeployments } from '../../src/velocity/read-deployments.ts'
import { measureVelocity } from '../../src/velocity/velocity.ts'

const adoptedMs = Date.UTC(2026, 0, 5)

/** Deployments of weekly counts, the first `before` of them before the adoption. */
function history(
  repository: string,
  counts: number[],
  before = 12,
  more: Partial<Deployment> = {},
): Deployment[] {
  return counts.flatMap((count, week) =>
    Array.from({ length: count }, (_, at) => ({
      repository,
      atMs: adoptedMs + (week - before) * weekMs + ((at + 0.5) / count) * weekMs,
      hasFailed: at === 0,
      isRework: null,
      batchCommits: 3,
      leadHours: 10,
      recoveryHours: null,
      ...more,
    })),
  )
}

const weekly = (count: number, weeks: number, seed: string) => {
  const random = createRandom(seed)
  return Array.from({ length: weeks }, () => random.poisson(count))
}

test('counts whole weeks from the date', () => {
  expect(weeklyCounts(history('a', [1, 0, 2], 0), adoptedMs, 3)).toEqual([1, 0, 2])
})

test('tells a rate that grew from one that did not, and says what comes with it [SPEC-VELOCITY-01]', () => {
  const grown = [...weekly(4, 12, 'before'), ...weekly(12, 12, 'after')]
  const until = adoptedMs + 12 * weekMs
  const result = measureVelocity(history('a', grown), [], adoptedMs, until, 'a')
  expect(result).toMatchObject({ verdict: 'faster', withheld: [], after: { batchCommits: 3, leadHours: 10 } })
  expect(result.own?.low).toBeGreaterThan(1)
  expect(result.after.changeFailRate).toBeGreaterThan(0)
  const same = [...weekly(4, 12, 'before'), ...weekly(4, 12, 'same')]
  expect(measureVelocity(history('a', same), [], adoptedMs, until, 'a').verdict).toBe('no difference shown')
})

test('takes a season of everybody for no effect [SPEC-VELOCITY-01]', () => {
  const grown = (seed: string) => [...weekly(6, 12, `${seed}-before`), ...weekly(15, 12, `${seed}-after`)]
  const until = adoptedMs + 12 * weekMs
  const controls = [...history('b', grown('b')), ...history('c', grown('c'))]
  const result = measureVelocity(history('a', grown('a')), controls, adoptedMs, until, 'a')
  expect(result.own?.low).toBeGreaterThan(1)
  expect(result.controlRatio).toBeGreaterThan(1.5)
  expect(result.verdict).toBe('no difference shown')
})

test('withholds a figure from few weeks, few deployments, or without failures and sizes [SPEC-VELOCITY-02]', () => {
  const measure = (rows: Deployment[], weeks: number) =>
    measureVelocity(rows, [], adoptedMs, adoptedMs + weeks * weekMs, 'a')
  const many = [...weekly(5, 12, 'x'), ...weekly(5, 12, 'y')]
  expect(measure(history('a', many), 5)).toMatchObject({ own: null, verdict: 'too little' })
  expect(measure(history('a', [0, 0, 1, ...weekly(5, 20, 'z')], 12).slice(0, 5), 12).withheld[0]).toMatch(
    /10 are needed/,
  )
  expect(measure(history('a', many, 12, { hasFailed: null }), 12).withheld).toEqual([
    'Nothing tells which deployments failed: a rate without that is no result.',
  ])
  expect(measure(history('a', many, 12, { batchCommits: null }), 12).withheld[0]).toMatch(/how large/)
})

test('has no ratio where a side is empty', () => {
  expect(rateRatio({ before: [0, 0, 0], after: [1, 2, 3] }, 'x')).toBeNull()
})

test('reads deployments by the names of their columns', () => {
  const csv =
    '\uFEFFRepo,Deployed_At,failed,commits\nb,2026-01-02T00:00:00Z,true,4\na,2026-01-01T00:00:00Z,,\n'
  expect(readDeployments(csv)).toMatchObject([
    { repository: 'a', hasFailed: null, batchCommits: null },
    { repository: 'b', hasFailed: true, batchCommits: 4, atMs: Date.UTC(2026, 0, 2) },
  ])
  expect(() => readDeployments('repo\na\n')).toThrow(/A column time has it/)
})

test('has a planted ratio in its interval as often as it says [SPEC-VELOCITY-02]', async () => {
  const { metrics } = await runVelocityEval({
    dataDir: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(metrics.insideRate).toBeGreaterThan(0.93)
  expect(metrics.insideRate).toBeLessThan(0.975)
})
