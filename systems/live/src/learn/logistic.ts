import { InvalidInputError } from '@heavylift/core'
import { logistic } from '@heavylift/core/math'
import type { Dataset, Predictor } from './model.ts'

/** Logistic regression over raw columns: a missing value stands for the column's mean. */
export interface Logistic {
  kind: 'logistic'
  intercept: number
  /** Log-odds per unit of each column. */
  slopes: number[]
  means: number[]
}

export interface LogisticOptions {
  /** L2 penalty on slopes of standardised columns, per row (0 for none). */
  l2: number
  /** Most Newton steps. */
  steps?: number
  weights?: Float64Array
}

/**
 * Newton's method (IRLS; Hastie, Tibshirani and Friedman, Elements of Statistical Learning, 4.4.1) on standardised columns.
 * Labels may be fractions. Throws `training-data-empty` without rows.
 */
export function trainLogistic(data: Dataset, options: LogisticOptions): Logistic {
  const rows = data.labels.length
  const width = data.columns.length
  if (rows === 0)
    throw new InvalidInputError({
      code: 'training-data-empty',
      message: 'No rows to train on: check the folder given by --data.',
    })
  const { means, scales } = standardOf(data)
  const size = width + 1
  const penalty = options.l2 * rows + 1e-9
  const beta = new Float64Array(size)
  const row = new Float64Array(size).fill(1)
  for (let step = 0; step < (options.steps ?? 25); step++) {
    const gradient = new Float64Array(size)
    const hessian = new Float64Array(size * size)
    for (let at = 0; at < rows; at++) {
      let score = beta[width]!
      for (let column = 0; column < width; column++) {
        const value = data.features[at * width + column]!
        const standard = Number.isNaN(value) ? 0 : (value - means[column]!) / scales[column]!
        row[column] = standard
        score += beta[column]! * standard
      }
      const p = logistic(score)
      const weight = options.weights?.[at] ?? 1
      const error = weight * (p - data.labels[at]!)
      const curve = weight * Math.max(p * (1 - p), 1e-9)
      for (let i = 0; i < size; i++) {
        gradient[i]! += error * row[i]!
        for (let j = 0; j <= i; j++) hessian[i * size + j]! += curve * row[i]! * row[j]!
      }
    }
    for (let i = 0; i < width; i++) {
      gradient[i]! += penalty * beta[i]!
      hessian[i * size + i]! += penalty
    }
    hessian[size * size - 1]! += 1e-9
    const move = solveSymmetric(hessian, gradient, size)
    let largest = 0
    for (let i = 0; i < size; i++) {
      beta[i]! -= move[i]!
      largest = Math.max(largest, Math.abs(move[i]!))
    }
    if (largest < 1e-8) break
  }
  const slopes = Array.from({ length: width }, (_, column) => beta[column]! / scales[column]!)
  const intercept = beta[width]! - slopes.reduce((sum, slope, column) => sum + slope * means[column]!, 0)
  return { kind: 'logistic', intercept, slopes, means }
}

export function logisticPredictor(model: Logistic): Predictor {
  const { intercept, slopes, means } = model
  return {
    predict(features, at, out) {
      let score = intercept
      for (let column = 0; column < slopes.length; column++) {
        const value = features[at + column]!
        score += slopes[column]! * (Number.isNaN(value) ? means[column]! : value)
      }
      out[0] = logistic(score)
    },
  }
}

function standardOf(data: Dataset): { means: number[]; scales: number[] } {
  const width = data.columns.length
  const means: number[] = []
  const scales: number[] = []
  for (let column = 0; column < width; column++) {
    let sum = 0
    let squares = 0
    let count = 0
    for (let at = column; at < data.features.length; at += width) {
      const value = data.features[at]!
      if (Number.isNaN(value)) continue
      sum += value
      squares += value * value
      count += 1
    }
    const mean = count === 0 ? 0 : sum / count
    const variance = count === 0 ? 0 : squares / count - mean * mean
    means.push(mean)
    scales.push(variance > 1e-12 ? Math.sqrt(variance) : 1)
  }
  return { means, scales }
}

/** Solves A x = b for a positive definite A, given by its lower triangle, by Cholesky's method. */
function solveSymmetric(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const factor = lower.slice()
  const x = right.slice()
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * size + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!
      factor[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j * size + j]!
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * size + k]! * x[k]!
    x[i]! /= factor[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= factor[k * size + i]! * x[k]!
    x[i]! /= factor[i * size + i]!
  }
  return x
}
