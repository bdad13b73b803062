import type { ConsolePage } from '@heavylift/core'

/** Operator pages; their code is in `console/`. */
export const modelsPages: ConsolePage[] = [
  { path: '/', title: 'Overview' },
  { path: '/fleet', title: 'Fleet' },
  { path: '/routes', title: 'Routes' },
  { path: '/playground', title: 'Playground' },
  { path: '/usage', title: 'Usage' },
  { path: '/cache', title: 'Cache' },
  { path: '/calls', title: 'Calls' },
  { path: '/engine', title: 'Engine' },
]
