import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeavyliftError, NotFoundError } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import type { Api } from '../../wire/codec.ts'
import { wireErrorBody, wireErrorHeaders } from '../../failure/wire-format.ts'
import { unknownModel } from '../../failure/unknown-model.ts'
import { promptTokens, scanBody } from '../../wire/scan-body.ts'
import type { Call } from '../call/call.ts'
import type { Gateway } from '../gateway.ts'
import { HttpSink } from './http-sink.ts'
import { listModels, oneModel } from './list-models.ts'
import { readBody } from './read-body.ts'
import { toWireError } from '../../failure/wire-error.ts'

/** Who calls; rejects with an error that has a status. A promise only when a key has to be looked up. */
export type Identify = (request: IncomingMessage) => Caller | Promise<Caller>

const apis = new Map<string, Api>([
  ['/v1/chat/completions', 'chat'],
  ['/v1/completions', 'completions'],
  ['/v1/embeddings', 'embeddings'],
  ['/v1/responses', 'responses'],
  ['/v1/messages', 'messages'],
])

const countPath = '/v1/messages/count_tokens'

/** Headers that select behaviour of a provider and mean nothing to us. */
const passedHeaders = [
  'openai-beta',
  'openai-organization',
  'openai-project',
  'anthropic-beta',
  'anthropic-version',
]

/** The gateway on `node:http`: no framework between a client's bytes and an upstream's. */
export function createFront(gateway: Gateway, identify: Identify) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = pathOf(request.url ?? '/')
    const api = apis.get(path)
    // A stream may be silent for as long as the model's deadlines allow, which are finer than the socket's.
    request.socket.setTimeout(0)
    serve(gateway, identify, request, response, path, api).catch((error: unknown) => {
      refuse(gateway, response, api ?? 'chat', error)
    })
  }
}

async function serve(
  gateway: Gateway,
  identify: Identify,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  api: Api | undefined,
): Promise<void> {
  const arrivedMs = performance.now()
  if (path === countPath && request.method === 'POST') {
    sendJson(response, await countTokens(gateway, identify, request))
    return
  }
  if (api === undefined) {
    const caller = await identify(request)
    const body = request.method === 'GET' ? modelsAnswer(gateway, path, caller) : null
    if (body === null) throw noSuchPath(request.method, path)
    sendJson(response, body)
    return
  }
  if (request.method !== 'POST') throw noSuchPath(request.method, path)
  const reading = readBody(request)
  // A key that fails before the body is read must not leave a rejection unheard.
  reading.catch(() => undefined)
  const caller = await identify(request)
  const body = await reading
  // It left while its key was looked up; nothing would tell the call.
  if (response.destroyed) return
  const scanned = scanBody(body)
  const call: Call = {
    id: gateway.ids.next('call'),
    api,
    tenantId: caller.tenantId,
    keyId: caller.keyId,
    ...(caller.limits && { limits: caller.limits }),
    priority: request.headers['x-heavylift-priority'] === 'batch' ? 'batch' : 'interactive',
    body,
    scanned,
    isStream: scanned.isStream,
    arrivedMs,
    passHeaders: passHeadersOf(request),
  }
  const sink = new HttpSink(response)
  const running = gateway.open(call, sink)
  sink.attach(running)
  running.start()
}

/** Anthropic's `count_tokens`, by the length of the prompt: the answer's usage tells the true number. */
async function countTokens(gateway: Gateway, identify: Identify, request: IncomingMessage): Promise<string> {
  const reading = readBody(request)
  reading.catch(() => undefined)
  const caller = await identify(request)
  const scanned = scanBody(await reading)
  const { model } = scanned
  const route = model === null ? null : gateway.routeOf(model)
  const known = gateway.modelNames(caller)
  if (!route || !known.includes(route.name)) throw unknownModel(model ?? '', known)
  return JSON.stringify({ input_tokens: promptTokens(scanned) })
}

function modelsAnswer(gateway: Gateway, path: string, caller: Caller): string | null {
  if (path === '/v1/models') return listModels(gateway, caller)
  const name = path.startsWith('/v1/models/') ? decoded(path.slice('/v1/models/'.length)) : null
  return name === null ? null : oneModel(gateway, caller, name)
}

/** Names hold slashes, which some clients encode. What is no encoding is a name as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function refuse(gateway: Gateway, response: ServerResponse, api: Api, error: unknown): void {
  if (!HeavyliftError.isInstance(error)) gateway.log.error({ error }, 'request failed')
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const wire = toWireError(error)
  const body = wireErrorBody(api, wire)
  response.writeHead(wire.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...wireErrorHeaders(wire),
    // What is left of a body that is too large is not read.
    ...(wire.status === 413 ? { connection: 'close' } : {}),
  })
  response.end(body)
}

function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}

function passHeadersOf(request: IncomingMessage): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const name of passedHeaders) {
    const value = request.headers[name]
    if (typeof value === 'string') passed[name] = value
  }
  return passed
}

function noSuchPath(method: string | undefined, path: string): NotFoundError {
  const meant = path.replace(/^(\/v1)+\//, '/v1/').replace(/\/+$/, '')
  const isKnown = meant !== path && (apis.has(meant) || meant === '/v1/models' || meant === countPath)
  const hint = path.startsWith('/v1/v1/')
    ? ` Your client adds /v1 itself: its base address ends without it.`
    : ''
  return new NotFoundError({
    code: 'path-unknown',
    message: isKnown
      ? `There is no ${path.slice(0, 200)} here, but ${meant}.${hint || ' Leave out the slash at the end.'}`
      : `There is no ${method ?? 'GET'} ${path.slice(0, 200)} here. POST /v1/chat/completions, /v1/completions, /v1/embeddings, /v1/responses and /v1/messages, and GET /v1/models.`,
  })
}
