import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentDefinition, agentName } from '../definition/definition.ts'
import { latestVersion } from '../publish/agents.ts'
import { findChoices } from '../registry/registry-tables.ts'
import type { AgentRow } from '../run/run-row.ts'

const named = z.object({ name: agentName })
const version = z.int().min(1).max(latestVersion)

export const agentSchema = z.object({
  name: z.string(),
  liveVersion: version.nullable(),
  canary: z.object({ version, share: z.number() }).nullable(),
  pausedBecause: z.string().nullable(),
  changedMs: z.number(),
})

/** Agents and their versions, below `/api/agents`. */
export function agentRoutes({ agents, registry }: Pick<AgentsContext, 'agents' | 'registry'>) {
  return [
    route({
      method: 'get',
      path: '/agents',
      summary: 'Agents of the tenant, by name.',
      access: 'operator',
      response: z.object({
        agents: z
          .array(agentSchema.extend({ title: z.string().nullable(), summary: z.string().nullable() }))
          .describe('The first 1,000. Title and summary are those of the card that it is found by.'),
      }),
      handle: async ({ caller }) => ({
        agents: (await agents.list(caller.tenantId)).map((row) => ({
          ...shownAgent(row),
          title: row.title,
          summary: row.summary,
        })),
      }),
    }),
    route({
      method: 'get',
      path: '/agents/:name',
      summary: 'One agent with its versions, newest first.',
      access: 'operator',
      params: named,
      response: z.object({
        agent: agentSchema,
        versions: z.array(
          z.object({
            version,
            hash: z.string(),
            note: z.string(),
            publishedMs: z.number(),
            liveDespite: z
              .string()
              .nullable()
              .describe('Why it went live although its cases had not passed.'),
          }),
        ),
      }),
      handle: async ({ caller, params }) => ({
        agent: shownAgent(await agents.find(caller.tenantId, params.name)),
        versions: (await agents.versions(caller.tenantId, params.name)).map(
          ({ published_ms: publishedMs, live_despite: liveDespite, ...rest }) => ({
            ...rest,
            publishedMs,
            liveDespite,
          }),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/agents/:name/versions/:version',
      summary: 'The definition of a version.',
      access: 'operator',
      params: z.object({ name: agentName, version: z.string().max(20) }),
      response: z.object({ definition: agentDefinition }),
      handle: async ({ caller, params }) => ({
        definition: await agents.definition(caller.tenantId, params.name, Number(params.version)),
      }),
    }),
    route({
      method: 'post',
      path: '/versions',
      summary: 'Writes a definition down as the next version of its agent; it is live once that is said.',
      access: 'operator',
      body: z.object({
        definition: z.unknown(),
        note: z.string().max(2_000).default(''),
        found: z
          .object({
            choice: z.enum(findChoices).describe('What came of looking for agents that do it already.'),
            of: agentName.nullable().default(null).describe('The agent that is reused or extended.'),
            because: z.string().max(2_000).default(''),
          })
          .optional()
          .describe('Kept on its card, with the nearest agents that there were.'),
      }),
      response: z.object({ version }),
      handle: async ({ caller, body }) => {
        const { definition, note, found } = body
        const nearest = found === undefined ? [] : await registry.nearest(caller.tenantId, definition, 5)
        const published = await agents.publish(caller.tenantId, definition, note)
        if (found !== undefined)
          await registry.keepFound(caller.tenantId, published.name, {
            ...found,
            by: caller.keyId,
            nearest: nearest.map(({ name, likeness }) => ({ name, likeness })),
          })
        return { version: published.version }
      },
    }),
    route({
      method: 'post',
      path: '/agents/:name/live',
      summary:
        'Gives a version to new runs: to all, or as a canary to a share of them. Rollback is an older one.',
      access: 'operator',
      params: named,
      body: z.object({
        version,
        share: z.number().min(0.001).max(1).default(1).describe('Of new runs; 1 ends a canary.'),
        despite: z
          .string()
          .min(1)
          .max(500)
          .optional()
          .describe('Why it goes live although its cases have not passed; kept with the version.'),
      }),
      response: z.object({ agent: agentSchema }),
      handle: async ({ caller, params, body }) => {
        await agents.putLive(caller.tenantId, params.name, body.version, body.share, body.despite)
        return { agent: shownAgent(await agents.find(caller.tenantId, params.name)) }
      },
    }),
    route({
      method: 'post',
      path: '/agents/:name/pause',
      summary: 'Starts no new run until it is resumed; runs under way go on.',
      access: 'operator',
      params: named,
      body: z.object({
        because: z.string().max(500).nullable().describe('Shown to whoever calls it; null resumes it.'),
      }),
      response: z.object({ agent: agentSchema }),
      handle: async ({ caller, params, body }) => {
        await agents.pause(caller.tenantId, params.name, body.because)
        return { agent: shownAgent(await agents.find(caller.tenantId, params.name)) }
      },
    }),
  ]
}

function shownAgent(row: AgentRow): z.input<typeof agentSchema> {
  return {
    name: row.name,
    liveVersion: row.live_version,
    canary: row.canary_version === null ? null : { version: row.canary_version, share: row.canary_share },
    pausedBecause: row.paused_because,
    changedMs: row.changed_ms,
  }
}
