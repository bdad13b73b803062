import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AgentCard, Role, TaskState, verifyAgentCardSignature } from '@a2a-js/sdk'
import type { Message, Task } from '@a2a-js/sdk'
import { ClientFactory } from '@a2a-js/sdk/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { a2aRoutes } from '../../src/routes/a2a.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
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
const told: { token: string | undefined; authorization: string | undefined; body: unknown }[] = []
const hook = createServer((request, response) => {
  void (async () => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { authorization } = request.headers
    told.push({
      token: String(request.headers['x-a2a-notification-token']),
      authorization,
      body: JSON.parse(text),
    })
    response.writeHead(204).end()
  })()
})

beforeAll(async () => {
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  scene = await openScene({
    sources: [source],
    config: { callbacks: { allowNetworks: ['127.0.0.1/32'], ports: 'any' } },
  })
  served = await serveRoutes(a2aRoutes(scene.agents), '/api/agents')
  await scene.publish({
    name: 'greets',
    summary: 'Greets.',
    input: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, call: { type: 'object' } },
    },
    steps: [
      { id: 'one', kind: 'set', value: 1 },
      { id: 'two', kind: 'set', value: { hello: '${input.name}', id: '${input.call.id}' }, after: ['one'] },
    ],
  })
  await scene.publish({
    name: 'asks',
    steps: [{ id: 'ok', kind: 'approve', who: ['boss'], ask: 'May it go on?' }],
  })
  await scene.publish({
    name: 'slow',
    tools: [{ id: 'slow', from: 'world', tool: 'slow' }],
    steps: [{ id: 'go', kind: 'tool', tool: 'slow' }],
  })
})
afterAll(async () => {
  gate.isOpen = true
  await served?.close()
  await scene?.close()
  hook.close()
})

let count = 0
const message = (text: string, more: Partial<Message> = {}): Message => ({
  messageId: `m${++count}`,
  contextId: '',
  taskId: '',
  role: Role.ROLE_USER,
  parts: [
    { content: { $case: 'text', value: text }, mediaType: 'text/plain', filename: '', metadata: undefined },
  ],
  metadata: undefined,
  extensions: [],
  referenceTaskIds: [],
  ...more,
})
const clientOf = (agent: string) =>
  new ClientFactory().createFromUrl(`${served.address}/a2a/${agent}/`, '.well-known/agent-card.json')
const send = async (agent: string, given: Message, returnImmediately = false): Promise<Task> =>
  (await (
    await clientOf(agent)
  ).sendMessage({
    tenant: '',
    message: given,
    configuration: {
      acceptedOutputModes: [],
      taskPushNotificationConfig: undefined,
      returnImmediately,
    },
    metadata: undefined,
  })) as Task

