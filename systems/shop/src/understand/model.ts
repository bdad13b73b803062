import { logistic } from '@heavylift/core/math'
import { featureNames, type Features, type Weights } from './features.ts'
import { weights } from './weights.ts'

/** What is known before any data; the fit is drawn towards it where the data say little. */
export const handSet: Weights = {
  bias: 1.5,
  cued: 1.5,
  saysNothing: -3,
  short: -1,
  isHeadAlone: -2,
  headKind: 1,
  uncuedNumeric: -3,
  oneTokenKind: -1,
  uncuedSize: -0.5,
  kindPartial: -0.5,
  foreignOneToken: -0.7,
  spread: -0.5,
  insideName: -2,
  rareAudience: -1.5,
  audienceFor: 1,
  kindPart: -1.5,
  partMost: 2,
  kindNear: -1.5,
  kindSynonym: -1.5,
  synonymCued: 1,
  literal: 0.5,
  lowAffinity: -0.5,
  saysNothingUncued: -1,
  cueToken: -0.5,
  hyphenPart: -0.5,
  nounOne: -0.7,
  nounPure: 1.2,
  plainModel: -0.5,
}

export const vector = (of: Weights): Float64Array => Float64Array.from(featureNames, (name) => of[name] ?? 0)
const committed = vector(weights)

/** Above this probability a candidate becomes a constraint. */
export const acceptAbove = 0.5

/** Probability that a candidate is something the shopper states as a must. */
export function acceptance(features: Features, by: Float64Array = committed): number {
  let sum = 0
  for (let index = 0; index < features.length; index++) sum += (features[index] ?? 0) * (by[index] ?? 0)
  return logistic(sum)
}
