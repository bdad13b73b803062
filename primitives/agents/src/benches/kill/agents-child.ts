// A server process of agents that its bench kills: agents-child.ts DATABASE_URL DIR WORLD_URL
import type { Complete } from '@heavylift/models'
import { scriptedSource } from '../../testing/scripted-source.ts'
import type { CallContext, ToolCall, ToolOutcome } from '../../tools/tool.ts'
import { act, check } from './effect-server.ts'
import { nextTurn } from './kill-agent.ts'
import { serveChild } from './serve-child.ts'

const [databaseUrl = '', dataDir = '', world = ''] = process.argv.slice(2)

const answer = async (call: ToolCall, { key }: CallContext): Promise<ToolOutcome> => {
  const { n, run } = call.args as { n: number; run: string }
  return { state: 'done', value: await act(world, key, { tool: call.tool.name, run, n }) }
}

const complete: Complete = async function* (messages) {
  const { text, calls } = nextTurn(messages)
  if (text !== '') yield { type: 'text', text }
  for (const [index, call] of calls.entries()) yield { type: 'tool-call', call: { id: `c${index}`, ...call } }
  yield { type: 'done', finishReason: 'stop', usage: null }
}

const source = scriptedSource('world', {
  keyed: { effect: 'outside', takesKey: true, answer },
  checked: {
    effect: 'outside',
    answer,
    check: async (_call, { key }) =>
      (await check(world, key)) ? { state: 'done', value: { checked: true } } : { state: 'not-done' },
  },
  blind: { effect: 'outside', answer },
})
await serveChild({ databaseUrl, dataDir, sources: [source], complete })
