/**
 * Normalised estimation error squared (Bar-Shalom, Li, Kirubarajan 2001, 5.4.2): eᵀ P⁻¹ e for errors and covariance of `size` dimensions, row by row. NaN
 * where the covariance is not positive definite.
 */
export function normalisedErrorSquared(error: ArrayLike<number>, covariance: ArrayLike<number>): number {
  const size = error.length
  const lower = new Float64Array(size * size)
  const solved = new Float64Array(size)
  let sum = 0
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = covariance[row * size + column] as number
      for (let at = 0; at < column; at++)
        value -= (lower[row * size + at] as number) * (lower[column * size + at] as number)
      lower[row * size + column] =
        row === column ? Math.sqrt(value) : value / (lower[column * size + column] as number)
    }
    let value = error[row] as number
    for (let at = 0; at < row; at++) value -= (lower[row * size + at] as number) * (solved[at] as number)
    solved[row] = value / (lower[row * size + row] as number)
    sum += (solved[row] as number) ** 2
  }
  return sum
}

/** Quantile of the χ² distribution by the cube-root transform (Wilson and Hilferty 1931): 0.1 % off from 30 degrees of freedom on. */
function chiSquareQuantile(standardNormal: number, degrees: number): number {
  const spread = 2 / (9 * degrees)
  return degrees * (1 - spread + standardNormal * Math.sqrt(spread)) ** 3
}

/** In which the mean of `samples` independent normalised errors of `size` dimensions lies with 95 %, if the covariances are right. */
export function consistencyInterval(samples: number, size: number): { low: number; high: number } {
  const degrees = Math.max(1, samples * size)
  return {
    low: chiSquareQuantile(-1.959964, degrees) / Math.max(1, samples),
    high: chiSquareQuantile(1.959964, degrees) / Math.max(1, samples),
  }
}
