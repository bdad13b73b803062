import { logistic } from '@heavylift/core/math'
import type { Predictor } from '../model.ts'

export type TreeLoss =
  /** Labels 0 or 1; predicts a probability. */
  | { name: 'log' }
  /** Labels 0..classes-1; predicts a probability a class. */
  | { name: 'softmax'; classes: number }
  | { name: 'squared' }
  /** Predicts the quantile `level` (0..1). */
  | { name: 'quantile'; level: number }

/**
 * Boosted trees in flat arrays. A tree's nodes stand in preorder, so a split's left child is the next node and only the
 * distance to its right child is kept. Trees of several outputs take turns.
 */
export interface BoostedTrees {
  kind: 'trees'
  loss: TreeLoss
  /** Score before any tree, one an output (log-odds for `log`). */
  base: Float32Array
  /** First node of each tree. */
  starts: Int32Array
  /** Column of a split, plus `missingLeft` where a missing value goes left; -1 for a leaf. */
  features: Int16Array
  /** Distance to the right child; 0 for a leaf. */
  rights: Int16Array
  /** A split's threshold (left when value <= threshold), a leaf's score. */
  numbers: Float32Array
}

/** Set in `features` where a missing value goes left. */
export const missingLeft = 0x4000

/** Predicts without allocating. */
export function treePredictor(trees: BoostedTrees): Predictor {
  const outputs = trees.base.length
  const loss = trees.loss.name
  return {
    predict(features, at, out) {
      addScores(trees, features, at, out)
      if (loss === 'log') out[0] = logistic(out[0]!)
      else if (loss === 'softmax') softmax(out, outputs)
    },
  }
}

function addScores(trees: BoostedTrees, row: Float64Array, at: number, out: Float64Array): void {
  const { base, starts, features, rights, numbers } = trees
  const outputs = base.length
  for (let output = 0; output < outputs; output++) out[output] = base[output]!
  let output = 0
  for (let tree = 0; tree < starts.length; tree++) {
    let node = starts[tree]!
    let feature = features[node]!
    while (feature >= 0) {
      const value = row[at + (feature & ~missingLeft)]!
      // NaN fails every comparison, so only it needs the flag.
      const goesLeft = value <= numbers[node]! || (value !== value && (feature & missingLeft) !== 0)
      node += goesLeft ? 1 : rights[node]!
      feature = features[node]!
    }
    out[output]! += numbers[node]!
    if (++output === outputs) output = 0
  }
}

/** In place over the first `count` scores. */
export function softmax(scores: Float64Array, count: number): void {
  let highest = -Infinity
  for (let at = 0; at < count; at++) highest = Math.max(highest, scores[at]!)
  let sum = 0
  for (let at = 0; at < count; at++) {
    scores[at] = Math.exp(scores[at]! - highest)
    sum += scores[at]!
  }
  for (let at = 0; at < count; at++) scores[at]! /= sum
}
