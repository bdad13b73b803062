/** One of those that may be chosen. */
export interface Choosable {
  features: readonly number[]
  isRight: boolean
}

/** How likely each of some is chosen: the softmax of their weighted features. */
export function probabilitiesOf(choice: readonly Choosable[], weights: ArrayLike<number>): number[] {
  const powers = choice.map(({ features }) =>
    Math.exp(features.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)),
  )
  const whole = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / whole)
}

const rounds = 3000
const stride = 0.02

/**
 * Fits a conditional logit model (a choice among what each case offers) by gradient ascent with a Gaussian prior around zero of strength `pull`. Of several right ones any will do;
 * what offers no right one tells nothing. Deterministic.
 */
export function fitChoice(choices: readonly (readonly Choosable[])[], pull: number): Float64Array {
  const telling = choices.filter((choice) => choice.some(({ isRight }) => isRight))
  const weights = new Float64Array(telling[0]?.[0]?.features.length ?? 0)
  for (let round = 0; round < rounds; round++) {
    const gradient = Float64Array.from(weights, (weight) => -pull * weight)
    for (const choice of telling) {
      const likely = probabilitiesOf(choice, weights)
      const right = choice.reduce((sum, { isRight }, at) => sum + (isRight ? (likely[at] ?? 0) : 0), 0)
      for (const [at, { features, isRight }] of choice.entries()) {
        const own = likely[at] ?? 0
        const pulled = (isRight ? own / right : 0) - own
        for (const [index, value] of features.entries())
          gradient[index] = (gradient[index] ?? 0) + pulled * value
      }
    }
    for (const [index, value] of gradient.entries()) weights[index] = (weights[index] ?? 0) + stride * value
  }
  return weights
}
