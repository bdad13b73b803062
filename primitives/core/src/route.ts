import type { z } from 'zod'

/** What a key may do. `admin` implies `operator` implies `storefront`. */
export type Scope = 'storefront' | 'operator' | 'admin'

/** Who calls. On loopback without keys configured, the default tenant with scope `admin`. */
export interface Caller {
  tenantId: string
  scope: Scope
  /** Null for the anonymous loopback caller. */
  keyId: string | null
}

/** One event of a server-sent stream. `id` lets the client resume by `Last-Event-ID`. */
export interface ServerEvent {
  id?: string
  event?: string
  /** Serialised as JSON unless it is a string. */
  data: unknown
}

/** A streaming answer. The server pulls one event at a time, so a slow client slows the source (back-pressure). */
export class EventStream {
  readonly events: AsyncIterable<ServerEvent>
  readonly headers: Record<string, string>
  constructor(events: AsyncIterable<ServerEvent>, headers: Record<string, string> = {}) {
    this.events = events
    this.headers = headers
  }
}

/** Bytes with a content type: a reject file, an image, a script. */
export class RawResponse {
  readonly body: string | Uint8Array | ReadableStream<Uint8Array>
  readonly headers: Record<string, string>
  readonly status: number
  constructor(body: RawResponse['body'], headers: Record<string, string>, status = 200) {
    this.body = body
    this.headers = headers
    this.status = status
  }
}

export interface RouteInput<Params, Query, Body> {
  params: Params
  query: Query
  /** The parsed JSON body, or with `bodyType: 'stream'` the untouched request stream. */
  body: Body
  headers: Headers
  caller: Caller
  /** Aborts when the client goes away or the server shuts down. */
  signal: AbortSignal
  /** The value of `Last-Event-ID`, for resuming a stream. */
  lastEventId: string | null
}

export type RouteResult = EventStream | RawResponse | object | null

/** A route after `route()` has checked that schema and handler agree; the server parses before it calls. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below the system's mount point `/api/<system>`, with `:name` parameters, e.g. `/products/:productId`. */
  path: string
  /** One line for the OpenAPI document. */
  summary: string
  /** `public` needs no key and sees no tenant data (scripts, health). */
  access: Scope | 'public'
  params: z.ZodType | null
  query: z.ZodType | null
  body: z.ZodType | null
  bodyType: 'json' | 'stream'
  /** Null documents a stream or raw response. */
  response: z.ZodType | null
  /** Largest accepted body in bytes. Default 1 MiB for JSON; streams name their own. */
  maxBodyBytes: number
  handle: (input: RouteInput<unknown, unknown, unknown>) => Promise<RouteResult> | RouteResult
}

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: Route['method']
  path: string
  summary: string
  access: Route['access']
  params?: P
  query?: Q
  body?: B
  response?: z.ZodType
  maxBodyBytes?: number
  handle: (input: RouteInput<z.output<P>, z.output<Q>, z.output<B>>) => Promise<RouteResult> | RouteResult
}

/** Defines a route with a JSON body (or none). The handler's types follow from the schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: RouteSpec<P, Q, B>,
): Route {
  return {
    ...spec,
    params: spec.params ?? null,
    query: spec.query ?? null,
    body: spec.body ?? null,
    bodyType: 'json',
    response: spec.response ?? null,
    maxBodyBytes: spec.maxBodyBytes ?? 1024 * 1024,
    handle: spec.handle as Route['handle'],
  }
}

/** Defines a route that takes its body as a stream (uploads); nothing is buffered. */
export function uploadRoute<P extends z.ZodType, Q extends z.ZodType>(
  spec: Omit<RouteSpec<P, Q, z.ZodType>, 'body' | 'handle' | 'maxBodyBytes'> & {
    maxBodyBytes: number
    handle: (
      input: RouteInput<z.output<P>, z.output<Q>, ReadableStream<Uint8Array>>,
    ) => Promise<RouteResult> | RouteResult
  },
): Route {
  return {
    ...spec,
    params: spec.params ?? null,
    query: spec.query ?? null,
    body: null,
    bodyType: 'stream',
    response: spec.response ?? null,
    handle: spec.handle as Route['handle'],
  }
}
