import type { CriterionFailure } from './criterion.ts'

/** What kind of failure it is, worst first. */
export const severities = ['collision', 'breakdown', 'rule', 'progress', 'comfort'] as const
export type Severity = (typeof severities)[number]

const byCriterion: Record<CriterionFailure['criterion'], Severity> = {
  noCollision: 'collision',
  driver: 'breakdown',
  yieldsTo: 'rule',
  stopsBefore: 'rule',
  obeysSignals: 'rule',
  keepsDistance: 'rule',
  maxSpeed: 'rule',
  staysInLane: 'rule',
  clearsFor: 'rule',
  doesNotBlock: 'rule',
  progress: 'progress',
  reachesGoal: 'progress',
  comfort: 'comfort',
}

export function severityOf({ criterion }: Pick<CriterionFailure, 'criterion'>): Severity {
  return byCriterion[criterion]
}

/** The worst of a run's own failures; null where it has none. What another did to it is not its own. */
export function worstSeverity(
  failures: readonly Pick<CriterionFailure, 'criterion' | 'fault'>[],
): Severity | null {
  const own = new Set(failures.filter(({ fault }) => fault !== 'other').map(severityOf))
  return severities.find((severity) => own.has(severity)) ?? null
}
