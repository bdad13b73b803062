import { softmax } from '@heavylift/core/math'
import type { Meant } from '@heavylift/models/meaning'
import { meantWeights } from './meant-kinds-weights.ts'
import type { TurnGuess, TurnKind } from './turn-kind.ts'

/** How likely a message is of each kind by what it means, 0–1. */
export type KindsMeant = ReadonlyMap<TurnKind, number>

/** The weights hold for the vectors of one model, by whichever name a gateway has it. */
const isFittedFor = (model: string): boolean => /(?:^|[^a-z])e5-small(?:[^a-z]|$)/i.test(model)

interface Row {
  kind: TurnKind
  bias: number
  /** What a step of `weights` is worth. */
  scale: number
  weights: Int8Array
}

let rows: readonly Row[] | null = null

/**
 * Tells the kind of a message by a multinomial logistic regression over its vector of multilingual E5 small: a sentence that shares no word
 * with an example may mean the same. Null where there is no such vector.
 */
export function kindsMeant(meant: Meant | null): KindsMeant | null {
  if (meant === null || !isFittedFor(meant.model)) return null
  rows ??= meantWeights.map(({ weights, ...row }) => ({
    ...row,
    weights: new Int8Array(Buffer.from(weights, 'base64')),
  }))
  const { vector } = meant
  const scores = rows.map(({ bias, scale, weights }) => {
    let sum = 0
    for (let at = 0; at < weights.length; at++) sum += weights[at]! * vector[at]!
    return bias + scale * sum
  })
  const shares = softmax(scores)
  return new Map(rows.map(({ kind }, at) => [kind, shares[at] ?? 0]))
}

/** Words that are so sure need no meaning beside them. */
const wordsAlone = 0.6
/** No kind is ruled out by one of the two alone. */
const leastShare = 1e-6
/** So sure has meaning to be where no word of a message is known. */
const aloneNeeded = 0.5

/** What a message is by its words and by what it means, each as sure as it is. */
export function joinedGuess(byWords: TurnGuess | null, meant: KindsMeant | null): TurnGuess | null {
  if (meant === null || (byWords !== null && byWords.probability >= wordsAlone)) return byWords
  const kinds = [...meant.keys()]
  const shares = softmax(
    kinds.map((kind) => {
      const said = byWords === null ? 1 : (byWords.probabilities.get(kind) ?? 0)
      return Math.log((meant.get(kind) ?? 0) + leastShare) + Math.log(said + leastShare)
    }),
  )
  const probabilities = new Map(kinds.map((kind, at) => [kind, shares[at] ?? 0]))
  const [best] = [...probabilities].toSorted((a, b) => b[1] - a[1])
  if (best === undefined || (byWords === null && best[1] < aloneNeeded)) return byWords
  return { kind: best[0], probability: best[1], probabilities }
}
