import { route, uploadRoute } from '@heavylift/core'
import { z } from 'zod'
import { feedFormats } from '../feeds/formats.ts'
import { createMappedFormat } from '../feeds/mapping/mapped-format.ts'
import { formatNamed, recogniseFormat } from '../feeds/recognise-format.ts'
import { peekFeed, unzipped } from '../feeds/open-feed-file.ts'
import { partsOf } from '../mappings/feed-parts.ts'
import { mappingNamed, pushMapped } from '../mappings/push-mapped.ts'
import { pushFeed } from '../pipeline/ingest/push.ts'
import type { LiveContext } from '../context.ts'
import { matchIdSchema } from '../domain/schemas.ts'
import { feedAnswerSchema } from './answers.ts'

export function feedRoutes(live: LiveContext) {
  return [
    route({
      method: 'get',
      path: '/formats',
      summary: 'Formats of feeds that can be pushed or replayed.',
      access: 'operator',
      response: z.object({ formats: z.array(z.object({ name: z.string(), title: z.string() })) }),
      handle: () => ({ formats: feedFormats.map(({ name, title }) => ({ name, title })) }),
    }),
    uploadRoute({
      method: 'post',
      path: '/feed',
      summary:
        'Takes a feed (or a part of one) in any known format, as a body of any length, gzipped or not. Sent again, nothing counts twice.',
      access: 'operator',
      query: z.object({
        format: z.string().max(60).optional(),
        mapping: z
          .string()
          .max(60)
          .optional()
          .describe('A stored mapping: the body is the next part of a live feed that it reads.'),
        as: z
          .enum(['parts', 'file'])
          .default('parts')
          .describe('With a mapping: `file` is read from beginning to end, and its matches end with it.'),
        name: z.string().max(200).default('feed'),
        match: matchIdSchema.optional(),
      }),
      maxBodyBytes: 4 * 1024 ** 3,
      response: feedAnswerSchema,
      async handle({ caller, query, body, signal }) {
        const mapping =
          query.mapping === undefined
            ? null
            : await mappingNamed(live.mappings, caller.tenantId, query.mapping)
        if (mapping !== null && query.as === 'parts') {
          const parts = partsOf(unzipped(body as unknown as AsyncIterable<Uint8Array>))
          const options = { tenantId: caller.tenantId, mapping, matchId: query.match ?? null, signal }
          return { format: mapping.name, ...(await pushMapped(live, parts, options)) }
        }
        const { head, whole } = await peekFeed(unzipped(body as unknown as AsyncIterable<Uint8Array>))
        const format =
          mapping !== null
            ? createMappedFormat(mapping)
            : query.format === undefined
              ? recogniseFormat(query.name, head)
              : formatNamed(query.format)
        const counts = await pushFeed(live.ingest, whole, {
          tenantId: caller.tenantId,
          format,
          name: query.name,
          matchId: query.match ?? null,
          signal,
        })
        return { format: format.name, ...counts }
      },
    }),
  ]
}
