import { InvalidInputError, route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import type { StopTarget } from '../registry/stops.ts'
import { edgeKinds } from '../registry/registry-tables.ts'
import {
  acceptDriftSchema,
  cardSchema,
  dutiesSchema,
  facetsSchema,
  narrowing,
  nearSchema,
  radiusSchema,
  stopSchema,
  stopTargetSchema,
  watchedSchema,
} from './registry-schemas.ts'

/** The registry, below `/api/agents`: finding agents before one is built, who answers for them, what they reach. */
export function registryRoutes({
  registry,
  stops,
  agents,
}: Pick<AgentsContext, 'registry' | 'stops' | 'agents'>) {
  const { catalogue, drift } = registry
  const duties = async (tenantId: string) => ({
    ...(await registry.owners.duties(tenantId)),
    drifted: await drift.alarms(tenantId),
  })
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
    route({
      method: 'post',
      path: '/registry/agents/:name/life',
      summary:
        'Deprecates an agent (its callers are told of its successor), retires it (it begins no run any more), or takes that back.',
      access: 'operator',
      params: z.object({ name: agentName }),
      body: z.object({
        life: z.enum(['active', 'deprecated', 'retired']),
        successor: agentName.nullable().default(null),
        because: z.string().max(500).nullable().default(null),
      }),
      response: z.object({ agent: cardSchema }),
      handle: async ({ caller, params, body }) => {
        await agents.setLife(caller.tenantId, params.name, body)
        return { agent: await catalogue.card(caller.tenantId, params.name) }
      },
    }),
    route({
      method: 'get',
      path: '/registry/agents/:name/drift',
      summary: 'Whether the outcomes of an agent are as they were: failures, refusals, rework, cost.',
      access: 'operator',
      params: z.object({ name: agentName }),
      response: z.object({ watched: z.array(watchedSchema) }),
      handle: async ({ caller, params }) => {
        await agents.find(caller.tenantId, params.name)
        return { watched: await drift.of(caller.tenantId, params.name) }
      },
    }),
    route({
      method: 'post',
      path: '/registry/agents/:name/drift/accept',
      summary: 'Says that it is as it should be: what comes is held against what comes from now on.',
      access: 'operator',
      params: z.object({ name: agentName }),
      body: acceptDriftSchema,
      response: z.object({ watched: z.array(watchedSchema) }),
      handle: async ({ caller, params, body }) => {
        const { measure, because, by = caller.keyId ?? 'local' } = body
        await drift.accept(caller.tenantId, params.name, measure, { by, because })
        return { watched: await drift.of(caller.tenantId, params.name) }
      },
    }),
    route({
      method: 'get',
      path: '/registry/duties',
      summary:
        'Agents that wait for somebody to take them over, those whose day of review is past, and those that do worse than before.',
      access: 'operator',
      response: dutiesSchema,
      handle: ({ caller }) => duties(caller.tenantId),
    }),
    route({
      method: 'post',
      path: '/registry/people/gone',
      summary:
        'Says that somebody can no longer answer for agents (they go to stand-ins, or are paused), or is there again.',
      access: 'operator',
      body: z.object({ person: z.string().min(1).max(200), isGone: z.boolean().default(true) }),
      response: dutiesSchema,
      handle: async ({ caller, body: { person, isGone } }) => {
        const { owners } = registry
        if (isGone) await owners.gone(caller.tenantId, person, caller.keyId ?? 'local')
        else await owners.back(caller.tenantId, person)
        return await duties(caller.tenantId)
      },
    }),
    route({
      method: 'post',
      path: '/registry/agents/:name/accept',
      summary: 'The stand-in takes over an agent whose owner is gone.',
      access: 'operator',
      params: z.object({ name: agentName }),
      response: z.object({ agent: cardSchema }),
      handle: async ({ caller, params }) => {
        await registry.owners.accept(caller.tenantId, params.name)
        return { agent: await catalogue.card(caller.tenantId, params.name) }
      },
    }),
    route({
      method: 'get',
      path: '/stops',
      summary: 'What was stopped, newest first, by whom and why; those that hold still, or all.',
      access: 'operator',
      query: z.object({
        active: z.enum(['true', 'false']).default('true'),
        agent: agentName.optional().describe('Those that hold for an agent or one of its versions.'),
      }),
      response: z.object({ stops: z.array(stopSchema) }),
      handle: async ({ caller, query }) => ({
        stops: await stops.list(caller.tenantId, {
          isActive: query.active === 'true',
          ...(query.agent === undefined ? {} : { of: { kind: 'agent', name: query.agent } }),
        }),
      }),
    }),
    route({
      method: 'post',
      path: '/stops',
      summary:
        'The kill switch: agents (of a version, or all that a search finds), tools, sources, credentials. Runs end within a second in every process; calls with effects that are under way end first.',
      access: 'operator',
      body: z.object({
        because: z.string().min(1).max(500),
        by: z.string().min(1).max(200).optional().describe('Who stops, where the key is not a person’s.'),
        targets: z.array(stopTargetSchema).max(1_000).default([]),
        query: narrowing
          .extend({ text: z.string().max(1_000).default('') })
          .optional()
          .describe('Stops every agent that this finds now.'),
      }),
      response: z.object({ id: z.string(), stopped: z.number().describe('Targets.') }),
      handle: async ({ caller, body }) => {
        const { because, query } = body
        const found =
          query === undefined
            ? []
            : await catalogue.names(caller.tenantId, { text: query.text, narrow: query })
        const targets = [...body.targets, ...found.map((name): StopTarget => ({ kind: 'agent', name }))]
        for (const { kind, name } of body.targets)
          if (kind === 'agent') await agents.find(caller.tenantId, name)
        if (targets.length === 0)
          throw new InvalidInputError({
            code: 'nothing-to-stop',
            message: 'Say what to stop: a target, or a search that finds agents.',
          })
        const by = body.by ?? caller.keyId ?? 'local'
        const id = await stops.set(caller.tenantId, { targets, because, by, query: query ?? null })
        return { id, stopped: targets.length }
      },
    }),
    route({
      method: 'post',
      path: '/stops/:id/lift',
      summary: 'What was stopped works again; runs that ended stay ended.',
      access: 'operator',
      params: z.object({ id: z.string().max(100) }),
      body: z.object({ because: z.string().min(1).max(500), by: z.string().min(1).max(200).optional() }),
      response: z.object({ id: z.string() }),
      handle: async ({ caller, params, body }) => {
        const by = body.by ?? caller.keyId ?? 'local'
        await stops.lift(caller.tenantId, params.id, { by, because: body.because })
        return { id: params.id }
      },
    }),
  ]
}
