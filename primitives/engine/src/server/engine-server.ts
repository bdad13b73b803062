import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { chatRoute } from './chat-route.ts'
import { completionsRoute } from './completions-route.ts'
import { embeddingsRoute } from './embeddings-route.ts'
import type { LoadedModel } from './loaded-model.ts'
import { modelList } from './models-route.ts'
import { OpenAiError, openAiErrorOf } from './openai-error.ts'

const maxBodyBytes = 16 * 1024 * 1024

type PostRoute = (
  loaded: LoadedModel,
  body: unknown,
  response: ServerResponse,
  signal: AbortSignal,
) => Promise<void>

const posts: Record<string, PostRoute> = {
  '/v1/chat/completions': chatRoute,
  '/v1/completions': completionsRoute,
  '/v1/embeddings': embeddingsRoute,
}

/** The engine's HTTP front, OpenAI-compatible. `onDefect` hears errors that are not a client's. */
export function createEngineServer(loaded: LoadedModel, onDefect: (error: unknown) => void): Server {
  const server = createServer((request, response) => {
    answer(loaded, request, response).catch((error: unknown) => {
      // The client went away; there is nobody to tell.
      if (response.destroyed) return
      const { status, body } = openAiErrorOf(error)
      if (status >= 500) onDefect(error)
      if (response.writableEnded) return
      if (response.headersSent) return response.destroy()
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(status === 429 ? { 'retry-after': '1' } : {}),
      })
      response.end(JSON.stringify(body))
    })
  })
  // Streams may be silent for long while a queue moves; deadlines are the gateway's.
  server.requestTimeout = 0
  server.keepAliveTimeout = 60_000
  return server
}

async function answer(
  loaded: LoadedModel,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (request.method === 'GET' && path === '/health') {
    const { engine, cache, llama } = loaded
    return json(response, {
      status: 'ok',
      model: loaded.options.modelName,
      gpu: llama.gpu,
      running: engine.running,
      waiting: engine.waiting,
      prefixCache: { states: cache.size, bytes: cache.bytes },
    })
  }
  if (request.method === 'GET' && path === '/v1/models') return json(response, modelList(loaded))
  const route = posts[path]
  if (route === undefined) {
    throw new OpenAiError(404, 'not_found', `There is no ${request.method ?? 'GET'} ${path} here.`)
  }
  if (request.method !== 'POST') throw new OpenAiError(405, 'method_not_allowed', `${path} takes POST.`)
  if (loaded.isEncoder && route !== embeddingsRoute) {
    throw new OpenAiError(
      400,
      'model_not_supported',
      `${loaded.options.modelName} gives vectors and no text: POST /v1/embeddings.`,
    )
  }
  const body = await readJson(request)
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) gone.abort(new DOMException('The client went away.', 'AbortError'))
  })
  if (request.socket.destroyed) return
  await route(loaded, body, response, gone.signal)
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new OpenAiError(413, 'request_too_large', 'The body is over 16 MiB.')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new OpenAiError(400, 'invalid_json', 'The body is not JSON.')
  }
}
