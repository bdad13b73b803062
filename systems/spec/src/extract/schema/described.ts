import type { Constraint, Shape } from '../../facts/shape.ts'
import type { Value } from '../../resolve/values.ts'

/** What a schema says of one thing. */
export interface Described {
  shape: Shape
  constraints: Constraint[]
  isRequired: boolean
  default?: Value
}
