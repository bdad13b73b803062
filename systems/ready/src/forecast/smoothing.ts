/** Exponential smoothing of a level and a damped trend; the three parameters are searched on a grid, then once more around the best. */
export interface Smoothed {
  level: number
  trend: number
  /** Share of the trend that is kept each step. */
  damping: number
  alpha: number
  /** Mean squared error of the forecasts one step ahead. */
  squaredError: number
}

const coarse = {
  alpha: [0.02, 0.1, 0.25, 0.45, 0.7, 0.95],
  beta: [0, 0.02, 0.1, 0.3],
  damping: [0.8, 0.9, 0.98],
}

/** ETS(A,Ad,N) (Hyndman et al. 2002); with `isLevelOnly` ETS(A,N,N). */
export function smooth(y: ArrayLike<number>, isLevelOnly = false): Smoothed {
  let best = run(y, 0.3, 0, 1)
  const tryOne = (alpha: number, beta: number, damping: number) => {
    const found = run(y, alpha, beta, damping)
    if (found.squaredError < best.squaredError) {
      best = found
      chosen = { alpha, beta, damping }
    }
  }
  let chosen = { alpha: 0.3, beta: 0, damping: 1 }
  const betas = isLevelOnly ? [0] : coarse.beta
  for (const alpha of coarse.alpha)
    for (const beta of betas)
      for (const damping of beta === 0 ? [1] : coarse.damping) tryOne(alpha, beta, damping)
  for (const factor of [0.6, 0.8, 1.25, 1.6]) {
    const { alpha, beta, damping } = chosen
    tryOne(Math.min(0.999, alpha * factor), beta, damping)
    if (!isLevelOnly) tryOne(alpha, Math.min(0.999, beta * factor), damping)
  }
  return best
}

function run(y: ArrayLike<number>, alpha: number, beta: number, damping: number): Smoothed {
  const first = Math.min(10, y.length)
  let level = 0
  for (let i = 0; i < first; i++) level += (y[i] as number) / first
  let trend = 0
  let squares = 0
  for (let i = 0; i < y.length; i++) {
    const expected = level + damping * trend
    const error = (y[i] as number) - expected
    squares += error * error
    level = expected + alpha * error
    trend = damping * trend + alpha * beta * error
  }
  return { level, trend, damping, alpha, squaredError: squares / Math.max(1, y.length) }
}

/** The next `horizon` values. */
export function continueSmoothed({ level, trend, damping }: Smoothed, horizon: number): Float64Array {
  const out = new Float64Array(horizon)
  let sum = 0
  let share = 1
  for (let h = 0; h < horizon; h++) {
    share *= damping
    sum += share
    out[h] = level + sum * trend
  }
  return out
}
