import { findOutage, HeavyliftError, TryLaterError } from '@heavylift/core'
import type { Logger } from '@heavylift/core'
import type { RequestState } from './request-state.ts'
import { respond } from './respond.ts'

/** The body of every error answer. */
export interface Problem {
  error: { code: string; message: string; details: unknown; id: string }
}

/**
 * What a client may know of `error`. One of ours is shown as it is; anything else is a defect, which the client sees
 * only as an id that is in the log beside the full error.
 */
export function toProblem(
  thrown: unknown,
  requestId: string,
  log: Logger,
): { status: number; problem: Problem } {
  const error = findOutage(thrown) ?? thrown
  if (HeavyliftError.isInstance(error) && error.status >= 400 && error.status <= 599) {
    const { status, code, message, details } = error
    if (status >= 500) log.error({ requestId, code, error }, 'request failed')
    return { status, problem: { error: { code, message, details: details ?? null, id: requestId } } }
  }
  log.error({ requestId, error }, 'request failed on a defect')
  return {
    status: 500,
    problem: {
      error: {
        code: 'internal',
        message: `Something went wrong on our side. The server's log has it under ${requestId}.`,
        details: null,
        id: requestId,
      },
    },
  }
}

export function toProblemResponse(thrown: unknown, state: RequestState, log: Logger): Response {
  const error = findOutage(thrown) ?? thrown
  const { status, problem } = toProblem(error, state.id, log)
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  }
  if (error instanceof TryLaterError) headers['retry-after'] = String(error.retryAfterSeconds)
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="heavylift"'
  // What is left of the body is not worth reading, and a place in the reserve is for others: the connection closes instead.
  const isUnwanted = HeavyliftError.isInstance(error) && error.code === 'connections-taken'
  if (status === 413 || status === 408 || isUnwanted) headers['connection'] = 'close'
  return respond(state, JSON.stringify(problem), status, headers)
}
