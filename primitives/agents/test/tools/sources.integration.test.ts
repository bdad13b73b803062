import { fileURLToPath } from 'node:url'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { agentsConfigSchema } from '../../src/config.ts'
import { secretReader } from '@heavylift/models'
import { authorizer } from '../../src/credentials/configured.ts'
import { toolFetch } from '../../src/tools/tool-fetch.ts'
import { registerSources } from '../../src/tools/register-sources.ts'
import { ToolSources } from '../../src/tools/tool-sources.ts'
import type { CallContext, ToolOutcome } from '../../src/tools/tool.ts'

const context: CallContext = {
  tenantId: 't',
  credential: null,
  signal: new AbortController().signal,
  key: 'key-1',
  caller: null,
  maxAnswerBytes: 1024 * 1024,
}
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server on loopback, and sources that may reach it. */
async function open(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  more: object = {},
): Promise<{ base: string; sources: ToolSources; dir: string }> {
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => handle(request, response, body))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const base = `http://127.0.0.1:${port}`
  const dir = await mkdtemp(join(tmpdir(), 'agents-sources-'))
  await writeFile(
    join(dir, 'shop.json'),
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Shop' },
      paths: {
        '/orders/{id}': {
          get: { operationId: 'getOrder' },
          post: {
            operationId: 'pay',
            parameters: [{ name: 'Idempotency-Key', in: 'header' }],
            requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          },
        },
      },
    }),
  )
  const config = agentsConfigSchema.parse({
    sources: {
      'http:crm': { url: `${base}/crm` },
      'openapi:shop': { url: base, document: 'shop.json' },
      'mcp:files': { url: `${base}/mcp` },
    },
    credentials: { shop: { secret: 'env:HEAVYLIFT_SECRET_AGENTS_TEST', sources: ['openapi:shop'] } },
    allowNetworks: ['127.0.0.0/8'],
    ports: [port],
    toolTimeoutSeconds: 20,
    ...more,
  })
  const readSecret = secretReader({ secretsDir: dir })
  const sources = new ToolSources()
  const registered = registerSources(sources, {
    config,
    configDir: dir,
    fetch: toolFetch(config),
    authorize: authorizer(config.credentials, readSecret),
    readSecret,
    registered: async () => null,
  })
  closing.push(
    () => registered.close(),
    () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(done)
      }),
    () => rm(dir, { recursive: true }),
  )
  return { base, sources, dir }
}

async function call(
  sources: ToolSources,
  from: string,
  name: string,
  args: Record<string, unknown>,
  more: Partial<CallContext> = {},
): Promise<ToolOutcome> {
  const given = { ...context, ...more }
  const { source, tool } = await sources.findTool(from, name, given)
  return await source.call({ source: from, tool, args }, given)
}

