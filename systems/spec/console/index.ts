import type { ConsoleSystem } from '@heavylift/ui'

export const specConsole: ConsoleSystem = {
  name: 'spec',
  routes: [{ path: '/', load: () => import('./frameworks/frameworks.tsx') }],
  tryIt: { label: 'What is read', to: '/spec' },
}
