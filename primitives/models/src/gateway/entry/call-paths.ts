import type { IncomingMessage } from 'node:http'
import type { Caller } from '@heavylift/core'
import { unknownModel } from '../../failure/unknown-model.ts'
import type { KnownApi } from '../../wire/codec.ts'
import { promptTokens, scanBody } from '../../wire/scan-body.ts'
import type { Call } from '../call/call.ts'
import { apiPaths } from '../route/upstream.ts'
import type { ScannedBody } from '../../wire/scan-body.ts'
import type { Gateway } from '../gateway.ts'
import { HttpSink } from './http-sink.ts'
import { KeepingSink } from './keeping-sink.ts'
import { answerInBackground } from './background-response.ts'
import { withState } from './response-state.ts'
import type { StatefulCall } from './response-state.ts'
import type { Asking, OwnPath } from './own-paths.ts'
import { readBody } from './read-body.ts'
import { sendJson } from './send-json.ts'

/** Headers that select behaviour of a provider and mean nothing to us. */
const passedHeaders = [
  'openai-beta',
  'openai-organization',
  'openai-project',
  'anthropic-beta',
  'anthropic-version',
]

/** The APIs that are understood, each where its clients look for it. */
export const callPaths: OwnPath[] = [
  ...(Object.entries(apiPaths) as [KnownApi, string][]).map(([api, path]): OwnPath => ({
    path: `/v1${path}`,
    api,
    methods: { POST: (asking) => ask(asking, api) },
  })),
  { path: '/v1/messages/count_tokens', api: 'messages', methods: { POST: countTokens } },
]

async function ask(asking: Asking, api: KnownApi): Promise<void> {
  const { gateway, response } = asking
  const { caller, body } = await callerAndBody(asking)
  // It left while its key was looked up; nothing would tell the call.
  if (response.destroyed) return
  const scanned = scanBody(body)
  const asked: Call = {
    ...callOf(asking, caller),
    api,
    body,
    scanned,
    isStream: scanned.isStream,
    passHeaders: passHeadersOf(asking.request),
  }
  const { call, keep, background }: StatefulCall =
    api === 'responses' ? await withState(gateway, asked) : { call: asked, keep: null }
  if (background)
    return sendJson(response, await answerInBackground(gateway, background.request, background.made))
  if (response.destroyed) return
  const sink = new HttpSink(response)
  const running = gateway.open(call, keep === null ? sink : new KeepingSink(sink, call.isStream, keep))
  sink.attach(running)
  running.start()
}

/** What a call has of its request and of who asks. */
export function callOf(
  { gateway, request, arrivedMs }: Pick<Asking, 'gateway' | 'request' | 'arrivedMs'>,
  { tenantId, keyId, limits }: Caller,
): Pick<Call, 'id' | 'tenantId' | 'keyId' | 'limits' | 'priority' | 'arrivedMs'> {
  return {
    id: gateway.ids.next('call'),
    tenantId,
    keyId,
    ...(limits && { limits }),
    priority: request.headers['x-heavylift-priority'] === 'batch' ? 'batch' : 'interactive',
    arrivedMs,
  }
}

/** The body is read while the key is looked up. */
export async function callerAndBody(
  { identify, request }: Pick<Asking, 'identify' | 'request'>,
  maxBytes?: number,
): Promise<{ caller: Caller; body: Buffer }> {
  const reading = readBody(request, maxBytes)
  // A key that fails before the body is read must not leave a rejection unheard.
  reading.catch(() => undefined)
  const caller = await identify(request)
  return { caller, body: await reading }
}

/** Anthropic's `count_tokens`, by the length of the prompt: the answer's usage tells the true number. */
async function countTokens(asking: Asking): Promise<void> {
  const { gateway, response } = asking
  const { caller, body } = await callerAndBody(asking)
  sendJson(response, { input_tokens: promptTokens(countPrompt(gateway, caller, body)) })
}

/** A body whose prompt is to be counted. Throws for a model that the caller may not ask for. */
export function countPrompt(gateway: Gateway, caller: Caller, body: Buffer): ScannedBody {
  const scanned = scanBody(body)
  const { model } = scanned
  const route = model === null ? null : gateway.routeOf(model)
  const known = gateway.modelNames(caller)
  if (!route || !known.includes(route.name)) throw unknownModel(model ?? '', known)
  return scanned
}

function passHeadersOf(request: IncomingMessage): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const name of passedHeaders) {
    const value = request.headers[name]
    if (typeof value === 'string') passed[name] = value
  }
  return passed
}
