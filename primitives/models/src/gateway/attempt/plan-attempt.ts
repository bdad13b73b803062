import { InvalidInputError } from '@heavylift/core'
import type { ModelConfig } from '../../table/gateway-config.ts'
import { ModelError } from '../../failure/model-error.ts'
import type { JsonObject, KnownApi, StreamDecoder } from '../../wire/codec.ts'
import { wireErrorBody } from '../../failure/wire-format.ts'
import { nameResponse } from '../../wire/responses-answer.ts'
import { includesUsage, rewriteBody } from '../../wire/rewrite-body.ts'
import type { AnswerReader } from '../reading/answer-reader.ts'
import type { AnswerTap } from '../answer/answer-tap.ts'
import type { UpstreamRequest } from './attempt-transport.ts'
import { bodyOf } from '../call/call.ts'
import type { Call } from '../call/call.ts'
import { clientCodecs } from './client-codecs.ts'
import { planPassed } from './plan-passed.ts'
import { readAsChat } from './read-as-chat.ts'
import { RawStream } from '../reading/raw-stream.ts'
import { TappedStream } from '../reading/tapped-stream.ts'
import { TranslatedStream } from '../reading/translated-stream.ts'
import { WholeAnswer } from '../reading/whole-answer.ts'
import { WholeAsStream } from '../reading/whole-as-stream.ts'
import type { AttemptPlan } from './attempt-plan.ts'
import { apiPaths } from '../route/upstream.ts'
import type { Upstream } from '../route/upstream.ts'
import { chatDecoder, chatEncoder } from '../reading/chat-stream.ts'
import { garbage } from '../../failure/broken-answer.ts'
import { upstreamRefusal, isJsonObject } from '../../failure/upstream-refusal.ts'

type UpstreamMessage = UpstreamRequest & Pick<AttemptPlan, 'reader'> & { toChat: ToChat | null }
/** A whole answer of the upstream as a chat completion. */
type ToChat = (body: JsonObject) => JsonObject

/**
 * How this call is asked of this upstream: untouched bytes where both speak the same API, else through chat completions.
 * `tap` hears the answer; where it could not understand the untouched bytes, they go through chat completions too.
 * A promise only when a secret has to be read or the request signed. Throws `InvalidInputError` for what cannot be translated.
 */
export function planAttempt(
  call: Call,
  upstream: Upstream,
  config: ModelConfig,
  tap: AnswerTap | null,
): AttemptPlan | Promise<AttemptPlan> {
  const endpoint = upstream.endpoint()
  if (endpoint === null) {
    throw new ModelError({
      code: 'model-unreachable',
      message: 'The local engine is starting. Try again in a moment.',
      isRetryable: true,
    })
  }
  if (call.passed) return planPassed({ ...call, passed: call.passed }, upstream, endpoint)
  const isOpaque = tap !== null && readAsChat(call.api, upstream) === null && upstream.apis.has('chat')
  const message =
    upstream.apis.has(call.api) && !isOpaque && !call.state
      ? raw(call, upstream, tap)
      : translated(call, upstream, config, tap)
  const path = endpoint.basePath + message.path
  const authorization = upstream.authorizer({
    method: 'POST',
    url: endpoint.origin + path,
    headers: message.headers,
    body: message.body,
  })
  const finish = (headers: Record<string, string>): AttemptPlan => ({
    dispatcher: endpoint.dispatcher,
    request: { path, body: message.body, headers: { ...message.headers, ...headers } },
    reader: message.reader,
    asStream: () => wholeAsStream(call, message.toChat, tap),
    tap,
    isStream: call.isStream,
    checkHead: call.isStream ? checkStreamHead : checkWholeHead,
    refusal: (status, body) => refusal(call, upstream, status, body),
  })
  return authorization instanceof Promise ? authorization.then(finish) : finish(authorization)
}

function raw(call: Call, upstream: Upstream, tap: AnswerTap | null): UpstreamMessage {
  const asChat = readAsChat(call.api, upstream)
  const reading = tap === null ? null : asChat
  // Usage in a stream is asked for always, since it is metered; what the client did not ask for does not reach it.
  const addUsage =
    call.isStream &&
    (call.api === 'chat' || call.api === 'completions') &&
    !includesUsage(call.body, call.scanned)
  return {
    path: apiPaths[call.api as KnownApi],
    headers: {
      'content-type': 'application/json',
      accept: call.isStream ? 'text/event-stream' : 'application/json',
      ...call.passHeaders,
    },
    body: rewriteBody(call.body, call.scanned, { model: upstream.model, addUsage }),
    toChat: asChat && ((body) => asChat.answer(body)),
    reader: call.isStream
      ? rawStream(call, addUsage, reading && (tap?.listenBeside(reading.decoder()) ?? null))
      : new WholeAnswer(call.api, null, reading && ((body) => tap?.body(reading.answer(body)))),
  }
}

