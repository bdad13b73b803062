import type { Tool } from '@modelcontextprotocol/server'
import type { AgentDefinition } from '../../definition/definition.ts'
import { described } from '../described.ts'
import { isRecord } from '../input.ts'

/** Asks how a run stands. Agents' names have no two hyphens side by side, so that none can have this name. */
export const runTool: Tool = {
  name: 'heavylift__run',
  title: 'How a run stands',
  description:
    'Says how a run of an agent stands, and what it came to once it has ended. For calls that were answered before their run had ended.',
  inputSchema: {
    type: 'object',
    required: ['runId'],
    properties: {
      runId: { type: 'string' },
      waitSeconds: { type: 'number', minimum: 0, description: 'Wait so long for the end. Default 0.' },
    },
    additionalProperties: false,
  },
  annotations: { readOnlyHint: true, openWorldHint: false },
}

/** The name of an agent as a tool: with `_` for `-`, as the names of tools are by custom. */
export const toolName = (agent: string): string => agent.replaceAll('-', '_')

export const agentOfTool = (tool: string): string => tool.replaceAll('_', '-')

/** An agent as a tool; `warning`: what a deprecated one's callers are told. Input that is no object goes in the argument `input`, a result that is none comes in `result`. */
export function agentTool(definition: AgentDefinition, warning: string | null = null): Tool {
  const output = outputSchema(definition)
  return {
    name: toolName(definition.name),
    title: definition.title,
    description: described(definition, warning),
    inputSchema: (takesObject(definition)
      ? definition.input
      : {
          type: 'object',
          required: ['input'],
          properties: { input: definition.input },
        }) as Tool['inputSchema'],
    ...(output === null ? {} : { outputSchema: output }),
  }
}

/** The input of a run out of the arguments of its tool. */
export function inputOfArgs(definition: AgentDefinition, args: Record<string, unknown>): unknown {
  return takesObject(definition) ? args : args['input']
}

/** What a run came to, as the structured content of a result; null where it is text alone. */
export function structured(definition: AgentDefinition, output: unknown): Record<string, unknown> | null {
  if (isRecord(output)) return output
  return definition.output === undefined ? null : { result: output }
}

/** What a call has instead of a result while its run goes on. */
const pendingSchema = {
  type: 'object',
  description: 'The run has not ended: heavylift__run says later what it came to.',
  required: ['status', 'runId'],
  properties: {
    status: { enum: ['waits-for-person', 'running'] },
    runId: { type: 'string' },
    asks: { type: 'array', items: { type: 'string' } },
  },
}

/** A schema with references into itself cannot stand inside of another; such a result is not described. */
function outputSchema({ output }: AgentDefinition): Tool['outputSchema'] | null {
  if (output === undefined || /"\$(?:ref|dynamicRef)"/.test(JSON.stringify(output))) return null
  const own =
    output['type'] === 'object'
      ? output
      : { type: 'object', required: ['result'], properties: { result: output } }
  return { type: 'object', anyOf: [own, pendingSchema] }
}

const takesObject = ({ input }: AgentDefinition): boolean => input['type'] === 'object'
