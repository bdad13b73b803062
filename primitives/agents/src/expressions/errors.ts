import { HeavyliftError } from '@heavylift/core'

/** An expression that cannot be read (`expression-syntax`), that failed on its input (`expression-failed`), or that would cost more than it may (`expression-cost`). */
export class ExpressionError extends HeavyliftError {
  /** Where in the expression, in UTF-16 units from its begin; absent where the failure has no place. */
  readonly offset: number | undefined

  constructor(options: {
    code: 'expression-syntax' | 'expression-failed' | 'expression-cost'
    message: string
    offset?: number | undefined
    cause?: unknown
  }) {
    super({ code: options.code, message: options.message, status: 422, cause: options.cause })
    this.offset = options.offset
  }
}
