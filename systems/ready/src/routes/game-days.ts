import { RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import type { ReadyContext } from '../context.ts'
import { readGameDay, sampleGameDay } from '../game-day/definition.ts'
import { gameDayHtml } from '../game-day/report-html.ts'
import { weaknessKinds } from '../game-day/weakness.ts'
import type { WeaknessKind } from '../game-day/weakness.ts'

const kinds = Object.keys(weaknessKinds) as [WeaknessKind, ...WeaknessKind[]]

const report = z.object({
  beganAtMs: z.number().nullable().default(null),
  phases: z.array(
    z.object({
      name: z.string(),
      fromMs: z.number(),
      toMs: z.number(),
      asked: z.number(),
      good: z.number(),
      objectives: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['ratio', 'latency']),
          goal: z.number(),
          value: z.number().nullable(),
          isMet: z.boolean(),
        }),
      ),
    }),
  ),
  events: z.array(z.object({ atMs: z.number(), what: z.string(), on: z.string(), isOn: z.boolean() })),
  seconds: z.array(z.object({ asked: z.number(), good: z.number(), p50Ms: z.number(), p99Ms: z.number() })),
  findings: z.array(
    z.object({
      kind: z.enum(kinds),
      at: z.string(),
      evidence: z.string(),
      measured: z.number(),
      allowed: z.number(),
      unit: z.string(),
    }),
  ),
  abortedBy: z.enum(['person', 'condition']).nullable(),
  hasRecovered: z.boolean().nullable(),
  holds: z.boolean().nullable(),
  made: z.number(),
  left: z.array(z.string()),
})

const gameDay = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  hypothesis: z.string(),
  target: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  state: z.enum(['preparing', 'running', 'done', 'aborted', 'broken']),
  stage: z.string(),
  problem: z.string().nullable(),
  isSample: z.boolean(),
  report,
})

const one = z.object({ id: z.string().max(100) })

export const gameDayRoutes = ({ gameDays, limits, loads }: ReadyContext) => [
  route({
    method: 'get',
    path: '/game-days/sample',
    summary: 'A game day for the demo shop, as YAML.',
    access: 'operator',
    response: z.object({ definition: z.string() }),
    handle: () => ({ definition: sampleGameDay }),
  }),
  route({
    method: 'post',
    path: '/game-days',
    summary:
      'Starts a game day from its definition (YAML or JSON). Only what it names is touched, and only on this machine.',
    access: 'admin',
    reach: 'installation',
    body: z.object({ definition: z.string().min(1).max(1_000_000) }),
    response: gameDay,
    handle: ({ body, caller }) => gameDays.start(caller.tenantId, readGameDay(body.definition)),
  }),
  route({
    method: 'get',
    path: '/game-days',
    summary: 'Game days, the last first; a recorded sample where there was none yet.',
    access: 'operator',
    response: z.object({ days: z.array(gameDay) }),
    handle: async ({ caller }) => ({ days: await gameDays.list(caller.tenantId) }),
  }),
  route({
    method: 'get',
    path: '/game-days/:id',
    summary: 'One game day with its report so far.',
    access: 'operator',
    params: one,
    response: gameDay,
    handle: ({ caller, params }) => gameDays.find(caller.tenantId, params.id),
  }),
  route({
    method: 'get',
    path: '/game-days/:id/report',
    summary: 'The report of a game day as one HTML file.',
    access: 'operator',
    params: one,
    media: ['text/html'],
    handle: async ({ caller, params }) =>
      new RawResponse(gameDayHtml(await gameDays.find(caller.tenantId, params.id)), {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      }),
  }),
  route({
    method: 'post',
    path: '/game-days/:id/abort',
    summary: 'Ends all faults of a game day at once, and the day.',
    access: 'operator',
    params: one,
    response: gameDay,
    handle: ({ caller, params }) => gameDays.abort(caller.tenantId, params.id),
  }),
  route({
    method: 'post',
    path: '/stop',
    summary:
      'The global stop: every load run, search for limits, and the game day of this process, ends, with all faults.',
    access: 'admin',
    reach: 'installation',
    response: z.object({ stopped: z.number() }),
    handle: async () => {
      const stopped = gameDays.stopAll()
      const [loadsStopped] = await Promise.all([loads.stopAll(), limits.stopAll()])
      return { stopped: stopped + loadsStopped }
    },
  }),
]
