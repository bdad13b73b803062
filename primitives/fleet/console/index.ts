import type { ConsoleSystem } from '@heavylift/ui'

export const fleetConsole: ConsoleSystem = {
  name: 'fleet',
  routes: [{ path: '/', load: () => import('./policies/policies.tsx') }],
  tryIt: { label: 'Compare two policies', to: '/fleet' },
}
