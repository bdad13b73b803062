import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ReadyContext } from '../context.ts'
import { demoScenario } from '../demo/demo-service.ts'
import { readScenario } from '../load/scenario.ts'
import { keptState } from './kept-state.ts'

const objective = z.object({
  p99Ms: z.number().positive().max(60_000).default(100),
  errorRate: z.number().min(0).max(0.5).default(0.001),
})

const limit = z.object({
  ratePerSecond: z.number(),
  outsidePerSecond: z.number().nullable(),
  isReliable: z.boolean(),
  predicted: z.object({
    ratePerSecond: z.number(),
    capacityPerSecond: z.number(),
    workers: z.number(),
    meanPerSecond: z.number(),
  }),
  law: z
    .object({
      lambda: z.number(),
      sigma: z.number(),
      kappa: z.number(),
      /** Null where more is always more. */
      perSecond: z.number().nullable(),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
    })
    .nullable(),
  saturated: z.object({
    what: z.enum(['processor', 'refusals', 'workers', 'unknown']),
    evidence: z.string(),
  }),
  probes: z.array(
    z.object({
      ratePerSecond: z.number(),
      isInside: z.boolean(),
      p50Ms: z.number(),
      p99Ms: z.number(),
      errorRate: z.number(),
      concurrency: z.number(),
      donePerSecond: z.number(),
      isValid: z.boolean(),
      machineBusy: z.number(),
      faults: z.array(z.object({ kind: z.string(), count: z.number() })),
    }),
  ),
})

const search = z.object({
  id: z.string(),
  startedAtMs: z.number(),
  state: keptState,
  scenario: z.string(),
  stage: z.string(),
  done: z.number(),
  total: z.number(),
  found: z.array(z.object({ name: z.string(), limit, objective, atMs: z.number() })),
  problem: z.string().nullable(),
  cutOffAtMs: z.number().nullable(),
  isSample: z.boolean(),
})

const answer = z.object({ search: search.nullable() })

export const limitRoutes = ({ limits }: ReadyContext) => [
  route({
    method: 'get',
    path: '/limits',
    summary: 'The latest search for limits, with every probe; a recorded sample before the first.',
    access: 'operator',
    response: answer,
    handle: async ({ caller }) => ({ search: await limits.shown(caller.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/limits',
    summary:
      'Searches the highest rate inside an objective for each request of a scenario (without one: of the demo service). Only this machine, or a host that has consented, is loaded.',
    access: 'admin',
    reach: 'installation',
    body: z.object({
      scenario: z.string().min(1).max(4_000_000).optional(),
      objective: objective.prefault({}),
    }),
    response: answer,
    maxBodyBytes: 5 * 1024 * 1024,
    handle: async ({ body, caller }) => ({
      search: await limits.start(
        caller.tenantId,
        readScenario(body.scenario ?? demoScenario),
        body.objective,
      ),
    }),
  }),
  route({
    method: 'post',
    path: '/limits/stop',
    summary: 'Stops the search for limits at once.',
    access: 'operator',
    response: answer,
    handle: async ({ caller }) => ({ search: await limits.stop(caller.tenantId) }),
  }),
]
