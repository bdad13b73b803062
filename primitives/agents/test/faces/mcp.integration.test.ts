import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { CallToolResult } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noAuthorization } from '../../src/credentials/authorization.ts'
import { mcpRoutes } from '../../src/routes/mcp.ts'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import type { ToolSource } from '../../src/tools/tool.ts'
import { mcpOverHttp, mcpSource } from '../../src/tools/mcp-source.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'
import { serveRoutes } from './serve-routes.ts'

let scene: Scene
let served: Awaited<ReturnType<typeof serveRoutes>>
const gate = { isOpen: false }
const source = scriptedSource('world', {
  slow: {
    answer: async () => {
      await expect.poll(() => gate.isOpen, { timeout: 30_000 }).toBe(true)
      return { state: 'done', value: 'opened' }
    },
  },
})
/** The agents of this server as tools of themselves. */
const self: ToolSource = {
  name: 'self',
  list: (context) => own().list(context),
  call: (call, context) => own().call(call, context),
}
const own = () =>
  mcpSource(
    'self',
    mcpOverHttp(
      'self',
      `${served.address}/mcp`,
      createSafeFetch({ allowNetworks: ['127.0.0.0/8'], ports: [Number(new URL(served.address).port)] }),
      async () => noAuthorization,
      1_000_000,
    ),
  )
const slow = { id: 'slow', from: 'world', tool: 'slow' }

beforeAll(async () => {
  scene = await openScene({ sources: [source, self], config: { maxDepth: 3 } })
  served = await serveRoutes(mcpRoutes(scene.agents), '/api/agents')
  await scene.publish({
    name: 'echo-name',
    summary: 'Greets.',
    input: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    output: { type: 'object', required: ['greeting'], properties: { greeting: { type: 'string' } } },
    steps: [
      { id: 'one', kind: 'set', value: 1 },
      { id: 'two', kind: 'set', title: 'Greet', value: { greeting: 'Hello ${input.name}' }, after: ['one'] },
    ],
  })
  await scene.publish({
    name: 'words',
    input: {
      type: 'object',
      required: ['tone'],
      properties: {
        tone: { enum: ['plain', 'polite'], description: 'How it sounds' },
        lines: { type: 'integer' },
      },
    },
    output: { type: 'object', properties: { messages: { type: 'array' } } },
    steps: [
      {
        id: 'say',
        kind: 'set',
        value: { messages: [{ role: 'user', content: 'Be ${input.tone} in ${input.lines + 1} lines' }] },
      },
    ],
  })
  await scene.publish({
    name: 'asks',
    steps: [{ id: 'ok', kind: 'approve', who: ['boss'], ask: 'May it go on?' }],
  })
  await scene.publish({
    name: 'slow',
    tools: [slow],
    steps: [{ id: 'go', kind: 'tool', tool: 'slow' }],
  })
  await scene.publish({
    name: 'breaks',
    steps: [{ id: 'go', kind: 'set', value: '${input.missing.field}' }],
  })
})
afterAll(async () => {
  gate.isOpen = true
  await served?.close()
  await scene?.close()
})

const eras = ['2025-11-25', '2026-07-28'] as const

