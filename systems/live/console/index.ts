import type { ConsoleSystem, SearchHit } from '@heavylift/ui'
import { api } from './api.ts'

/** Matches by title. */
async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const { matches } = await api.get('/matches', { signal })
  const hits = matches
    .filter(({ match }) => match.title.toLowerCase().includes(text.toLowerCase()))
    .slice(0, 6)
    .map(({ match, status }) => ({
      label: match.title,
      detail: status === 'live' ? 'Match, live' : 'Match',
      to: `/live?match=${encodeURIComponent(match.id)}`,
    }))
  return [{ group: 'Matches', hits }]
}

export const liveConsole: ConsoleSystem = {
  name: 'live',
  routes: [
    { path: '/', load: () => import('./director/director.tsx') },
    { path: '/wall', load: () => import('./wall/wall.tsx') },
    { path: '/insights', load: () => import('./insights/insights.tsx') },
    { path: '/calibration', load: () => import('./calibration/calibration.tsx') },
    { path: '/moments', load: () => import('./moments/moments.tsx') },
    { path: '/control', load: () => import('./control/control.tsx') },
    { path: '/recap', load: () => import('./recap/recap.tsx') },
    { path: '/mappings', load: () => import('./mappings/mappings.tsx') },
    { path: '/feeds', load: () => import('./feeds/feeds.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Watch the matches', to: '/live' },
  useYourData: { label: 'Play your feed', to: '/live/mappings' },
  search,
}
