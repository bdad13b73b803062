import type { ServerResponse } from 'node:http'
import { startDeclaredUpstream } from '../gateway/declared-upstream.ts'
import type { DeclaredUpstream, Heard } from '../gateway/declared-upstream.ts'

interface ChatRequest {
  messages: { role: string }[]
  tools?: unknown[]
  response_format?: { type: string }
  stream?: boolean
}

const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }

/**
 * A model by script: it calls its first tool once, answers a schema with `{"colour":"red"}` and everything else with "Hello
 * there.", whole and streamed; embeddings, speech and transcriptions as well.
 */
export function startScriptedModel(): Promise<DeclaredUpstream> {
  return startDeclaredUpstream((heard, response) => {
    const path = heard.url.replace(/^\/v1/, '')
    if (path === '/chat/completions') chat(heard, response)
    else if (path === '/completions') {
      const choice = { index: 0, text: 'Hello there.', finish_reason: 'stop', logprobs: null }
      json(response, {
        id: 'cmpl-1',
        object: 'text_completion',
        created: 1,
        model: 'own',
        choices: [choice],
        usage,
      })
    } else if (path === '/embeddings') {
      const vector = { object: 'embedding', index: 0, embedding: [0.5, 0.25] }
      json(response, {
        object: 'list',
        model: 'own',
        data: [vector],
        usage: { prompt_tokens: 2, total_tokens: 2 },
      })
    } else if (path === '/audio/speech') {
      response.writeHead(200, { 'content-type': 'audio/mpeg' })
      response.end(Buffer.from('sound'))
    } else if (path === '/audio/transcriptions') json(response, { text: 'Hello there.' })
    else json(response, { error: { message: `no ${path}`, type: 'invalid_request_error', code: null } }, 404)
  })
}

function chat({ body }: Heard, response: ServerResponse): void {
  const request = JSON.parse(String(body)) as ChatRequest
  const hasResult = request.messages.at(-1)?.role === 'tool'
  const callsTool = request.tools !== undefined && request.tools.length > 0 && !hasResult
  const text = request.response_format?.type.startsWith('json') ? '{"colour":"red"}' : 'Hello there.'
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
  }
  const finish = callsTool ? 'tool_calls' : 'stop'
  const head = { id: 'chatcmpl-1', created: 1, model: 'own' }
  if (request.stream !== true) {
    const message = callsTool
      ? { role: 'assistant', content: null, tool_calls: [call] }
      : { role: 'assistant', content: text }
    const choice = { index: 0, message, finish_reason: finish, logprobs: null }
    json(response, { ...head, object: 'chat.completion', choices: [choice], usage })
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (part: object) =>
    response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...part })}\n\n`)
  const piece = (delta: object, reason: string | null = null) =>
    send({ choices: [{ index: 0, delta, finish_reason: reason }] })
  piece({ role: 'assistant', content: '' })
  if (callsTool) piece({ tool_calls: [{ index: 0, ...call }] })
  else for (const word of text.split(/(?= )/)) piece({ content: word })
  piece({}, finish)
  send({ choices: [], usage })
  response.end('data: [DONE]\n\n')
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
