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

/** Rounds over all examples in which further ones are learned, and how large their steps are beside the first. */
const furtherEpochs = 5
const furtherRate = 0.25

/** Multinomial logistic regression over binary features, fitted by stochastic gradient descent in an order that is always the same. */
export const fitClassifier = <Kind extends string>(
  kinds: readonly Kind[],
  examples: readonly Example<Kind>[],
): Classifier<Kind> => fitFurther(kinds, examples, []).first

/** The same, and as it is once it has learned further examples beside the first. */
export function fitFurther<Kind extends string>(
  kinds: readonly Kind[],
  examples: readonly Example<Kind>[],
  further: readonly Example<Kind>[],
): { first: Classifier<Kind>; whole: Classifier<Kind> } {
  const width = kinds.length
  const rows = new Map<string, number>()
  const inRows = (some: readonly Example<Kind>[]) =>
    some.map(({ features, kind }) => ({
      kind: kinds.indexOf(kind),
      rows: features.map((feature) => {
        const row = rows.get(feature) ?? rows.size
        rows.set(feature, row)
        return row
      }),
    }))
  const rowed = inRows(examples)
  const ownRows = rows.size
  const furtherRowed = inRows(further)
  const weights = new Float64Array(rows.size * width)
  /** Long messages count no more than short ones. */
  const scoresOf = (held: readonly number[], from: Float64Array): Float64Array => {
    const scores = new Float64Array(width)
    const scale = 2 / Math.sqrt(Math.max(1, held.length))
    for (const row of held)
      for (let at = 0, place = row * width; at < width; at++)
        scores[at] = scores[at]! + from[place + at]! * scale
    return scores
  }
  const random = createRandom('softmax regression')
  const learn = (some: typeof rowed, rate: number): void => {
    for (const { rows: held, kind: wanted } of random.sample(some, some.length)) {
      const scores = softmax(scoresOf(held, weights))
      const step = rate / Math.sqrt(held.length)
      for (const row of held)
        for (let at = 0, from = row * width; at < width; at++) {
          const gradient = (at === wanted ? 1 : 0) - scores[at]!
          weights[from + at] = weights[from + at]! * (1 - rate * decay) + step * gradient
        }
    }
  }
  const classifier = (known: number, learned: Float64Array): Classifier<Kind> => ({
    knows: (feature) => (rows.get(feature) ?? known) < known,
    probabilities(features) {
      const held = features.flatMap((feature) => {
        const row = rows.get(feature)
        return row === undefined || row >= known ? [] : row
      })
      const scores = softmax(scoresOf(held, learned))
      return new Map(kinds.map((kind, at) => [kind, scores[at] ?? 0]))
    },
  })
  for (let epoch = 0; epoch < epochs; epoch++) learn(rowed, learningRate / (1 + epoch * 0.2))
  const first = classifier(ownRows, weights.slice(0, ownRows * width))
  if (further.length === 0) return { first, whole: first }

  for (let epoch = 0; epoch < furtherEpochs; epoch++) learn([...rowed, ...furtherRowed], furtherRate)
  return { first, whole: classifier(rows.size, weights) }
}
