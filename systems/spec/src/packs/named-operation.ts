/** An operation of an API description, by the name that it has there. */
export interface NamedOperation {
  method: string
  /** The path of the description, with parameters in braces. */
  path: string
  /** Names of what says who may call it: any of these. */
  security: readonly string[]
  /** All that the description says of it. */
  data: object
}
