import { route } from '@heavylift/core'
import { stringify } from 'yaml'
import { z } from 'zod'
import type { ReadyContext } from '../context.ts'
import { demoScenario } from '../demo/demo-service.ts'
import { readImport } from '../import/read-import.ts'
import { readScenario } from '../load/scenario.ts'
import { keptState } from './kept-state.ts'

const quantiles = z.object({
  mean: z.number(),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  p999: z.number(),
  p9999: z.number(),
  max: z.number(),
})

const report = z.object({
  scenario: z.string(),
  durationMs: z.number(),
  planned: z.number(),
  sent: z.number(),
  ok: z.number(),
  failed: z.number(),
  errorRate: z.number(),
  bytes: z.number(),
  latencyMs: quantiles,
  serviceMs: quantiles,
  lagP99Ms: z.number(),
  stream: z.object({ events: z.number(), firstEventMs: quantiles, gapMs: quantiles }).nullable(),
  faults: z.array(z.object({ kind: z.string(), count: z.number() })),
  statuses: z.array(z.object({ status: z.number(), count: z.number() })),
  seconds: z.array(
    z.object({
      planned: z.number(),
      sent: z.number(),
      ok: z.number(),
      failed: z.number(),
      heat: z.array(z.number()),
    }),
  ),
  heatEndsMs: z.array(z.number()),
  isValid: z.boolean(),
  remarks: z.array(z.string()),
  thresholds: z.array(
    z.object({ metric: z.string(), atMost: z.number(), value: z.number(), isMet: z.boolean() }),
  ),
})

const run = z.object({
  id: z.string(),
  name: z.string(),
  target: z.string(),
  startedAtMs: z.number(),
  state: keptState,
  report,
  problem: z.string().nullable(),
  cutOffAtMs: z.number().nullable(),
  isSample: z.boolean(),
})

const one = z.object({ id: z.string() })

export const loadRoutes = ({ limits, loads }: ReadyContext) => [
  route({
    method: 'get',
    path: '/load/sample',
    summary: 'A scenario for the demo service, as YAML.',
    access: 'operator',
    response: z.object({ scenario: z.string() }),
    handle: () => ({ scenario: demoScenario }),
  }),
  route({
    method: 'post',
    path: '/load/runs',
    summary:
      'Starts a load run from a scenario (YAML or JSON). Only this machine, or a host that has consented, is loaded.',
    access: 'admin',
    reach: 'installation',
    body: z.object({
      scenario: z.string().min(1).max(4_000_000),
      /** Who sends: so many processes of this machine, or machines of the cluster. */
      generators: z
        .object({ count: z.int().min(1).max(64), on: z.enum(['here', 'slurm']).default('here') })
        .default({ count: 1, on: 'here' }),
    }),
    response: run,
    maxBodyBytes: 5 * 1024 * 1024,
    handle: ({ body, caller }) => loads.start(caller.tenantId, readScenario(body.scenario), body.generators),
  }),
  route({
    method: 'get',
    path: '/load/runs',
    summary: 'The last load runs, the latest first; a recorded sample before the first.',
    access: 'operator',
    response: z.object({ runs: z.array(run) }),
    handle: async ({ caller }) => ({ runs: await loads.list(caller.tenantId) }),
  }),
  route({
    method: 'get',
    path: '/load/runs/:id',
    summary: 'One load run with its report so far.',
    access: 'operator',
    params: one,
    response: run,
    handle: ({ caller, params }) => loads.find(caller.tenantId, params.id),
  }),
  route({
    method: 'post',
    path: '/load/runs/:id/stop',
    summary: 'Stops a load run at once.',
    access: 'operator',
    params: one,
    response: run,
    handle: ({ caller, params }) => loads.stop(caller.tenantId, params.id),
  }),
  route({
    method: 'post',
    path: '/load/stop',
    summary: 'Stops every load run and every search for a limit, on every server.',
    access: 'admin',
    reach: 'installation',
    response: z.object({ stopped: z.number() }),
    handle: async () => {
      const [stopped] = await Promise.all([loads.stopAll(), limits.stopAll()])
      return { stopped }
    },
  }),
  route({
    method: 'post',
    path: '/load/import',
    summary:
      'A scenario from a file of another tool: HAR, OpenAPI 3, Postman 2.1, JMeter, Artillery, k6, access log. Nothing of it is run.',
    access: 'operator',
    body: z.object({ text: z.string().min(1).max(20_000_000) }),
    response: z.object({
      format: z.string(),
      scenario: z.string(),
      left: z.array(z.object({ where: z.string(), advice: z.string() })),
      secrets: z.array(z.string()),
    }),
    maxBodyBytes: 24 * 1024 * 1024,
    handle: ({ body }) => {
      const { format, scenario, left, secrets } = readImport(body.text)
      return { format, scenario: stringify(scenario), left, secrets }
    },
  }),
]
