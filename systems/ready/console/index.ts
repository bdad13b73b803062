import type { ConsoleSystem } from '@heavylift/ui'

export const readyConsole: ConsoleSystem = {
  name: 'ready',
  routes: [
    { path: '/', load: () => import('./countdown/countdown.tsx') },
    { path: '/limits', load: () => import('./limits/limits.tsx') },
    { path: '/load', load: () => import('./load/load.tsx') },
    { path: '/game-days', load: () => import('./game-days/game-days.tsx') },
    { path: '/review', load: () => import('./review/review.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  useYourData: { label: 'Load your own service', to: '/ready/load' },
  tryIt: { label: 'See the countdown', to: '/ready' },
}
