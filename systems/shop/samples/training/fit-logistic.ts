import { logistic } from '@heavylift/core/math'

/** What is known of a case, and how it is. */
export interface LogisticSample {
  features: ArrayLike<number>
  isTrue: boolean
  weight: number
}

export interface FitOptions {
  /** Weights that the fit is drawn towards where the data say little. */
  prior: Float64Array
  /** Strength of that pull. */
  pull: number
  rounds?: number
}

/**
 * Fits a logistic regression by Newton steps with a Gaussian prior around `prior` (penalised maximum likelihood).
 * Deterministic.
 */
export function fitLogistic(
  samples: readonly LogisticSample[],
  { prior, pull, rounds = 25 }: FitOptions,
): Float64Array {
  const size = prior.length
  const weights = Float64Array.from(prior)
  for (let round = 0; round < rounds; round++) {
    const gradient = new Float64Array(size)
    const hessian = Array.from({ length: size }, () => new Float64Array(size))
    for (const { features, isTrue, weight } of samples) {
      let sum = 0
      for (let index = 0; index < size; index++) sum += (features[index] ?? 0) * (weights[index] ?? 0)
      const probability = logistic(sum)
      const error = weight * (+isTrue - probability)
      const curvature = weight * probability * (1 - probability)
      for (let row = 0; row < size; row++) {
        const value = features[row] ?? 0
        if (value === 0) continue
        gradient[row] = (gradient[row] ?? 0) + error * value
        const line = hessian[row]
        if (line === undefined) continue
        for (let column = 0; column < size; column++) {
          line[column] = (line[column] ?? 0) + curvature * value * (features[column] ?? 0)
        }
      }
    }
    for (let row = 0; row < size; row++) {
      gradient[row] = (gradient[row] ?? 0) - pull * ((weights[row] ?? 0) - (prior[row] ?? 0))
      const line = hessian[row]
      if (line !== undefined) line[row] = (line[row] ?? 0) + pull
    }
    const step = solve(hessian, gradient)
    let moved = 0
    for (let index = 0; index < size; index++) {
      weights[index] = (weights[index] ?? 0) + (step[index] ?? 0)
      moved = Math.max(moved, Math.abs(step[index] ?? 0))
    }
    if (moved < 1e-6) break
  }
  return weights
}

/** Solves a symmetric positive definite system by Gaussian elimination; changes its arguments. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length
  for (let pivot = 0; pivot < size; pivot++) {
    const pivotRow = matrix[pivot]
    const diagonal = pivotRow?.[pivot] ?? 0
    if (pivotRow === undefined || Math.abs(diagonal) < 1e-12) continue
    for (let row = pivot + 1; row < size; row++) {
      const line = matrix[row]
      if (line === undefined) continue
      const factor = (line[pivot] ?? 0) / diagonal
      if (factor === 0) continue
      for (let column = pivot; column < size; column++)
        line[column] = (line[column] ?? 0) - factor * (pivotRow[column] ?? 0)
      right[row] = (right[row] ?? 0) - factor * (right[pivot] ?? 0)
    }
  }
  const solution = new Float64Array(size)
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] ?? 0
    for (let column = row + 1; column < size; column++)
      sum -= (matrix[row]?.[column] ?? 0) * (solution[column] ?? 0)
    const diagonal = matrix[row]?.[row] ?? 0
    solution[row] = Math.abs(diagonal) < 1e-12 ? 0 : sum / diagonal
  }
  return solution
}
