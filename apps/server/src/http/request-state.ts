import type { Caller } from '@heavylift/core'
import type { HttpBindings } from '@hono/node-server'
import type { BrowserFacts } from './browser-guard.ts'

/** What the server knows about one request while it runs. */
export interface RequestState {
  /** In the `x-request-id` header of the answer, in the log and in problems. */
  id: string
  startedMs: number
  /** Of the URL, still percent-encoded. */
  path: string
  /** What a browser says about the page behind the request. */
  facts: BrowserFacts
  /** Address of the client, after trusted proxies. */
  ip: string
  /** `shop`, `heavylift`, `static`: the label in metrics. */
  part: string
  /** Template of the route, e.g. `/api/shop/products/:productId`; null until one matched. */
  route: string | null
  caller: Caller | null
  /** True once the answer is an event stream, which ends only when somebody ends it. */
  streaming: boolean
  /** Aborts when the client goes away or the server stops. */
  signal: AbortSignal
  /** Headers that the answer gets whatever happens (CORS, request id). */
  extraHeaders: Record<string, string>
}

/** Environment of the Hono apps. `incoming` and `outgoing` are absent when an app is called without a socket. */
export interface ServerEnv {
  Bindings: Partial<HttpBindings> & { state: RequestState }
}
