import type { ConsoleSystem } from '@heavylift/ui'

export const readyConsole: ConsoleSystem = {
  name: 'ready',
  routes: [{ path: '/', load: () => import('./countdown/countdown.tsx') }],
  tryIt: { label: 'See the countdown', to: '/ready' },
}
