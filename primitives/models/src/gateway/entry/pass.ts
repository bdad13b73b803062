import { HttpSink } from './http-sink.ts'
import { callerAndBody, callOf } from './call-paths.ts'
import type { Asking } from './own-paths.ts'
import { readPassedRequest } from './passed-request.ts'

/** Passes a request to a path that replicas declare on to one of them, as bytes. */
export async function pass(asking: Asking): Promise<void> {
  const { gateway, request, response, path, query } = asking
  const { caller, body } = await callerAndBody(asking)
  if (response.destroyed) return
  const { scanned, passed } = readPassedRequest(request, path.slice('/v1'.length), query, body)
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
    },
    sink,
  )
  sink.attach(running)
  running.start()
}
