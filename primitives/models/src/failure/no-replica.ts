import { ModelError } from './model-error.ts'
import type { ModelRoute } from '../gateway/route/model-route.ts'

/** Told to clients where nobody knows better when a replica will be back. */
const usualRetryAfterMs = 1000

/** Why a request need not wait in the queue: all replicas are down, or say that they are busy for longer than it may wait. */
export function whyBlocked(route: ModelRoute, nowMs: number): ModelError | null {
  const blocked = route.balancer.blocked(nowMs)
  if (blocked === null) return null
  if (!blocked.isBusy) return noReplica(route.name, blocked.forMs)
  if (blocked.forMs <= route.config.queue.maxWaitMs) return null
  return new ModelError({
    code: 'model-rate-limited',
    message: `Every replica of "${route.name}" is busy and says when to ask again. Try again then.`,
    retryAfterMs: blocked.forMs,
    isRetryable: true,
  })
}

/** `backInMs`: when a replica may be tried again; null or `Infinity` when nobody knows. */
export function noReplica(model: string, backInMs: number | null): ModelError {
  return new ModelError({
    code: 'model-unavailable',
    message: `No replica of "${model}" is well now. The console's Models page says why; try again in a moment.`,
    retryAfterMs: backInMs === null || backInMs === Infinity ? usualRetryAfterMs : backInMs,
    isRetryable: true,
  })
}
