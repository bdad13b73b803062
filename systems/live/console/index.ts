import type { ConsoleSystem } from '@heavylift/console'

export const liveConsole: ConsoleSystem = {
  name: 'live',
  routes: [{ path: '/control', load: () => import('./control/control.tsx') }],
}
