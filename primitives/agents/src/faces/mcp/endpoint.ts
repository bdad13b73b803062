import { NotFoundError, RawResponse } from '@heavylift/core'
import { createMcpHandler } from '@modelcontextprotocol/server'
import type { AuthInfo, McpHttpHandler } from '@modelcontextprotocol/server'
import { callId } from '../call.ts'
import type { FaceCaller } from '../call.ts'
import type { FaceContext } from '../face-context.ts'
import { agentsServer } from './agents-server.ts'
import type { McpCall } from './agents-server.ts'
import { McpSessions } from './sessions.ts'
import { isRecord } from '../input.ts'

/** What a request brings. */
export interface McpRequest {
  method: 'GET' | 'POST' | 'DELETE'
  caller: FaceCaller
  agent: string | null
  headers: Headers
  /** As it came; '' for GET and DELETE. */
  text: string
  signal: AbortSignal
}

/**
 * MCP over streamable HTTP: revision 2026-07-28, and 2025-11-25 with those before, as each request says. Nothing is kept between requests, so any
 * process answers any of them.
 */
export class McpEndpoint {
  readonly #context: FaceContext
  readonly #sessions: McpSessions
  readonly #handler: McpHttpHandler

  constructor(context: FaceContext, signal: AbortSignal) {
    this.#context = context
    this.#sessions = new McpSessions(context.store)
    this.#handler = createMcpHandler((request) => agentsServer(context, callOf(request.authInfo), request), {
      onerror: (error) => context.log.debug({ error: error.message }, 'a message of MCP was refused'),
    })
    context.agents.onChange(() => this.#handler.notify.toolsChanged())
    signal.addEventListener('abort', () => void this.#handler.close(), { once: true })
  }

  /** @throws NotFoundError `agent-unknown`, ConflictError `agent-not-live` for an address of an agent that cannot be called */
  async handle(request: McpRequest): Promise<RawResponse> {
    const { caller, agent, headers, text } = request
    if (agent !== null) await this.#context.agents.live(caller.tenantId, agent)
    const session = headers.get('mcp-session-id')
    const nowMs = this.#context.clock.nowMs()
    if (session !== null && !(await this.#sessions.isKnown(caller, session, nowMs)))
      throw new NotFoundError({
        code: 'session-unknown',
        message: 'There is no such session. Begin another with initialize, without a session id.',
      })
    const message = parsed(text)
    const runIdOf = (requestId: string | number) =>
      callId(caller, 'mcp', session ?? '', agent ?? '', JSON.stringify(requestId))
    if (session !== null) await this.#cancelIfAsked(caller, message, runIdOf)
    const call: McpCall = { caller, agent, ...(session === null ? {} : { runIdOf }) }
    const response = await this.#handler.fetch(webRequest(request), { authInfo: authInfoOf(call) })
    const isBegun = method(message) === 'initialize' && response.ok
    return rawResponse(
      response,
      isBegun ? { 'mcp-session-id': await this.#sessions.issue(caller, nowMs) } : {},
    )
  }

  /** Requests of a session have ids of their own, so that any process knows which run one of them started. */
  async #cancelIfAsked(
    caller: FaceCaller,
    message: unknown,
    runIdOf: (requestId: string | number) => string,
  ): Promise<void> {
    if (method(message) !== 'notifications/cancelled') return
    const { params } = message as { params?: { requestId?: unknown } }
    const id = params?.requestId
    if (typeof id !== 'string' && typeof id !== 'number') return
    // It may have ended, or never begun: then there is nothing to cancel.
    await this.#context.runs.cancel(caller.tenantId, runIdOf(id)).catch(() => undefined)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The library says so by the protocol.
    return null
  }
}

function method(message: unknown): unknown {
  return isRecord(message) ? message['method'] : undefined
}

/** The library looks at these alone; keys and cookies stay out of it. */
const passed = ['accept', 'content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name', 'last-event-id']

function webRequest({ method: verb, headers, text, signal }: McpRequest): Request {
  const kept = new Headers()
  for (const [name, value] of headers)
    if (passed.includes(name) || name.startsWith('mcp-param-')) kept.set(name, value)
  return new Request('http://agents/mcp', {
    method: verb,
    headers: kept,
    signal,
    ...(verb === 'POST' ? { body: text } : {}),
  })
}

/** The library hands what belongs to a request through under this name. */
function authInfoOf(call: McpCall): AuthInfo {
  return { token: '', clientId: call.caller.keyId ?? '', scopes: [], extra: { call } }
}

function callOf(authInfo: AuthInfo | undefined): McpCall {
  return authInfo?.extra?.['call'] as McpCall
}

function rawResponse(response: Response, more: Record<string, string>): RawResponse {
  const headers: Record<string, string> = { ...more }
  for (const name of ['content-type', 'cache-control', 'allow', 'x-accel-buffering']) {
    const value = response.headers.get(name)
    if (value !== null) headers[name] = value
  }
  return new RawResponse(response.body ?? '', headers, response.status)
}
