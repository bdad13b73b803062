import type { Condition } from '../facts/condition.ts'
import type { Value } from '../resolve/values.ts'
import { unionOfWays, waysOf } from '../resolve/when.ts'

/** What middleware kept under a name on a way on which it hands on. */
export interface KeptOn {
  value: Value
  /** What holds on that way. */
  conditions: readonly Condition[]
}

/** Ways past which it is not said what stands there when. */
const maxWays = 4

/**
 * What stands under a name for what comes after middleware, where it is a text, a number or a flag on each way on which that hands on; null of anything else, and
 * where it is not known when it is which.
 */
export function keptConstant(kept: readonly KeptOn[]): Value | null {
  const ways = kept.flatMap(({ value, conditions }) =>
    waysOf(value).map((way) => ({
      ...way,
      conditions: [...(kept.length > 1 ? conditions : []), ...way.conditions],
    })),
  )
  const isKnown =
    ways.length > 0 &&
    ways.length <= maxWays &&
    ways.every(({ value, conditions }) => isConstant(value) && (ways.length === 1 || conditions.length > 0))
  return isKnown ? unionOfWays(ways) : null
}

const isConstant = (value: Value): boolean => value.t === 'const' && value.v !== null
