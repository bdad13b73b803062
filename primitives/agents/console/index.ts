import type { ConsoleSystem, SearchHit } from '@heavylift/ui'
import { api } from './api.ts'

/** Agents by name. */
async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const { agents } = await api.get('/agents', { signal })
  const sought = text.toLowerCase()
  return [
    {
      group: 'Agents',
      hits: agents
        .filter(({ name }) => name.includes(sought) && !name.startsWith('try-'))
        .slice(0, 6)
        .map(({ name }) => ({ label: name, detail: 'Agent', to: `/agents/studio/${name}` })),
    },
  ]
}

export const agentsConsole: ConsoleSystem = {
  name: 'agents',
  routes: [
    { path: '/', load: () => import('./overview/overview.tsx') },
    { path: '/registry', load: () => import('./registry/registry.tsx') },
    { path: '/registry/$name', load: () => import('./registry/agent-card.tsx') },
    { path: '/registry/radius/$kind', load: () => import('./registry/radius.tsx') },
    { path: '/templates', load: () => import('./templates/templates.tsx') },
    { path: '/studio/$name', load: () => import('./studio/studio.tsx') },
    { path: '/runs', load: () => import('./runs/runs.tsx') },
    { path: '/runs/$runId', load: () => import('./runs/run.tsx') },
    { path: '/value', load: () => import('./value/value.tsx') },
    { path: '/tools', load: () => import('./tools/tools.tsx') },
    { path: '/cost', load: () => import('./cost/cost.tsx') },
    { path: '/memory', load: () => import('./memory/memory.tsx') },
    { path: '/policies', load: () => import('./policies/policies.tsx') },
    { path: '/evals', load: () => import('./evals/evals.tsx') },
    { path: '/evals/$evaluationId', load: () => import('./evals/evaluation.tsx') },
    { path: '/approvals', load: () => import('./approvals/approvals.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Start from a template', to: '/agents/templates' },
  search,
}
