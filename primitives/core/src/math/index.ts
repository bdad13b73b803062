// A new export here becomes public API; named exports, not wildcards. Nothing here needs Node: pages use it too.
export { clamp, lerp, roundTo, wrapAngle } from './scalars.ts'
export { sum, mean, variance, standardDeviation, sortNumbers, quantile, median } from './summary.ts'
export { partitionPoint, lowerBound, upperBound } from './ordered.ts'
export { logistic, logit, softmax } from './logistic.ts'
export { normalDensity, normalCdf, normalQuantile } from './normal.ts'
export {
  logGamma,
  incompleteBeta,
  incompleteGamma,
  betaQuantile,
  gammaQuantile,
} from './special-functions.ts'
export { wilsonInterval, differenceInterval, clopperPearsonUpper, clopperPearsonLower } from './proportion.ts'
export type { Interval, Proportion } from './proportion.ts'
export { createRandom } from './random.ts'
export type { Random } from './random.ts'
