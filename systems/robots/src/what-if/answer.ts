import { mean, standardDeviation } from '@heavylift/core/math'
import { z } from 'zod'
import { variantsOf } from './question.ts'
import type { Question } from './question.ts'
import type { WhatIfRun } from './what-if-task.ts'

const range = z.tuple([z.number(), z.number()])

export const answerSchema = z.object({
  sentence: z.string(),
  points: z.array(
    z.object({
      variant: z.int(),
      name: z.string(),
      x: z.number(),
      runs: z.int(),
      robots: z.int(),
      perHour: z.number().describe('Tasks an hour, mean of the runs.'),
      interval: range.nullable().describe('95 % of the mean; null where there is one run.'),
      robotSecondsATask: z.number().describe('What a task costs.'),
      waitShare: z
        .number()
        .describe('Of the time that robots had somewhere to go or not: how much they stood and waited.'),
      deadlocksFound: z.int(),
      deadlocksBroken: z.int(),
    }),
  ),
  enough: z.int().nullable().describe('The first variant whose interval lies above the goal.'),
  saturated: z.int().nullable().describe('The first variant with 95 % of the most that any gives.'),
  change: z
    .object({ perHour: z.number(), interval: range })
    .nullable()
    .describe('Last variant against the first, of the same seeds.'),
})
export type Answer = z.output<typeof answerSchema>

/** Student's t for 95 % by degrees of freedom from 1 (two-sided). */
const t95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201]

/** Mean and 95 % interval of a few values; null where there is but one. */
export function intervalOf(values: readonly number[]): [low: number, high: number] | null {
  if (values.length < 2) return null
  const half =
    (t95[Math.min(values.length - 1, t95.length) - 1]! * standardDeviation(values)) / Math.sqrt(values.length)
  return [mean(values) - half, mean(values) + half]
}

/** What the runs so far say; null before each variant has one. */
export function answerOf(question: Question, runs: readonly WhatIfRun[]): Answer | null {
  const variants = variantsOf(question)
  const runsOf = variants.map((_, at) => runs.filter(({ variant }) => variant === at))
  if (runsOf.some((own) => own.length === 0)) return null
  const points = variants.map(({ name, x }, at) => {
    const own = runsOf[at]!
    const perHour = mean(own.map((run) => run.perHour))
    const [{ robots }] = own as [WhatIfRun, ...WhatIfRun[]]
    return {
      variant: at,
      name: robots < variants[at]!.robots ? `${name} (room for ${robots})` : name,
      x,
      runs: own.length,
      robots,
      perHour,
      interval: intervalOf(own.map((run) => run.perHour)),
      robotSecondsATask: perHour > 0 ? (robots * 3600) / perHour : 0,
      waitShare: mean(own.map((run) => run.waitShare)),
      deadlocksFound: own.reduce((sum, run) => sum + run.deadlocksFound, 0),
      deadlocksBroken: own.reduce((sum, run) => sum + run.deadlocksBroken, 0),
    }
  })
  const most = Math.max(...points.map(({ perHour }) => perHour))
  const { goalPerHour } = question
  const enough =
    goalPerHour === null
      ? undefined
      : points.find(({ interval }) => interval !== null && interval[0] >= goalPerHour)
  const saturated = points.find(({ perHour }) => perHour >= 0.95 * most)!
  const [first, last] = [runsOf[0]!, runsOf.at(-1)!]
  const differences = last.flatMap(({ seed, perHour }) => {
    const before = first.find((run) => run.seed === seed)
    return before ? [perHour - before.perHour] : []
  })
  const interval = intervalOf(differences)
  const change = interval === null ? null : { perHour: mean(differences), interval }
  const answer = {
    points,
    enough: enough?.variant ?? null,
    saturated: saturated.variant,
    change,
  }
  return { ...answer, sentence: sentenceOf(question, answer) }
}

const count = (value: number): string => Math.round(value).toLocaleString('en')

function sentenceOf({ ask, goalPerHour }: Question, answer: Omit<Answer, 'sentence'>): string {
  const { points, enough, saturated, change } = answer
  if (ask === 'closed aisle') {
    if (change === null) return 'One run each so far: too few to tell.'
    const [low, high] = change.interval
    const share = (change.perHour / points[0]!.perHour) * 100
    return low <= 0 && high >= 0
      ? `Closing it changes throughput by ${count(change.perHour)} tasks an hour (95 %: ${count(low)} to ${count(high)}): not told apart from nothing.`
      : `Closing it changes throughput by ${count(change.perHour)} tasks an hour, ${share.toFixed(1)} % (95 %: ${count(low)} to ${count(high)}).`
  }
  const top = points[saturated!]!
  const limit =
    saturated === points.length - 1
      ? `The most that was run, ${top.name}, gives the most: ${count(top.perHour)} tasks an hour; more may give more.`
      : `Past ${top.name} hardly anything is gained: ${count(top.perHour)} tasks an hour.`
  if (goalPerHour === null) return limit
  const goal = `${count(goalPerHour)} tasks an hour`
  if (enough === null) return `No variant is sure to reach ${goal}. ${limit}`
  const { name, perHour, interval } = points[enough]!
  return `${name} are enough for ${goal}: ${count(perHour)} (95 %: ${count(interval![0])} to ${count(interval![1])}). ${limit}`
}
