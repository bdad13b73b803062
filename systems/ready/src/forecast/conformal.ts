/** What errors of one origin going together costs: chosen inside the training parts of M4 series. */
const smallSample = 0.25

/**
 * Half the width of an interval for each step ahead from residuals at rolling origins (split conformal prediction, Vovk et al. 2005; errors
 * are scaled by their size at about that step before they are ranked, Lei et al. 2018). Shape: `horizon` values in the series' unit.
 */
export function conformalWidths(
  residuals: readonly Float64Array[],
  horizon: number,
  level: number,
): Float64Array {
  if (residuals.length === 0) return new Float64Array(horizon).fill(Infinity)
  const scale = scalesOf(residuals, horizon)
  const scores = residuals
    .flatMap((one) => Array.from(one, (value, h) => Math.abs(value) / (scale[h] as number)))
    .toSorted((a, b) => a - b)
  // Errors of one origin go together, so there are fewer than it seems; a quarter of an origin each way is what that costs.
  const rank = Math.ceil(level * (1 + smallSample / residuals.length) * scores.length)
  const score = scores[Math.min(scores.length, Math.max(1, rank)) - 1] as number
  return scale.map((value) => value * score)
}

/** Mean absolute residual by step ahead, over a window of a quarter of the horizon, and not smaller than the earlier steps'. */
function scalesOf(residuals: readonly Float64Array[], horizon: number): Float64Array {
  const byStep = Float64Array.from(
    { length: horizon },
    (_, h) => residuals.reduce((sum, one) => sum + Math.abs(one[h] as number), 0) / residuals.length,
  )
  const reach = Math.max(1, horizon >> 3)
  const overall = byStep.reduce((sum, value) => sum + value, 0) / horizon
  return byStep.map((_, h) => {
    let total = 0
    let count = 0
    for (let i = Math.max(0, h - reach); i <= Math.min(horizon - 1, h + reach); i++) {
      total += byStep[i] as number
      count++
    }
    // Half of the overall size: a step at which nothing went wrong so far is not certain.
    return Math.max(1e-12, (total / count + overall) / 2)
  })
}
