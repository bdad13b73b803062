import { isModelErrorCode, ModelError } from './model-error.ts'
import type { ModelErrorCode } from './model-error.ts'

/** The gateway's own error answer as the error that it was made of. */
export function refusalOf(status: number, body: Buffer, retryAfterMs: number | null): ModelError {
  const { message, code } = errorOf(body)
  return new ModelError({
    code: isModelErrorCode(code) ? code : codeOfStatus(status),
    message: message ?? `The model call was refused (${code ?? status}).`,
    statusCode: status,
    retryAfterMs,
    isRetryable: status === 429 || status >= 500,
  })
}

function codeOfStatus(status: number): ModelErrorCode {
  if (status === 429) return 'model-rate-limited'
  if (status === 504) return 'model-idle'
  return status >= 500 ? 'model-unavailable' : 'model-rejected'
}

function errorOf(body: Buffer): { message: string | null; code: string | null } {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: { message?: unknown; code?: unknown } }
    return {
      message: typeof error?.message === 'string' ? error.message : null,
      code: typeof error?.code === 'string' ? error.code : null,
    }
  } catch {
    return { message: null, code: null }
  }
}
