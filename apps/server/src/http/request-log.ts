import type { ServerResponse } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'
import type { Clock, Logger, Telemetry } from '@heavylift/core'
import type { RequestState } from './request-state.ts'

interface Options {
  clock: Clock
  log: Logger
  telemetry: Telemetry
  /** Aborts when the server begins to stop: event streams end at once. */
  draining: AbortSignal
  /** Aborts when the time to finish is over: everything ends. */
  shutdown: AbortSignal
}

/**
 * Watches requests: aborts a request's signal when its client goes away or the server stops, and writes one log line
 * and two metrics when its answer is out (for a stream: when the stream has ended). Paths are logged without the query,
 * which may hold what people typed.
 */
export function observeRequests(options: Options) {
  const { clock, log, telemetry, draining, shutdown } = options
  const labels = ['part', 'route', 'method', 'status'] as const
  const count = telemetry.counter('http_requests_total', 'Requests by route and status.', labels)
  const seconds = telemetry.histogram(
    'http_request_seconds',
    'Time from the first header to the last byte.',
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    labels,
  )
  const active = new Map<AbortController, RequestState>()
  draining.addEventListener('abort', () => {
    for (const [controller, state] of active) if (state.streaming) controller.abort(draining.reason)
  })
  shutdown.addEventListener('abort', () => {
    for (const controller of active.keys()) controller.abort(shutdown.reason)
  })

  return (
    method: string,
    state: RequestState,
    outgoing: ServerResponse | Http2ServerResponse | undefined,
    abort: AbortController,
  ) => {
    active.set(abort, state)
    if (shutdown.aborted) abort.abort(shutdown.reason)
    let status = 0

    function finish(clientLeft: boolean): void {
      active.delete(abort)
      const ms = clock.monotonicMs() - state.startedMs
      const values = { part: state.part, route: state.route ?? 'none', method, status: String(status) }
      count.add(1, values)
      seconds.observe(ms / 1000, values)
      const { id, path, ip, caller } = state
      log.info(
        {
          requestId: id,
          method,
          path,
          status,
          ms: Math.round(ms * 10) / 10,
          ip,
          tenantId: caller?.tenantId ?? null,
          keyId: caller?.keyId ?? null,
          clientLeft,
        },
        'request',
      )
    }

    outgoing?.once('close', () => {
      const clientLeft = !outgoing.writableFinished
      if (clientLeft) abort.abort(new DOMException('The client went away.', 'AbortError'))
      finish(clientLeft)
    })
    return (answered: number): void => {
      status = answered
      if (!outgoing) finish(false)
    }
  }
}
