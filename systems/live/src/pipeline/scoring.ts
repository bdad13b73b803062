import type { Estimate } from '../domain/insight.ts'

/** How sure an estimate is of what it says, and whether that came true. Null: an estimate that makes no claim. */
export function claimOf(estimate: Estimate): { confidence: number } | null {
  switch (estimate.type) {
    case 'probability':
      return { confidence: estimate.probability }
    case 'interval':
      return { confidence: estimate.level }
    case 'classes':
      return { confidence: Math.max(...estimate.classes.map(({ probability }) => probability)) }
    case 'score':
      return null
  }
}

/** Whether what came is what was said: for a probability the side of even chances that it was on. */
export function isRight(estimate: Estimate, happened: number | string): boolean {
  return estimate.type === 'probability'
    ? estimate.probability >= 0.5 === Number(happened) > 0
    : isBorneOut(estimate, happened)
}

/**
 * Whether `happened` is what the estimate claimed: for a probability that it happened (1), for an interval that the
 * amount fell within, for classes that the likeliest was the one. So the mean of it should be the confidence.
 */
export function isBorneOut(estimate: Estimate, happened: number | string): boolean {
  switch (estimate.type) {
    case 'probability':
      return Number(happened) > 0
    case 'interval':
      return Number(happened) >= estimate.low && Number(happened) <= estimate.high
    case 'classes':
      return (
        estimate.classes.reduce((best, next) => (next.probability > best.probability ? next : best)).name ===
        String(happened)
      )
    case 'score':
      return false
  }
}
