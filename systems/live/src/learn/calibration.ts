import { clamp, logistic, logit } from '@heavylift/core/math'
import { trainLogistic } from './logistic.ts'

/** Maps a model's probability to a calibrated one. */
export type Calibration =
  /** Log-odds are scaled and moved: p' = 1 / (1 + e^-(slope · logit(p) + intercept)). */
  | { kind: 'platt'; slope: number; intercept: number }
  /** Piecewise linear through points, flat beyond them. */
  | { kind: 'isotonic'; from: number[]; to: number[] }

/** Log-odds of a probability that is held within 1e-7 of 0 and 1, so that they are finite. */
export function heldLogit(probability: number): number {
  return logit(clamp(probability, 1e-7, 1 - 1e-7))
}

/** Platt scaling on log-odds (Platt 1999). */
export function fitPlatt(predicted: Float64Array, labels: Float64Array): Calibration {
  const model = trainLogistic(
    { columns: ['logit'], features: Float64Array.from(predicted, heldLogit), labels, groups: [] },
    { l2: 0 },
  )
  return { kind: 'platt', slope: model.slopes[0]!, intercept: model.intercept }
}

/**
 * Isotonic regression by pooling adjacent violators (Zadrozny and Elkan 2002); blocks smaller than `minRows` are joined
 * first, so that a few rows at an end do not say 0 or 1.
 */
export function fitIsotonic(predicted: Float64Array, labels: Float64Array, minRows: number): Calibration {
  const order = Uint32Array.from(predicted, (_, row) => row).sort(
    (a, b) => predicted[a]! - predicted[b]! || a - b,
  )
  const blocks: { x: number; y: number; rows: number }[] = []
  for (let at = 0; at < order.length; at += minRows) {
    // What is left over at the end joins the last block.
    const end = order.length - at < 2 * minRows ? order.length : at + minRows
    const part = order.subarray(at, end)
    const block = { x: 0, y: 0, rows: part.length }
    for (const row of part) {
      block.x += predicted[row]! / part.length
      block.y += labels[row]! / part.length
    }
    let last = blocks.at(-1)
    while (last !== undefined && last.y >= block.y) {
      const rows = last.rows + block.rows
      block.x = (last.x * last.rows + block.x * block.rows) / rows
      block.y = (last.y * last.rows + block.y * block.rows) / rows
      block.rows = rows
      blocks.pop()
      last = blocks.at(-1)
    }
    blocks.push(block)
    if (end === order.length) break
  }
  return { kind: 'isotonic', from: blocks.map(({ x }) => x), to: blocks.map(({ y }) => y) }
}

export function calibrate(calibration: Calibration, probability: number): number {
  if (calibration.kind === 'platt')
    return logistic(calibration.slope * heldLogit(probability) + calibration.intercept)
  const { from, to } = calibration
  const next = from.findIndex((x) => x >= probability)
  if (next === -1) return to.at(-1) ?? probability
  if (next === 0) return to[0]!
  const share = (probability - from[next - 1]!) / (from[next]! - from[next - 1]!)
  return to[next - 1]! + share * (to[next]! - to[next - 1]!)
}
