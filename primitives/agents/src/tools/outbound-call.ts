import { HeavyliftError } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import { hideSecrets } from '../credentials/authorization.ts'
import type { CallContext, Tool, ToolOutcome } from './tool.ts'

export interface OutboundRequest {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

/** Refused before anything was sent: the other end knows nothing of the call. */
const unsent = new Set([
  'outbound-address-refused',
  'outbound-header-refused',
  'outbound-name-unknown',
  'outbound-port-refused',
  'outbound-url-refused',
])

/** Who may allow what was refused, and where; what helps where it went wrong. */
const hints: Readonly<Record<string, string>> = {
  'outbound-address-refused': ' Networks of your own are allowed with the option agents.allowNetworks.',
  'outbound-port-refused': ' More ports are allowed with the option agents.ports.',
  'outbound-too-large': ' Ask for less at once, or allow more with the option agents.maxAnswerBytes.',
  'http-401': ' Choose or renew the credential of this tool under Tools.',
  'http-403': ' The credential of this tool may not do this; choose another under Tools.',
  'http-429': ' A step with `retry` tries again later.',
}

/**
 * Makes one request for a tool, and says how it ended. A status from 400 on is a refusal; those that may pass (408, 425, 429, 5xx) are tried again
 * only where nothing can have happened. A connection that broke after the request went out is `lost`, unless the tool only reads.
 */
export async function outboundCall(
  fetch: SafeFetch,
  request: OutboundRequest,
  tool: Tool,
  context: CallContext,
  secrets: readonly string[] = [],
): Promise<ToolOutcome> {
  const isRead = tool.effect === 'none'
  try {
    const answer = await fetch(request.url, {
      method: request.method as 'GET',
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      maxBytes: context.maxAnswerBytes,
      signal: context.signal,
    })
    const text = hideSecrets(answer.text(), secrets)
    if (answer.status >= 400) {
      const mayPass =
        answer.status === 408 || answer.status === 425 || answer.status === 429 || answer.status >= 500
      // A server that broke may have done it before it did.
      if (answer.status >= 500 && answer.status !== 503 && !isRead && !tool.takesKey)
        return {
          state: 'lost',
          code: `http-${answer.status}`,
          message: `The server failed (${answer.status}): ${text.slice(0, 300)}`,
        }
      return {
        state: 'failed',
        code: `http-${answer.status}`,
        message: `The server refused (${answer.status}): ${text.slice(0, 300)}${hints[`http-${answer.status}`] ?? ''}`,
        isRetryable: mayPass,
      }
    }
    return { state: 'done', value: valueOf(text, answer.contentType) }
  } catch (error) {
    if (!HeavyliftError.isInstance(error)) throw error
    const { code } = error
    const where = code === 'outbound-failed' ? ` (${new URL(request.url).host})` : ''
    const message = hideSecrets(`${error.message}${where}${hints[code] ?? ''}`, secrets)
    if (unsent.has(code)) return { state: 'failed', code, message, isRetryable: false }
    // An answer that came and cannot be taken: the call took place.
    if (code === 'outbound-too-large')
      return { state: isRead ? 'failed' : 'lost', code: 'answer-too-long', message, isRetryable: false }
    return isRead ? { state: 'failed', code, message, isRetryable: true } : { state: 'lost', code, message }
  }
}

/** An address with what a credential adds to it. */
export function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

function valueOf(text: string, type: string): unknown {
  if (text === '') return null
  if (!/json/.test(type)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
