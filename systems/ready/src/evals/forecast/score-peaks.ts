import { mean, median } from '@heavylift/core/math'
import { forecastPeak } from '../../forecast/peak.ts'
import type { DayMark } from '../../forecast/peak.ts'

export interface PeakScore {
  days: number
  /** Mean of |foretold − actual| / actual, in percent. */
  peakErrorPct: number
  /** Share of days whose peak stayed at or below the plan at 95 %, in percent. */
  planHeldPct: number
  /** The same without the first day of each kind that was known of beforehand: of these nothing tells how much more they bring, and the forecast says so. */
  planHeldSeenPct: number
  /** Median of plan / peak. */
  planRatio: number
  /** Of last week's same day, the error as above. */
  lastWeekErrorPct: number
}

const warmUpDays = 8

/** One day ahead, day by day, each from the peaks of the days before and what was known of it; null where there are too few days. */
export function scorePeaks(
  days: readonly { peak: number }[],
  marks: readonly DayMark[] = [],
): PeakScore | null {
  const peaks = days.map(({ peak }) => peak)
  const errors: number[] = []
  const lastWeek: number[] = []
  const ratios: number[] = []
  const seen: number[] = []
  for (let d = warmUpDays; d < peaks.length; d++) {
    const actual = peaks[d] as number
    if (actual <= 0) continue
    const found = forecastPeak(peaks.slice(0, d), marks.slice(0, d + 1))
    errors.push(Math.abs(found.median / actual - 1))
    lastWeek.push(Math.abs((peaks[d - 7] as number) / actual - 1))
    ratios.push(found.quantile(0.95) / actual)
    if (!found.isFirstOfItsKind) seen.push(found.quantile(0.95) / actual)
  }
  if (errors.length === 0) return null
  return {
    days: errors.length,
    peakErrorPct: 100 * mean(errors),
    planHeldPct: heldPct(ratios),
    planHeldSeenPct: heldPct(seen),
    planRatio: median(ratios),
    lastWeekErrorPct: 100 * mean(lastWeek),
  }
}

const heldPct = (ratios: readonly number[]): number =>
  (100 * ratios.filter((ratio) => ratio >= 1).length) / Math.max(1, ratios.length)
