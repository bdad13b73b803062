import { HeavyliftError, type Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'

const firstWaitMs = 50
const longestWaitMs = 5000

/** Waits before attempt `attempt` + 1 (from 1): 50 ms, doubled each time, 5 s at most. Returns early when aborted. */
export async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1))
  await sleep(ms, signal)
}

export function isRetryable(error: unknown): boolean {
  return HeavyliftError.isInstance(error) && error.isRetryable
}

/** Runs until it succeeds, as long as the error is retryable and nobody aborted; else rejects with the error. */
export async function withRetry<T>(
  run: () => Promise<T>,
  what: string,
  signal: AbortSignal,
  logger: Logger,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!isRetryable(error) || signal.aborted) throw error
      logger.warn({ err: error, attempt }, `${what} failed; it is tried again`)
      await backOff(attempt, signal)
    }
  }
}
