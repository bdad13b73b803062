import { normalQuantile } from '@heavylift/core/math'
import type { Interval, Proportion } from '@heavylift/core/math'

/**
 * Interval of the ratio of two independent proportions, `treatment / control` (Katz and others 1978: normal on the log
 * scale). Null when a side has no units or no success, where the log ratio has no finite estimate.
 */
export function ratioInterval(treatment: Proportion, control: Proportion, level = 0.95): Interval | null {
  if (treatment.n === 0 || control.n === 0 || treatment.successes === 0 || control.successes === 0)
    return null
  const z = normalQuantile(1 - (1 - level) / 2)
  const estimate = treatment.successes / treatment.n / (control.successes / control.n)
  const error = Math.sqrt(1 / treatment.successes - 1 / treatment.n + (1 / control.successes - 1 / control.n))
  return { estimate, low: estimate * Math.exp(-z * error), high: estimate * Math.exp(z * error) }
}
