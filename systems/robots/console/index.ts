import type { ConsoleSystem } from '@heavylift/ui'

export const robotsConsole: ConsoleSystem = {
  name: 'robots',
  routes: [{ path: '/', load: () => import('./floor/read-floor.tsx') }],
  tryIt: { label: 'Read a map', to: '/robots' },
}
