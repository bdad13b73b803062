import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { acceptedContent, createMcpHandler, inputRequired, McpServer } from '@modelcontextprotocol/server'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { noAuthorization } from '../../src/credentials/authorization.ts'
import { mcpOverHttp, mcpSource } from '../../src/tools/mcp-source.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

let scene: Scene
const bookings: unknown[] = []
const seen: unknown[] = []
const callIds: unknown[] = []
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'rooms', version: '1' })
  server.registerTool(
    'book',
    { description: 'Books a room.', inputSchema: z.object({ room: z.string() }) },
    ({ room }, context) => {
      const { inputResponses: given } = context.mcpReq
      if (given === undefined)
        return inputRequired({
          inputRequests: {
            who: inputRequired.elicit({
              message: 'How many come?',
              requestedSchema: {
                type: 'object',
                required: ['people'],
                properties: { people: { type: 'integer', minimum: 1 }, quiet: { type: 'boolean' } },
              },
            }),
          },
          requestState: `for ${room}`,
        })
      seen.push({ given, state: context.mcpReq.requestState() })
      const content = acceptedContent(given, 'who')
      if (content === undefined) return { content: [{ type: 'text', text: 'not booked' }] }
      bookings.push({ room, ...content })
      return { content: [{ type: 'text', text: `booked for ${String(content['people'])}` }] }
    },
  )
  return server
})
const http = createServer((request, response) => {
  void (async () => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method, id } = JSON.parse(chunks.length > 0 ? Buffer.concat(chunks).toString() : '{}') as {
      method?: string
      id?: unknown
    }
    if (method === 'tools/call') callIds.push(id)
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers.set(name, String(value))
    const answer = await handler.fetch(
      new Request(`http://127.0.0.1${request.url}`, {
        method: request.method ?? 'POST',
        headers,
        ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      }),
    )
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(Buffer.from(await answer.arrayBuffer()))
  })()
})

beforeAll(async () => {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const source = mcpSource(
    'rooms',
    mcpOverHttp(
      'rooms',
      `http://127.0.0.1:${port}/mcp`,
      createSafeFetch({ allowNetworks: ['127.0.0.0/8'], ports: [port] }),
      async () => noAuthorization,
      1_000_000,
    ),
  )
  scene = await openScene({ sources: [source] })
  await scene.publish({
    name: 'booker',
    tools: [{ id: 'book', from: 'rooms', tool: 'book' }],
    steps: [{ id: 'go', kind: 'tool', tool: 'book', with: { room: '${input.room}' } }],
  })
})
afterAll(async () => {
  await scene?.close()
  await handler.close()
  http.closeAllConnections()
  http.close()
})

const start = async (room: string): Promise<{ id: string; path: string }> => {
  const { id } = await scene.agents.runs.start({
    tenantId,
    agent: 'booker',
    input: { room },
    trigger: { kind: 'manual' },
  })
  await scene.inState(id, 'waiting')
  const [asked] = await scene.agents.runs.openQuestions({ tenantId, runId: id })
  expect(asked?.question).toMatchObject({
    ask: 'book of rooms asks: How many come?',
    choices: ['accept', 'decline'],
    form: { required: ['people'] },
  })
  return { id, path: asked!.path }
}
const answer = (run: { id: string; path: string }, choice: string, value?: unknown): Promise<void> =>
  scene.agents.runs.answer(tenantId, run.id, run.path, { choice, by: 'ann', value })

describe('a tool of MCP that asks in the middle of a call', () => {
  it('gets what a person fills in, and is called once more with it and with its own state [AGENTS-MCP-ASKS-01]', async () => {
    const run = await start('blue')
    await expect(answer(run, 'accept', { people: 'many' })).rejects.toMatchObject({ code: 'value-misfit' })
    await answer(run, 'accept', { people: 3 })
    const ended = await scene.ended(run.id)
    expect(ended).toMatchObject({ state: 'done' })
    expect(await scene.output(ended)).toBe('booked for 3')
    expect(bookings).toEqual([{ room: 'blue', people: 3 }])
    expect(seen.at(-1)).toMatchObject({
      given: { who: { action: 'accept', content: { people: 3 } } },
      state: 'for blue',
    })
    // As the protocol has it, no two of its requests have one id.
    expect(new Set(callIds).size).toBe(callIds.length)
    expect(callIds).toHaveLength(2)
  })

  it('is told that a person said no, and nothing else [AGENTS-MCP-ASKS-02]', async () => {
    const before = bookings.length
    const run = await start('red')
    await answer(run, 'decline', { people: 9 })
    expect(await scene.output(await scene.ended(run.id))).toBe('not booked')
    expect(bookings).toHaveLength(before)
    expect(seen.at(-1)).toMatchObject({ given: { who: { action: 'decline' } } })
    expect(JSON.stringify(seen.at(-1))).not.toContain('9')
  })
})
