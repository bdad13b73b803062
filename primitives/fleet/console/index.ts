import type { ConsoleSystem } from '@heavylift/ui'

export const fleetConsole: ConsoleSystem = {
  name: 'fleet',
  routes: [
    { path: '/', load: () => import('./cluster/cluster.tsx') },
    { path: '/policies', load: () => import('./policies/policies.tsx') },
    { path: '/mix', load: () => import('./mix/mix.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Ask why a job waits', to: '/fleet' },
}
