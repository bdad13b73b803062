// A server process of agents that its bench kills: agents-child.ts DATABASE_URL DIR WORLD_URL
import { silentLogger, systemClock } from '@heavylift/core'
import { ModelDirectory } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { openStore } from '@heavylift/store'
import { openTestAgents } from '../../testing/open-test-agents.ts'
import { scriptedSource } from '../../testing/scripted-source.ts'
import type { CallContext, ToolCall, ToolOutcome } from '../../tools/tool.ts'
import { nextTurn } from './kill-agent.ts'

const [databaseUrl = '', dataDir = '', world = ''] = process.argv.slice(2)
const host = await openStore({ databaseUrl, dataDir, log: silentLogger, clock: systemClock })

async function act(call: ToolCall, context: CallContext): Promise<ToolOutcome> {
  const response = await fetch(`${world}/act`, {
    method: 'POST',
    headers: { 'idempotency-key': context.key },
    body: JSON.stringify({ tool: call.tool.name, ...call.args }),
  })
  return { state: 'done', value: await response.json() }
}

const complete: Complete = async function* (messages) {
  const { text, calls } = nextTurn(messages)
  if (text !== '') yield { type: 'text', text }
  for (const [index, call] of calls.entries()) yield { type: 'tool-call', call: { id: `c${index}`, ...call } }
  yield { type: 'done', finishReason: 'stop', usage: null }
}
const models = new ModelDirectory()
models.attach(() => ({ name: 'scripted', complete }))

const agents = openTestAgents(host.forSystem('agents'), {
  models,
  sources: [
    scriptedSource('world', {
      keyed: { effect: 'outside', takesKey: true, answer: act },
      checked: {
        effect: 'outside',
        answer: act,
        async check(_call, { key }) {
          const response = await fetch(`${world}/check?key=${key}`)
          const { known } = (await response.json()) as { known: boolean }
          return known ? { state: 'done', value: { checked: true } } : { state: 'not-done' }
        },
      },
      blind: { effect: 'outside', answer: act },
    }),
  ],
})
await host.startDurable()
agents.dispatch()

process.on('message', (id: string) => {
  agents.runs
    .start({ tenantId: 'main', agent: 'killed', id, input: {}, trigger: { kind: 'manual' } })
    .then(() => process.send?.({ started: id }))
    .catch((error: unknown) => process.send?.({ failed: id, error: String(error) }))
})
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
