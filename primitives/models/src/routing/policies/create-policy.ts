import type { PolicyName } from '../../table/gateway-config.ts'
import { outstanding } from './least-outstanding.ts'
import { outstandingTokens } from './least-tokens.ts'
import { lowest } from './lowest.ts'
import type { Policy } from './policy.ts'
import { powerOfTwo } from './power-of-two.ts'
import { prefillAware } from './prefill-aware.ts'
import { prefixAffinity } from './prefix-affinity.ts'
import { roundRobin } from './round-robin.ts'
import { weighted } from './weighted.ts'

/** The size of a request only matters between replicas of different weight. */
const usual = { promptTokens: 1000, outputTokens: 200 }

/** A fresh policy; some remember whom they chose last. */
export function createPolicy(name: PolicyName, random: () => number): Policy {
  switch (name) {
    case 'least-outstanding':
      return lowest(outstanding, random, { reach: 'least', key: outstanding })
    case 'least-tokens':
      return lowest(outstandingTokens, random, {
        reach: 'least',
        key: (slot) => outstandingTokens(slot, usual),
      })
    case 'power-of-two':
      return powerOfTwo(random)
    case 'round-robin':
      return roundRobin()
    case 'weighted':
      return weighted()
    case 'prefix-affinity':
      return prefixAffinity(random)
    case 'prefill-aware':
      return prefillAware(random)
  }
}
