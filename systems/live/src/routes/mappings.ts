import { InvalidInputError, NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
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
      method: 'put',
      path: '/mappings/:name',
      summary: 'Checks and keeps a mapping. Feeds that are pushed by it go on with it from their next part.',
      access: 'operator',
      params,
      body: writtenMapping,
      response: z.object({ name: z.string() }),
      async handle({ caller, params: { name }, body }) {
        if (body['name'] !== name)
          throw new InvalidInputError({
            code: 'mapping-name-differs',
            message: `The address names "${name}", the mapping's "name" is "${String(body['name'])}". Make them the same.`,
          })
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
