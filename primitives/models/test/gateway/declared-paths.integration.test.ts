import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { request as httpRequest } from 'node:http'
import Anthropic, { toFile as toAnthropicFile } from '@anthropic-ai/sdk'
import type { Caller } from '@heavylift/core'
import OpenAI, { toFile } from 'openai'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'
import { startDeclaredUpstream } from './declared-upstream.ts'
import type { DeclaredUpstream, Heard } from './declared-upstream.ts'

let upstream: DeclaredUpstream
let gateway: TestGateway
afterEach(async () => {
  await gateway.close()
  await upstream.close()
})

/** With the key of one provider. */
const secretsDir = mkdtempSync(join(tmpdir(), 'secrets-'))
writeFileSync(join(secretsDir, 'anthropic'), 'sk-anthropic', { mode: 0o600 })
afterAll(() => rmSync(secretsDir, { recursive: true, force: true }))

const paths = [
  '/audio/*',
  '/images/*',
  '/moderations',
  '/rerank',
  '/files/*',
  '/realtime',
  { path: '/tokenize', at: '/tokenize' },
]

async function start(
  answer: (heard: Heard, response: ServerResponse) => void,
  options: {
    caller?: (request: IncomingMessage) => Caller
    table?: object
    provider?: object
    model?: object
    secretsDir?: string
  } = {},
): Promise<OpenAI> {
  upstream = await startDeclaredUpstream(answer)
  gateway = await startTestGateway(
    {
      providers: {
        up: { kind: 'openai', replicas: [`${upstream.origin}/v1`], paths, ...options.provider },
        plain: { kind: 'openai', replicas: [`${upstream.origin}/plain`] },
      },
      models: {
        m: { targets: [{ provider: 'up', model: 'upstream-m' }], ...options.model },
        chatty: { targets: [{ provider: 'plain', model: 'x' }] },
      },
      ...options.table,
    },
    {
      ...(options.caller && { caller: options.caller }),
      ...(options.secretsDir && { secretsDir: options.secretsDir }),
    },
  )
  return new OpenAI({ baseURL: `${gateway.address}/v1`, apiKey: 'hl', maxRetries: 0 })
}

