import { randomInt } from 'node:crypto'
import { HeavyliftError } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import { sayingRun } from '../faces/call.ts'
import { hideSecrets } from '../credentials/authorization.ts'
import type { AskedFor, Authorization, Authorize } from '../credentials/authorization.ts'
import { withQuery } from './outbound-call.ts'
import { pinOf } from './pin.ts'
import type { InputRequiredResult } from '@modelcontextprotocol/client'
import type { SourceContext, Tool, ToolAnswers, ToolAsks, ToolOutcome, ToolSource } from './tool.ts'

/** Most pages of a server's list of tools. */
const mostPages = 50

export type McpClient = InstanceType<typeof import('@modelcontextprotocol/client').Client>

/** Works with a server that is reached by HTTP or is a program. */
export type McpConnection = <T>(
  context: SourceContext & AskedFor,
  work: (client: McpClient) => Promise<T>,
) => Promise<T>

/**
 * A client of ours, not connected yet: it takes each revision that a server knows. `asks`: a server may ask people by it, which only those
 * of 2026-07-28 can that are called anew with the answers; those before wait for them with the call open.
 */
export async function mcpClient({ asks = false } = {}): Promise<McpClient> {
  const { Client } = await import('@modelcontextprotocol/client')
  const client = new Client(
    { name: 'heavylift', version: '0.1.0' },
    {
      versionNegotiation: { mode: 'auto' },
      ...(asks ? { capabilities: { elicitation: { form: {}, url: {} } } } : {}),
      inputRequired: { autoFulfill: false },
      // Its own validator generates code; arguments and answers are checked by ours.
      jsonSchemaValidator: {
        getValidator: () => (input: unknown) => ({
          valid: true as const,
          data: input as never,
          errorMessage: undefined,
        }),
      },
    },
  )
  // A client counts its requests from 0, and each connection has one of its own: a call that is made once more with answers must not have the id of the one before.
  return Object.assign(client, { _requestMessageId: randomInt(2 ** 40) })
}

/**
 * Connections to an MCP server that answers streamable HTTP, by the revision 2026-07-28 where it knows it, else 2025-11-25 and those
 * before. Requests go through the safe client and are answered whole; a server's own schemas check nothing here and generate no code.
 */
export function mcpOverHttp(
  name: string,
  url: string,
  fetch: SafeFetch,
  authorize: Authorize,
  maxAnswerBytes: number,
): McpConnection {
  /** What the server was found to be; the next call begins with it. */
  let asks = true
  return async (context, work) => {
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client')
    const { headers, query, secrets } = await authorize(name, context)
    const given = {
      headers: { ...sayingRun(context), ...headers },
      secrets,
    }
    const connect = async (): Promise<McpClient> => {
      const transport = new StreamableHTTPClientTransport(new URL(withQuery(url, query)), {
        fetch: wholeAnswers(fetch, given, maxAnswerBytes, context.signal),
      })
      const made = await mcpClient({ asks })
      await made.connect(transport, { signal: context.signal })
      return made
    }
    let client = await connect()
    if (asks && client.getProtocolEra() === 'legacy') {
      asks = false
      await client.close().catch(() => undefined)
      client = await connect()
    }
    try {
      return await work(client)
    } finally {
      await client.close().catch(() => undefined)
    }
  }
}

/** A source `mcp:…`: the tools of an MCP server. */
export function mcpSource(name: string, connected: McpConnection): ToolSource {
  return {
    name,
    async list(context) {
      return await connected(context, async (client) => {
        const tools: Tool[] = []
        let cursor: string | undefined
        for (let page = 0; page < mostPages; page++) {
          const answer = await client.listTools(cursor === undefined ? {} : { cursor }, {
            signal: context.signal,
          })
          for (const each of answer.tools) {
            const tool: Omit<Tool, 'pin'> = {
              name: each.name,
              ...(each.title === undefined ? {} : { title: each.title }),
              description: each.description ?? '',
              input: each.inputSchema as Tool['input'],
              ...(each.outputSchema === undefined ? {} : { output: each.outputSchema as Tool['input'] }),
              effect: each.annotations?.readOnlyHint === true ? 'none' : 'outside',
              takesKey: each.annotations?.idempotentHint === true,
              canCheck: false,
            }
            tools.push({ ...tool, pin: pinOf(tool) })
          }
          cursor = answer.nextCursor
          if (cursor === undefined) break
        }
        return tools
      })
    },
    async call({ tool, args }, context): Promise<ToolOutcome> {
      let isSent = false
      try {
        return await connected({ ...context, tool: tool.name }, async (client): Promise<ToolOutcome> => {
          isSent = true
          const { isInputRequiredResult } = await import('@modelcontextprotocol/client')
          const answer = await client.callTool(
            { name: tool.name, arguments: { ...args }, ...retried(context.answers) },
            // Headers that its schema asks for are set by what was listed.
            {
              signal: context.signal,
              allowInputRequired: true,
              toolDefinition: { name: tool.name, inputSchema: tool.input as { type: 'object' } },
            },
          )
          if (isInputRequiredResult(answer)) return asked(answer)
          const texts = (answer.content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : []))
          if (answer.isError === true)
            return {
              state: 'failed',
              code: 'tool-error',
              message: texts.join('\n').slice(0, 2_000) || 'The tool answered with an error.',
              isRetryable: false,
            }
          return {
            state: 'done',
            value:
              answer.structuredContent ??
              (texts.length === (answer.content ?? []).length ? texts.join('\n') : (answer.content ?? null)),
          }
        })
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        // An error of the protocol is an answer: the server did not do it.
        const isAnswer = typeof (error as { code?: unknown }).code === 'number'
        if (isAnswer) return { state: 'failed', code: 'mcp-error', message, isRetryable: false }
        const code = HeavyliftError.isInstance(error) ? error.code : 'mcp-unreachable'
        return !isSent || tool.effect === 'none'
          ? { state: 'failed', code, message, isRetryable: true }
          : { state: 'lost', code, message }
      }
    },
  }
}

