import type { ConsoleSystem } from '@heavylift/ui'

export const robotsConsole: ConsoleSystem = {
  name: 'robots',
  routes: [
    { path: '/', load: () => import('./live/live-floor.tsx') },
    { path: '/what-if', load: () => import('./what-if/what-if.tsx') },
    { path: '/control', load: () => import('./control/control.tsx') },
    { path: '/map', load: () => import('./floor/read-floor.tsx') },
  ],
  loadMiniature: () => import('./live/miniature.tsx'),
  tryIt: { label: 'Close an aisle', to: '/robots' },
  useYourData: { label: 'Read your map', to: '/robots/map' },
}
