import { z } from 'zod'
import { isGood } from './probe.ts'
import type { Observed } from './probe.ts'

/** What this system measures itself; other sources of an indicator cannot be asked here. */
const readySource = z.strictObject({
  metricSource: z.strictObject({
    type: z.literal('ready'),
    spec: z.strictObject({
      /** All endpoints without it. */
      endpoint: z.string().optional(),
      /** Of a ratio: an answer is good only within so long. */
      withinMs: z.number().positive().optional(),
      /** Of a threshold: which quantile of latency in milliseconds. */
      quantile: z.number().gt(0).lt(1).optional(),
    }),
  }),
})

/** An SLO of OpenSLO v1 (https://github.com/OpenSLO/OpenSLO), as far as a game day needs it; the rest is read and kept aside. */
const sloSchema = z.looseObject({
  apiVersion: z.literal('openslo/v1'),
  kind: z.literal('SLO'),
  metadata: z.looseObject({ name: z.string(), displayName: z.string().optional() }),
  spec: z.looseObject({
    indicator: z.looseObject({
      spec: z.looseObject({
        ratioMetric: z.looseObject({ good: z.unknown().optional(), bad: z.unknown().optional() }).optional(),
        thresholdMetric: z.unknown().optional(),
      }),
    }),
    objectives: z
      .array(
        z.looseObject({
          displayName: z.string().optional(),
          target: z.number().gt(0).lt(1).optional(),
          targetPercent: z.number().gt(0).lt(100).optional(),
          op: z.enum(['lte', 'gte', 'lt', 'gt']).optional(),
          value: z.number().optional(),
        }),
      )
      .min(1),
  }),
})

export interface Objective {
  name: string
  endpoint: string | null
  /** `ratio`: share of good answers, at least; `latency`: a quantile in milliseconds, at most. */
  kind: 'ratio' | 'latency'
  withinMs: number | null
  quantile: number
  goal: number
}

export interface ReadObjectives {
  objectives: Objective[]
  left: { where: string; advice: string }[]
}

/** Objectives from OpenSLO v1 documents; what cannot be measured here is listed, with what to do. */
export function readOpenSlo(documents: readonly unknown[]): ReadObjectives {
  const found: ReadObjectives = { objectives: [], left: [] }
  for (const [at, document] of documents.entries()) {
    const kind = z.looseObject({ kind: z.string() }).safeParse(document)
    if (kind.success && kind.data.kind !== 'SLO') {
      found.left.push({
        where: `document ${at + 1}`,
        advice: `A ${kind.data.kind} is no objective; it is kept aside.`,
      })
      continue
    }
    const slo = sloSchema.safeParse(document)
    if (!slo.success) {
      const [issue] = slo.error.issues
      found.left.push({
        where: `document ${at + 1}`,
        advice: `It is no SLO of OpenSLO v1: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
      })
      continue
    }
    const { metadata, spec } = slo.data
    const name = metadata.displayName ?? metadata.name
    const { ratioMetric, thresholdMetric } = spec.indicator.spec
    const source = readySource.safeParse(ratioMetric?.good ?? thresholdMetric)
    if (!source.success) {
      found.left.push({
        where: name,
        advice:
          'Its indicator comes from elsewhere. Add one with `metricSource: { type: ready, spec: { withinMs } }`, which a game day measures itself.',
      })
      continue
    }
    const { endpoint = null, withinMs = null, quantile = 0.99 } = source.data.metricSource.spec
    for (const objective of spec.objectives) {
      const goal =
        ratioMetric === undefined
          ? objective.value
          : (objective.target ??
            (objective.targetPercent === undefined ? undefined : objective.targetPercent / 100))
      if (goal === undefined)
        found.left.push({ where: name, advice: 'The objective has neither target nor value. Give one.' })
      else
        found.objectives.push({
          name: objective.displayName ?? name,
          endpoint,
          kind: ratioMetric === undefined ? 'latency' : 'ratio',
          withinMs,
          quantile,
          goal,
        })
    }
  }
  return found
}

export interface Held {
  name: string
  kind: Objective['kind']
  goal: number
  /** Null where nothing was asked. */
  value: number | null
  isMet: boolean
}

/** Whether objectives held over what was observed. A request that failed took for ever. */
export function holdObjectives(objectives: readonly Objective[], observed: readonly Observed[]): Held[] {
  return objectives.map(({ name, endpoint, kind, withinMs, quantile, goal }) => {
    const mine = endpoint === null ? observed : observed.filter((one) => one.endpoint === endpoint)
    if (mine.length === 0) return { name, kind, goal, value: null, isMet: true }
    if (kind === 'ratio') {
      const good = mine.filter((one) => isGood(one) && (withinMs === null || one.tookMs <= withinMs)).length
      const value = good / mine.length
      return { name, kind, goal, value, isMet: value >= goal }
    }
    const sorted = mine.map((one) => (isGood(one) ? one.tookMs : Infinity)).toSorted((a, b) => a - b)
    const value = sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] as number
    return { name, kind, goal, value: Number.isFinite(value) ? value : null, isMet: value <= goal }
  })
}
