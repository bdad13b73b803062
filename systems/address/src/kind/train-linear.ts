import { createRandom } from '@heavylift/core'
import { softmax } from '@heavylift/core/math'
import { bucketCount } from './hashed-features.ts'
import { addScores, createLinear, damping } from './linear-kinds.ts'
import type { Buckets, LinearKinds } from './linear-kinds.ts'

/** A document about an address, or a row of a list, with the kind that the address has. */
export interface LabelledBag {
  /** Statements by where they stand: one part of a document, one a source (the name, the figures, …) of a row. */
  parts: readonly (readonly Buckets[])[]
  /** Index of the kind. */
  label: number
  /**
   * Log of each kind's share in the row's list: what is usual there is not learned again from its words. Parts of such a row are hidden at random, since the next list has
   * other columns. Without it kinds count the same.
   */
  usual?: Float64Array
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
  /** Share of a row's parts that are hidden each time it is learned from. */
  hidden?: number
  /** A feature that fewer bags have is learned nothing of: what was hardly seen says nothing, and leaves room for what is seen elsewhere. Default 3. */
  leastSeen?: number
  /** The same for sources (or all, where there are fewer): what one town alone says so may mean something else in the next. Default 2. */
  leastSources?: number
}

/**
 * Softmax regression over hashed features by AdaGrad (Duchi, Hazan and Singer 2011), one bag at a time in seeded order: the same
 * bags give the same weights. The scores are log-likelihood ratios: of rows against what is usual in their list (an offset), of documents against all kinds alike.
 */
export function trainLinear(
  bags: readonly LabelledBag[],
  width: number,
  options: LinearOptions = {},
): LinearKinds {
  const { epochs = 6, rate = 0.05, l2 = 2e-4, hidden = 0.25, leastSeen = 3, leastSources = 2 } = options
  const model = createLinear(width)
  const squares = new Float32Array(model.weights.length)
  const costs = costsOf(bags, width)
  const isLearned = featuresSeen(bags, leastSeen, leastSources)
  const random = createRandom('address kinds')
  const order = Uint32Array.from(bags, (_, at) => at)
  const scores = new Float64Array(width)
  const shares = new Float64Array(width)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = random.int(0, at)
      const held = order[at]!
      order[at] = order[other]!
      order[other] = held
    }
    for (const place of order) {
      const { parts, label, usual } = bags[place]!
      if (parts.length === 0) continue
      const cost = costs[place]!
      const seen = usual === undefined ? parts : parts.filter(() => random.next() >= hidden)
      const statements = (seen.length === 0 ? [random.pick(parts)] : seen).flat()
      if (usual === undefined) scores.fill(0)
      else scores.set(usual)
      for (const buckets of statements) addScores(model, buckets, scores)
      softmax(scores, shares)
      for (let kind = 0; kind < width; kind++) {
        const error = cost * (shares[kind]! - (kind === label ? 1 : 0))
        if (Math.abs(error) < 1e-4) continue
        for (const buckets of statements) {
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

/** How much an error in each bag counts: that of a document by how rare its kind is, that of a row by its weight alone. */
function costsOf(bags: readonly LabelledBag[], width: number): Float64Array {
  const counts = new Float64Array(width)
  let weights = 0
  for (const { label, weight = 1, usual } of bags) {
    weights += weight
    if (usual === undefined) counts[label]! += weight
  }
  const present = counts.filter((count) => count > 0).length
  const total = counts.reduce((sum, count) => sum + count, 0)
  const mean = weights / Math.max(bags.length, 1)
  return Float64Array.from(bags, ({ label, weight = 1, usual }) =>
    Math.min((weight / mean) * (usual === undefined ? total / present / counts[label]! : 1), 30),
  )
}

/** Of each feature 1 where enough bags, of enough sources, have it. */
function featuresSeen(bags: readonly LabelledBag[], leastSeen: number, leastSources: number): Uint8Array {
  const counts = new Uint32Array(bucketCount)
  const last = new Int32Array(bucketCount).fill(-1)
  const sources: Set<number>[] = []
  for (const [at, { parts, source = -1 - at }] of bags.entries())
    for (const buckets of parts.flat())
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
