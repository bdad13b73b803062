import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { edgeKinds } from '../registry/registry-tables.ts'
import { cardSchema, facetsSchema, narrowing, nearSchema, radiusSchema } from './registry-schemas.ts'

/** The registry, below `/api/agents`: finding agents before one is built, who answers for them, what they reach. */
export function registryRoutes({ registry }: Pick<AgentsContext, 'registry'>) {
  const { catalogue } = registry
  return [
    route({
      method: 'get',
      path: '/registry',
      summary: 'Agents by words (job, tool, data, owner, team) and facets, the fittest first.',
      access: 'operator',
      query: narrowing.extend({
        text: z.string().max(1_000).default(''),
        limit: z.coerce.number().int().min(1).max(100).default(20),
        offset: z.coerce.number().int().min(0).default(0),
      }),
      response: z.object({ total: z.number(), agents: z.array(cardSchema), facets: facetsSchema }),
      handle: ({ caller, query: { text, limit, offset, ...narrow } }) =>
        catalogue.search(caller.tenantId, { text, limit, offset, narrow }),
    }),
    route({
      method: 'post',
      path: '/registry/nearest',
      summary: 'The agents most like a definition that is about to be published.',
      access: 'operator',
      body: z.object({ definition: z.unknown(), limit: z.int().min(1).max(20).default(5) }),
      response: z.object({ nearest: z.array(nearSchema) }),
      handle: async ({ caller, body }) => ({
        nearest: await registry.nearest(caller.tenantId, body.definition, body.limit),
      }),
    }),
    route({
      method: 'get',
      path: '/registry/agents/:name',
      summary: 'The card of an agent.',
      access: 'operator',
      params: z.object({ name: agentName }),
      response: z.object({ agent: cardSchema }),
      handle: async ({ caller, params }) => ({ agent: await catalogue.card(caller.tenantId, params.name) }),
    }),
    route({
      method: 'get',
      path: '/registry/blast-radius',
      summary:
        'What an agent can touch, by itself and through the agents it calls, and which agents break if it (or a tool, data, credential, model) changes.',
      access: 'operator',
      query: z.object({
        kind: z.enum(edgeKinds).default('agent'),
        name: z.string().min(1).max(401),
        most: z.coerce
          .number()
          .int()
          .min(1)
          .max(1_000)
          .default(40)
          .describe('Named on each side; the counts are of all.'),
      }),
      response: radiusSchema,
      handle: ({ caller, query: { kind, name, most } }) =>
        registry.blastRadius(caller.tenantId, { kind, name }, most),
    }),
  ]
}
