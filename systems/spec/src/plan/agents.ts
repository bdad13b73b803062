import { fileURLToPath } from 'node:url'
import { InvalidInputError } from '@heavylift/core'
import { commandOf } from './project-tests.ts'

export type AgentCommand = readonly [string, ...string[]]

/** The agent that needs no model (`literal-agent-child.ts`). */
export const literalAgent = 'literals'

/** Agents that may be chosen by name: the one that comes with Heavylift, and those of the configuration. */
export function agentNames(configured: Readonly<Record<string, string>>): string[] {
  return [literalAgent, ...Object.keys(configured).filter((name) => name !== literalAgent)]
}

/** The program of an agent by its name. @throws InvalidInputError `agent-unknown` */
export function agentByName(name: string, configured: Readonly<Record<string, string>>): AgentCommand {
  if (name === literalAgent)
    return [
      process.execPath,
      '--no-warnings',
      fileURLToPath(new URL('./literal-agent-child.ts', import.meta.url)),
    ]
  const command = commandOf(configured[name] ?? '')
  if (command) return command
  throw new InvalidInputError({
    code: 'agent-unknown',
    message: `There is no agent "${name}". There are: ${agentNames(configured).join(', ')}. Add one in heavylift.config.json: "spec": { "agents": { "opencode": "opencode acp" } }.`,
  })
}
