import { bucketCount } from './hashed-features.ts'

/** Weights of hashed features, one row of `width` kinds for each bucket. A statement's score is the sum of its rows, damped. */
export interface LinearKinds {
  width: number
  weights: Float32Array
}

/** A statement as the model sees it. */
export type Buckets = Uint32Array

export function createLinear(width: number): LinearKinds {
  return { width, weights: new Float32Array(bucketCount * width) }
}

/** How much each feature of a statement with so many counts, so that a long one says no more than its share. */
export function damping(features: number): number {
  return 1 / Math.sqrt(Math.max(features, 4))
}

/** Adds a statement's score for each kind to `out`; features that were never seen add nothing. */
export function addScores(model: LinearKinds, buckets: Buckets, out: Float64Array): void {
  const { width, weights } = model
  const scale = damping(buckets.length)
  for (let at = 0; at < buckets.length; at++) {
    const row = buckets[at]! * width
    for (let kind = 0; kind < width; kind++) out[kind]! += scale * weights[row + kind]!
  }
}
