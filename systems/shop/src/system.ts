import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { shopConfig } from './config.ts'
import type { ShopConfig } from './config.ts'
import { evals } from './evals/evals.ts'
import { migrations } from './migrations/migrations.ts'
import type { ShopServices } from './start.ts'

export const shop = defineSystem<ShopServices, ShopConfig>({
  name: 'shop',
  title: 'Shop',
  summary: 'A shopping assistant for a store’s own catalog.',
  layer: 'system',
  needs: ['models'],
  config: shopConfig,
  migrations,
  // Their code is in `console/`.
  pages: [
    { path: '/catalog', title: 'Catalog' },
    { path: '/import', title: 'Import' },
    { path: '/search-lab', title: 'Search lab' },
    { path: '/synonyms', title: 'Synonyms' },
    { path: '/merchandising', title: 'Merchandising' },
    { path: '/conversations', title: 'Conversations' },
    { path: '/pills', title: 'Pills' },
    { path: '/memory', title: 'Memory' },
    { path: '/experiment', title: 'Experiment' },
  ],
  commands,
  evals,
  benches,
  start: async (services, config) => (await import('./start.ts')).startShop(services, config),
})
