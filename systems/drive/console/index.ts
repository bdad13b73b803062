import type { ConsoleSystem, SearchHit } from '@heavylift/ui'
import { api } from './api.ts'

/** Built-in scenarios by what they are called and what happens in them. */
async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const { scenarios } = await api.get('/scenarios', { signal })
  const words = text.toLowerCase()
  const hits = scenarios
    .filter(({ title, summary }) => `${title} ${summary}`.toLowerCase().includes(words))
    .slice(0, 6)
    .map(({ name, title }) => ({
      label: title,
      detail: 'Scenario',
      to: `/drive/viewer?scenario=${encodeURIComponent(name)}`,
    }))
  return [{ group: 'Scenarios', hits }]
}

export const driveConsole: ConsoleSystem = {
  name: 'drive',
  routes: [
    { path: '/', load: () => import('./clearance/clearances.tsx') },
    { path: '/clearance/$id', load: () => import('./clearance/clearance.tsx') },
    { path: '/scenarios', load: () => import('./library/library.tsx') },
    { path: '/stack', load: () => import('./modules/modules.tsx') },
    { path: '/viewer', load: () => import('./viewer/viewer.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Watch a scenario', to: '/drive/viewer' },
  useYourData: { label: 'Clear your version', to: '/drive' },
  search,
}
