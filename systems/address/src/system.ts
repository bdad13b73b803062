import { defineSystem } from '@heavylift/core'
import { benches } from './benches/benches.ts'
import { commands } from './commands/commands.ts'
import { addressConfig } from './config.ts'
import type { AddressConfig } from './config.ts'
import type { AddressServices } from './context.ts'
import { evals } from './evals/evals.ts'
import { migrations } from './migrations/migrations.ts'

export const address = defineSystem<AddressServices, AddressConfig>({
  name: 'address',
  title: 'Address',
  summary: 'Reads a US address as a carrier would, and says what kind of place it is, with its evidence.',
  layer: 'system',
  needs: ['agents'],
  config: addressConfig,
  migrations,
  // Their code is in `console/`.
  pages: [
    { path: '/', title: 'Places' },
    { path: '/queue', title: 'Queue' },
    { path: '/map', title: 'Map' },
    { path: '/batch', title: 'Batch' },
    { path: '/read', title: 'Read an address' },
  ],
  commands,
  evals,
  benches,
  start: async (services, config) => (await import('./start.ts')).startAddress(services, config),
})
