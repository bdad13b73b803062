import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'
import { defaultImportOptions } from '../import/imports.ts'
import { parseMapping } from '../import/mapping.ts'

const feed = z.object({
  feedId: z.string(),
  url: z.string(),
  name: z.string(),
  everyMinutes: z.number(),
  mode: z.enum(['update', 'replace']),
  outcome: z.string().nullable().describe('What came of the last fetch; null before the first.'),
  lastImportId: z.string().nullable(),
  checkedAtMs: z.number().nullable(),
})

const feedId = z.object({ feedId: z.string().max(100) })

/** Feeds by address: fetched by a schedule, imported when they changed. */
export function feedRoutes(shop: ShopContext) {
  const { feeds } = shop
  return [
    route({
      method: 'get',
      path: '/feeds',
      summary: 'Feeds that are fetched from their address.',
      access: 'operator',
      response: z.object({ feeds: z.array(feed) }),
      handle: async ({ caller }) => ({ feeds: await feeds.list(caller.tenantId) }),
    }),
    route({
      method: 'post',
      path: '/feeds',
      summary:
        'Adds a feed. It is fetched within a minute, and again whenever it is due; public addresses only.',
      access: 'operator',
      body: z.object({
        url: z.string().trim().min(8).max(2_000),
        name: z.string().trim().min(1).max(200).default('Feed'),
        everyMinutes: z.int().min(5).max(43_200).default(1_440),
        mode: z.enum(['update', 'replace']).default('update'),
        map: z.string().max(4_000).default(''),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .default('USD'),
      }),
      response: feed,
      handle: ({ caller, body: { url, name, everyMinutes, mode, map, currency } }) =>
        feeds.add(caller.tenantId, {
          url,
          name,
          everyMinutes,
          options: { ...defaultImportOptions, mode, currency, mapping: parseMapping(map) },
        }),
    }),
    route({
      method: 'post',
      path: '/feeds/:feedId/fetch',
      summary: 'Fetches a feed now; imports it when it changed.',
      access: 'operator',
      params: feedId,
      response: feed,
      handle: ({ caller, params }) => feeds.fetchNow(caller.tenantId, params.feedId),
    }),
    route({
      method: 'delete',
      path: '/feeds/:feedId',
      summary: 'Fetches a feed no more. Its products stay.',
      access: 'operator',
      params: feedId,
      response: z.object({ removed: z.literal(true) }),
      handle: async ({ caller, params }) => {
        await feeds.remove(caller.tenantId, params.feedId)
        return { removed: true as const }
      },
    }),
  ]
}
