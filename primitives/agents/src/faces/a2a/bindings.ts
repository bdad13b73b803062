import { A2A_CONTENT_TYPE } from '@a2a-js/sdk'
import {
  A2AError,
  A2A_ERROR_CODE,
  ContentTypeNotSupportedError,
  restStatusFor,
  toJsonRpcError,
  toRestErrorBody,
} from '@a2a-js/sdk/errors'
import { EventStream, RawResponse } from '@heavylift/core'
import type { Logger, ServerEvent } from '@heavylift/core'
import { isRecord } from '../input.ts'
import { isOperation, perform } from './operations.ts'
import type { A2aTasks } from './tasks.ts'

export interface A2aRequest {
  tasks: A2aTasks
  /** Of the protocol, as the request says; '' where it says nothing. */
  version: string
  headers: Pick<Headers, 'get'>
  log: Logger
  signal: AbortSignal
}

/** One message of JSON-RPC 2.0 (A2A 1.0, 9). What is wrong with it is said in its answer, with status 200. */
export async function answerJsonRpc(request: A2aRequest, text: string): Promise<RawResponse | EventStream> {
  const message = parsed(text)
  const id = isRecord(message) ? message['id'] : undefined
  const isIdRight = id === undefined || id === null || typeof id === 'string' || Number.isInteger(id)
  const reply = (body: object): object => ({ jsonrpc: '2.0', id: isIdRight ? (id ?? null) : null, ...body })
  const refuse = (code: number, words: string): RawResponse =>
    json(reply({ error: { code, message: words } }), 'application/json')
  const failed = (error: unknown): object => reply({ error: toJsonRpcError(known(error, request.log)) })
  if (!isJson(request)) return json(failed(wrongType()), 'application/json')
  if (message === undefined) return refuse(A2A_ERROR_CODE.PARSE_ERROR, 'The request is no JSON.')
  if (
    !isRecord(message) ||
    message['jsonrpc'] !== '2.0' ||
    typeof message['method'] !== 'string' ||
    !isIdRight
  )
    return refuse(A2A_ERROR_CODE.INVALID_REQUEST, 'The request is no message of JSON-RPC 2.0.')
  const { method, params } = message
  if (!isOperation(method))
    return refuse(A2A_ERROR_CODE.METHOD_NOT_FOUND, `There is no method "${method.slice(0, 100)}" in A2A 1.0.`)
  try {
    const answer = await perform(request.tasks, method, params ?? {}, request.version, request.signal)
    if ('json' in answer) return json(reply({ result: answer.json }), 'application/json')
    return new EventStream(sent(answer.events, (result) => reply({ result }), failed))
  } catch (error) {
    return json(failed(error), 'application/json')
  }
}

/** An operation as HTTP and JSON (A2A 1.0, 11), in the type that the caller speaks. */
export async function answerRest(
  request: A2aRequest,
  operation: string,
  params: unknown,
): Promise<RawResponse | EventStream> {
  const failed = (error: unknown): { status: number; body: object } => {
    const said = known(error, request.log)
    const status = restStatusFor(said)
    return { status, body: toRestErrorBody(said, status) }
  }
  const speaks = ['accept', 'content-type'].some((name) =>
    request.headers.get(name)?.includes(A2A_CONTENT_TYPE),
  )
  const type = speaks ? A2A_CONTENT_TYPE : 'application/json'
  // Of the request itself HTTP says it; that of a part of a message is the protocol's to say.
  if (!isJson(request)) return json(toRestErrorBody(wrongType(), 415), type, 415)
  try {
    const answer = await perform(request.tasks, operation, params, request.version, request.signal)
    if ('json' in answer) return json(answer.json ?? {}, type)
    return new EventStream(
      sent(
        answer.events,
        (event) => event,
        (error) => failed(error).body,
      ),
    )
  } catch (error) {
    const { status, body } = failed(error)
    return json(body, type, status)
  }
}

/** The parameters of an operation whose body is JSON; what is none is refused as the protocol says. */
export function bodyParams(text: string): unknown {
  return text.trim() === '' ? {} : parsed(text)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isJson = ({ headers }: A2aRequest): boolean =>
  /^$|^application\/([a-z0-9.+-]+\+)?json\b/i.test(headers.get('content-type') ?? '')

const wrongType = (): ContentTypeNotSupportedError =>
  new ContentTypeNotSupportedError('Send JSON, as application/json or application/a2a+json.')

async function* sent(
  events: AsyncGenerator<unknown>,
  shown: (event: unknown) => unknown,
  failed: (error: unknown) => unknown,
): AsyncGenerator<ServerEvent> {
  try {
    for await (const event of events) yield { data: shown(event) }
  } catch (error) {
    yield { data: failed(error) }
  }
}

/** An error of the protocol, or our words for a defect. */
function known(error: unknown, log: Logger): unknown {
  if (error instanceof A2AError) return error
  log.error({ error }, 'a call by A2A failed')
  return new Error('Something went wrong on our side; the log of the server says what.')
}

function json(body: unknown, type: string, status = 200): RawResponse {
  return new RawResponse(JSON.stringify(body), { 'content-type': type, 'cache-control': 'no-store' }, status)
}
