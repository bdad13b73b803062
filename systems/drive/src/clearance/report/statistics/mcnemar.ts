import { incompleteBeta } from '@heavylift/core/math'

/** The same cases under two versions. */
export interface PairedCounts {
  bothPassed: number
  bothFailed: number
  /** Failed before and passes now. */
  mended: number
  /** Passed before and fails now. */
  broken: number
}

export interface PairedComparison extends PairedCounts {
  /** Two-sided, exact: cases that changed are mended or broken by the toss of a coin (McNemar 1947). */
  pValue: number
  /** One-sided: as many broken ones or more among those that changed. */
  worsePValue: number
}

export function compareVersions(counts: PairedCounts): PairedComparison {
  const { mended, broken } = counts
  return {
    ...counts,
    pValue: Math.min(1, 2 * atMost(Math.min(mended, broken), mended + broken)),
    worsePValue: atMost(mended, mended + broken),
  }
}

/** Probability of at most `k` heads in `n` tosses of a fair coin. */
function atMost(k: number, n: number): number {
  return k >= n ? 1 : incompleteBeta(0.5, n - k, k + 1)
}