async function connect(era: (typeof eras)[number], path = '/mcp', headers = {}): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode: era === '2025-11-25' ? 'legacy' : { pin: era } } },
  )
  await client.connect(
    new StreamableHTTPClientTransport(new URL(served.address + path), { requestInit: { headers } }),
  )
  return client
}
const textOf = ({ content }: CallToolResult): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('')

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${served.address}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe.each(eras)('agents as tools of MCP %s', (era) => {
  it('are listed with their schemas and answer with what their run came to [AGENTS-MCP-01]', async () => {
    const client = await connect(era)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'asks',
      'breaks',
      'echo_name',
      'slow',
      'words',
      'heavylift__run',
    ])
    expect(tools[2]).toMatchObject({ description: 'Greets.', inputSchema: { required: ['name'] } })
    const steps: unknown[] = []
    const result = await client.callTool(
      { name: 'echo_name', arguments: { name: 'Ada' } },
      { onprogress: ({ progress, total, message }) => steps.push([progress, total, message]) },
    )
    expect(result.structuredContent).toEqual({ greeting: 'Hello Ada' })
    expect(steps).toEqual([
      [1, 2, 'one'],
      [2, 2, 'Greet'],
    ])
    await client.close()
  })

  it('are prompts where they return messages, and complete what their schema lists [AGENTS-MCP-08]', async () => {
    const client = await connect(era)
    const { prompts } = await client.listPrompts()
    expect(prompts).toMatchObject([
      {
        name: 'words',
        arguments: [
          { name: 'tone', required: true, description: 'How it sounds' },
          { name: 'lines', required: false },
        ],
      },
    ])
    const { messages } = await client.getPrompt({ name: 'words', arguments: { tone: 'polite', lines: '2' } })
    expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: 'Be polite in 3 lines' } }])
    for (const name of ['nobody', 'echo_name'])
      await expect(client.getPrompt({ name })).rejects.toMatchObject({ code: -32_602 })
    await expect(client.getPrompt({ name: 'words', arguments: { tone: 'loud' } })).rejects.toMatchObject({
      code: -32_602,
    })
    const ref = { type: 'ref/prompt' as const, name: 'words' }
    const { completion } = await client.complete({ ref, argument: { name: 'tone', value: 'PL' } })
    expect(completion).toMatchObject({ values: ['plain'], hasMore: false })
    await client.close()
  })

  it('say what is wrong: input, a failed run, a tool that is not there [AGENTS-MCP-02]', async () => {
    const client = await connect(era)
    const wrong = await client.callTool({ name: 'echo_name', arguments: { name: 3 } })
    expect(wrong.isError).toBe(true)
    expect(textOf(wrong)).toContain('does not fit')
    expect(await client.callTool({ name: 'breaks', arguments: {} })).toMatchObject({ isError: true })
    await expect(client.callTool({ name: 'nobody', arguments: {} })).rejects.toMatchObject({ code: -32_602 })
    await scene.agents.agents.pause(tenantId, 'breaks', 'It is looked at.')
    expect(textOf(await client.callTool({ name: 'breaks', arguments: {} }))).toContain('It is looked at.')
    await scene.agents.agents.pause(tenantId, 'breaks', null)
    await client.close()
  })

  it('say of a deprecated agent what to call instead [AGENTS-LIFE-01]', async () => {
    const client = await connect(era)
    const life = { life: 'deprecated' as const, successor: 'asks', because: 'Nobody greets any more' }
    await scene.agents.agents.setLife(tenantId, 'echo-name', life)
    const said = 'The agent "echo-name" is deprecated: Nobody greets any more. Call "asks" instead.'
    const { tools } = await client.listTools()
    expect(tools.find(({ name }) => name === 'echo_name')?.description).toBe(`${said} Greets.`)
    const result = await client.callTool({ name: 'echo_name', arguments: { name: 'Ada' } })
    expect(result._meta).toMatchObject({ 'heavylift/warning': said })
    await scene.agents.agents.setLife(tenantId, 'echo-name', {
      life: 'active',
      successor: null,
      because: null,
    })
    await client.close()
  })

  it('say that they wait for a person, and later what came of it [AGENTS-MCP-03]', async () => {
    const client = await connect(era)
    const asked = await client.callTool({ name: 'asks', arguments: {} })
    expect(asked.structuredContent).toMatchObject({ status: 'waits-for-person', asks: ['May it go on?'] })
    const { runId } = asked.structuredContent as { runId: string }
    await scene.agents.runs.answer(tenantId, runId, 'ok', { choice: 'approved', by: 'boss' })
    const ended = await client.callTool({ name: 'heavylift__run', arguments: { runId, waitSeconds: 20 } })
    expect(ended.isError).toBeFalsy()
    const [content] = (await client.readResource({ uri: `heavylift://runs/${runId}` })).contents
    expect(JSON.parse((content as { text: string }).text)).toMatchObject({ state: 'done', agent: 'asks' })
    await client.close()
  })

  it('end a run that its caller cancels [AGENTS-MCP-04]', async () => {
    gate.isOpen = false
    const client = await connect(era)
    const stop = new AbortController()
    const before = source.calls.length
    const calling = client.callTool({ name: 'slow', arguments: {} }, { signal: stop.signal })
    calling.catch(() => undefined)
    await expect.poll(() => source.calls.length, { timeout: 20_000 }).toBe(before + 1)
    stop.abort('enough')
    await expect(calling).rejects.toThrow()
    const [run] = await scene.agents.runs.list({ tenantId, agent: 'slow', limit: 1 })
    expect((await scene.ended(run!.id)).state).toBe('cancelled')
    gate.isOpen = true
    await client.close()
  })

  it('show a key its own runs and nobody else’s [AGENTS-MCP-05]', async () => {
    const mine = await connect(era, '/mcp', { 'x-test-key': 'mine' })
    const asked = await mine.callTool({ name: 'asks', arguments: {} })
    const { runId } = asked.structuredContent as { runId: string }
    const other = await connect(era, '/mcp/asks', { 'x-test-key': 'other' })
    expect((await other.listTools()).tools.map(({ name }) => name)).toEqual(['asks', 'heavylift__run'])
    expect(textOf(await other.callTool({ name: 'heavylift__run', arguments: { runId } }))).toContain(
      'There is no run',
    )
    await expect(other.readResource({ uri: `heavylift://runs/${runId}` })).rejects.toThrow()
    await Promise.all([mine.close(), other.close()])
  })
})

