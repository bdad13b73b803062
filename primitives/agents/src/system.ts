import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { agentsConfigSchema } from './config.ts'
import type { AgentsConfig } from './config.ts'
import type { AgentsServices } from './context.ts'
import { faceEvals } from './evals/face-evals.ts'
import { guardEvals } from './evals/guard-evals.ts'
import { registryEvals } from './evals/registry-evals.ts'
import { toolEvals } from './evals/tool-evals.ts'
import { agentsMigrations } from './migrations/migrations.ts'

export const agents = defineSystem<AgentsServices, AgentsConfig>({
  name: 'agents',
  title: 'Agents',
  summary: 'Anyone makes an agent, and it keeps its promises: durable runs, tools with rights, an owner.',
  layer: 'primitive',
  needs: ['models'],
  config: agentsConfigSchema,
  migrations: agentsMigrations,
  pages: [
    { path: '/', title: 'Agents' },
    { path: '/registry', title: 'Registry' },
    { path: '/templates', title: 'Templates' },
    { path: '/runs', title: 'Runs' },
    { path: '/approvals', title: 'Approvals' },
    { path: '/memory', title: 'Memory' },
    { path: '/policies', title: 'Policies' },
    { path: '/evals', title: 'Evals' },
    { path: '/tools', title: 'Tools and credentials' },
    { path: '/cost', title: 'Cost' },
    { path: '/value', title: 'Value' },
  ],
  commands,
  evals: [...guardEvals, ...faceEvals, ...registryEvals, ...toolEvals],
  benches,
  start: async (services, config) => (await import('./start.ts')).startAgents(services, config),
})
