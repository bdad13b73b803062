import type { ConsoleSystem } from '@heavylift/ui'

export const addressConsole: ConsoleSystem = {
  name: 'address',
  routes: [{ path: '/', load: () => import('./parse/parse.tsx') }],
  tryIt: { label: 'Read an address', to: '/address' },
}
