/** Solves `A x = b` for a symmetric positive definite A (n × n, row by row) by Cholesky. Throws a `RangeError` when it is not. */
export function solvePositive(matrix: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  const lower = Float64Array.from(matrix)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = lower[i * n + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!
      if (i === j) {
        if (!(sum > 0)) throw new RangeError('The matrix is not positive definite.')
        lower[i * n + i] = Math.sqrt(sum)
      } else lower[i * n + j] = sum / lower[j * n + j]!
    }
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = x[i]! - lower[i * n + k]! * x[k]!
    x[i] = x[i]! / lower[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = x[i]! - lower[k * n + i]! * x[k]!
    x[i] = x[i]! / lower[i * n + i]!
  }
  return x
}

/** The `count` largest eigenvalues of a symmetric matrix with their unit vectors, by power iteration and deflation. */
export function leadingEigenvectors(
  matrix: Float64Array,
  n: number,
  count: number,
): { value: number; vector: Float64Array }[] {
  const rest = Float64Array.from(matrix)
  const found: { value: number; vector: Float64Array }[] = []
  for (let k = 0; k < count; k++) {
    // A fixed start that no eigenvector of ours is square to.
    let vector: Float64Array = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7 + k * 3) % 11) / 11)
    let value = 0
    for (let round = 0; round < 500; round++) {
      const next = new Float64Array(n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) next[i] = next[i]! + rest[i * n + j]! * vector[j]!
      value = Math.hypot(...next)
      if (value === 0) break
      vector = next.map((part) => part / value)
    }
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) rest[i * n + j] = rest[i * n + j]! - value * vector[i]! * vector[j]!
    found.push({ value, vector })
  }
  return found
}