describe('the endpoint of MCP', () => {
  it('takes a request that is sent again in its session for the same run [AGENTS-MCP-06]', async () => {
    const begun = await post({
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'by-hand', version: '1' },
      },
    })
    const session = begun.headers.get('mcp-session-id')!
    const call = {
      jsonrpc: '2.0',
      id: 7,
      method: 'tools/call',
      params: { name: 'echo_name', arguments: { name: 'Bo' } },
    }
    const headers = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' }
    const count = async () =>
      (await scene.agents.runs.list({ tenantId, agent: 'echo-name', limit: 50 })).length
    const before = await count()
    const [first, second] = [await post(call, headers), await post(call, headers)]
    expect(await first.text()).toContain('Hello Bo')
    expect(await second.text()).toContain('Hello Bo')
    expect(await count()).toBe(before + 1)
    const unknown = await post(call, { ...headers, 'mcp-session-id': `${session}x` })
    expect(unknown.status).toBe(404)
    const foreign = await post(call, { ...headers, 'x-test-key': 'other' })
    expect(foreign.status).toBe(404)
  })

  it('ends a circle of agents that call each other by it [AGENTS-FACE-03]', async () => {
    const tools = [{ id: 'me', from: 'self', tool: 'circle' }]
    await scene.publish({ name: 'circle', tools, steps: [{ id: 'again', kind: 'tool', tool: 'me' }] })
    const row = await scene.run('circle')
    expect(row).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('3 deep') } })
    const runs = await scene.agents.runs.list({ tenantId, agent: 'circle', limit: 50 })
    expect(runs.map(({ depth }) => depth).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
    expect(runs.find(({ depth }) => depth === 2)?.trigger).toMatchObject({
      kind: 'mcp',
      origins: { own: ['outside'] },
      callers: [{ agent: 'circle' }, { agent: 'circle' }],
    })
  })

  it('refuses versions, messages, methods and addresses that it does not know [AGENTS-MCP-07]', async () => {
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
    expect((await post(list, { 'mcp-protocol-version': '1999-01-01' })).status).toBe(400)
    expect((await post('{"jsonrpc": ')).status).toBe(400)
    expect((await fetch(`${served.address}/mcp`)).status).toBe(405)
    expect((await fetch(`${served.address}/mcp`, { method: 'DELETE' })).status).toBe(405)
    const nobody = await fetch(`${served.address}/mcp/nobody`, { method: 'POST', body: '{}' })
    expect(nobody.status).toBe(404)
  })
})
