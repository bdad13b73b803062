import type { z } from 'zod'

/** What a key may do. `admin` implies `operator`, which implies the others; `models` calls models, `agents` calls agents, and nothing else. */
export const scopes = ['storefront', 'models', 'agents', 'operator', 'admin'] as const

export type Scope = (typeof scopes)[number]

/** What one key may use of the models, beside what its tenant may; null for no limit of its own. */
export interface KeyLimits {
  /** Models and tasks that it may ask for. */
  models: string[] | null
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  maxInFlight: number | null
  /** By UTC days and months. */
  budgetUsdPerDay: number | null
  budgetUsdPerMonth: number | null
}

/** Who calls. On loopback without keys configured, the default tenant with scope `admin`. */
export interface Caller {
  tenantId: string
  scope: Scope
  /** Null for the anonymous loopback caller. */
  keyId: string | null
  /** Of the key, for the system that serves models. */
  limits?: KeyLimits
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

/** A route after `route()` has checked that schemas and handler agree; the server parses before it calls. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below the system's mount point `/api/<system>`, with `:name` parameters, e.g. `/products/:productId`. */
  path: string
  /** One line for the OpenAPI document. */
  summary: string
  /** `public` needs no key and sees no tenant data (scripts, health). */
  access: Scope | 'public'
  /** `installation`: shows or changes what all tenants share, so it is for callers of the main tenant only. */
  reach: 'tenant' | 'installation'
  params: z.ZodType | null
  query: z.ZodType | null
  body: z.ZodType | null
  bodyType: 'json' | 'stream'
  /** What a JSON answer looks like. A route has at least one of `response`, `events` and `media`, or answers 204. */
  response: z.ZodType | null
  /** What the events of a server-sent stream carry, by their name; an event without a name is a `message`. */
  events: Record<string, z.ZodType> | null
  /** Content types of an answer that is bytes, e.g. `image/png`. */
  media: readonly string[] | null
  /** Largest accepted body in bytes. Default 1 MiB for JSON; streams name their own. */
  maxBodyBytes: number
  handle: (input: RouteInput<unknown, unknown, unknown>) => Promise<RouteResult> | RouteResult
}

/** What one route takes and gives, as a client sees it. */
export interface RouteShape {
  params: unknown
  query: unknown
  body: unknown
  answer: unknown
  events: unknown
}

/** A route whose method, path and shape the type keeps: clients are derived from it. */
export interface TypedRoute<
  Method extends Route['method'] = Route['method'],
  Path extends string = string,
  Shape extends RouteShape = RouteShape,
> extends Route {
  method: Method
  path: Path
  /** For types only: never set. */
  readonly shape?: Shape
}

/** A typed route whatever it takes; what a list of routes is checked against without losing its types. */
export type AnyRoute = TypedRoute

/** The routes that groups `(context) => Route[]` make, as one union for `createClient` of the console's kit. */
export type RoutesOf<Groups extends readonly ((context: never) => readonly Route[])[]> = ReturnType<
  Groups[number]
>[number]

type EventSchemas = Record<string, z.ZodType>

/** A handler answers what the schema says; without one it answers a stream, bytes, or null (204), and nothing else compiles. */
type Answer<Res> = EventStream | RawResponse | (Res extends z.ZodType ? z.input<Res> : null)

interface RouteSpec<
  Method extends Route['method'],
  Path extends string,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Res extends z.ZodType | undefined,
  Ev extends EventSchemas | undefined,
> {
  method: Method
  path: Path
  summary: string
  access: Route['access']
  reach?: Route['reach']
  params?: P
  query?: Q
  body?: B
  response?: Res
  events?: Ev
  media?: readonly string[]
  maxBodyBytes?: number
  handle: (
    input: RouteInput<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<NoInfer<Answer<Res>>> | NoInfer<Answer<Res>>
}

interface ShapeOf<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Res extends z.ZodType | undefined,
  Ev extends EventSchemas | undefined,
> {
  params: z.input<P>
  query: z.input<Q>
  body: z.input<B>
  answer: Res extends z.ZodType ? z.output<Res> : null
  events: Ev extends EventSchemas ? { [Name in keyof Ev]: z.output<Ev[Name]> } : Record<never, never>
}

/**
 * Defines a route with a JSON body (or none). The handler's types follow from the schemas, and what it answers must fit
 * `response`. Declare groups of routes without a return type, so that method, path and shape stay known.
 */
export function route<
  const Method extends Route['method'],
  const Path extends string,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Res extends z.ZodType | undefined = undefined,
  Ev extends EventSchemas | undefined = undefined,
>(spec: RouteSpec<Method, Path, P, Q, B, Res, Ev>): TypedRoute<Method, Path, ShapeOf<P, Q, B, Res, Ev>> {
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    access: spec.access,
    reach: spec.reach ?? 'tenant',
    params: spec.params ?? null,
    query: spec.query ?? null,
    body: spec.body ?? null,
    bodyType: 'json',
    response: spec.response ?? null,
    events: spec.events ?? null,
    media: spec.media ?? null,
    maxBodyBytes: spec.maxBodyBytes ?? 1024 * 1024,
    handle: spec.handle as Route['handle'],
  }
}

/** Defines a route that takes its body as a stream (uploads); nothing is buffered. */
export function uploadRoute<
  const Method extends Route['method'],
  const Path extends string,
  P extends z.ZodType,
  Q extends z.ZodType,
  Res extends z.ZodType | undefined = undefined,
  Ev extends EventSchemas | undefined = undefined,
>(
  spec: Omit<RouteSpec<Method, Path, P, Q, z.ZodType, Res, Ev>, 'body' | 'handle' | 'maxBodyBytes'> & {
    maxBodyBytes: number
    handle: (
      input: RouteInput<z.output<P>, z.output<Q>, ReadableStream<Uint8Array>>,
    ) => Promise<NoInfer<Answer<Res>>> | NoInfer<Answer<Res>>
  },
): TypedRoute<Method, Path, ShapeOf<P, Q, z.ZodType<Blob | string, Blob | string>, Res, Ev>> {
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    access: spec.access,
    reach: spec.reach ?? 'tenant',
    params: spec.params ?? null,
    query: spec.query ?? null,
    body: null,
    bodyType: 'stream',
    response: spec.response ?? null,
    events: spec.events ?? null,
    media: spec.media ?? null,
    maxBodyBytes: spec.maxBodyBytes,
    handle: spec.handle as Route['handle'],
  }
}
