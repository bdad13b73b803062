import { mean } from '@heavylift/core/math'

/** What one forecast of one window gives, in order of the window's steps. */
export interface Scored {
  median: ArrayLike<number>
  lower: ArrayLike<number>
  upper: ArrayLike<number>
}

export interface WindowScore {
  mase: number
  smape: number
  coverage95: number
  pinball: number
}

/**
 * MASE with the seasonal naive error of the past as its unit (Hyndman and Koehler 2006), sMAPE in percent as the M4 competition has it, the
 * share of steps in the 95 % interval, and the mean pinball loss at 2.5, 50 and 97.5 % in the unit of MASE.
 */
export function scoreWindow(
  past: Float64Array,
  actual: Float64Array,
  period: number,
  { median, lower, upper }: Scored,
): WindowScore {
  const unit = naiveError(past, period)
  let absolute = 0
  let percent = 0
  let inside = 0
  let pinball = 0
  const n = actual.length
  for (let h = 0; h < n; h++) {
    const value = actual[h] as number
    const middle = median[h] as number
    absolute += Math.abs(value - middle)
    const size = Math.abs(value) + Math.abs(middle)
    percent += size === 0 ? 0 : (200 * Math.abs(value - middle)) / size
    if (value >= (lower[h] as number) && value <= (upper[h] as number)) inside++
    pinball +=
      (loss(value, lower[h] as number, 0.025) +
        loss(value, middle, 0.5) +
        loss(value, upper[h] as number, 0.975)) /
      3
  }
  return {
    mase: absolute / n / unit,
    smape: percent / n,
    coverage95: inside / n,
    pinball: pinball / n / unit,
  }
}

function loss(value: number, quantile: number, level: number): number {
  return value >= quantile ? level * (value - quantile) : (1 - level) * (quantile - value)
}

function naiveError(past: Float64Array, period: number): number {
  const lag = past.length > 2 * period ? period : 1
  let total = 0
  let count = 0
  for (let i = lag; i < past.length; i++) {
    const step = Math.abs((past[i] as number) - (past[i - lag] as number))
    if (Number.isFinite(step)) {
      total += step
      count++
    }
  }
  // A series that repeats itself exactly has no unit of its own.
  return count === 0 || total === 0 ? 1 : total / count
}

/** Means over windows. */
export function meanScore(scores: readonly WindowScore[]): WindowScore {
  const of = (key: keyof WindowScore) => mean(scores.map((score) => score[key]))
  return { mase: of('mase'), smape: of('smape'), coverage95: of('coverage95'), pinball: of('pinball') }
}
