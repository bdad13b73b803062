import { createRandom, softmax } from '@heavylift/core/math'

interface Example<Kind extends string> {
  features: readonly string[]
  kind: Kind
}

/** Tells a kind by features: 0–1 by kind. */
export interface Classifier<Kind extends string> {
  knows(feature: string): boolean
  probabilities(features: readonly string[]): ReadonlyMap<Kind, number>
}

const epochs = 20
const learningRate = 1
const decay = 2e-4

/** Multinomial logistic regression over binary features, fitted by stochastic gradient descent in an order that is always the same. */
export function fitClassifier<Kind extends string>(
  kinds: readonly Kind[],
  examples: readonly Example<Kind>[],
): Classifier<Kind> {
  const width = kinds.length
  const rows = new Map<string, number>()
  const rowed = examples.map(({ features, kind }) => ({
    kind: kinds.indexOf(kind),
    rows: features.map((feature) => {
      const row = rows.get(feature) ?? rows.size
      rows.set(feature, row)
      return row
    }),
  }))
  const weights = new Float64Array(rows.size * width)
  /** Long messages count no more than short ones. */
  const scoresOf = (held: readonly number[]): Float64Array => {
    const scores = new Float64Array(width)
    const scale = 2 / Math.sqrt(Math.max(1, held.length))
    for (const row of held)
      for (let at = 0, from = row * width; at < width; at++)
        scores[at] = scores[at]! + weights[from + at]! * scale
    return scores
  }
  const random = createRandom('softmax regression')
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = learningRate / (1 + epoch * 0.2)
    for (const { rows: held, kind: wanted } of random.sample(rowed, rowed.length)) {
      const scores = softmax(scoresOf(held))
      const step = rate / Math.sqrt(held.length)
      for (const row of held)
        for (let at = 0, from = row * width; at < width; at++) {
          const gradient = (at === wanted ? 1 : 0) - scores[at]!
          weights[from + at] = weights[from + at]! * (1 - rate * decay) + step * gradient
        }
    }
  }
  return {
    knows: (feature) => rows.has(feature),
    probabilities(features) {
      const scores = softmax(scoresOf(features.flatMap((feature) => rows.get(feature) ?? [])))
      return new Map(kinds.map((kind, at) => [kind, scores[at] ?? 0]))
    },
  }
}