function rawStream(
  call: Call,
  addUsage: boolean,
  beside: ConstructorParameters<typeof TappedStream>[1] | null,
) {
  const stream = new RawStream(call.api, call.scanned.choices, addUsage)
  return beside === null ? stream : new TappedStream(stream, beside)
}

function translated(
  call: Call,
  upstream: Upstream,
  config: ModelConfig,
  tap: AnswerTap | null,
): UpstreamMessage {
  const codec = call.api === 'chat' ? null : clientCodecs[call.api]
  if (codec === undefined) {
    throw new InvalidInputError({
      code: 'api-unsupported',
      message: `No provider of this model offers ${call.api}. Ask for another model, or add a provider that does.`,
    })
  }
  const request = requestOf(call)
  const chat: JsonObject = codec === null ? request : codec.toChat(call.state ? stateless(request) : request)
  chat['model'] = upstream.model
  if (upstream.codec === null) {
    if (call.isStream) chat['stream_options'] = { ...asObject(chat['stream_options']), include_usage: true }
    return {
      path: apiPaths.chat,
      headers: {
        'content-type': 'application/json',
        accept: call.isStream ? 'text/event-stream' : 'application/json',
      },
      body: Buffer.from(JSON.stringify(chat)),
      toChat: (body) => body,
      reader: call.isStream
        ? new TranslatedStream(listened(chatDecoder(), tap), codec?.encoder(request) ?? chatEncoder())
        : new WholeAnswer(call.api, (body) => {
            tap?.body(body)
            return codec?.fromChat(body, request) ?? body
          }),
    }
  }
  const provider = upstream.codec
  return {
    ...provider.request(chat, upstream.model, { promptCacheHints: config.promptCacheHints }),
    toChat: (body) => provider.answer(body),
    reader: call.isStream
      ? new TranslatedStream(listened(provider.decoder(), tap), codec?.encoder(request) ?? chatEncoder())
      : new WholeAnswer(call.api, (body) => {
          const completion = provider.answer(body)
          tap?.body(completion)
          return codec?.fromChat(completion, request) ?? completion
        }),
  }
}

/** The body, for whatever writes the answer. */
function requestOf(call: Call): JsonObject {
  const request = bodyOf(call)
  if (call.state) nameResponse(request, call.state.responseId)
  return request
}

/** What was kept stands in `input` already. */
function stateless({ previous_response_id: _previous, store: _store, ...rest }: JsonObject): JsonObject {
  return rest
}

function wholeAsStream(call: Call, toChat: ToChat | null, tap: AnswerTap | null): AnswerReader {
  const request = requestOf(call)
  const encoder = clientCodecs[call.api]?.encoder(request) ?? chatEncoder()
  const read = (body: JsonObject): JsonObject => {
    if (toChat === null) throw garbage('replica', 'one piece of JSON instead of a stream')
    const completion = toChat(body)
    tap?.body(completion)
    return completion
  }
  return new WholeAsStream(read, encoder, call.api !== 'chat' || includesUsage(call.body, call.scanned))
}

function listened(decoder: StreamDecoder, tap: AnswerTap | null): StreamDecoder {
  return tap?.listen(decoder) ?? decoder
}

/** In the client's own API an upstream's words pass on as they are, if they are JSON. */
function refusal(call: Call, upstream: Upstream, status: number, body: string) {
  const isOwnApi = upstream.apis.has(call.api) || (upstream.codec === null && call.api === 'chat')
  if (isOwnApi && isJsonObject(body)) return { status, body }
  const error = upstream.codec?.error(status, body) ?? upstreamRefusal(status, body)
  return { status: error.status, body: wireErrorBody(call.api, error) }
}

/** A stream or a page where one JSON was asked for. */
function checkWholeHead(headers: Record<string, string | string[] | undefined>): ModelError | null {
  const type = String(headers['content-type'] ?? '')
  return /^text\/(event-stream|html)/.test(type)
    ? garbage('replica', `"${type.slice(0, 40)}" instead of JSON`)
    : null
}

/** Proxies answer with a page. */
function checkStreamHead(headers: Record<string, string | string[] | undefined>): ModelError | null {
  const type = String(headers['content-type'] ?? '')
  return type.startsWith('text/html')
    ? garbage('replica', `"${type.slice(0, 40)}" instead of a stream`)
    : null
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {}
}
