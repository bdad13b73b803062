import { clopperPearsonUpper, partitionPoint } from '@heavylift/core/math'

/** How many trials without a failure show, at a confidence, that a rate is at most `limit`. */
export function trialsToShow(limit: number, confidence = 0.95): number {
  return Math.ceil(Math.log1p(-confidence) / Math.log1p(-limit))
}

/** More trials than any clearance runs; beyond it nothing is looked for. */
const mostTrials = 100_000_000

/**
 * How many more trials, all without a failure, show a rate of at most `limit` where there were `failures` in `n`; 0 where it is shown already. Null where it
 * would take more than a hundred million.
 */
export function moreTrialsToShow(
  limit: number,
  failures: number,
  n: number,
  confidence = 0.95,
): number | null {
  const more = partitionPoint(
    mostTrials,
    (added) => clopperPearsonUpper(failures, n + added, confidence) > limit,
  )
  return more === mostTrials ? null : more
}
