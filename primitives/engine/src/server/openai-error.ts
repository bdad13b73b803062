import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'

/** An error as OpenAI's API writes it; its clients turn the status and `code` into their own error classes. */
export class OpenAiError extends HeavyliftError {
  readonly param: string | null

  constructor(status: number, code: string, message: string, param: string | null = null) {
    super({ code, message, status, isRetryable: status === 429 || status === 503 })
    this.param = param
  }
}

/** A field that the engine does not serve. */
export function unsupported(param: string, hint: string): OpenAiError {
  return new OpenAiError(400, 'unsupported_parameter', hint, param)
}

export interface OpenAiErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null }
}

/** Status and body for anything that is thrown. What is not ours is a defect and is told without details. */
export function openAiErrorOf(error: unknown): { status: number; body: OpenAiErrorBody } {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    const param = issue?.path.map(String).join('.') || null
    return of(400, 'invalid_value', `${param ?? 'The body'}: ${issue?.message ?? 'invalid'}`, param)
  }
  if (HeavyliftError.isInstance(error)) {
    const param = error instanceof OpenAiError ? error.param : null
    return of(error.status, error.code.replaceAll('-', '_'), error.message, param)
  }
  return of(500, 'internal_error', 'The engine failed. Its log has the details.', null)
}

function of(status: number, code: string, message: string, param: string | null) {
  const type = status === 429 ? 'rate_limit_error' : status >= 500 ? 'server_error' : 'invalid_request_error'
  return { status, body: { error: { message, type, param, code } } }
}