const json = (response: ServerResponse, body: object, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

const records = () => vi.waitFor(() => (expect(gateway.records).toHaveLength(1), gateway.records[0]))

describe('a path that a provider declares [MODELS-WIRE-18]', () => {
  test('gives sound as it came, and takes the model by its own name', async () => {
    const sound = randomBytes(300_000)
    const client = await start((_heard, response) => {
      response.writeHead(200, {
        'content-type': 'audio/mpeg',
        'set-cookie': 'a=b',
        'content-length': sound.length,
      })
      response.end(sound)
    })
    const answer = await client.audio.speech.create({ model: 'm', voice: 'alloy', input: 'Hello' })
    expect(Buffer.from(await answer.arrayBuffer()).equals(sound)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('audio/mpeg')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('x-heavylift-model')).toBe('m')
    const [heard] = upstream.heard
    expect(heard?.url).toBe('/v1/audio/speech')
    expect(JSON.parse(String(heard?.body))).toEqual({ model: 'upstream-m', voice: 'alloy', input: 'Hello' })
    // The gateway's own key is for the gateway.
    expect(heard?.headers.authorization).toBeUndefined()
    expect(await records()).toMatchObject({
      api: 'other',
      model: 'm',
      status: 'ok',
      costMicros: 0,
      isUsageEstimated: false,
    })
  })

  test('takes a form with a file, with the model’s name replaced and every other byte kept', async () => {
    const client = await start((_heard, response) =>
      json(response, {
        text: 'four',
        usage: { type: 'tokens', input_tokens: 14, output_tokens: 45, total_tokens: 59 },
      }),
    )
    const sound = randomBytes(200_000)
    const answer = await client.audio.transcriptions.create({
      model: 'm',
      file: await toFile(sound, 'model.wav'),
    })
    expect(answer.text).toBe('four')
    const [heard] = upstream.heard
    expect(heard?.body.includes(sound)).toBe(true)
    expect(String(heard?.body)).toContain('name="model"\r\n\r\nupstream-m\r\n')
    expect(await records()).toMatchObject({ usage: { input: 14, output: 45 } })
  })

  test('meters by what an answer states, whatever its words for it', async () => {
    const client = await start((_heard, response) =>
      json(response, { results: [], usage: { total_tokens: 7 } }),
    )
    await client.post('/rerank', { body: { model: 'm', query: 'a', documents: ['b'] } })
    expect(await records()).toMatchObject({ usage: { input: 7, output: 0 }, isUsageEstimated: false })
  })

  test('takes files to Anthropic and brings them back, with the provider’s key and within the limits of who asks [MODELS-WIRE-18]', async () => {
    const bytes = randomBytes(200_000)
    const file = {
      type: 'file',
      id: 'file_1',
      filename: 'a.pdf',
      mime_type: 'application/pdf',
      size_bytes: 1,
    }
    await start(
      ({ method, url }, response) => {
        if (method === 'DELETE') return json(response, { id: 'file_1', type: 'file_deleted' })
        if (url.includes('/content')) {
          response.writeHead(200, { 'content-type': 'application/pdf' })
          return void response.end(bytes)
        }
        return json(
          response,
          method === 'GET' && !url.includes('file_1') ? { data: [file], has_more: false } : file,
        )
      },
      {
        provider: { kind: 'anthropic', apiKey: 'file:anthropic', paths: ['/files/*'] },
        table: { tenants: { main: { requestsPerMinute: 5 } } },
        secretsDir,
      },
    )
    const { files } = new Anthropic({ baseURL: gateway.address, apiKey: 'hl', maxRetries: 0 }).beta
    const uploaded = await files.upload({
      betas: ['files-api-2025-04-14'],
      file: await toAnthropicFile(bytes, 'a.pdf', { type: 'application/pdf' }),
    })
    expect(uploaded).toMatchObject({ id: 'file_1' })
    const [heard] = upstream.heard
    expect(heard?.body.includes(bytes)).toBe(true)
    expect(heard?.headers['x-api-key']).toBe('sk-anthropic')
    expect(heard?.headers['anthropic-beta']).toContain('files-api-2025-04-14')
    expect((await files.list()).data).toHaveLength(1)
    expect(await files.retrieveMetadata('file_1')).toMatchObject({ filename: 'a.pdf' })
    const content = await files.download('file_1')
    expect(Buffer.from(await content.arrayBuffer()).equals(bytes)).toBe(true)
    expect(await files.delete('file_1')).toMatchObject({ type: 'file_deleted' })
    await expect(files.list()).rejects.toMatchObject({ status: 429 })
    await vi.waitFor(() => expect(gateway.records).toHaveLength(6))
    expect(gateway.records.map(({ api, status }) => `${api} ${status}`)).toEqual([
      ...Array.from({ length: 5 }, () => 'other ok'),
      'other shed',
    ])
  })

  test('may be elsewhere on the replica’s host', async () => {
    const client = await start((_heard, response) => json(response, { count: 1 }))
    await client.post('/tokenize', { body: { model: 'm', prompt: 'a' } })
    expect(upstream.heard[0]?.url).toBe('/tokenize')
  })

  test('streams events as they come, with their usage', async () => {
    const client = await start((_heard, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"type":"image_generation.partial_image","b64_json":"AAAA"}\n\n')
      response.end(
        'data: {"type":"image_generation.completed","usage":{"input_tokens":3,"output_tokens":9,"total_tokens":12}}\n\n',
      )
    })
    const stream = await client.images.generate({ model: 'm', prompt: 'x', stream: true })
    const types: string[] = []
    for await (const event of stream) types.push(event.type)
    expect(types).toEqual(['image_generation.partial_image', 'image_generation.completed'])
    expect(await records()).toMatchObject({ usage: { input: 3, output: 9 } })
  })

  test('keeps method, query and status, and a list is JSON too', async () => {
    const client = await start((_heard, response) => json(response, { id: 'file_1' }, 201))
    const answer = await client.get('/files/file_1?after=x').asResponse()
    expect(answer.status).toBe(201)
    await client.post('/files/x', { body: ['a'] })
    expect(upstream.heard.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/files/file_1?after=x',
      'POST /v1/files/x',
    ])
  })

  test('without a model is for the main tenant: nothing says whose it is', async () => {
    const client = await start((_heard, response) => json(response, {}), {
      caller: () => ({ tenantId: 'acme', keyId: 'k', scope: 'models' }),
    })
    await expect(client.get('/files/file_1')).rejects.toMatchObject({ status: 403, code: 'path-shared' })
    await client.moderations.create({ model: 'm', input: 'a' })
    expect(upstream.heard).toHaveLength(1)
  })

  test('goes by limits, also for a key that names paths', async () => {
    const limits = {
      models: ['/files/*'],
      requestsPerMinute: 1,
      tokensPerMinute: null,
      maxInFlight: null,
      budgetUsdPerDay: null,
      budgetUsdPerMonth: null,
    }
    const client = await start((_heard, response) => json(response, {}), {
      caller: () => ({ tenantId: 'main', keyId: 'k', scope: 'models', limits }),
    })
    await expect(client.post('/moderations', { body: { input: 'a' } })).rejects.toMatchObject({ status: 403 })
    await client.get('/files/file_1')
    await expect(client.get('/files/file_1')).rejects.toMatchObject({ status: 429, code: 'rate-limited' })
  })

  test('is refused where its model is not served, with those that are', async () => {
    const client = await start((_heard, response) => json(response, {}))
    await expect(
      client.audio.speech.create({ model: 'chatty', voice: 'alloy', input: 'x' }),
    ).rejects.toMatchObject({
      status: 404,
      code: 'path-not-of-model',
      message: expect.stringContaining('Ask one of: m.'),
    })
    await expect(
      client.audio.speech.create({ model: 'nobody', voice: 'alloy', input: 'x' }),
    ).rejects.toMatchObject({
      code: 'model-unknown',
    })
  })

  test.each([
    '/v1/files/../../admin',
    '/v1/files/%2e%2e/admin',
    '/v1/files//x',
    '/v1/files/..%2fadmin',
    '/v1/files/a\\b',
  ])('is never left by %s', async (path) => {
    await start((_heard, response) => json(response, {}))
    const status = await new Promise((resolve) =>
      httpRequest(gateway.address, { path, method: 'GET' }, (response) => resolve(response.statusCode)).end(),
    )
    expect(status).toBe(404)
    expect(upstream.heard).toHaveLength(0)
  })

  test('is asked of another replica where one breaks before its first byte, and breaks off where it breaks later', async () => {
    let count = 0
    const client = await start((_heard, response) => {
      if (count++ === 0) return response.destroy()
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': 1000 })
      response.write(Buffer.alloc(500))
      setTimeout(() => response.destroy(), 20)
    })
    const answer = await client.audio.speech.create({ model: 'm', voice: 'alloy', input: 'x' })
    await expect(answer.arrayBuffer()).rejects.toThrow()
    expect(await records()).toMatchObject({ status: 'cut', attempts: 2 })
  })

  test('ends a stream of events that breaks in an error event', async () => {
    const client = await start((_heard, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"type":"a"}\n\ndata: {"type":"b')
      setTimeout(() => response.destroy(), 20)
    })
    const text = await (await client.post('/images/x', { body: { model: 'm' } }).asResponse()).text()
    expect(text).toMatch(/^data: \{"type":"a"\}\n\ndata: \{"error":\{.*\}\n\n$/)
  })

  test('refuses as the replica does', async () => {
    const client = await start((_heard, response) =>
      json(response, { error: { message: 'too loud', code: 'loud' } }, 422),
    )
    await expect(
      client.audio.speech.create({ model: 'm', voice: 'alloy', input: 'x' }),
    ).rejects.toMatchObject({
      status: 422,
      code: 'loud',
    })
    expect(await records()).toMatchObject({ status: 'rejected', httpStatus: 422, costMicros: 0 })
  })

  test('is not waited for without end', async () => {
    const client = await start(() => undefined, {
      model: { retries: 0, deadlines: { wholeAnswerMs: 100, totalMs: 1000 } },
    })
    await expect(
      client.audio.speech.create({ model: 'm', voice: 'alloy', input: 'x' }),
    ).rejects.toMatchObject({
      status: 504,
    })
  })

  test('holds its replica up where the client reads slowly', async () => {
    let sent = 0
    let isOver = false
    await start((_heard, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      const block = Buffer.alloc(256 * 1024)
      const more = () => {
        for (;;) {
          if (sent === 200) return void response.end(() => (isOver = true))
          sent++
          if (!response.write(block)) break
        }
        response.once('drain', more)
      }
      more()
    })
    const response = await new Promise<IncomingMessage>((resolve) =>
      httpRequest(`${gateway.address}/v1/files/big`, resolve).end(),
    )
    response.pause()
    // 50 MiB fit no socket's buffers: it stops, and stays.
    let before = -1
    await vi.waitFor(
      () => {
        const still = sent > 0 && sent === before
        before = sent
        expect(still).toBe(true)
      },
      { interval: 200, timeout: 10_000 },
    )
    expect(isOver).toBe(false)
    let bytes = 0
    for await (const part of response) bytes += (part as Buffer).length
    expect(bytes).toBe(200 * 256 * 1024)
  })
})

