import {
  differenceInterval,
  type Interval,
  mean,
  normalQuantile,
  standardDeviation,
} from '@heavylift/core/math'

/**
 * How far a figure can be trusted. `claimed`: somebody said so. `estimated`: how it was before was measured, how it is now was not.
 * `measured`: both were. `proven`: chance decided who was served by the agent, and the difference holds at every look.
 */
export type Grade = 'claimed' | 'estimated' | 'measured' | 'proven'

/** How it was without the agent. */
export interface Baseline {
  /** What one case took a person, each measured. Minutes. */
  minutes: number[]
  /** What somebody says that one took, where none was measured. Minutes. */
  claimedMinutes: number | null
  errors: { count: number; of: number } | null
}

/** What is set for an agent: how it was, and what an hour and an answer take. */
export interface SetBaseline extends Baseline {
  usdPerHour: number | null
  /** What a person takes to answer one question of a run, by what is said. Minutes. */
  minutesPerApproval: number
  /** Where the figures are from, for whoever doubts them. */
  source: string
}

/** How it is with the agent. */
export interface After {
  /** Ended well; they stand for cases that no person did. */
  runs: number
  /** Questions that people answered, and what one takes by what was said. Minutes. */
  approvals: number
  minutesPerApproval: number
  /** Rework of single runs, each measured; 0 where somebody looked and nothing was to do. Minutes. */
  reworkMinutes: readonly number[]
  errors: { count: number; of: number }
}

export interface Figure extends Interval {
  grade: Grade
  /** What would raise the grade, or null at the top. */
  next: string | null
}

/** Fewer say nothing of a mean. */
export const enough = 30

/** Hours that people did not spend, after their answers and their rework. Null where nothing is known of before. */
export function hoursSaved(before: Baseline, after: After): Figure | null {
  const { minutes, claimedMinutes } = before
  const isMeasured = minutes.length >= enough
  const each = isMeasured ? meanInterval(minutes) : claimedMinutes === null ? null : exactly(claimedMinutes)
  if (each === null) return null
  const isReworkKnown = after.reworkMinutes.length >= enough
  const rework = isReworkKnown ? meanInterval(after.reworkMinutes) : exactly(0)
  const asked = after.runs === 0 ? 0 : (after.approvals * after.minutesPerApproval) / after.runs
  const half = Math.hypot(each.high - each.estimate, rework.high - rework.estimate)
  const saved = each.estimate - rework.estimate - asked
  const hours = (minutesEach: number): number => (minutesEach * after.runs) / 60
  const grade = isMeasured ? (isReworkKnown ? 'measured' : 'estimated') : 'claimed'
  return {
    grade,
    estimate: hours(saved),
    low: hours(saved - half),
    high: hours(saved + half),
    next: isMeasured
      ? isReworkKnown
        ? null
        : `Report the rework of ${enough - after.reworkMinutes.length} more runs, 0 where there was none.`
      : `Measure what ${enough} cases take a person, and set them as the baseline.`,
  }
}

/** Errors that 100 cases have less than without the agent (negative: more). Null where either side is unknown. */
export function errorsAvoided(before: Baseline, after: After, proven: Interval | null): Figure | null {
  if (proven !== null) return { ...scaled(proven, -100), grade: 'proven', next: null }
  if (before.errors === null || after.errors.of === 0) return null
  const difference = differenceInterval(
    { successes: before.errors.count, n: before.errors.of },
    { successes: after.errors.count, n: after.errors.of },
  )
  const isMeasured = before.errors.of >= enough && after.errors.of >= enough
  return {
    ...scaled(difference, 100),
    grade: isMeasured ? 'measured' : 'estimated',
    next: isMeasured
      ? 'Let chance decide which cases the agent does (an arm for each), and report the errors of both.'
      : `Look for errors in ${enough} cases from before and ${enough} runs.`,
  }
}

/** US dollars: hours at a rate, less what the runs cost. Its grade is the hours'. */
export function moneySaved(hours: Figure | null, usdPerHour: number | null, costUsd: number): Figure | null {
  if (hours === null || usdPerHour === null) return null
  const usd = (of: number): number => of * usdPerHour - costUsd
  return { ...hours, estimate: usd(hours.estimate), low: usd(hours.low), high: usd(hours.high) }
}

/** 95 % by the normal distribution, for samples of `enough` or more. */
function meanInterval(values: readonly number[]): Interval {
  const estimate = mean(values)
  const half = (normalQuantile(0.975) * standardDeviation(values)) / Math.sqrt(values.length)
  return { estimate, low: estimate - half, high: estimate + half }
}

const exactly = (value: number): Interval => ({ estimate: value, low: value, high: value })

function scaled({ estimate, low, high }: Interval, by: number): Interval {
  const [a, b] = [low * by, high * by]
  return { estimate: estimate * by, low: Math.min(a, b), high: Math.max(a, b) }
}
