import { z } from 'zod'
import { failureSchema, outcomeSchema } from '../run/run-schema.ts'
import { scenarioCaseSchema } from '../suites/scenario-schema.ts'
import { severities } from '../run/severity.ts'
import { reportFormat } from './clearance-report.ts'
import type { ClearanceReport } from './clearance-report.ts'

/** A figure that may be no number in memory (a rate of nothing, no bound), which JSON holds as null. */
const figure = z.number().nullable()

const version = z.object({ name: z.string(), summary: z.string(), hash: z.string() })

const trace = z.object({
  version: z.string(),
  outcome: outcomeSchema,
  own: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])),
  others: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      lengthM: z.number(),
      widthM: z.number(),
      at: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
    }),
  ),
})

const severity = z.enum(severities)
const limitState = z.enum(['within', 'above', 'undecided'])
export const verdictSchema = z.enum(['cleared', 'not cleared', 'undecided'])

const failedCase = z.object({
  one: scenarioCaseSchema,
  severity: severity.nullable(),
  failures: z.array(failureSchema),
  impactSpeedMps: z.number().nullable(),
  minTtcS: z.number().nullable(),
  reference: z
    .object({
      version: z.string(),
      outcome: outcomeSchema,
      failures: z.array(failureSchema),
      avoidsIt: z.boolean(),
      minTtcS: z.number().nullable(),
    })
    .nullable(),
  isBlocker: z.boolean(),
  viewer: z.string(),
  command: z.string(),
  digest: z.string(),
})

const classResult = z.object({
  scenarioClass: z.string(),
  n: z.number(),
  failures: z.number(),
  errors: z.number(),
  blockers: z.number(),
  rate: figure,
  lower: z.number(),
  upper: z.number(),
  limit: z.number(),
  state: limitState,
  severities: z.array(
    z.object({
      severity,
      failures: z.number(),
      upper: z.number(),
      limit: z.number().nullable(),
      state: limitState,
      moreCases: z.number().nullable(),
    }),
  ),
  struck: z.number(),
  moreCases: z.number().nullable(),
  exposure: z.number(),
  importance: z
    .object({
      n: z.number(),
      effectiveN: z.number(),
      rate: figure,
      standardError: figure,
      upper: z.number(),
      lower: z.number(),
    })
    .nullable(),
  sequential: z.object({
    state: z.enum(['undecided', 'within-limit', 'above-aim']),
    n: z.number(),
    pValue: z.number(),
    reason: z.string(),
  }),
  ttc: z.object({ least: z.number(), low: z.number(), median: z.number() }).nullable(),
})

const axis = z.object({ name: z.string(), min: z.number(), max: z.number() })

/** A clearance's report as its file holds it. */
export const reportSchema = z.object({
  format: z.literal(reportFormat),
  id: z.string(),
  createdAt: z.string(),
  version,
  suite: z.object({ name: z.string(), hash: z.string(), n: z.number() }),
  code: z.string(),
  reference: version.nullable(),
  verdict: verdictSchema,
  headline: z.string(),
  casesToShow: z.number().nullable(),
  reasons: z.array(z.string()),
  claims: z.array(
    z.object({
      statement: z.string(),
      evidence: z.string(),
      state: z.enum(['holds', 'broken', 'undecided']),
      isOfClass: z.boolean(),
    }),
  ),
  limits: z.object({
    failureRate: z.number(),
    byClass: z.record(z.string(), z.number()),
    bySeverity: z.partialRecord(severity, z.number()),
    confidence: z.number(),
    aimShare: z.number(),
    worseP: z.number(),
  }),
  n: z.number(),
  failures: z.number(),
  severities: z.array(z.object({ severity, failures: z.number(), worstImpactMps: z.number().nullable() })),
  struck: z.number(),
  errors: z.number(),
  overall: z.object({ rate: figure, upper: figure }),
  classes: z.array(classResult),
  coverage: z.array(z.object({ row: z.string(), column: z.string(), n: z.number(), failures: z.number() })),
  met: z.array(z.object({ kind: z.string(), n: z.number(), failures: z.number() })),
  distributions: z.array(
    z.object({
      name: z.string(),
      unit: z.string(),
      bins: z.array(
        z.object({
          from: z.number(),
          to: z.number().nullable(),
          passed: z.number(),
          failed: z.number(),
        }),
      ),
      none: z.number(),
    }),
  ),
  maps: z.array(
    z.object({
      scenario: z.string(),
      n: z.number(),
      failures: z.number(),
      x: axis,
      y: axis.nullable(),
      points: z.array(z.tuple([z.number(), z.number(), z.number()])),
    }),
  ),
  blockerCount: z.number(),
  blockers: z.array(failedCase.extend({ ours: trace.nullable(), theirs: trace.nullable() })),
  others: z.array(failedCase),
  untold: z.number(),
  comparison: z
    .object({
      bothPassed: z.number(),
      bothFailed: z.number(),
      mended: z.number(),
      broken: z.number(),
      pValue: z.number(),
      worsePValue: z.number(),
      against: version,
      brokenCases: z.array(failedCase),
      mendedCases: z.array(z.string()),
    })
    .nullable(),
  rssViolationSPerHour: z.number(),
  drivenH: z.number(),
  seeds: z.object({ least: figure, most: figure }),
  digest: z.string(),
})

export type StoredReport = z.output<typeof reportSchema>
export type StoredClass = StoredReport['classes'][number]
export type StoredFailure = StoredReport['others'][number]
export type StoredComparison = NonNullable<StoredReport['comparison']>
export type StoredMap = StoredReport['maps'][number]
export type StoredBlocker = StoredReport['blockers'][number]

/** A report as text of its file; figures that are no numbers become null. */
export function storeReport(report: ClearanceReport): string {
  const stored: StoredReport = report
  return `${JSON.stringify(stored, null, 1)}\n`
}
