import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sleep } from '@heavylift/core/async'

/** What a scripted model does with one request. */
export interface ModelScript {
  /** Answered instead of a stream when not 200. */
  status?: number
  headers?: Record<string, string>
  /** Text deltas in order. */
  deltas: string[]
  /** Stated at the end. Default 10. */
  promptTokens?: number
  toolCalls?: { name: string; arguments: string }[]
  /** Wait before the first byte. */
  firstDelayMs?: number
  /** Wait between deltas. */
  delayMs?: number
  /** How the stream ends: whole; closed cleanly without a finish; socket destroyed; data that is not JSON; never. */
  ending?: 'whole' | 'cut-clean' | 'cut-hard' | 'garbage' | 'hang'
}

/** The request as an OpenAI client sent it. */
export interface ScriptedRequest {
  model: string
  messages: { role: string; content: string }[]
  tools?: unknown[]
}

export interface ScriptedModelServer {
  /** With `/v1`. */
  baseUrl: string
  /** Requests received since the start. */
  requests(): number
  /** Requests whose client went away before the end. */
  aborted(): number
  close(): Promise<void>
}

/** A real HTTP server that speaks OpenAI chat completions and answers by script; for tests, evals and the sample only. */
export async function startScriptedModelServer(
  script: (request: ScriptedRequest, index: number) => ModelScript,
): Promise<ScriptedModelServer> {
  let requests = 0
  let aborted = 0
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished && response.req.socket.destroyed) aborted++
    })
    if (request.method !== 'POST') {
      // A health probe: a server that lists no models is well.
      response.writeHead(404).end()
      return
    }
    answer(request, response, (body) => script(body, requests++)).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests: () => requests,
    aborted: () => aborted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  script: (request: ScriptedRequest) => ModelScript,
): Promise<void> {
  let text = ''
  for await (const part of request) text += String(part)
  const plan = script(JSON.parse(text) as ScriptedRequest)
  if (plan.firstDelayMs) await sleep(plan.firstDelayMs)
  if (plan.status !== undefined && plan.status !== 200) {
    response.writeHead(plan.status, { 'content-type': 'application/json', ...plan.headers })
    response.end(JSON.stringify({ error: { message: 'scripted', type: 'scripted' } }))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`)
  const chunk = (delta: object, finish: string | null = null) =>
    send({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })
  for (const delta of plan.deltas) {
    if (response.destroyed) return
    chunk({ content: delta })
    if (plan.delayMs) await sleep(plan.delayMs)
  }
  switch (plan.ending ?? 'whole') {
    case 'hang':
      return
    case 'cut-clean':
      response.end()
      return
    case 'cut-hard':
      // Let what was written leave first, so that the client sees a cut and not an empty answer.
      await sleep(5)
      response.destroy()
      return
    case 'garbage':
      response.write('data: <html>502 Bad Gateway</html>\n\n')
      response.end()
      return
    case 'whole':
  }
  plan.toolCalls?.forEach((call, index) =>
    chunk({ tool_calls: [{ index, id: `call_${index}`, type: 'function', function: call }] }),
  )
  chunk({}, plan.toolCalls?.length ? 'tool_calls' : 'stop')
  send({
    choices: [],
    usage: { prompt_tokens: plan.promptTokens ?? 10, completion_tokens: plan.deltas.length },
  })
  response.end('data: [DONE]\n\n')
}
