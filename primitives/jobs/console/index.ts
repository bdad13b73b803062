import type { ConsoleSystem, SearchHit } from '@heavylift/ui'
import { api } from './api.ts'

/** Jobs by name or id. */
async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const { jobs } = await api.get('/overview', { signal })
  const sought = text.toLowerCase()
  return [
    {
      group: 'Jobs',
      hits: jobs
        .filter(({ id, name }) => name.toLowerCase().includes(sought) || id.startsWith(sought))
        .slice(0, 6)
        .map(({ id, name, state }) => ({ label: name, detail: state, to: `/jobs/${id}` })),
    },
  ]
}

export const jobsConsole: ConsoleSystem = {
  name: 'jobs',
  routes: [
    { path: '/', load: () => import('./overview/overview.tsx') },
    { path: '/$jobId', load: () => import('./job/job.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'See the queue', to: '/jobs' },
  search,
}
