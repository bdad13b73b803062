import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'
import { requireManager } from './visibility.ts'

/** Sample traffic, until there is real traffic. */
export function sampleRoutes(models: ModelsContext) {
  return [
    route({
      method: 'get',
      path: '/sample',
      summary: 'Whether sample traffic is shown; it ends by itself with the first real call.',
      access: 'operator',
      response: z.object({ isOn: z.boolean() }),
      handle: () => ({ isOn: models.sample.isOn }),
    }),
    route({
      method: 'delete',
      path: '/sample',
      summary: 'Removes the sample traffic for good: from the table, the log, the usage and the ledger.',
      access: 'admin',
      handle: async ({ caller }) => {
        requireManager(caller)
        await models.sample.remove()
        return null
      },
    }),
  ]
}
