import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Asked {
  path: string
  model: string
  isStream: boolean
  /** How many requests came before it. */
  index: number
}

export interface Reply {
  /** Pieces of the text. */
  pieces: string[]
  finishReason?: string
  /** Between pieces. */
  paceMs?: number
  status?: number
  /** The connection breaks after the pieces. */
  isCut?: boolean
}

export interface AnsweringUpstream {
  /** With `/v1`. */
  baseUrl: string
  asked: Asked[]
  close(): Promise<void>
}

/** A model server that speaks chat, legacy completions and embeddings, whole and streamed, and says what it is told to. */
export async function startAnsweringUpstream(reply: (asked: Asked) => Reply): Promise<AnsweringUpstream> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => (text += String(part)))
    request.on('end', () => {
      const body = JSON.parse(text) as { model: string; stream?: boolean }
      const path = (request.url ?? '').replace('/v1/', '')
      const one = { path, model: body.model, isStream: body.stream === true, index: asked.length }
      asked.push(one)
      void answer(response, one, reply(one))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(response: ServerResponse, asked: Asked, reply: Reply): Promise<void> {
  const { pieces, finishReason = 'stop', paceMs = 0, status = 200, isCut = false } = reply
  const usage = { prompt_tokens: 7, completion_tokens: pieces.length, total_tokens: 7 + pieces.length }
  const head = { id: `chatcmpl-${asked.index}`, created: 1, model: asked.model }
  const text = pieces.join('')
  if (status !== 200) {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'no', type: 'server_error', code: 'no' } }))
    return
  }
  if (asked.path === 'embeddings') {
    sendJson(response, {
      object: 'list',
      model: asked.model,
      data: [{ index: 0, embedding: [0.5, asked.index] }],
      usage,
    })
    return
  }
  const isChat = asked.path === 'chat/completions'
  if (!asked.isStream) {
    const choice = isChat ? { message: { role: 'assistant', content: text } } : { text, logprobs: null }
    sendJson(response, {
      ...head,
      object: isChat ? 'chat.completion' : 'text_completion',
      choices: [{ index: 0, ...choice, finish_reason: finishReason }],
      usage,
    })
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (part: object) =>
    response.write(
      `data: ${JSON.stringify({ ...head, object: isChat ? 'chat.completion.chunk' : 'text_completion', ...part })}\n\n`,
    )
  const piece = (content: string, reason: string | null) =>
    send({
      choices: [
        { index: 0, ...(isChat ? { delta: { content } } : { text: content }), finish_reason: reason },
      ],
    })
  for (const content of pieces) {
    piece(content, null)
    if (paceMs > 0) await sleep(paceMs)
  }
  if (isCut) {
    // What was written leaves first, so that the client sees a stream that breaks.
    await sleep(5)
    response.destroy()
    return
  }
  piece('', finishReason)
  send({ choices: [], usage })
  response.end('data: [DONE]\n\n')
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
