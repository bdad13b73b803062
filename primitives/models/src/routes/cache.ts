import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'
import { requireManager } from './visibility.ts'

export function cacheRoutes(models: ModelsContext) {
  return [
    route({
      method: 'get',
      path: '/cache',
      summary: 'How many answers are kept, and how much memory they take.',
      access: 'operator',
      response: z.object({
        entries: z.number(),
        bytes: z.number(),
        maxBytes: z.number(),
        readyAnswers: z.number().describe('Made ahead; they stay when the cache is cleared.'),
      }),
      handle: () => models.cache.stats(),
    }),
    route({
      method: 'delete',
      path: '/cache',
      summary: 'Forgets the kept answers.',
      access: 'admin',
      handle: ({ caller }) => {
        requireManager(caller)
        models.cache.clear()
        return null
      },
    }),
  ]
}
