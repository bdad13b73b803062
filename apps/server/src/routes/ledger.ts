import { HeavyliftError, NotFoundError, route } from '@heavylift/core'
import type { DurationBin, Ledger, RecordedDecision, TimelineBucket } from '@heavylift/store'
import { timeMsInput } from '@heavylift/core/input'
import { z } from 'zod'
import type { ServerContext } from './server-context.ts'

const dayMs = 24 * 60 * 60 * 1000

const intervalSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() })

const outcomeSchema = z.object({ kind: z.string(), value: z.number(), atMs: z.number() })

const decisionSchema = z.object({
  id: z.string(),
  system: z.string(),
  kind: z.string(),
  subjectId: z.string().nullable(),
  inputRef: z.string().nullable().describe('Where the system keeps what it knew.'),
  inputHash: z.string().describe('Of what it knew, so that a replay can be checked.'),
  output: z.unknown().describe('What was decided, with its evidence; its shape is the system’s own.'),
  confidence: z.number().nullable(),
  costMicros: z.number().describe('Millionths of a US dollar.'),
  durationMs: z.number(),
  version: z.string(),
  atMs: z.number().describe('When it happened.'),
  recordedAtMs: z.number().describe('When the ledger took it. Later than `atMs` for what is replayed.'),
  outcomes: z.array(outcomeSchema),
  page: z.string().describe('Path of the console’s page of this decision.'),
})

const summarySchema = z.object({
  summary: z.object({
    count: z.number(),
    durationMs: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable(),
    costMicros: z.number(),
    calibration: z
      .object({
        bins: z.array(
          z.object({
            low: z.number(),
            high: z.number(),
            n: z.number(),
            meanConfidence: z.number(),
            rate: z.number(),
          }),
        ),
        brierScore: z.number().nullable(),
        expectedCalibrationError: z.number().nullable(),
      })
      .describe('Over decisions whose correctness came back.'),
  }),
  timeline: z.array(
    z.object({
      atMs: z.number(),
      count: z.number(),
      p50Ms: z.number().nullable(),
      p99Ms: z.number().nullable(),
      costMicros: z.number(),
    }),
  ),
  stepMs: z.number(),
  durations: z.array(z.object({ lowMs: z.number(), highMs: z.number(), count: z.number() })),
})

const experimentsSchema = z.object({
  experiments: z.array(
    z.object({
      name: z.string(),
      system: z.string(),
      outcomeKind: z.string(),
      units: z.string(),
      betterIs: z.enum(['more', 'fewer']),
      report: z.object({
        arms: z.array(
          z.object({
            arm: z.string(),
            units: z.number(),
            converted: z.number(),
            rate: intervalSchema,
            value: z.number(),
          }),
        ),
        waiting: z.number(),
        uplift: intervalSchema.nullable(),
        difference: intervalSchema.nullable(),
        sequentialPValue: z.number().nullable(),
      }),
    }),
  ),
})

const scopeSchema = z.object({
  system: z.string().min(1).optional().describe('Of one system; without it, of all.'),
  kind: z.string().min(1).optional(),
  subjectId: z.string().min(1).optional().describe('Whom or what it concerns.'),
  version: z.string().min(1).optional(),
})

const sinceSchema = scopeSchema.extend({
  sinceMs: timeMsInput
    .optional()
    .describe('Recorded from then on, in milliseconds since the epoch; default 24 hours ago.'),
})

const facetsSchema = z.object({
  facets: z.array(
    z.object({
      system: z.string(),
      kind: z.string(),
      version: z.string(),
      count: z.number(),
      lastRecordedAtMs: z.number(),
    }),
  ),
})

