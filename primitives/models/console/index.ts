import type { ConsoleSystem, SearchHit } from '@heavylift/ui'
import { api } from './api.ts'

/** Models and replicas by name. */
async function search(text: string, signal: AbortSignal): Promise<{ group: string; hits: SearchHit[] }[]> {
  const { models, replicas } = await api.get('/snapshot', { signal })
  const matches = (name: string) => name.toLowerCase().includes(text.toLowerCase())
  return [
    {
      group: 'Models',
      hits: models
        .filter(({ name }) => matches(name))
        .slice(0, 6)
        .map(({ name }) => ({
          label: name,
          detail: 'Model',
          to: `/models/routes?model=${encodeURIComponent(name)}`,
        })),
    },
    {
      group: 'Replicas',
      hits: replicas
        .filter(({ id }) => matches(id))
        .slice(0, 6)
        .map(({ id }) => ({
          label: id,
          detail: 'Calls of this replica',
          to: `/models/calls?text=${encodeURIComponent(id)}`,
        })),
    },
  ]
}

export const modelsConsole: ConsoleSystem = {
  name: 'models',
  routes: [
    { path: '/', load: () => import('./overview/overview.tsx') },
    { path: '/fleet', load: () => import('./fleet/fleet.tsx') },
    { path: '/routes', load: () => import('./routes/routes.tsx') },
    { path: '/playground', load: () => import('./playground/playground.tsx') },
    { path: '/usage', load: () => import('./usage/usage.tsx') },
    { path: '/cache', load: () => import('./cache/cache.tsx') },
    { path: '/calls', load: () => import('./calls/calls.tsx') },
    { path: '/engine', load: () => import('./engine/engine.tsx') },
  ],
  loadMiniature: () => import('./miniature/miniature.tsx'),
  tryIt: { label: 'Try it in the playground', to: '/models/playground' },
  useYourData: { label: 'Add your models', to: '/models/routes' },
  search,
}
