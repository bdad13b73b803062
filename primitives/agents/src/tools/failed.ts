import { HeavyliftError } from '@heavylift/core'
import { hideSecrets } from '../credentials/authorization.ts'
import type { ToolOutcome } from './tool.ts'

/** What an error of a call that changed nothing is as an outcome; one that nobody foresaw is thrown on. Secrets are taken out of its message. */
export function failedBy(error: unknown, secrets: readonly string[] = []): ToolOutcome {
  if (!HeavyliftError.isInstance(error)) throw error
  return {
    state: 'failed',
    code: error.code,
    message: hideSecrets(error.message, secrets),
    isRetryable: error.isRetryable,
  }
}