/** Decisions, their figures, and experiments: all read from the ledger, nothing computed anew. */
export function ledgerRoutes({
  ledger,
  systems,
  clock,
}: Pick<ServerContext, 'ledger' | 'systems' | 'clock'>) {
  const open = (): Ledger => {
    if (ledger !== null) return ledger
    throw new HeavyliftError({
      code: 'needs-database',
      status: 501,
      message:
        'The ledger is kept in PostgreSQL, and this installation runs without. Set store.databaseUrl, or store.kind to postgresql, and start again: keys and usage come along.',
    })
  }
  const recordedSince = ({ sinceMs, ...scope }: z.output<typeof sinceSchema>) => ({
    ...given(scope),
    fromMs: sinceMs ?? clock.nowMs() - dayMs,
    by: 'recorded' as const,
  })
  return [
    route({
      method: 'get',
      path: '/ledger/summary',
      summary: 'Count, durations, cost and calibration of the decisions recorded since a time.',
      access: 'operator',
      query: sinceSchema,
      response: summarySchema,
      async handle({ caller, query }) {
        const nowMs = clock.nowMs()
        const scope = recordedSince(query)
        const stepMs = timelineStep(nowMs - scope.fromMs)
        const [summary, timeline, durations] = await Promise.all([
          open().summary(caller.tenantId, scope),
          open().timeline(caller.tenantId, scope, stepMs),
          open().durations(caller.tenantId, scope),
        ])
        return {
          summary,
          timeline: withEmptySteps(timeline, scope.fromMs, nowMs, stepMs),
          stepMs,
          durations: withEmptyBins(durations),
        }
      },
    }),
    route({
      method: 'get',
      path: '/ledger/facets',
      summary:
        'Which systems, kinds and versions have decisions recorded since a time: what one can filter by.',
      access: 'operator',
      query: sinceSchema,
      response: facetsSchema,
      handle: async ({ caller, query }) => ({
        facets: await open().facets(caller.tenantId, recordedSince(query)),
      }),
    }),
    route({
      method: 'get',
      path: '/ledger/decisions',
      summary: 'Decisions of all systems with the outcomes that came back, the last recorded first.',
      access: 'operator',
      query: scopeSchema.extend({
        fromMs: timeMsInput.optional().describe('Recorded from then on.'),
        toMs: timeMsInput.optional().describe('Recorded before then.'),
        before: z.string().optional().describe('`next` of the page before.'),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
      response: z.object({ decisions: z.array(decisionSchema), next: z.string().nullable() }),
      async handle({ caller, query: { before, limit, ...scope } }) {
        const found = await open().decisions(caller.tenantId, {
          ...given(scope),
          ...given({ beforeId: before }),
          by: 'recorded',
          limit: limit + 1,
        })
        const page = found.slice(0, limit)
        return {
          decisions: page.map(toWire),
          next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
        }
      },
    }),
    route({
      method: 'get',
      path: '/ledger/decisions/:decisionId',
      summary: 'One decision: what it knew, what it decided, and the outcomes that came back.',
      access: 'operator',
      params: z.object({ decisionId: z.string() }),
      response: decisionSchema,
      async handle({ caller, params }) {
        const found = await open().decision(caller.tenantId, params.decisionId)
        if (found) return toWire(found)
        throw new NotFoundError({
          code: 'decision-unknown',
          message: 'There is no such decision. GET /api/heavylift/ledger/decisions lists them.',
        })
      },
    }),
    route({
      method: 'get',
      path: '/experiments',
      summary: 'Every experiment that has units, with conversion by arm, uplift and the sequential test.',
      access: 'operator',
      response: experimentsSchema,
      async handle({ caller }) {
        const known = await open().experiments(caller.tenantId)
        const declared = systems.flatMap((part) =>
          (part.running?.experiments ?? []).map((experiment) => ({ system: part.name, ...experiment })),
        )
        const experiments = declared.flatMap(({ name, attributionMs, ...said }) => {
          const found = known.find((experiment) => experiment.name === name && experiment.units > 0)
          if (!found) return []
          const key = { tenantId: caller.tenantId, name, arms: found.arms }
          return [{ said, key: attributionMs === undefined ? key : { ...key, attributionMs } }]
        })
        const reports = experiments.map(async ({ said, key }) => ({
          name: key.name,
          ...said,
          report: await open().experiment(key, said.outcomeKind),
        }))
        return { experiments: await Promise.all(reports) }
      },
    }),
  ]
}

/** Without the fields that are undefined. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function toWire({ tenantId: _tenantId, ...decision }: RecordedDecision): z.output<typeof decisionSchema> {
  // An id of a system's own making may hold any character.
  return { ...decision, page: `/ledger/decisions/${encodeURIComponent(decision.id)}` }
}

const steps = [
  1,
  5,
  15,
  60,
  5 * 60,
  15 * 60,
  30 * 60,
  3600,
  3 * 3600,
  6 * 3600,
  12 * 3600,
  86_400,
  7 * 86_400,
]
const mostSteps = 100

/** The finest step of a clock's kind that makes at most 100 steps of `rangeMs`; in milliseconds. */
export function timelineStep(rangeMs: number): number {
  const fitting = steps.find((seconds) => rangeMs / (seconds * 1000) <= mostSteps)
  return fitting === undefined ? Math.ceil(rangeMs / mostSteps) : fitting * 1000
}

/** Equal steps from the one that holds `sinceMs` to the one that holds `nowMs`; those without decisions count 0. */
export function withEmptySteps(
  found: readonly TimelineBucket[],
  sinceMs: number,
  nowMs: number,
  stepMs: number,
) {
  const byTime = new Map(found.map((bucket) => [bucket.atMs, bucket]))
  const filled: (Omit<TimelineBucket, 'p50Ms' | 'p99Ms'> & { p50Ms: number | null; p99Ms: number | null })[] =
    []
  for (let atMs = Math.floor(sinceMs / stepMs) * stepMs; atMs <= nowMs; atMs += stepMs) {
    filled.push(byTime.get(atMs) ?? { atMs, count: 0, p50Ms: null, p99Ms: null, costMicros: 0 })
  }
  return filled
}

/** With the bins between the first and the last that hold no decision. */
export function withEmptyBins(bins: readonly DurationBin[]): DurationBin[] {
  const filled: DurationBin[] = []
  for (const bin of bins) {
    let last = filled.at(-1)
    // Neighbours share a bound up to rounding.
    while (last && last.highMs < bin.lowMs * 0.99) {
      last = { lowMs: last.highMs, highMs: last.highMs * Math.SQRT2, count: 0 }
      filled.push(last)
    }
    filled.push(bin)
  }
  return filled
}
