import type { ConsoleSystem, SearchHit } from '@heavylift/ui'
import { api } from './api.ts'
import { kindTitle } from './kind-names.ts'

async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const { places } = await api.get('/places', { query: { text, limit: 6 }, signal })
  const hits = places.map(({ id, address, decision }) => ({
    label: address,
    detail: kindTitle(decision.kind),
    to: `/address?place=${encodeURIComponent(id)}`,
  }))
  return [{ group: 'Addresses', hits }]
}

export const addressConsole: ConsoleSystem = {
  name: 'address',
  routes: [
    { path: '/', load: () => import('./places/places.tsx') },
    { path: '/read', load: () => import('./read/read.tsx') },
    { path: '/queue', load: () => import('./queue/queue.tsx') },
    { path: '/batch', load: () => import('./batch/batch.tsx') },
    { path: '/map', load: () => import('./map/map.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Decide an address', to: '/address' },
  useYourData: { label: 'Send a file', to: '/address/batch' },
  search,
}
