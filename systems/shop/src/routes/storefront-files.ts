import { fileURLToPath } from 'node:url'
import type { ConsolePage, StaticFiles } from '@heavylift/core'

const built = fileURLToPath(new URL('../../storefront/dist/', import.meta.url))

/** The bundled web component; it is there once the console's build has run. */
export const assistantScriptFile = `${built}assistant.js`

/** The demo store. */
export const storefrontFiles: StaticFiles[] = [{ mount: '/store/', dir: `${built}store` }]

/** Operator pages; their code is in `console/`. */
export const shopPages: ConsolePage[] = [
  { path: '/catalog', title: 'Catalog' },
  { path: '/import', title: 'Import' },
  { path: '/search-lab', title: 'Search lab' },
  { path: '/conversations', title: 'Conversations' },
  { path: '/pills', title: 'Pills' },
  { path: '/memory', title: 'Memory' },
  { path: '/experiment', title: 'Experiment' },
]
