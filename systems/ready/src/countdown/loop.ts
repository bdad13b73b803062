import type { RecordedDecision } from '@heavylift/store'
import { z } from 'zod'

export const loopSteps = ['forecast', 'load', 'limit', 'fault', 'review', 'buy'] as const
export type LoopStep = (typeof loopSteps)[number]

/** What the ledger has of one step of the loop: what was said, and what came of it. */
export interface Evidence {
  step: LoopStep
  decisionId: string
  subject: string
  said: string
  /** Null while nothing has come of it. */
  came: string | null
  /** Came by said, less 1, where both are numbers. */
  error: number | null
  atMs: number
}

const stepOfKind: Record<string, LoopStep> = {
  'sample-peak-forecast': 'forecast',
  'peak-forecast': 'forecast',
  'load-run': 'load',
  limit: 'limit',
  'game-day': 'fault',
  review: 'review',
  'sample-purchase': 'buy',
  purchase: 'buy',
}

const peakOutput = z.object({ median: z.number(), plan95: z.number() })
const limitOutput = z.object({
  predicted: z.object({ ratePerSecond: z.number() }),
  ratePerSecond: z.number(),
  isReliable: z.boolean(),
})
const loadOutput = z.object({
  planned: z.number(),
  ok: z.number(),
  isValid: z.boolean(),
  state: z.string().default('done'),
  thresholds: z.array(z.object({ metric: z.string(), isMet: z.boolean() })).default([]),
  latencyMs: z.object({ p99: z.number() }),
})

/** What came of a run that says nothing of its target, or that missed a threshold. */
export const notValid = 'not valid'
export const notMet = 'not met'
export const beforeItsEnd = 'before its end'

/** What came of a game day in which all held and nothing was found. */
export const noWeakness = 'no weakness'

const gameDayOutput = z.object({
  name: z.string(),
  faults: z.array(z.string()),
  findings: z.array(z.object({ kind: z.string() })),
  state: z.string().default('done'),
  holds: z.boolean().nullable().default(null),
})
const purchaseOutput = z.object({ cost: z.number(), hours: z.number() })
const reviewOutput = z.object({ ok: z.number(), risk: z.number(), open: z.number(), waived: z.number() })

const hoursOfWeek = 168

const rounded = (value: number) => Math.round(value).toLocaleString('en')

/** Evidence of a decision in the ledger; null where it is of no step. */
export function evidenceOf(decision: RecordedDecision): Evidence | null {
  const step = stepOfKind[decision.kind]
  if (step === undefined) return null
  const { id, subjectId, atMs, outcomes, output } = decision
  const base = { step, decisionId: id, subject: subjectId ?? '', atMs }
  const came = outcomes[0]?.value
  const peak = peakOutput.safeParse(output)
  if (step === 'forecast' && peak.success) {
    const { median, plan95 } = peak.data
    return {
      ...base,
      said: `peak ${rounded(median)}, plan ${rounded(plan95)} a minute`,
      came:
        came === undefined
          ? null
          : `${rounded(came)} a minute, ${came <= plan95 ? 'within the plan' : 'above the plan'}`,
      error: came === undefined ? null : came / median - 1,
    }
  }
  const limit = limitOutput.safeParse(output)
  if (step === 'limit' && limit.success) {
    const said = limit.data.predicted.ratePerSecond
    if (!limit.data.isReliable)
      return {
        ...base,
        said: `limit ${rounded(said)} a second`,
        came: 'not measured: the generator could not keep its plan',
        error: null,
      }
    return {
      ...base,
      said: `limit ${rounded(said)} a second`,
      came: `${rounded(limit.data.ratePerSecond)} a second measured`,
      error: said === 0 ? null : limit.data.ratePerSecond / said - 1,
    }
  }
  const load = loadOutput.safeParse(output)
  if (step === 'load' && load.success) {
    const { planned, ok, isValid, latencyMs, state, thresholds } = load.data
    const missed = thresholds.filter(({ isMet }) => !isMet).map(({ metric }) => metric)
    const ends = [
      ...(missed.length === 0 ? [] : [`${missed.join(', ')} ${notMet}`]),
      ...(isValid ? [] : [notValid]),
      ...(state === 'done' ? [] : [`${state} ${beforeItsEnd}`]),
    ]
    return {
      ...base,
      said: `${rounded(planned)} requests planned`,
      came: [`${rounded(ok)} answered well, 99 % within ${latencyMs.p99.toFixed(1)} ms`, ...ends].join('; '),
      error: planned === 0 ? null : ok / planned - 1,
    }
  }
  const gameDay = gameDayOutput.safeParse(output)
  if (step === 'fault' && gameDay.success) {
    const { name, faults, findings, state, holds } = gameDay.data
    const kinds = [...new Set(findings.map(({ kind }) => kind))]
    const found = kinds.length === 0 ? noWeakness : `${kinds.length} weaknesses: ${kinds.join(', ')}`
    // Who looked at less than all of it knows nothing of the rest.
    const end =
      state !== 'done'
        ? `${state} ${beforeItsEnd}`
        : holds !== false || kinds.length > 0
          ? null
          : 'an objective was not kept'
    return {
      ...base,
      subject: name,
      said: `${faults.length} faults`,
      came: end === null ? found : `${end}; ${found}`,
      error: null,
    }
  }
  const review = reviewOutput.safeParse(output)
  if (step === 'review' && review.success) {
    const { ok, risk, open, waived } = review.data
    return {
      ...base,
      said: `${ok + risk + open + waived} checks`,
      came: `${ok} settled, ${risk} risks, ${open} not answered`,
      error: null,
    }
  }
  const purchase = purchaseOutput.safeParse(output)
  if (step === 'buy' && purchase.success) {
    const { cost, hours } = purchase.data
    return {
      ...base,
      said: `$${rounded(cost)} for ${rounded(hours / hoursOfWeek)} weeks`,
      came: came === undefined ? null : `$${rounded(came)}`,
      error: came === undefined || cost === 0 ? null : came / cost - 1,
    }
  }
  return { ...base, said: decision.kind, came: came === undefined ? null : String(came), error: null }
}
