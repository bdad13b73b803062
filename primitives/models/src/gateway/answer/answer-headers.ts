import type { Order } from '../call/routed-call.ts'

/** What every answer says of itself: its id, the model that it is of, and what the caches had to do with it. */
export function answerHeaders({ call, route, cache }: Order): Record<string, string> {
  return {
    'x-request-id': call.id,
    'x-heavylift-model': route.name,
    'x-heavylift-cache': cache,
  }
}

export function contentType(isStream: boolean): string {
  return isStream ? 'text/event-stream; charset=utf-8' : 'application/json'
}
