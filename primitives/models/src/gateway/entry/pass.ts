import type { Caller } from '@heavylift/core'
import { HttpSink } from './http-sink.ts'
import { callerAndBody, callOf } from './call-paths.ts'
import type { Asking } from './own-paths.ts'
import { readBody } from './read-body.ts'
import { readPassedRequest } from './passed-request.ts'

/**
 * Passes a request to a path that replicas declare on to one of them, as bytes; or to the one replica that keeps what it is
 * about, as `home` says.
 */
export async function pass(
  asking: Asking,
  home?: { caller: Caller; model: string; replicaId: string },
): Promise<void> {
  const { gateway, request, response, path, query } = asking
  const { caller, body } = home
    ? { caller: home.caller, body: await readBody(request) }
    : await callerAndBody(asking)
  if (response.destroyed) return
  const { scanned, passed } = readPassedRequest(request, path.slice('/v1'.length), query, body)
  if (home) scanned.model = home.model
  const sink = new HttpSink(response)
  const running = gateway.openPassed(
    {
      ...callOf(asking, caller),
      api: 'other',
      body,
      scanned,
      isStream: scanned.isStream,
      passHeaders: {},
      passed,
      ...(home ? { home: { replicaId: home.replicaId, isRequired: true } } : {}),
    },
    sink,
  )
  sink.attach(running)
  running.start()
}
