import { wireErrorBody, wireErrorHeaders } from '../../failure/wire-format.ts'
import type { WireError } from '../../wire/codec.ts'
import type { AnswerHead } from '../reading/answer-reader.ts'
import type { RoutedCall } from '../call/routed-call.ts'

/** Begins a good answer: a body of `contentLength` bytes, or with null a stream; or as `head` says. */
export function giveHead(
  routed: RoutedCall,
  contentLength: number | null,
  replicaId?: string,
  head?: AnswerHead,
): void {
  routed.sink.head(head?.status ?? 200, {
    ...(head?.headers ??
      (contentLength === null
        ? { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
        : { 'content-type': 'application/json', 'content-length': String(contentLength) })),
    ...saidOf(routed),
    ...(replicaId === undefined ? {} : { 'x-heavylift-replica': replicaId }),
  })
}

/** The whole answer of a call that got no byte, in the words of the client's API. */
export function giveError(routed: RoutedCall, error: WireError): void {
  giveRefusal(routed, error.status, wireErrorBody(routed.call.api, error), wireErrorHeaders(error))
}

/** The same, already written. */
export function giveRefusal(
  routed: RoutedCall,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  const { sink } = routed
  sink.head(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...saidOf(routed),
    ...headers,
  })
  sink.write(body)
  sink.end()
}

/** What every answer says of itself: its id, the model that it is of, and what the caches had to do with it. */
function saidOf({ call, route, cache }: RoutedCall): Record<string, string> {
  return {
    'x-request-id': call.id,
    'x-heavylift-model': route.name,
    'x-heavylift-cache': cache,
  }
}
