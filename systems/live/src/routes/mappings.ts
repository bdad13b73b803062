import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
import { proposeMapping } from '../feeds/mapping/propose/propose-mapping.ts'
import { tryMapping } from '../mappings/try-mapping.ts'
import { sportSchema } from '../domain/schemas.ts'

const params = z.object({ name: z.string().min(1).max(60) })
/** As it is written; what is wrong in it is said by its field when it is saved or tried. */
const writtenMapping = z.record(z.string(), z.unknown())

const listingSchema = z.object({
  name: z.string(),
  title: z.string(),
  sport: sportSchema,
  isShipped: z.boolean().describe('Comes with Heavylift, and cannot be changed.'),
  savedAtMs: z.number().nullable(),
})

/** First rows of a feed: of a JSON document the whole, since a part of it is none. */
const sample = z.object({
  name: z.string().min(1).max(200).describe('Of the file.'),
  text: z.string().max(8_000_000),
})
const mostSampleBytes = 12 * 1024 * 1024

const triedSchema = z.object({
  faults: z.array(z.object({ field: z.string(), message: z.string() })),
  columns: z.array(
    z.object({ path: z.string(), written: z.string(), samples: z.array(z.string()), filled: z.number() }),
  ),
  lists: z.array(z.string()),
  rows: z.array(
    z.object({
      ref: z.string(),
      cells: z.record(z.string(), z.string()),
      events: z.array(z.looseObject({ kind: z.string() })),
      faults: z.array(z.object({ column: z.string().nullable(), reason: z.string() })),
    }),
  ),
  counts: z.object({ rows: z.number(), events: z.number(), rejected: z.number(), passedOver: z.number() }),
  kinds: z.record(z.string(), z.number()),
  matches: z.array(z.object({ id: z.string(), title: z.string() })),
  notes: z.array(z.string()),
})
export type TriedMapping = z.infer<typeof triedSchema>

const proposalSchema = z.object({
  mapping: writtenMapping,
  fields: z.array(z.object({ field: z.string(), column: z.string(), sure: z.number() })),
  unused: z.array(z.string()),
})

/** Mappings of foreign feeds. */
export function mappingRoutes({ mappings }: Pick<LiveContext, 'mappings'>) {
  return [
    route({
      method: 'get',
      path: '/mappings',
      summary: 'Mappings of foreign feeds: your own, and those that come with Heavylift.',
      access: 'operator',
      response: z.object({ mappings: z.array(listingSchema) }),
      handle: async ({ caller }) => ({ mappings: await mappings.list(caller.tenantId) }),
    }),
    route({
      method: 'post',
      path: '/mapping-tries',
      summary: 'Rows of a sample beside the events that a mapping makes of them. Nothing is kept.',
      access: 'operator',
      maxBodyBytes: mostSampleBytes,
      body: sample.extend({ mapping: writtenMapping }),
      response: triedSchema,
      handle: ({ body }) => {
        const { rows, ...rest } = tryMapping(body.text, body.name, body.mapping)
        return {
          ...rest,
          rows: rows.map((row) => ({ ...row, events: row.events.map((event) => ({ ...event })) })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/mapping-proposals',
      summary: 'A first mapping of a feed by the names and values of its columns.',
      access: 'operator',
      maxBodyBytes: mostSampleBytes,
      body: sample.extend({ sport: sportSchema.optional() }),
      response: proposalSchema,
      handle({ body }) {
        const { mapping, fields, unused } = proposeMapping(body.text, nameFrom(body.name), body.sport ?? null)
        return { mapping: { ...mapping }, fields, unused }
      },
    }),
    route({
      method: 'get',
      path: '/mappings/:name',
      summary: 'A mapping as it is written.',
      access: 'operator',
      params,
      response: z.object({ mapping: writtenMapping, isShipped: z.boolean() }),
      async handle({ caller, params: { name } }) {
        const { mapping, isShipped } = await mappings.get(caller.tenantId, name)
        return { mapping: { ...mapping }, isShipped }
      },
    }),
    route({
      method: 'post',
      path: '/mappings',
      summary:
        'Checks and keeps a mapping under its name, in place of the one there was. Feeds that are pushed by it go on with it from their next part.',
      access: 'operator',
      body: writtenMapping,
      response: z.object({ name: z.string() }),
      async handle({ caller, body }) {
        return { name: (await mappings.save(caller.tenantId, body)).name }
      },
    }),
    route({
      method: 'delete',
      path: '/mappings/:name',
      summary: 'Removes a mapping. What was pushed by it stays.',
      access: 'operator',
      params,
      response: z.object({ removed: z.boolean() }),
      async handle({ caller, params: { name } }) {
        if (await mappings.remove(caller.tenantId, name)) return { removed: true }
        throw new NotFoundError({
          code: 'mapping-not-found',
          message: `There is no mapping "${name}" of yours. Those that come with Heavylift stay.`,
        })
      },
    }),
  ]
}

/** A mapping's name from that of a file. */
function nameFrom(file: string): string {
  const name = file
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/\.[a-z0-9]+$/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
  return name.slice(0, 60) || 'my-feed'
}
