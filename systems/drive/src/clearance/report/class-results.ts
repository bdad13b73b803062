import { clopperPearsonLower, clopperPearsonUpper } from '@heavylift/core/math'
import { moreTrialsToShow, trialsToShow } from './statistics/trials-to-show.ts'
import { ImportanceSampling } from './statistics/importance-sampling.ts'
import { SequentialTest } from './statistics/sequential-test.ts'
import type { ClearanceLimits } from './clearance-plan.ts'
import type { RanCase } from '../cases/ran-case.ts'
import type { ClassResult } from './clearance-report.ts'

/** What each class of scenarios came to, those with most cases first. Cases are in the suite's order, which the sequential test follows. */
export function classResults(
  ran: readonly RanCase[],
  limits: ClearanceLimits,
  exposureOf: (scenarioClass: string) => number,
): ClassResult[] {
  const groups = Map.groupBy(ran, ({ one }) => one.scenarioClass)
  const total = [...groups.keys()].reduce((sum, name) => sum + exposureOf(name), 0)
  return [...groups]
    .map(([name, group]) => classResult(name, group, limits, exposureOf(name) / total))
    .toSorted((a, b) => b.n - a.n || (a.scenarioClass < b.scenarioClass ? -1 : 1))
}

function classResult(
  scenarioClass: string,
  group: readonly RanCase[],
  limits: ClearanceLimits,
  exposure: number,
): ClassResult {
  const limit = limits.byClass[scenarioClass] ?? limits.failureRate
  const test = new SequentialTest({ limit, aim: limit * limits.aimShare, alpha: 1 - limits.confidence })
  const sample = new ImportanceSampling()
  const ttcs: number[] = []
  let failures = 0
  let errors = 0
  let blockers = 0
  let isWeighted = false
  for (const { one, row } of group) {
    if (row === null) {
      errors++
      continue
    }
    const isFailure = row.outcome === 'failed'
    isWeighted ||= one.weight !== 1
    sample.add(isFailure, one.weight)
    if (row.reference?.avoidsIt === true) blockers++
    if (one.weight === 0) continue
    if (isFailure) failures++
    test.add(isFailure)
    if (row.metrics.minTtcS !== null) ttcs.push(row.metrics.minTtcS)
  }
  const importance = isWeighted ? sample.estimate(limits.confidence) : null
  const n = group.filter(({ one, row }) => row !== null && one.weight !== 0).length
  const upper = importance?.upper ?? clopperPearsonUpper(failures, n, limits.confidence)
  ttcs.sort((a, b) => a - b)
  return {
    scenarioClass,
    n,
    failures,
    errors,
    blockers,
    rate: importance?.rate ?? (n === 0 ? NaN : failures / n),
    lower: clopperPearsonLower(failures, n, limits.confidence),
    upper,
    limit,
    isWithin: upper <= limit,
    // Weighted cases do not count alike, so no number of them can be told.
    moreCases:
      importance === null
        ? moreTrialsToShow(limit, failures, n, limits.confidence)
        : upper <= limit
          ? 0
          : null,
    exposure,
    importance,
    sequential: {
      state: test.state,
      n: test.n,
      pValue: test.pValue,
      reason: reasonOf(test, limit, limit * limits.aimShare, limits.confidence),
    },
    ttc:
      ttcs.length === 0
        ? null
        : {
            least: ttcs[0]!,
            low: ttcs[Math.floor((ttcs.length - 1) * 0.05)]!,
            median: ttcs[Math.floor((ttcs.length - 1) * 0.5)]!,
          },
  }
}

function reasonOf(test: SequentialTest, limit: number, aim: number, confidence: number): string {
  const per = (rate: number) => `${Number((rate * 100).toPrecision(3))} %`
  switch (test.state) {
    case 'within-limit':
      return `After ${test.n} cases the evidence for at most ${per(aim)} against ${per(limit)} had crossed its line.`
    case 'above-limit':
      return `After ${test.n} cases the evidence for ${per(limit)} or more had crossed its line.`
    case 'undecided':
      return `Its ${test.n} cases ran out first; ${trialsToShow(limit, confidence)} without a failure would have shown ${per(limit)}.`
  }
}
