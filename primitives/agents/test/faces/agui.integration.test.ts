import { EventType } from '@ag-ui/core'
import { EventSchemas } from '@ag-ui/core/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelDirectory } from '@heavylift/models'
import { aguiRoutes } from '../../src/routes/agui.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'
import { serveRoutes } from './serve-routes.ts'

let scene: Scene
let served: Awaited<ReturnType<typeof serveRoutes>>
let turn = 0
const source = scriptedSource('world', {
  look: { answer: () => ({ state: 'done', value: 'sunny' }) },
  send: { effect: 'outside', answer: ({ args }) => ({ state: 'done', value: args }) },
})
const tool = (id: string) => ({ id, from: 'world', tool: id })

beforeAll(async () => {
  const models = new ModelDirectory()
  models.attach(() => ({
    name: 'scripted',
    complete: async function* () {
      if (turn++ === 0)
        yield { type: 'tool-call', call: { id: 'c0', name: 'look', arguments: '{"where":"here"}' } }
      else yield { type: 'text', text: 'It is sunny.' }
      yield { type: 'done', finishReason: 'stop', usage: null }
    },
  }))
  scene = await openScene({ sources: [source], models })
  served = await serveRoutes(aguiRoutes(scene.agents), '/api/agents')
  await scene.publish({
    name: 'weather',
    input: { type: 'object', required: ['place'], properties: { place: { type: 'string' } } },
    tools: [tool('look'), tool('send')],
    steps: [
      { id: 'ask', kind: 'loop', goal: 'The weather in ${input.place}', tools: ['look'] },
      { id: 'tell', kind: 'tool', tool: 'send', with: { to: '${input.place}' }, after: ['ask'] },
    ],
  })
  await scene.publish({
    name: 'asks',
    steps: [{ id: 'ok', kind: 'approve', who: ['boss'], ask: 'May it go on?' }],
  })
  await scene.publish({ name: 'breaks', steps: [{ id: 'go', kind: 'set', value: '${int("no")}' }] })
})
afterAll(async () => {
  await served?.close()
  await scene?.close()
})

type Told = { type: string } & Record<string, unknown>

const post = (agent: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${served.address}/agui/${agent}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

/** Every event is checked by the schemas of the protocol's own package. */
async function events(agent: string, runId: string, text: string, more: object = {}): Promise<Told[]> {
  const messages = [{ id: 'm', role: 'user', content: text }]
  const body = { threadId: 't', runId, state: {}, tools: [], context: [], messages, ...more }
  const answer = await post(agent, body)
  const told = (await answer.text())
    .split('\n\n')
    .filter((each) => each.startsWith('data: '))
    .map((each) => JSON.parse(each.slice(6)) as Told)
  for (const each of told) EventSchemas.parse(each)
  return told
}

describe('a stream of AG-UI', () => {
  it('tells steps, calls, texts and state by the events of the protocol; the same run again is the same [AGENTS-AGUI-01]', async () => {
    const told = await events('weather', 'r1', 'Rome')
    const types = told.map(({ type }) => type)
    expect(types.slice(0, 3)).toEqual(['RUN_STARTED', 'STATE_SNAPSHOT', 'STEP_STARTED'])
    expect(types.at(-1)).toBe('RUN_FINISHED')
    expect(told.filter(({ type }) => type === 'TOOL_CALL_START').map((each) => each['toolCallName'])).toEqual(
      ['look', 'send'],
    )
    // Each call is told once from its start to its result.
    for (const type of ['TOOL_CALL_ARGS', 'TOOL_CALL_END', 'TOOL_CALL_RESULT'])
      expect(types.filter((each) => each === type)).toHaveLength(2)
    expect(told.filter(({ type }) => type === 'TEXT_MESSAGE_CONTENT').map((each) => each['delta'])).toEqual([
      'It is sunny.',
      '{"to":"Rome"}',
    ])
    expect(types.filter((each) => each === 'STEP_FINISHED')).toHaveLength(2)
    expect(told.at(-1)).toMatchObject({ runId: 'r1', result: { to: 'Rome' }, outcome: { type: 'success' } })
    const calls = source.calls.length
    expect((await events('weather', 'r1', 'Rome')).map(({ type }) => type)).toEqual(types)
    expect(source.calls.length).toBe(calls)
  })

  it('sends what of the published list of events it has something to say of, and no others [AGENTS-AGUI-02]', async () => {
    const sent = new Set(
      [...(await events('weather', 'r1', 'Rome')), ...(await events('breaks', 'r2', ''))].map(
        ({ type }) => type,
      ),
    )
    const notSent = Object.values(EventType).filter((type) => !sent.has(type))
    // Whole events stand for chunks; the state changes by deltas; nothing of a model's reasoning is kept; a called agent's run is its own.
    expect(notSent.toSorted()).toEqual([
      'ACTIVITY_DELTA',
      'ACTIVITY_SNAPSHOT',
      'CUSTOM',
      'MESSAGES_SNAPSHOT',
      'RAW',
      'REASONING_ENCRYPTED_VALUE',
      'REASONING_END',
      'REASONING_MESSAGE_CHUNK',
      'REASONING_MESSAGE_CONTENT',
      'REASONING_MESSAGE_END',
      'REASONING_MESSAGE_START',
      'REASONING_START',
      'SUBAGENT_ERROR',
      'SUBAGENT_FINISHED',
      'SUBAGENT_STARTED',
      'TEXT_MESSAGE_CHUNK',
      'TOOL_CALL_CHUNK',
    ])
  })

  it('ends with an interrupt where a person is asked, whose answer a key for operators may send [AGENTS-AGUI-03]', async () => {
    const told = await events('asks', 'r3', 'go')
    expect(told.at(-1)).toMatchObject({
      type: 'RUN_FINISHED',
      outcome: { type: 'interrupt', interrupts: [{ message: 'May it go on?' }] },
    })
    const { interrupts } = told.at(-1)!['outcome'] as { interrupts: { id: string }[] }
    const resume = [{ interruptId: interrupts[0]!.id, status: 'resolved', payload: { choice: 'approved' } }]
    const body = { threadId: 't', runId: 'r4', messages: [], resume }
    expect((await post('asks', body, { 'x-test-key': 'mine' })).status).toBe(400)
    expect((await events('asks', 'r4', '', { resume })).at(-1)).toMatchObject({
      outcome: { type: 'success' },
    })
  })

  it('ends with what is wrong, and begins none for input or an agent that does not fit [AGENTS-AGUI-04]', async () => {
    expect((await events('breaks', 'r5', '')).at(-1)).toMatchObject({ type: 'RUN_ERROR' })
    const body = { threadId: 't', runId: 'r6', messages: [] }
    expect((await post('weather', body)).status).toBe(400)
    expect((await post('nobody', body)).status).toBe(404)
    await scene.agents.agents.pause(tenantId, 'asks', 'It is looked at.')
    expect((await post('asks', body)).status).toBe(409)
    await scene.agents.agents.pause(tenantId, 'asks', null)
  })
})