describe('sources of tools', () => {
  it('call an operation with key and credential, which stay at the edge [AGENTS-TOOLS-01]', async () => {
    const seen: { url: string; headers: IncomingMessage['headers']; body: string }[] = []
    const { sources } = await open((request, response, body) => {
      seen.push({ url: request.url ?? '', headers: request.headers, body })
      response.setHeader('content-type', 'application/json').end('{"ok":true}')
    })
    process.env['HEAVYLIFT_SECRET_AGENTS_TEST'] = 'the-secret'
    try {
      expect(
        await call(
          sources,
          'openapi:shop',
          'pay',
          { id: 'a/b', body: { amount: 1 } },
          { credential: 'shop' },
        ),
      ).toEqual({ state: 'done', value: { ok: true } })
      expect(seen).toMatchObject([
        {
          url: '/orders/a%2Fb',
          body: '{"amount":1}',
          headers: { authorization: 'Bearer the-secret', 'idempotency-key': 'key-1' },
        },
      ])
      expect(await call(sources, 'http:crm', 'read', { url: '/x' }, { credential: 'shop' })).toMatchObject({
        state: 'failed',
        code: 'credential-elsewhere',
      })
      expect(JSON.stringify(await (await sources.find('t', 'openapi:shop')).list(context))).not.toContain(
        'the-secret',
      )
    } finally {
      delete process.env['HEAVYLIFT_SECRET_AGENTS_TEST']
    }
    expect(seen).toHaveLength(1)
  })

  it('call nothing but their own address [AGENTS-TOOLS-02]', async () => {
    const seen: string[] = []
    const { sources } = await open((request, response) => {
      seen.push(request.url ?? '')
      response.end('fine')
    })
    expect(await call(sources, 'http:crm', 'read', { url: 'people', query: { q: 'a b' } })).toEqual({
      state: 'done',
      value: 'fine',
    })
    for (const url of [
      'https://attacker.example/x',
      '/../admin',
      '..%2f/../../admin',
      'http://127.0.0.1:1/crm/x',
      '//attacker.example/crm/',
    ])
      expect(
        (await call(sources, 'http:crm', 'read', { url })).state === 'done' ? seen.at(-1) : 'refused',
      ).toMatch(/^refused$|^\/crm\//)
    expect(seen.every((url) => url.startsWith('/crm/'))).toBe(true)
  })

  it('say how a call ended: refused, lost, too long [AGENTS-TOOLS-03]', async () => {
    const { sources } = await open((request, response) => {
      if (request.url?.endsWith('/long')) response.end('x'.repeat(2 * 1024 * 1024))
      else if (request.url?.endsWith('/break')) request.socket.destroy()
      else if (request.url?.endsWith('/garbage'))
        response.setHeader('content-type', 'application/json').end('{"a":')
      else response.writeHead(404).end('no such thing')
    })
    expect(await call(sources, 'http:crm', 'read', { url: '/none' })).toMatchObject({
      state: 'failed',
      code: 'http-404',
      isRetryable: false,
    })
    expect(await call(sources, 'http:crm', 'read', { url: '/long' })).toMatchObject({
      state: 'failed',
      code: 'answer-too-long',
    })
    expect(await call(sources, 'http:crm', 'read', { url: '/break' })).toMatchObject({
      state: 'failed',
      isRetryable: true,
    })
    expect(await call(sources, 'http:crm', 'request', { url: '/break', method: 'POST' })).toMatchObject({
      state: 'lost',
    })
    expect(await call(sources, 'http:crm', 'read', { url: '/garbage' })).toEqual({
      state: 'done',
      value: '{"a":',
    })
  })

  it('have a stated outcome for an answer that is huge, packed, broken, of a wrong kind, twice, or never comes [AGENTS-BAD-01]', async () => {
    let posted = 0
    const { sources } = await open(
      (request, response) => {
        const path = (request.url ?? '').replace('/crm', '')
        if (request.method === 'POST') posted++
        if (path === '/huge') {
          // 50 MB without a length, as fast as they are taken.
          const chunk = Buffer.alloc(1024 * 1024, 120)
          let left = 50
          const more = (): void => {
            while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', more)
            response.end()
          }
          more()
        } else if (path === '/claims')
          response.writeHead(200, { 'content-length': String(50 * 1024 ** 2) }).flushHeaders()
        else if (path === '/bomb')
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50 * 1024 ** 2)))
        else if (path === '/packed-badly')
          response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
        else if (path === '/packed-strangely')
          response.writeHead(200, { 'content-encoding': 'x-own' }).end('x')
        else if (path === '/loop') response.writeHead(302, { location: '/crm/loop' }).end()
        else if (path === '/away')
          response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
        else if (path === '/bytes')
          response
            .writeHead(200, { 'content-type': 'application/octet-stream' })
            .end(Buffer.from([0, 255, 254]))
        else if (path === '/html')
          response.writeHead(200, { 'content-type': 'application/json' }).end('<html>no json</html>')
        else if (path === '/twice') {
          response.end('first')
          request.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond')
        }
        // `/never` says nothing at all.
      },
      { toolTimeoutSeconds: 2 },
    )
    const read = (url: string) => call(sources, 'http:crm', 'read', { url })
    const write = (url: string) => call(sources, 'http:crm', 'request', { url, method: 'POST' })
    for (const url of ['/huge', '/claims', '/bomb']) {
      expect(await read(url), url).toMatchObject({ state: 'failed', code: 'answer-too-long' })
      // The call took place: only its answer cannot be taken.
      expect(await write(url), url).toMatchObject({ state: 'lost', code: 'answer-too-long' })
    }
    for (const url of ['/packed-badly', '/packed-strangely']) {
      expect(await read(url), url).toMatchObject({ state: 'failed', code: 'outbound-encoding' })
      expect(await write(url), url).toMatchObject({ state: 'lost', code: 'outbound-encoding' })
    }
    for (const url of ['/loop', '/away']) expect(await read(url), url).toMatchObject({ state: 'failed' })
    expect(await write('/loop')).toMatchObject({
      state: expect.stringMatching(/^(failed|lost)$/),
      code: 'outbound-redirect-refused',
    })
    expect(await read('/never')).toMatchObject({
      state: 'failed',
      code: 'outbound-timeout',
      isRetryable: true,
    })
    expect(await write('/never')).toMatchObject({ state: 'lost', code: 'outbound-timeout' })
    expect(await read('/html')).toEqual({ state: 'done', value: '<html>no json</html>' })
    expect((await read('/bytes')).state).toBe('done')
    expect(await read('/twice')).toEqual({ state: 'done', value: 'first' })
    expect(posted).toBeGreaterThan(0)
  })

  it('answer without the credential that they were sent [AGENTS-TOOLS-01]', async () => {
    const { sources } = await open((request, response) =>
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ headers: request.headers })),
    )
    process.env['HEAVYLIFT_SECRET_AGENTS_TEST'] = 'the "secret" that is echoed'
    try {
      const outcome = await call(sources, 'openapi:shop', 'getOrder', { id: '1' }, { credential: 'shop' })
      expect(outcome).toMatchObject({
        state: 'done',
        value: { headers: { authorization: 'Bearer [credential]' } },
      })
    } finally {
      delete process.env['HEAVYLIFT_SECRET_AGENTS_TEST']
    }
  })

  it('speak MCP over streamable HTTP [AGENTS-TOOLS-04]', async () => {
    const { sources } = await open((_request, response, body) => {
      const { id, method, params } = JSON.parse(body || '{}') as {
        id?: number
        method?: string
        params?: { protocolVersion?: string; name?: string; arguments?: unknown }
      }
      response.setHeader('content-type', 'application/json')
      const answer = (result: unknown): unknown =>
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result }))
      if (id === undefined) response.writeHead(202).end()
      else if (method === 'initialize')
        answer({
          protocolVersion: '2025-11-25',
          capabilities: { tools: {} },
          serverInfo: { name: 'files', version: '1' },
        })
      else if (method === 'tools/list')
        answer({
          tools: [
            {
              name: 'read',
              description: 'Reads',
              inputSchema: { type: 'object' },
              annotations: { readOnlyHint: true },
            },
            { name: 'fail', inputSchema: { type: 'object' } },
          ],
        })
      else if (method === 'tools/call')
        answer(
          params?.name === 'fail'
            ? { isError: true, content: [{ type: 'text', text: 'no' }] }
            : { content: [{ type: 'text', text: `got ${JSON.stringify(params?.arguments)}` }] },
        )
      else response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'unknown' } }))
    })
    const tools = await (await sources.find('t', 'mcp:files')).list(context)
    expect(tools).toMatchObject([
      { name: 'read', effect: 'none' },
      { name: 'fail', effect: 'outside' },
    ])
    expect(await call(sources, 'mcp:files', 'read', { path: 'a' })).toEqual({
      state: 'done',
      value: 'got {"path":"a"}',
    })
    expect(await call(sources, 'mcp:files', 'fail', {})).toMatchObject({
      state: 'failed',
      code: 'tool-error',
      message: 'no',
    })
  })

  it('start MCP servers that an administrator has listed, once for all calls, and again where they ended [AGENTS-TOOLS-06]', async () => {
    process.env['HEAVYLIFT_SECRET_AGENTS_TEST'] = 'very-secret'
    const child = fileURLToPath(new URL('mcp-program-child.ts', import.meta.url))
    const { sources } = await open((_request, response) => response.end(), {
      maxAnswerBytes: 100_000,
      programs: {
        'mcp:local': {
          command: process.execPath,
          args: [child],
          env: { FILES_DIR: '/srv' },
          secrets: { FILES_KEY: 'env:HEAVYLIFT_SECRET_AGENTS_TEST' },
        },
        'mcp:missing': { command: '/nowhere/program' },
      },
    })
    const say = async (): Promise<string> => {
      const said = await call(sources, 'mcp:local', 'say', { a: 1 })
      return String((said as { value?: unknown }).value)
    }
    const [first, second] = await Promise.all([say(), say()])
    expect(second).toBe(first)
    // It is given nothing of the server's environment but what is listed.
    expect(first).toMatch(/^\d+ \{"a":1\} FILES_DIR FILES_KEY HOME PATH$/)
    const secret = await call(sources, 'mcp:local', 'secret', {})
    expect(secret).toMatchObject({ state: 'done' })
    expect(JSON.stringify(secret)).not.toContain('very-secret')
    expect(await call(sources, 'mcp:local', 'die', {})).toMatchObject({ state: 'lost' })
    const again = await say()
    expect(again.split(' ')[0]).not.toBe(first.split(' ')[0])
    expect(await call(sources, 'mcp:local', 'endless', {})).toMatchObject({ state: 'lost' })
    await expect(call(sources, 'mcp:missing', 'say', {})).rejects.toMatchObject({
      code: 'program-not-started',
    })
    await expect(call(sources, 'mcp:unlisted', 'say', {})).rejects.toThrow()
  })

  it('run code that reaches nothing, in a second and 64 MiB at most [AGENTS-TOOLS-05]', async () => {
    const { sources } = await open((_request, response) => response.end())
    const run = (code: string, input: unknown = null): Promise<ToolOutcome> =>
      call(sources, 'code', 'run', { code, input })
    expect(await run('return input.a + 1', { a: 2 })).toEqual({ state: 'done', value: 3 })
    expect(
      await run(
        'return [typeof process, typeof require, typeof fetch, typeof setTimeout, typeof globalThis.Deno]',
      ),
    ).toEqual({ state: 'done', value: Array.from({ length: 5 }, () => 'undefined') })
    expect(await run('throw new TypeError("bad")')).toMatchObject({
      state: 'failed',
      code: 'code-failed',
      message: expect.stringContaining('TypeError: bad'),
    })
    expect(await run('for (;;);')).toMatchObject({ state: 'failed', code: 'code-too-long' })
    expect(await run('const all = []; for (;;) all.push("x".repeat(1e6) + all.length)')).toMatchObject({
      state: 'failed',
    })
    expect(await run('return 1')).toEqual({ state: 'done', value: 1 })
  })
})
