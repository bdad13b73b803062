import { normalizeCondition } from '../facts/condition.ts'
import { allOf } from '../resolve/conditions.ts'
import type { Effect, Value } from '../resolve/values.ts'
import { waysOf } from '../resolve/when.ts'

/** How deep what is in a body is looked into, and ways that a part of it may be past which it is left as it is. */
const maxDepth = 3
const maxWays = 12

/** A body as it is where an answer comes: without what its parts are on other ways only. */
export function bodyWhere(value: Value, conditions: Effect['conditions'], depth = 0): Value {
  if (depth > maxDepth) return value
  if (value.t === 'object' && value.ref === null && [...value.props.values()].some(mayDiffer)) {
    const props = new Map(
      [...value.props].map(([name, one]) => [name, bodyWhere(one, conditions, depth + 1)]),
    )
    return { ...value, props }
  }
  if (value.t !== 'union' || (!value.when && !value.ways)) return value
  const ways = waysOf(value)
  if (ways.length > maxWays) return value
  const left = ways.filter((way) => normalizeCondition(allOf([...conditions, ...way.conditions])).length > 0)
  const [only, ...others] = left
  return only && others.length === 0 ? bodyWhere(only.value, conditions, depth + 1) : value
}

const mayDiffer = ({ t }: Value): boolean => t === 'union' || t === 'object'
