import { EventStream, InvalidInputError, RawResponse } from '@heavylift/core'
import type { Caller, Logger, Route, RouteResult } from '@heavylift/core'
import { parseInput } from '@heavylift/core/input'
import { Backlog } from '@heavylift/core/runtime/backlog'
import type { BacklogLimits } from '@heavylift/core/runtime/backlog'
import type { Context } from 'hono'
import type { z } from 'zod'
import { toEventStreamResponse } from './event-stream.ts'
import { limitBody, readJson } from './read-body.ts'
import type { ServerEnv } from './request-state.ts'
import { respond } from './respond.ts'

export interface RunRouteOptions {
  log: Logger
  bodyIdleTimeoutMs: number
  heartbeatMs: number
  backlog: BacklogLimits
  /** Also parse what handlers return, and fail on what the document does not promise. For tests. */
  checkResponses: boolean
}

/** The caller that public routes see: nobody, and no tenant's data. */
const anonymous: Caller = { tenantId: '', scope: 'storefront', keyId: null }

/** Parses the request by the route's schemas, calls the handler and turns its result into an answer. */
export async function runRoute(
  route: Route,
  c: Context<ServerEnv>,
  options: RunRouteOptions,
): Promise<Response> {
  const { state } = c.env
  const request = c.req.raw
  const params = route.params ? parseInput(route.params, c.req.param(), 'path') : {}
  const query = route.query ? parseInput(route.query, queryObject(c.req.queries()), 'query') : {}
  const limits = {
    maxBytes: route.maxBodyBytes,
    idleMs: options.bodyIdleTimeoutMs,
    onLeft: () => void (state.extraHeaders['connection'] = 'close'),
  }
  let body: unknown
  if (route.bodyType === 'stream') body = limitBody(request, limits)
  else if (route.body) body = parseBody(route.body, await readJson(request, limits))

  const result = await route.handle({
    params,
    query,
    body,
    headers: request.headers,
    caller: state.caller ?? anonymous,
    signal: state.signal,
    lastEventId: request.headers.get('last-event-id'),
  })
  return toResponse(result, route, c, options)
}

function toResponse(
  result: RouteResult,
  route: Route,
  c: Context<ServerEnv>,
  options: RunRouteOptions,
): Response {
  const { state } = c.env
  if (result === null) return respond(state, null, 204, {})
  if (result instanceof EventStream) {
    state.streaming = true
    const checked = options.checkResponses && route.events ? checkEvents(result, route.events) : result
    const { log, heartbeatMs, backlog } = options
    const socket = c.env.incoming?.socket
    return toEventStreamResponse(checked, {
      state,
      log,
      heartbeatMs,
      backlog: socket ? new Backlog(socket, backlog) : null,
      cutOff: () => socket?.destroy(),
    })
  }
  if (result instanceof RawResponse) {
    // TypeScript's DOM types know only bodies over ArrayBuffer; Node takes every Uint8Array.
    return respond(state, result.body as BodyInit, result.status, result.headers)
  }
  if (options.checkResponses && route.response) route.response.parse(JSON.parse(JSON.stringify(result)))
  return respond(state, JSON.stringify(result), 200, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
}

/** The same stream, which fails on an event whose data is not what the route promises. */
function checkEvents(stream: EventStream, schemas: Record<string, z.ZodType>): EventStream {
  async function* checked() {
    for await (const event of stream.events) {
      const schema = schemas[event.event ?? 'message']
      if (!schema) throw new Error(`The route promises no event "${event.event ?? 'message'}".`)
      // The AI SDK's protocol ends a stream by a word that is no JSON.
      if (event.data !== '[DONE]')
        schema.parse(JSON.parse(typeof event.data === 'string' ? event.data : JSON.stringify(event.data)))
      yield event
    }
  }
  return new EventStream(checked(), stream.headers)
}

/** Repeated names become arrays; single ones stay strings, so that a schema can coerce them. */
function queryObject(queries: Record<string, string[]>): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {}
  for (const [name, values] of Object.entries(queries)) {
    const [first] = values
    object[name] = values.length === 1 && first !== undefined ? first : values
  }
  return object
}

function parseBody(schema: z.ZodType, value: unknown): unknown {
  if (value === undefined && !schema.safeParse(undefined).success) {
    throw new InvalidInputError({ code: 'body-missing', message: 'This route needs a JSON body; none came.' })
  }
  return parseInput(schema, value, 'body')
}
