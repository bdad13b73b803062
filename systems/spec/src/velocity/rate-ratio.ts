import { betaQuantile, createRandom, mean, sum } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'

export interface RatioInterval {
  ratio: number
  low: number
  high: number
}

/** Weekly counts of one repository before and after a date, and those of its controls, summed, in the very same weeks. */
export interface WeeklySeries {
  before: readonly number[]
  after: readonly number[]
  control?: { before: readonly number[]; after: readonly number[] }
}

/** Weeks that are drawn together: what one busy week does to the next stays in the draw. */
const blockWeeks = 2
const draws = 999
/** Where the spread is known from the count alone, and not from how few weeks vary. */
const manyDegrees = 1000

/**
 * Deployments a week after ÷ before, with a 95 % interval from the block bootstrap of weeks on the log scale (Künsch 1989): the
 * spread of the drawn ratios, widened for the few blocks that there are, with Student's quantile for as many weeks. With a control,
 * the ratio of the two ratios, the same weeks drawn for both. Null where a side has no deployments.
 */
export function rateRatio(series: WeeklySeries, seed: string): RatioInterval | null {
  const log = logRatio(series)
  if (log === null) return null
  const random = createRandom(seed)
  const sides = (['before', 'after'] as const).map((side) => spread(series, side, random))
  const variance = sum(sides.map((one) => one.variance))
  // Welch and Satterthwaite: a side with few blocks that varies most decides.
  const freedom = variance ** 2 / sum(sides.map((one) => one.variance ** 2 / one.freedom))
  const half = studentQuantile(0.975, freedom) * Math.sqrt(variance)
  return { ratio: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half) }
}

function logRatio({ before, after, control }: WeeklySeries): number | null {
  const means = [after, before, ...(control ? [control.before, control.after] : [])].map((counts) =>
    mean(counts),
  )
  if (means.some((one) => !(one > 0))) return null
  const [a = 1, b = 1, cb = 1, ca = 1] = means
  return Math.log(a / b) - Math.log(ca / cb)
}

/** Variance of the log of one side's weekly mean (over the control's, where there is one), by drawing blocks of weeks. */
function spread(series: WeeklySeries, side: 'before' | 'after', random: Random) {
  const counts = series[side]
  const control = series.control?.[side]
  const n = counts.length
  const blocks = n / blockWeeks
  const logs: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    let [own, other, taken] = [0, 0, 0]
    while (taken < n) {
      // Blocks go around the end, so that each week is drawn as often as another.
      const start = random.int(0, n - 1)
      for (let at = 0; at < blockWeeks && taken < n; at++, taken++) {
        own += counts[(start + at) % n] ?? 0
        other += control?.[(start + at) % n] ?? 0
      }
    }
    // Half a deployment keeps a draw of empty weeks finite.
    logs.push(Math.log(own + 0.5) - (control ? Math.log(other + 0.5) : 0))
  }
  const average = mean(logs)
  const drawn = sum(logs.map((one) => (one - average) ** 2)) / (draws - 1)
  // Of counts that come by themselves the variance is the mean: a few weeks can look steadier than that by luck alone.
  const least = 1 / (sum(counts) + 0.5) + (control ? 1 / (sum(control) + 0.5) : 0)
  const widened = (drawn * blocks) / (blocks - 1)
  return widened > least ? { variance: widened, freedom: n - 1 } : { variance: least, freedom: manyDegrees }
}

/** Quantile of Student's t by the incomplete beta function. */
function studentQuantile(probability: number, freedom: number): number {
  const x = betaQuantile(2 * (1 - probability), freedom / 2, 0.5)
  return Math.sqrt((freedom * (1 - x)) / x)
}
