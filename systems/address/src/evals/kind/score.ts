import { createRandom } from '@heavylift/core'
import { evidentKinds } from '../../domain/kinds.ts'
import type { Kind } from '../../domain/kinds.ts'
import type { Decision } from '../../decide/decide.ts'

/** A decision beside what is true. */
export interface ScoredDecision {
  source: string
  truth: Kind
  decision: Pick<Decision, 'kind' | 'confidence' | 'action'>
}

export function accuracyOf(rows: readonly ScoredDecision[]): number {
  return rows.filter(({ truth, decision }) => truth === decision.kind).length / Math.max(rows.length, 1)
}

/** Mean F1 over the kinds that are true of some row. */
export function macroF1(rows: readonly ScoredDecision[]): number {
  let total = 0
  let seen = 0
  for (const kind of evidentKinds) {
    const f1 = f1Of(
      rows,
      ({ truth }) => truth === kind,
      ({ decision }) => decision.kind === kind,
    )
    if (f1 === null) continue
    total += f1
    seen++
  }
  return total / Math.max(seen, 1)
}

/** 2TP / (2TP + FP + FN); null where it is true of no row. */
export function f1Of<Row>(
  rows: readonly Row[],
  isTrue: (row: Row) => boolean,
  isSaid: (row: Row) => boolean,
): number | null {
  let right = 0
  let isPositive = 0
  let said = 0
  for (const row of rows) {
    if (isTrue(row)) isPositive++
    if (isSaid(row)) said++
    if (isTrue(row) && isSaid(row)) right++
  }
  return isPositive === 0 ? null : (2 * right) / (isPositive + said)
}

/** Expected calibration error of the decided kind's probability over 15 equal bins (Guo et al. 2017). */
export function calibrationError(rows: readonly ScoredDecision[]): number {
  const bins = Array.from({ length: 15 }, () => ({ n: 0, confidence: 0, right: 0 }))
  for (const { truth, decision } of rows) {
    const bin = bins[Math.min(14, Math.floor(decision.confidence * 15))]!
    bin.n++
    bin.confidence += decision.confidence
    if (truth === decision.kind) bin.right++
  }
  return (
    bins.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) /
    Math.max(rows.length, 1)
  )
}

/** The calibration error that so few rows would show by chance alone if their probabilities were right: mean of 20 draws. */
export function leastCalibrationError(rows: readonly ScoredDecision[]): number {
  const random = createRandom('address kind calibration')
  let total = 0
  for (let draw = 0; draw < 20; draw++)
    total += calibrationError(
      rows.map((row) => ({
        ...row,
        truth: random.next() < row.decision.confidence ? row.decision.kind : 'unknown',
      })),
    )
  return total / 20
}

/** Share of decided rows, and of the 80 % that it is surest of how many are wrong. */
export function selective(rows: readonly ScoredDecision[]): {
  coverage: number
  errorDecided: number
  errorAt80: number
} {
  const decided = rows.filter(({ decision }) => decision.action === 'decide')
  const surest = [...rows]
    .sort((a, b) => b.decision.confidence - a.decision.confidence)
    .slice(0, Math.ceil(rows.length * 0.8))
  return {
    coverage: decided.length / Math.max(rows.length, 1),
    errorDecided: decided.length === 0 ? 0 : 1 - accuracyOf(decided),
    errorAt80: 1 - accuracyOf(surest),
  }
}

/** Percentile bootstrap at 95 % over rows (Efron and Tibshirani 1993), 200 draws. */
export function intervalOf(
  rows: readonly ScoredDecision[],
  metric: (rows: readonly ScoredDecision[]) => number,
): [number, number] {
  const random = createRandom('address kind interval')
  const values = Array.from({ length: 200 }, () =>
    metric(rows.map(() => rows[random.int(0, rows.length - 1)]!)),
  ).sort((a, b) => a - b)
  return [values[5]!, values[194]!]
}