describe('a path that nobody declares [MODELS-WIRE-19]', () => {
  const at = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(gateway.address + path, { method, headers })
    return { status: response.status, allow: response.headers.get('allow'), text: await response.text() }
  }

  test('is answered 404 in the form of the API, with what there is', async () => {
    await start((_heard, response) => json(response, {}))
    const openai = await at('POST', '/v1/videos')
    expect(openai.status).toBe(404)
    expect(JSON.parse(openai.text)).toMatchObject({
      error: {
        type: 'invalid_request_error',
        code: 'path-unknown',
        message: expect.stringMatching(/POST \/v1\/chat\/completions.*\/v1\/audio\/\*/),
      },
    })
    const anthropic = await at('POST', '/v1/skills', { 'anthropic-version': '2023-06-01' })
    expect(JSON.parse(anthropic.text)).toMatchObject({ type: 'error', error: { type: 'not_found_error' } })
  })

  test('a wrong method is told the right ones; HEAD and OPTIONS are answered', async () => {
    await start((_heard, response) => json(response, {}))
    expect(await at('GET', '/v1/chat/completions')).toMatchObject({ status: 405, allow: 'POST, OPTIONS' })
    expect(await at('DELETE', '/v1/models/m')).toMatchObject({ status: 405, allow: 'GET, HEAD, OPTIONS' })
    expect(await at('HEAD', '/v1/models')).toMatchObject({ status: 200, text: '' })
    expect(await at('OPTIONS', '/v1/messages')).toMatchObject({ status: 204, allow: 'POST, OPTIONS' })
  })
})

