import { logistic } from '@heavylift/core/math'
import type { RefersFeatures } from './refers-features.ts'

/** Of a logistic regression fitted to 396 messages in the middle of conversations over 18 stores, whose answers are about goods in sight or others. */
export const refersWeights: { bias: number; weights: RefersFeatures } = {
  bias: 0.09,
  weights: {
    isSearch: 1.24,
    wish: 0.91,
    ask: -0.76,
    find: 0.77,
    answered: -0.6,
    others: 0.01,
    isAsking: -1.06,
    asksOfIt: -1.44,
    asksIfAny: -0.5,
    saysIt: -0.43,
    saysThe: -0.68,
    opensThe: -0.95,
    opensWhich: 0.75,
    addressesStore: 0.87,
    opensAnd: 0.3,
    opener: 1.21,
    wants: 0.77,
    some: 0.76,
    rather: 0.41,
    apart: 0.94,
    not: 0.69,
    isOfPlace: -0.5,
    dimension: -0.23,
    package: -0.6,
    typeSold: 1.13,
    length: 0.59,
  },
}

/** How likely a message is of others than what is in sight, 0 to 1. */
export const othersLikely = (features: RefersFeatures): number =>
  logistic(
    Object.entries(features).reduce(
      (sum, [name, value]: [string, number]) =>
        sum + refersWeights.weights[name as keyof RefersFeatures] * value,
      refersWeights.bias,
    ),
  )

/** So sure it has to be that a message is of others where the rules took it for one of those in sight, or the other way round. */
export const surelyOther = 0.6
