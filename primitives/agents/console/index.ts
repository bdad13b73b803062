import type { ConsoleSystem } from '@heavylift/ui'

export const agentsConsole: ConsoleSystem = {
  name: 'agents',
  routes: [{ path: '/', load: () => import('./overview/overview.tsx') }],
  tryIt: { label: 'See the agents', to: '/agents' },
}