const rpc = async (agent: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> =>
  (
    await fetch(`${served.address}/a2a/${agent}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'a2a-version': '1.0', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  ).json()
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${served.address}/a2a/${path}`, { headers: { 'a2a-version': '1.0', ...headers } })

describe('agents of A2A', () => {
  it('say of a deprecated one what to call instead, on the card and with each task [AGENTS-LIFE-01]', async () => {
    const life = { life: 'deprecated' as const, successor: 'asks', because: 'It is old' }
    await scene.agents.agents.setLife(tenantId, 'greets', life)
    const said = 'The agent "greets" is deprecated: It is old. Call "asks" instead.'
    const card = (await (await get('greets/.well-known/agent-card.json')).json()) as { description: string }
    expect(card.description).toBe(`${said} Greets.`)
    const answer = await rpc('greets', {
      jsonrpc: '2.0',
      id: 1,
      method: 'SendMessage',
      params: { message: { messageId: 'old', role: 'ROLE_USER', parts: [{ text: 'Ada' }] } },
    })
    expect(answer).toMatchObject({ result: { task: { metadata: { warning: said } } } })
    await scene.agents.agents.setLife(tenantId, 'greets', { life: 'active', successor: null, because: null })
  })

  it('say on a signed card what they are and where they are called [AGENTS-PEER-01]', async () => {
    const path = 'greets/.well-known/agent-card.json'
    const answer = await get(path)
    const card = AgentCard.fromJSON(await answer.json())
    expect(card).toMatchObject({
      name: 'greets',
      description: 'Greets.',
      version: '1',
      skills: [{ id: 'greets' }],
      supportedInterfaces: [
        { protocolBinding: 'JSONRPC', protocolVersion: '1.0', url: `${served.address}/a2a/greets` },
        { protocolBinding: 'HTTP+JSON', protocolVersion: '1.0' },
      ],
    })
    const keys = (await (await get('jwks.json')).json()) as { keys: { kid: string }[] }
    const verify = verifyAgentCardSignature(async (kid) => keys.keys.find((key) => key.kid === kid) as never)
    await verify(card)
    await expect(verify({ ...card, name: 'somebody' })).rejects.toThrow()
    const again = await get(path, { 'if-none-match': answer.headers.get('etag')! })
    expect(again.status).toBe(304)
    expect((await get('nobody/.well-known/agent-card.json')).status).toBe(404)
  })

  it('answer a message with a task that is a run; the same message again is the same task [AGENTS-PEER-02]', async () => {
    const given = message('Ada')
    const task = await send('greets', given)
    expect(task).toMatchObject({
      status: { state: TaskState.TASK_STATE_COMPLETED },
      artifacts: [{ parts: [{ content: { $case: 'data', value: { hello: 'Ada', id: given.messageId } } }] }],
      history: [{ messageId: given.messageId }],
    })
    expect((await send('greets', given)).id).toBe(task.id)
    expect((await scene.agents.runs.find(tenantId, task.id)).trigger).toMatchObject({ kind: 'a2a' })
    const client = await clientOf('greets')
    await expect(client.cancelTask({ tenant: '', id: task.id, metadata: undefined })).rejects.toThrow(/ended/)
    const listed = await (await get(`greets/tasks?contextId=${task.contextId}`)).json()
    expect(listed).toMatchObject({ tasks: [{ id: task.id }], totalSize: 1, nextPageToken: '' })
  })

  it('stream what happens, and are followed again by who was cut off [AGENTS-PEER-03]', async () => {
    gate.isOpen = false
    const client = await clientOf('slow')
    const begun = await send('slow', message('go'), true)
    expect(begun.status?.state).not.toBe(TaskState.TASK_STATE_COMPLETED)
    const seen: string[] = []
    for await (const event of client.resubscribeTask({ tenant: '', id: begun.id })) {
      seen.push(event.payload?.$case ?? '')
      gate.isOpen = true
    }
    expect(seen[0]).toBe('task')
    expect(seen.slice(-2)).toEqual(['artifactUpdate', 'statusUpdate'])
    const greets = await clientOf('greets')
    const states: unknown[] = []
    for await (const { payload } of greets.sendMessageStream({
      tenant: '',
      message: message('Bo'),
      configuration: undefined,
      metadata: undefined,
    }))
      states.push(payload?.$case === 'statusUpdate' ? payload.value.status?.state : payload?.$case)
    expect(states[0]).toBe('task')
    expect(states.at(-1)).toBe(TaskState.TASK_STATE_COMPLETED)
  })

  it('are interrupted where a person is asked, whose answer an operator may send [AGENTS-PEER-04]', async () => {
    const task = await send('asks', message('go'))
    expect(task.status).toMatchObject({
      state: TaskState.TASK_STATE_INPUT_REQUIRED,
      message: { parts: [{ content: { value: 'May it go on?' } }, { content: { $case: 'data' } }] },
    })
    const mine = await rpc(
      'asks',
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'SendMessage',
        params: { message: { messageId: 'k1', role: 'ROLE_USER', parts: [{ text: 'go' }] } },
      },
      { 'x-test-key': 'mine' },
    )
    const { id } = (mine as { result: { task: { id: string } } }).result.task
    const answer = { messageId: 'k2', role: 'ROLE_USER', taskId: id, parts: [{ text: 'approved' }] }
    const params = { message: answer }
    const refused = await rpc(
      'asks',
      { jsonrpc: '2.0', id: 2, method: 'SendMessage', params },
      { 'x-test-key': 'mine' },
    )
    expect(refused).toMatchObject({ error: { code: -32_004, message: expect.stringContaining('person') } })
    const done = await send('asks', message('approved', { taskId: task.id }))
    expect(done.status?.state).toBe(TaskState.TASK_STATE_COMPLETED)
    expect(done.history.map(({ role }) => role)).toEqual([Role.ROLE_USER, Role.ROLE_AGENT, Role.ROLE_USER])
    await expect(send('asks', message('approved', { taskId: task.id }))).rejects.toThrow(/ended/)
  })

  it('tell an address when a task changes, and no private one [AGENTS-PEER-05]', async () => {
    gate.isOpen = false
    const begun = await send('slow', message('go'), true)
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`
    const put = (config: object) =>
      rpc('slow', { jsonrpc: '2.0', id: 1, method: 'CreateTaskPushNotificationConfig', params: config })
    for (const bad of ['http://10.0.0.1/x', 'file:///etc/passwd', 'http://[::1]/x'])
      expect(await put({ taskId: begun.id, url: bad })).toMatchObject({ error: { code: -32_602 } })
    const authentication = { scheme: 'Bearer', credentials: 'secret' }
    const made = await put({ taskId: begun.id, url, token: 'mark', authentication })
    const { id } = (made as { result: { id: string } }).result
    const path = `slow/tasks/${begun.id}/pushNotificationConfigs`
    expect(await (await get(path)).json()).toMatchObject({ configs: [{ id, url }] })
    gate.isOpen = true
    await expect
      .poll(() => told.at(-1)?.body, { timeout: 20_000 })
      .toMatchObject({
        task: { id: begun.id, status: { state: 'TASK_STATE_COMPLETED' } },
      })
    expect(told.at(-1)).toMatchObject({ token: 'mark', authorization: 'Bearer secret' })
    // What has been told to the end is not kept.
    await expect.poll(async () => (await get(`${path}/${id}`)).status, { timeout: 20_000 }).toBe(404)
  })

  it('end a task that is cancelled, and show a key its own alone [AGENTS-PEER-06]', async () => {
    gate.isOpen = false
    const begun = await send('slow', message('go'), true)
    const theirs = await get(`slow/tasks/${begun.id}`, { 'x-test-key': 'other' })
    expect(theirs.status).toBe(404)
    expect(await (await get('slow/tasks', { 'x-test-key': 'other' })).json()).toMatchObject({ totalSize: 0 })
    const cancelled = await fetch(`${served.address}/a2a/slow/tasks/${begun.id}:cancel`, {
      method: 'POST',
      headers: { 'a2a-version': '1.0' },
    })
    expect(await cancelled.json()).toMatchObject({ status: { state: 'TASK_STATE_CANCELED' } })
    gate.isOpen = true
  })

  it('refuse versions, messages, methods, files and agents that they do not know [AGENTS-PEER-07]', async () => {
    const hello = { messageId: 'x', role: 'ROLE_USER', parts: [{ text: 'Al' }] }
    const call = (method: string, params: unknown) => ({ jsonrpc: '2.0', id: 1, method, params })
    const code = async (body: unknown, headers = {}) =>
      ((await rpc('greets', body, headers)) as { error?: { code: number } }).error?.code
    expect(await code(call('SendMessage', { message: hello }), { 'a2a-version': '0.3' })).toBe(-32_009)
    expect(await code('{"jsonrpc": ')).toBe(-32_700)
    expect(await code({ ...call('SendMessage', {}), jsonrpc: '1.0' })).toBe(-32_600)
    expect(await code(call('Nothing', {}))).toBe(-32_601)
    expect(await code(call('SendMessage', { message: { ...hello, parts: [] } }))).toBe(-32_602)
    expect(await code(call('SendMessage', { message: { ...hello, taskId: 'none' } }))).toBe(-32_001)
    const file = { raw: 'AAAA', mediaType: 'image/png' }
    expect(await code(call('SendMessage', { message: { ...hello, parts: [file] } }))).toBe(-32_005)
    const misfit = { messageId: 'y', role: 'ROLE_USER', parts: [{ data: { name: 3 } }] }
    expect(await code(call('SendMessage', { message: misfit }))).toBe(-32_602)
    expect(await code(call('GetTask', { id: 'none' }))).toBe(-32_001)
    expect((await get('nobody/tasks')).status).toBe(404)
    const rest = await (await get('greets/tasks/none')).json()
    expect(rest).toMatchObject({
      error: { code: 404, details: [{ reason: 'TASK_NOT_FOUND', domain: 'a2a-protocol.org' }] },
    })
    await scene.agents.agents.pause(tenantId, 'greets', 'It is looked at.')
    expect(await code(call('SendMessage', { message: { ...hello, messageId: 'z' } }))).toBe(-32_004)
    await scene.agents.agents.pause(tenantId, 'greets', null)
  })
})
