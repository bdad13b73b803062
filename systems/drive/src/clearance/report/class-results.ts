import { clopperPearsonLower, clopperPearsonUpper } from '@heavylift/core/math'
import { moreTrialsToShow, trialsToShow } from './statistics/trials-to-show.ts'
import { ImportanceSampling } from './statistics/importance-sampling.ts'
import { SequentialTest } from './statistics/sequential-test.ts'
import { severities, worstSeverity } from '../run/severity.ts'
import { limitOf } from './clearance-plan.ts'
import type { ClearanceLimits } from './clearance-plan.ts'
import type { RanCase } from '../cases/ran-case.ts'
import type { ClassResult, SeverityResult } from './clearance-report.ts'

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
  const bySeverity = new Map(severities.map((severity) => [severity, 0]))
  let n = 0
  let failures = 0
  let errors = 0
  let struck = 0
  let blockers = 0
  let isWeighted = false
  for (const { one, row } of group) {
    if (row === null) {
      errors++
      continue
    }
    if (row.outcome === 'struck') {
      struck++
      continue
    }
    const isFailure = row.outcome === 'failed'
    isWeighted ||= one.weight !== 1
    sample.add(isFailure, one.weight)
    if (row.reference?.avoidsIt === true) blockers++
    if (one.weight === 0) continue
    n++
    const worst = worstSeverity(row.failures)
    if (isFailure) failures++
    if (worst !== null) bySeverity.set(worst, bySeverity.get(worst)! + 1)
    test.add(isFailure)
    if (row.metrics.minTtcS !== null) ttcs.push(row.metrics.minTtcS)
  }
  const importance = isWeighted ? sample.estimate(limits.confidence) : null
  const upper = importance?.upper ?? clopperPearsonUpper(failures, n, limits.confidence)
  const lower = importance?.lower ?? clopperPearsonLower(failures, n, limits.confidence)
  const ofSeverities = severities.map((severity): SeverityResult => {
    const count = bySeverity.get(severity)!
    const bound = importance === null ? clopperPearsonUpper(count, n, limits.confidence) : null
    const least = clopperPearsonLower(count, n, limits.confidence)
    const own = limitOf(limits, scenarioClass, severity)
    // Weights are kept for all failures together; a severity of a weighted class is bounded by them.
    const most = bound ?? upper
    return {
      severity,
      failures: count,
      upper: most,
      limit: own,
      state: own === null ? 'within' : stateOf(most, importance === null ? least : 0, own),
      moreCases:
        own === null
          ? 0
          : importance === null
            ? moreTrialsToShow(own, count, n, limits.confidence)
            : most <= own
              ? 0
              : null,
    }
  })
  const states = [stateOf(upper, lower, limit), ...ofSeverities.map(({ state }) => state)]
  const state = states.includes('above') ? 'above' : states.includes('undecided') ? 'undecided' : 'within'
  // Weighted cases do not count alike, so no number of them can be told.
  const more = [
    importance === null ? moreTrialsToShow(limit, failures, n, limits.confidence) : upper <= limit ? 0 : null,
    ...ofSeverities.map(({ moreCases }) => moreCases),
  ]
  ttcs.sort((a, b) => a - b)
  return {
    scenarioClass,
    n,
    failures,
    errors,
    blockers,
    rate: importance?.rate ?? (n === 0 ? NaN : failures / n),
    lower,
    upper,
    limit,
    state,
    severities: ofSeverities,
    struck,
    moreCases: more.reduce<number | null>(
      (most, cases) => (most === null || cases === null ? null : Math.max(most, cases)),
      0,
    ),
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

/** Within where the bound shows it, above where the bound from below shows that, undecided between. */
function stateOf(upper: number, lower: number, limit: number): ClassResult['state'] {
  return upper <= limit ? 'within' : lower > limit ? 'above' : 'undecided'
}

function reasonOf(test: SequentialTest, limit: number, aim: number, confidence: number): string {
  const per = (rate: number) => `${Number((rate * 100).toPrecision(3))} %`
  switch (test.state) {
    case 'within-limit':
      return `After ${test.n} cases a rate of ${per(limit)} or more was ruled out.`
    case 'above-aim':
      return `After ${test.n} cases a rate of ${per(aim)} or less was ruled out, which the limit of ${per(limit)} allows for.`
    case 'undecided':
      return `Its ${test.n} cases ran out first; ${trialsToShow(limit, confidence)} without a failure would have shown ${per(limit)}.`
  }
}
