import { clamp, sum } from '@heavylift/core/math'
/** One bar of a reliability plot. */
export interface CalibrationBin {
  /** Bounds of the stated confidence, `[low, high)`; the last bin includes 1. */
  low: number
  high: number
  n: number
  meanConfidence: number
  /** Share of the bin's decisions that turned out right. */
  rate: number
}

export interface CalibrationReport {
  bins: CalibrationBin[]
  /** Mean squared error of the stated probability (Brier 1950), 0 is perfect; null without decisions. */
  brierScore: number | null
  /** Mean distance of rate and confidence, weighted by bin size (Naeini and others 2015); null without decisions. */
  expectedCalibrationError: number | null
}

/** Groups stated confidences (0–1) with what came true (0 or 1) into `binCount` equal bins; empty bins are left out. */
export function calibrate(
  decisions: readonly { confidence: number; outcome: number }[],
  binCount = 10,
): CalibrationReport {
  const sums = Array.from({ length: binCount }, () => ({ n: 0, confidence: 0, outcome: 0 }))
  let squares = 0
  for (const { confidence, outcome } of decisions) {
    const bin = sums[clamp(Math.floor(confidence * binCount), 0, binCount - 1)]
    if (bin === undefined) continue
    bin.n++
    bin.confidence += confidence
    bin.outcome += outcome
    squares += (confidence - outcome) ** 2
  }
  const bins = sums.flatMap((bin, index) =>
    bin.n === 0
      ? []
      : [
          {
            low: index / binCount,
            high: (index + 1) / binCount,
            n: bin.n,
            meanConfidence: bin.confidence / bin.n,
            rate: bin.outcome / bin.n,
          },
        ],
  )
  if (decisions.length === 0) return { bins, brierScore: null, expectedCalibrationError: null }
  const gaps = sum(bins, (bin) => bin.n * Math.abs(bin.rate - bin.meanConfidence))
  return {
    bins,
    brierScore: squares / decisions.length,
    expectedCalibrationError: gaps / decisions.length,
  }
}