describe('a WebSocket to a declared path [MODELS-WIRE-20]', () => {
  const open = (query: string, protocols: string[] = []): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${gateway.address.replace('http', 'ws')}/v1/realtime${query}`, protocols)
      socket.once('open', () => resolve(socket))
      socket.once('error', reject)
    })

  test('is relayed in both directions, and metered as one request', async () => {
    await start((_heard, response) => json(response, {}))
    const socket = await open('?model=m&intent=x')
    const echoed = new Promise<Buffer>((resolve) => socket.once('message', (data) => resolve(data as Buffer)))
    const said = randomBytes(400_000)
    socket.send(said)
    expect((await echoed).equals(said)).toBe(true)
    expect(upstream.heard[0]?.url).toBe('/v1/realtime?model=upstream-m&intent=x')
    socket.close()
    expect(await records()).toMatchObject({ status: 'ok', httpStatus: 101, model: 'm', attempts: 1 })
    await vi.waitFor(() => expect(upstream.sockets()).toBe(0))
  })

  test('shows its key as browsers do, which goes no further', async () => {
    let shown: string | undefined
    await start((_heard, response) => json(response, {}), {
      caller: ({ headers }) => {
        shown = headers.authorization
        return { tenantId: 'main', keyId: null, scope: 'admin' }
      },
    })
    const socket = await open('?model=m', ['realtime', 'openai-insecure-api-key.hl_sk_1'])
    expect(shown).toBe('Bearer hl_sk_1')
    expect(socket.protocol).toBe('realtime')
    expect(upstream.heard[0]?.headers['sec-websocket-protocol']).toBe('realtime')
    expect(upstream.heard[0]?.headers.authorization).toBeUndefined()
    socket.terminate()
    await records()
  })

  test('is refused by limits, by an unknown path and by the replica, with a status', async () => {
    await start((_heard, response) => json(response, {}), {
      table: { defaults: { requestsPerMinute: 1 } },
    })
    await expect(open('?model=nobody')).rejects.toThrow('404')
    await expect(open('?model=m&refuse=1')).rejects.toThrow('404')
    await expect(open('?model=m')).rejects.toThrow('429')
    expect(gateway.records.map(({ status }) => status)).toEqual(['rejected', 'shed'])
  })

  test('ends when the gateway does', async () => {
    await start((_heard, response) => json(response, {}))
    const socket = await open('?model=m')
    const closed = new Promise((resolve) => socket.once('close', resolve))
    gateway.gateway.stopCalls()
    await closed
    await records()
  })
})
