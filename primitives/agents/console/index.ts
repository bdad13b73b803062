import type { ConsoleSystem } from '@heavylift/ui'

export const agentsConsole: ConsoleSystem = {
  name: 'agents',
  routes: [
    { path: '/', load: () => import('./overview/overview.tsx') },
    { path: '/templates', load: () => import('./templates/templates.tsx') },
    { path: '/studio/$name', load: () => import('./studio/studio.tsx') },
    { path: '/runs', load: () => import('./runs/runs.tsx') },
    { path: '/runs/$runId', load: () => import('./runs/run.tsx') },
    { path: '/approvals', load: () => import('./approvals/approvals.tsx') },
  ],
  tryIt: { label: 'See the agents', to: '/agents' },
}
