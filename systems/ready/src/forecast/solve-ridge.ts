/**
 * Weights w that minimise Σ (y − x·w)² + `ridge` · Σ wⱼ² · mean(xⱼ²)·n, by Cholesky of the normal equations. Rows of `x` are observations.
 * A column of zeros gets weight 0. The first column is taken as the intercept and is not held small.
 */
export function solveRidge(
  rows: readonly Float64Array[],
  y: ArrayLike<number>,
  ridge: number,
  weights?: ArrayLike<number>,
): Float64Array {
  const width = rows[0]?.length ?? 0
  const gram = Array.from({ length: width }, () => new Float64Array(width))
  const right = new Float64Array(width)
  for (const [at, row] of rows.entries()) {
    const weight = weights?.[at] ?? 1
    if (weight === 0) continue
    const target = y[at] ?? 0
    for (let i = 0; i < width; i++) {
      const value = weight * (row[i] as number)
      if (value === 0) continue
      const line = gram[i] as Float64Array
      for (let j = 0; j <= i; j++) (line[j] as number) += value * (row[j] as number)
      ;(right[i] as number) += value * target
    }
  }
  for (let i = 0; i < width; i++) {
    const line = gram[i] as Float64Array
    line[i] = (line[i] as number) * (i === 0 ? 1 : 1 + ridge) + 1e-12
    if (line[i] === 1e-12) line[i] = 1
  }
  return solveCholesky(gram, right)
}

function solveCholesky(matrix: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  for (let i = 0; i < n; i++) {
    const row = matrix[i] as Float64Array
    for (let j = 0; j <= i; j++) {
      const other = matrix[j] as Float64Array
      let rest = row[j] as number
      for (let k = 0; k < j; k++) rest -= (row[k] as number) * (other[k] as number)
      // Columns that repeat each other leave nothing over; a tiny pivot would blow rounding up.
      if (i === j) row[i] = Math.sqrt(Math.max(rest, 1e-10 * (row[i] as number), 1e-300))
      else row[j] = rest / (other[j] as number)
    }
  }
  const solution = Float64Array.from(right)
  for (let i = 0; i < n; i++) {
    const row = matrix[i] as Float64Array
    for (let k = 0; k < i; k++) (solution[i] as number) -= (row[k] as number) * (solution[k] as number)
    ;(solution[i] as number) /= row[i] as number
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++)
      (solution[i] as number) -= ((matrix[k] as Float64Array)[i] as number) * (solution[k] as number)
    ;(solution[i] as number) /= (matrix[i] as Float64Array)[i] as number
  }
  return solution
}
