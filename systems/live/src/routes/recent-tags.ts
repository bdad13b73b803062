import { route } from '@heavylift/core'
import type { Route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../live-context.ts'

/** Tags of a match that this server still has in memory: what a page that opens shows behind the stream. */
export function recentTagRoutes(live: LiveContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/matches/:matchId/recent-tags',
      summary: 'Newest tags of a match, oldest first; the stream brings those that come.',
      access: 'operator',
      params: z.object({ matchId: z.string().min(1).max(100) }),
      async handle({ caller, params }) {
        await live.matches.get(caller.tenantId, params.matchId)
        return { tags: live.outputs.tags(caller.tenantId, params.matchId) }
      },
    }),
  ]
}
