import { bucketCount } from '../../kind/hashed-features.ts'
import type { LabelledCase } from '../../kind/fit-combination.ts'

/** Multinomial naive Bayes with add-one smoothing over the same features: what the model has to beat. Returns the kind's index. */
export function naiveBayes(train: readonly LabelledCase[], width: number): (one: LabelledCase) => number {
  const counts = new Float64Array(bucketCount * width)
  const totals = new Float64Array(width)
  const rows = new Float64Array(width)
  for (const { observations, label } of train) {
    rows[label]!++
    for (const { statements } of observations)
      for (const { features } of statements)
        for (const bucket of features) {
          counts[bucket * width + label]!++
          totals[label]!++
        }
  }
  return ({ observations }) => {
    let best = 0
    let most = -Infinity
    for (let kind = 0; kind < width; kind++) {
      if (rows[kind] === 0) continue
      let score = Math.log(rows[kind]! / train.length)
      for (const { statements } of observations)
        for (const { features } of statements)
          for (const bucket of features)
            score += Math.log((counts[bucket * width + kind]! + 1) / (totals[kind]! + bucketCount))
      if (score <= most) continue
      most = score
      best = kind
    }
    return best
  }
}
