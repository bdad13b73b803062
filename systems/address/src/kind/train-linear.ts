import { createRandom } from '@heavylift/core'
import { softmax } from '@heavylift/core/math'
import { bucketCount } from './hashed-features.ts'
import { addScores, createLinear, damping } from './linear-kinds.ts'
import type { Buckets, LinearKinds } from './linear-kinds.ts'

/** A document or a text of one address, with the kind that the address has. */
export interface LabelledBag {
  statements: readonly Buckets[]
  /** Index of the kind. */
  label: number
  /** Such as one over the rows of its source, so that each source counts the same. Default 1. */
  weight?: number
  /** Number of the source; without one it is one by itself. */
  source?: number
}

export interface LinearOptions {
  epochs?: number
  rate?: number
  /** Shrinks a row whenever it is used. */
  l2?: number
  /** 0 keeps the shares of kinds as they are, 1 makes all kinds count the same. */
  balance?: number
  /** A feature that fewer bags have is learned nothing of: what was hardly seen says nothing, and leaves room for what is seen elsewhere. Default 3. */
  leastSeen?: number
  /** The same for sources (or all, where there are fewer): what one town alone says so may mean something else in the next. Default 2. */
  leastSources?: number
}

/**
 * Softmax regression over hashed features by AdaGrad (Duchi, Hazan and Singer 2011), one bag at a time in seeded order: the same
 * bags give the same weights. With `balance` the scores are log-likelihood ratios against shares^(1 − balance).
 */
export function trainLinear(
  bags: readonly LabelledBag[],
  width: number,
  options: LinearOptions = {},
): LinearKinds {
  const { epochs = 6, rate = 0.35, l2 = 2e-4, balance = 1, leastSeen = 3, leastSources = 2 } = options
  const model = createLinear(width)
  const squares = new Float32Array(model.weights.length)
  const counts = new Float64Array(width)
  for (const bag of bags) counts[bag.label]! += bag.weight ?? 1
  const present = counts.filter((count) => count > 0).length
  const total = counts.reduce((sum, count) => sum + count, 0)
  const costs = counts.map((count) => (count === 0 ? 0 : (total / present / count) ** balance))
  const isLearned = featuresSeen(bags, leastSeen, leastSources)
  const random = createRandom('address kinds')
  const order = Uint32Array.from(bags, (_, at) => at)
  const scores = new Float64Array(width)
  const shares = new Float64Array(width)
  const meanWeight = total / Math.max(bags.length, 1)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = random.int(0, at)
      const held = order[at]!
      order[at] = order[other]!
      order[other] = held
    }
    for (const place of order) {
      const bag = bags[place]!
      scores.fill(0)
      for (const buckets of bag.statements) addScores(model, buckets, scores)
      softmax(scores, shares)
      const cost = Math.min((costs[bag.label]! * (bag.weight ?? 1)) / meanWeight, 30)
      for (let kind = 0; kind < width; kind++) {
        if (counts[kind] === 0) continue
        const error = cost * (shares[kind]! - (kind === bag.label ? 1 : 0))
        if (Math.abs(error) < 1e-4) continue
        for (const buckets of bag.statements) {
          const scale = damping(buckets.length)
          for (let feature = 0; feature < buckets.length; feature++) {
            if (isLearned[buckets[feature]!] === 0) continue
            const index = buckets[feature]! * width + kind
            const slope = error * scale + l2 * model.weights[index]!
            squares[index]! += slope * slope
            model.weights[index]! -= (rate * slope) / (1e-3 + Math.sqrt(squares[index]!))
          }
        }
      }
    }
  }
  return model
}

/** Of each feature 1 where enough bags, of enough sources, have it. */
function featuresSeen(bags: readonly LabelledBag[], leastSeen: number, leastSources: number): Uint8Array {
  const counts = new Uint32Array(bucketCount)
  const last = new Int32Array(bucketCount).fill(-1)
  const sources: Set<number>[] = []
  for (const [at, { statements, source = -1 - at }] of bags.entries())
    for (const buckets of statements)
      for (const bucket of buckets) {
        if (last[bucket] === at) continue
        last[bucket] = at
        counts[bucket]!++
        ;(sources[bucket] ??= new Set()).add(source)
      }
  const all = new Set(bags.map(({ source }, at) => source ?? -1 - at)).size
  const enough = Math.min(leastSources, all)
  return Uint8Array.from(counts, (count, bucket) =>
    count >= leastSeen && (sources[bucket]?.size ?? 0) >= enough ? 1 : 0,
  )
}
