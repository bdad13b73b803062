/** The probability with these log-odds, 1 / (1 + e^−x). */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** The log-odds of a probability, the inverse of `logistic`: infinite at 0 and 1. */
export function logit(probability: number): number {
  return Math.log(probability / (1 - probability))
}

/**
 * Probabilities in proportion to e^score, computed from the largest score down so that none overflows. Written to `out`, which
 * may be `scores` itself.
 */
export function softmax(
  scores: ArrayLike<number>,
  out: Float64Array = new Float64Array(scores.length),
): Float64Array {
  let highest = -Infinity
  for (let at = 0; at < scores.length; at++) highest = Math.max(highest, scores[at]!)
  let total = 0
  for (let at = 0; at < scores.length; at++) {
    out[at] = Math.exp(scores[at]! - highest)
    total += out[at]!
  }
  for (let at = 0; at < scores.length; at++) out[at]! /= total
  return out
}