/** What goes with a call that is made once more, in the protocol's words. */
function retried(given: ToolAnswers | undefined): Record<string, unknown> {
  if (given === undefined) return {}
  return {
    inputResponses: given.answers,
    ...(given.state === undefined ? {} : { requestState: given.state }),
  }
}

/** What a server asks; one that asks for more than people (a model's answer, folders) is refused, for nobody offered that. */
function asked({ inputRequests = {}, requestState }: InputRequiredResult): ToolOutcome {
  const questions: Record<string, ToolAsks['questions'][string]> = {}
  for (const [key, { method, params }] of Object.entries(inputRequests)) {
    if (method !== 'elicitation/create')
      return {
        state: 'failed',
        code: 'mcp-asks-more',
        message: `The server asks for ${method}, which no client of ours offers.`,
        isRetryable: false,
      }
    questions[key] =
      params.mode === 'url'
        ? { message: params.message, url: params.url }
        : { message: params.message, form: params.requestedSchema as Record<string, unknown> }
  }
  return {
    state: 'asks',
    asked: { questions, ...(requestState === undefined ? {} : { state: requestState }) },
  }
}

/** `fetch` for the transport by the safe client. Streams that a server would keep open are not asked for, but for the rest of one that it cut. */
function wholeAnswers(
  fetch: SafeFetch,
  { headers, secrets }: Pick<Authorization, 'headers' | 'secrets'>,
  maxBytes: number,
  signal: AbortSignal,
): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init = {}) => {
    const method = init.method ?? 'GET'
    const own = new Headers(init.headers)
    const isResumed = own.has('last-event-id')
    if (method === 'GET' && !isResumed) return new Response(null, { status: 405 })
    const request = {
      headers: { ...Object.fromEntries(own), ...headers },
      maxBytes,
      signal: init.signal ? AbortSignal.any([signal, init.signal]) : signal,
    }
    if (method === 'GET') return await resumedAnswer(fetch, String(url), request, secrets)
    const answer = await fetch(String(url), {
      ...request,
      method: method as 'POST',
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
    })
    const kept = new Headers(answer.headers)
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name)
    const isEmpty = answer.status === 204 || answer.status === 304 || answer.body.length === 0
    const body = secrets.length === 0 ? Buffer.from(answer.body) : hideSecrets(answer.text(), secrets)
    return new Response(isEmpty ? null : body, { status: answer.status, headers: kept })
  }
}

/** The rest of a stream that a server cut before it had answered, up to the answer: it may keep the stream open after it. */
async function resumedAnswer(
  fetch: SafeFetch,
  url: string,
  request: { headers: Record<string, string>; maxBytes: number; signal: AbortSignal },
  secrets: readonly string[],
): Promise<Response> {
  const decoder = new TextDecoder()
  let text = ''
  let status = 200
  try {
    await fetch(url, {
      ...request,
      async consume(chunks, code) {
        status = code
        for await (const chunk of chunks) {
          text += decoder.decode(chunk, { stream: true })
          if (holdsAnswer(text)) return
        }
      },
    })
  } catch (error) {
    // Once the answer is there the connection is given up.
    if (!holdsAnswer(text)) throw error
  }
  return new Response(hideSecrets(text, secrets), {
    status,
    headers: { 'content-type': 'text/event-stream' },
  })
}

/** Whether server-sent events hold a whole message with a result or an error. */
function holdsAnswer(text: string): boolean {
  return text
    .split(/\r?\n\r?\n/)
    .slice(0, -1)
    .some((event) => /^data:.*"(?:result|error)"\s*:/m.test(event))
}
