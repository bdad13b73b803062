import type { ConsoleSystem } from '@heavylift/ui'

export const specConsole: ConsoleSystem = {
  name: 'spec',
  routes: [
    { path: '/', load: () => import('./repositories/repositories.tsx') },
    { path: '/studio/$id', load: () => import('./studio/studio.tsx') },
    { path: '/catalogue', load: () => import('./catalogue/catalogue.tsx') },
    { path: '/velocity', load: () => import('./velocity/velocity.tsx') },
    { path: '/frameworks', load: () => import('./frameworks/frameworks.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Open a sample', to: '/spec/studio/library-loans' },
  useYourData: { label: 'Open a repository', to: '/spec' },
}
