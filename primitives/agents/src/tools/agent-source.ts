import { isDeepStrictEqual } from 'node:util'
import { HeavyliftError } from '@heavylift/core'
import type { AgentDefinition } from '../definition/definition.ts'
import type { Runs } from '../run/runs.ts'
import { described } from './described.ts'
import { failedBy } from './failed.ts'
import type { CallContext, ToolOutcome, ToolSource } from './tool.ts'

/**
 * A source `agent:NAME`: another agent as a tool, `run`. A run that calls it rests while the other works (`ToolSource.agent`); only where a person tries it is it waited for
 * here. What it may change is what its own tools may, so it counts as outside unless it has none.
 */
export function agentSource(
  definition: AgentDefinition,
  runs: Pick<Runs, 'start' | 'ended' | 'read'>,
): ToolSource {
  const { name, title, summary, input, output } = definition
  const isInert =
    definition.tools.length === 0 && !JSON.stringify(definition.steps).includes('"kind":"agent"')
  const tools = described([
    {
      name: 'run',
      title,
      description: summary === '' ? `Runs the agent ${title}.` : summary,
      input: isDeepStrictEqual(input['type'], 'object') ? input : { ...input, type: 'object' },
      ...(output === undefined ? {} : { output }),
      effect: isInert ? 'none' : 'outside',
      takesKey: true,
    },
  ])
  return {
    name: `agent:${name}`,
    agent: name,
    list: () => Promise.resolve(tools),
    async call({ args }, { tenantId, key, signal }: CallContext): Promise<ToolOutcome> {
      try {
        const { id } = await runs.start({
          tenantId,
          agent: name,
          id: `run_${key.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 26)}`,
          input: args,
          trigger: { kind: 'manual' },
        })
        const row = await runs.ended(tenantId, id, signal)
        if (row.state === 'done') return { state: 'done', value: await runs.read(row.output) }
        if (row.state === 'failed' || row.state === 'cancelled')
          return {
            state: 'failed',
            code: row.error?.code ?? 'agent-failed',
            message: row.error?.message ?? '',
            isRetryable: false,
          }
        return { state: 'lost', code: 'agent-late', message: `The run ${id} of ${name} goes on.` }
      } catch (error) {
        if (!HeavyliftError.isInstance(error)) throw error
        return failedBy(error)
      }
    },
  }
}
