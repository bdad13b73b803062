import { z } from 'zod'
import { agentStates, facetKinds } from '../registry/catalogue-index.ts'
import { edgeKinds, findChoices, stopKinds } from '../registry/registry-tables.ts'

const facet = z.array(z.object({ value: z.string(), count: z.number() }))
const edge = z.object({ kind: z.enum(edgeKinds), target: z.string() })
export const nodeSchema = z.object({ kind: z.enum(edgeKinds), name: z.string() })
const reached = nodeSchema.extend({ distance: z.number().describe('Steps away.') })

export const cardSchema = z.object({
  name: z.string(),
  version: z.number().describe('The one that this says of.'),
  state: z.enum(agentStates),
  title: z.string(),
  summary: z.string(),
  jobs: z.array(z.string()),
  tags: z.array(z.string()),
  team: z.string().nullable(),
  owner: z.string().nullable(),
  standIn: z.string().nullable(),
  reviewOn: z.string().nullable().describe('`YYYY-MM-DD`'),
  successor: z.string().nullable(),
  because: z.string().nullable().describe('Why it is paused, deprecated or retired.'),
  liveVersion: z.number().nullable(),
  canaryVersion: z.number().nullable(),
  found: z
    .object({
      choice: z.enum(findChoices),
      of: z.string().nullable(),
      because: z.string(),
      by: z.string().nullable(),
      nearest: z.array(z.object({ name: z.string(), likeness: z.number() })),
      atMs: z.number(),
    })
    .nullable()
    .describe('What was found before it was built.'),
  edges: z.array(edge),
  filedMs: z.number(),
})

export const facetsSchema = z.object(
  Object.fromEntries(facetKinds.map((kind) => [kind, facet])) as Record<
    (typeof facetKinds)[number],
    typeof facet
  >,
)

/** A search's words and facets, as a query or a body has them. */
export const narrowing = z.object({
  state: z.enum(agentStates).optional(),
  ...(Object.fromEntries(
    facetKinds.filter((kind) => kind !== 'state').map((kind) => [kind, z.string().max(300).optional()]),
  ) as Record<Exclude<(typeof facetKinds)[number], 'state'>, z.ZodOptional<z.ZodString>>),
})

export const nearSchema = z.object({
  agent: cardSchema,
  likeness: z.number().describe('1: it says and reaches the same.'),
  shared: z.array(z.string()).describe('Tools, data, agents, credentials and models that both reach.'),
})

export const radiusSchema = z.object({
  of: nodeSchema,
  touches: z.array(reached),
  broken: z.array(reached),
  edges: z.array(z.object({ from: nodeSchema, to: nodeSchema })),
  counts: z.object({
    touches: z.record(z.enum(edgeKinds), z.number()),
    broken: z.number(),
    teams: z.number().describe('Teams whose agents those are.'),
  }),
})

export const stopTargetSchema = z.object({
  kind: z.enum(stopKinds).describe('`tool`: `mcp:files/read`; `source`: `mcp:files`.'),
  name: z.string().min(1).max(401),
  version: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .describe('Of an agent; without it all.'),
})

export const stopSchema = z.object({
  id: z.string(),
  because: z.string(),
  by: z.string(),
  setMs: z.number(),
  query: z.unknown(),
  lifted: z.object({ by: z.string(), because: z.string(), atMs: z.number() }).nullable(),
  targets: z.array(stopTargetSchema).describe('The first of them.'),
  targetCount: z.number(),
})

const moment = z.object({ atMs: z.number(), version: z.number() })
const meanOf = z.object({ mean: z.number(), count: z.number() })
const measure = z.enum(['failed', 'refused', 'rework', 'cost'])
const alarm = z.object({
  atMs: z.number(),
  since: moment.describe('When it most likely began, and the version that ran then.'),
  before: meanOf,
  after: meanOf,
  did: z.enum(['told', 'paused', 'rolled-back', 'canary-ended']),
})

/** How an agent fares in one measure. */
export const watchedSchema = z.object({
  measure,
  count: z.number().describe('Outcomes since it was last said that it is as it should be.'),
  mean: z.number().describe('A share from 0 to 1; of `cost` millionths of a US dollar.'),
  evidence: z.number().describe('That it became worse; 1 says nothing.'),
  limit: z.number().describe('Evidence that alarms.'),
  alarm: alarm.nullable(),
  accepted: z.object({ by: z.string(), because: z.string(), atMs: z.number() }).nullable(),
})
export const acceptDriftSchema = z.object({
  measure,
  because: z.string().min(1).max(500),
  by: z.string().min(1).max(200).optional(),
})

export const dutiesSchema = z.object({
  drifted: z
    .array(z.object({ agent: z.string(), measure, alarm }))
    .describe('Agents that do worse than before.'),
  handovers: z.array(z.object({ agent: z.string(), from: z.string(), to: z.string(), dueMs: z.number() })),
  overdue: z.array(
    z.object({
      agent: z.string(),
      owner: z.string().nullable(),
      reviewOn: z.string().describe('`YYYY-MM-DD`'),
    }),
  ),
})
