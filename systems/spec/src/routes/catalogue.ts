import { route } from '@heavylift/core'
import { z } from 'zod'
import { stalenessStates } from '../catalogue/catalogue.ts'
import type { SpecContext } from '../context.ts'

const found = z.object({
  id: z.string(),
  repository: z.string(),
  path: z.string(),
  title: z.string(),
  format: z.string(),
  requirements: z.int(),
  drifts: z.int().nullable(),
  specChangedAtMs: z.number().nullable(),
  codeChangedAtMs: z.number().nullable(),
  lookedAtMs: z.number(),
  staleness: z.enum(stalenessStates),
  staleDays: z.int(),
})

/** All specs of all repositories. */
export const catalogueRoutes = ({ catalogue }: SpecContext) => [
  route({
    method: 'get',
    path: '/catalogue',
    summary:
      'Specs of all repositories by words, each with how stale it is; without words the stalest first.',
    access: 'operator',
    query: z.object({
      q: z.string().max(200).default(''),
      staleness: z.enum(stalenessStates).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({
      specs: z.array(found),
      counts: z.object({
        fresh: z.int(),
        stale: z.int(),
        drifted: z.int(),
        unknown: z.int(),
        repositories: z.int(),
      }),
    }),
    handle: async ({ caller, query: { q, staleness, limit } }) => {
      const [specs, counts] = await Promise.all([
        catalogue.search(caller.tenantId, { text: q, staleness: staleness ?? null, limit }),
        catalogue.counts(caller.tenantId),
      ])
      return { specs, counts }
    },
  }),
]
