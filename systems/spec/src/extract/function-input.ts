import type { Constraint, Shape } from '../facts/shape.ts'
import type { Site } from '../resolve/values.ts'

/** A parameter of a handler that is one of the request. */
export interface FunctionInput {
  in: 'path' | 'query' | 'header' | 'cookie' | 'form' | 'body'
  name: string
  shape: Shape
  isRequired: boolean
  default?: string
  constraints: Constraint[]
  media: string
  site: Site
  /** What the framework documents of a class of its own that the parameter asks for. */
  isFramework?: true
  /** What asks for the dependency that it is a parameter of, from the handler on; of a body that several parameters have parts of, where the others stand. */
  more?: Site[]
}
