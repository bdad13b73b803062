import { mean, median } from '@heavylift/core/math'
import { weekMs, weeklyCounts } from './deployment.ts'
import type { Deployment } from './deployment.ts'
import { rateRatio } from './rate-ratio.ts'
import type { RatioInterval } from './rate-ratio.ts'

/** Weeks before the adoption that count. */
export const baselineWeeks = 12
export const leastWeeks = 8
export const leastDeployments = 10
export const verdicts = ['faster', 'slower', 'no difference shown', 'too little'] as const

/** DORA's five of a span, and how large a deployment was; null where nothing tells. */
export interface Delivery {
  deployments: number
  weeks: number
  deploymentsPerWeek: number
  leadHours: number | null
  changeFailRate: number | null
  reworkRate: number | null
  recoveryHours: number | null
  batchCommits: number | null
}

export interface Velocity {
  before: Delivery
  after: Delivery
  /** Deployments a week after ÷ before. */
  own: RatioInterval | null
  /** The same ÷ that of the controls in the same weeks; null without controls. */
  against: RatioInterval | null
  controlRatio: number | null
  verdict: (typeof verdicts)[number]
  /** Why the ratio is not to be shown as a figure; empty where it may be. */
  withheld: string[]
}

/**
 * What changed with an adoption. Faster or slower is said only where the interval leaves out 1, beside the controls too where
 * there are any: a good season of everybody is no effect.
 */
export function measureVelocity(
  deployments: readonly Deployment[],
  controls: readonly Deployment[],
  adoptedMs: number,
  untilMs: number,
  seed: string,
): Velocity {
  const weeks = Math.floor((untilMs - adoptedMs) / weekMs)
  const fromMs = adoptedMs - baselineWeeks * weekMs
  const counts = (all: readonly Deployment[]) => ({
    before: weeklyCounts(all, fromMs, baselineWeeks),
    after: weeklyCounts(all, adoptedMs, weeks),
  })
  const series = counts(deployments)
  const before = delivery(deployments, fromMs, baselineWeeks)
  const after = delivery(deployments, adoptedMs, weeks)
  const withheld = [
    ...(weeks < leastWeeks ? [`There are ${weeks} whole weeks since; ${leastWeeks} are needed.`] : []),
    ...[before, after].flatMap(({ deployments: n }, at) =>
      n < leastDeployments
        ? [`There are ${n} deployments ${at === 0 ? 'before' : 'since'}; ${leastDeployments} are needed.`]
        : [],
    ),
  ]
  const isEnough = withheld.length === 0
  if ([before, after].some((one) => one.changeFailRate === null))
    withheld.push('Nothing tells which deployments failed: a rate without that is no result.')
  if ([before, after].some((one) => one.batchCommits === null))
    withheld.push('Nothing tells how large deployments were: smaller ones make a rate by themselves.')
  const own = isEnough ? rateRatio(series, seed) : null
  const control = counts(controls)
  const against = own && controls.length > 0 ? rateRatio({ ...series, control }, `${seed}-control`) : null
  const [controlBefore, controlAfter] = [mean(control.before), mean(control.after)]
  return {
    before,
    after,
    own,
    against,
    controlRatio: controls.length > 0 && controlBefore > 0 ? controlAfter / controlBefore : null,
    verdict: verdictOf(own, against),
    withheld,
  }
}

function verdictOf(own: RatioInterval | null, against: RatioInterval | null): Velocity['verdict'] {
  if (!own) return 'too little'
  const all = against ? [own, against] : [own]
  if (all.every(({ low }) => low > 1)) return 'faster'
  return all.every(({ high }) => high < 1) ? 'slower' : 'no difference shown'
}

function delivery(all: readonly Deployment[], fromMs: number, weeks: number): Delivery {
  const within = all.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + weeks * weekMs)
  const known = <T>(values: readonly (T | null)[]) =>
    values.filter((value): value is T & {} => value !== null)
  const rate = (values: boolean[]) =>
    values.length === 0 ? null : values.filter(Boolean).length / values.length
  const middle = (values: number[]) => (values.length === 0 ? null : median(values))
  return {
    deployments: within.length,
    weeks,
    deploymentsPerWeek: weeks > 0 ? within.length / weeks : 0,
    leadHours: middle(known(within.map((one) => one.leadHours))),
    changeFailRate: rate(known(within.map((one) => one.hasFailed))),
    reworkRate: rate(known(within.map((one) => one.isRework))),
    recoveryHours: middle(known(within.map((one) => one.recoveryHours))),
    batchCommits: middle(known(within.map((one) => one.batchCommits))),
  }
}
